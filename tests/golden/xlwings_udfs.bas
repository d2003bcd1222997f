Function pm_above_element_2(total, Optional policy, Optional on_date)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_above_element_2 = XLPy.CallUDF("provision_costing.excel.functions", "pm_above_element_2", Array(total, policy, on_date), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_above_element_2 = XLPy.CallUDF("provision_costing.excel.functions", "pm_above_element_2", Array(total, policy, on_date))
        Exit Function
    #End If
failed:
    pm_above_element_2 = Err.Description
End Function

Function pm_annual_cost(hourly, minutes, sessions, Optional group, Optional adults, Optional weeks)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_annual_cost = XLPy.CallUDF("provision_costing.excel.functions", "pm_annual_cost", Array(hourly, minutes, sessions, group, adults, weeks), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_annual_cost = XLPy.CallUDF("provision_costing.excel.functions", "pm_annual_cost", Array(hourly, minutes, sessions, group, adults, weeks))
        Exit Function
    #End If
failed:
    pm_annual_cost = Err.Description
End Function

Function pm_annual_cost_from_salary(salary, minutes, sessions, Optional group, Optional adults, Optional weeks, Optional policy, Optional on_date)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_annual_cost_from_salary = XLPy.CallUDF("provision_costing.excel.functions", "pm_annual_cost_from_salary", Array(salary, minutes, sessions, group, adults, weeks, policy, on_date), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_annual_cost_from_salary = XLPy.CallUDF("provision_costing.excel.functions", "pm_annual_cost_from_salary", Array(salary, minutes, sessions, group, adults, weeks, policy, on_date))
        Exit Function
    #End If
failed:
    pm_annual_cost_from_salary = Err.Description
End Function

Function pm_group_size(ratio)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_group_size = XLPy.CallUDF("provision_costing.excel.functions", "pm_group_size", Array(ratio), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_group_size = XLPy.CallUDF("provision_costing.excel.functions", "pm_group_size", Array(ratio))
        Exit Function
    #End If
failed:
    pm_group_size = Err.Description
End Function

Function pm_hourly_rate(salary, Optional salary_weeks, Optional days, Optional hours)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_hourly_rate = XLPy.CallUDF("provision_costing.excel.functions", "pm_hourly_rate", Array(salary, salary_weeks, days, hours), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_hourly_rate = XLPy.CallUDF("provision_costing.excel.functions", "pm_hourly_rate", Array(salary, salary_weeks, days, hours))
        Exit Function
    #End If
failed:
    pm_hourly_rate = Err.Description
End Function

Function pm_hours(duration)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_hours = XLPy.CallUDF("provision_costing.excel.functions", "pm_hours", Array(duration), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_hours = XLPy.CallUDF("provision_costing.excel.functions", "pm_hours", Array(duration))
        Exit Function
    #End If
failed:
    pm_hours = Err.Description
End Function

Function pm_increment(total, Optional policy, Optional on_date, Optional status)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_increment = XLPy.CallUDF("provision_costing.excel.functions", "pm_increment", Array(total, policy, on_date, status), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_increment = XLPy.CallUDF("provision_costing.excel.functions", "pm_increment", Array(total, policy, on_date, status))
        Exit Function
    #End If
failed:
    pm_increment = Err.Description
End Function

Function pm_pupil_totals(staff, provision, allocations, Optional resources, Optional general, Optional pupils, Optional policy, Optional on_date, Optional own_values, Optional school, Optional terms, Optional closures)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_pupil_totals = XLPy.CallUDF("provision_costing.excel.functions", "pm_pupil_totals", Array(staff, provision, allocations, resources, general, pupils, policy, on_date, own_values, school, terms, closures), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_pupil_totals = XLPy.CallUDF("provision_costing.excel.functions", "pm_pupil_totals", Array(staff, provision, allocations, resources, general, pupils, policy, on_date, own_values, school, terms, closures))
        Exit Function
    #End If
failed:
    pm_pupil_totals = Err.Description
End Function

Function pm_session_cost(hourly, minutes, Optional group, Optional adults)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_session_cost = XLPy.CallUDF("provision_costing.excel.functions", "pm_session_cost", Array(hourly, minutes, group, adults), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_session_cost = XLPy.CallUDF("provision_costing.excel.functions", "pm_session_cost", Array(hourly, minutes, group, adults))
        Exit Function
    #End If
failed:
    pm_session_cost = Err.Description
End Function

Function pm_seven_steps(salary, minutes, sessions, Optional group, Optional adults, Optional weeks, Optional policy, Optional on_date)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_seven_steps = XLPy.CallUDF("provision_costing.excel.functions", "pm_seven_steps", Array(salary, minutes, sessions, group, adults, weeks, policy, on_date), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_seven_steps = XLPy.CallUDF("provision_costing.excel.functions", "pm_seven_steps", Array(salary, minutes, sessions, group, adults, weeks, policy, on_date))
        Exit Function
    #End If
failed:
    pm_seven_steps = Err.Description
End Function

Function pm_weekly_cost(hourly, minutes, sessions, Optional group, Optional adults)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        pm_weekly_cost = XLPy.CallUDF("provision_costing.excel.functions", "pm_weekly_cost", Array(hourly, minutes, sessions, group, adults), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        pm_weekly_cost = XLPy.CallUDF("provision_costing.excel.functions", "pm_weekly_cost", Array(hourly, minutes, sessions, group, adults))
        Exit Function
    #End If
failed:
    pm_weekly_cost = Err.Description
End Function


"""Every rule of the audit, in the order of the codes. A rule exists when it is listed here."""

from provision_costing.rules._rule import Rule
from provision_costing.rules.ari01_row_does_not_recompute import row_does_not_recompute
from provision_costing.rules.ari02_total_does_not_add_up import total_does_not_add_up
from provision_costing.rules.cst01_row_could_not_be_costed import row_could_not_be_costed
from provision_costing.rules.dup01_same_pupil_twice import same_pupil_twice
from provision_costing.rules.fnd01_stated_band_differs import stated_band_differs
from provision_costing.rules.fnd02_same_cost_twice import same_cost_twice
from provision_costing.rules.grp01_group_size_missing import group_size_missing
from provision_costing.rules.grp02_more_pupils_than_places import more_pupils_than_places
from provision_costing.rules.grp03_group_size_contradicted import group_size_contradicted
from provision_costing.rules.grp04_shares_above_the_session import shares_above_the_session
from provision_costing.rules.grp05_whole_session_for_one import whole_session_for_one
from provision_costing.rules.pln01_no_outcome import no_outcome
from provision_costing.rules.pol01_own_policy_value import own_policy_value
from provision_costing.rules.pol02_pay_points_not_verified import pay_points_not_verified
from provision_costing.rules.pol03_made_under_another_policy import made_under_another_policy
from provision_costing.rules.rev01_fewer_reviews import fewer_reviews
from provision_costing.rules.scp01_class_teacher import class_teacher
from provision_costing.rules.scp02_senco_or_inclusion_manager import senco_or_inclusion_manager
from provision_costing.rules.scp03_open_to_all import open_to_all
from provision_costing.rules.stf01_salary_above_midpoint import salary_above_midpoint
from provision_costing.rules.stf02_rate_of_another_role import rate_of_another_role
from provision_costing.rules.stf03_role_costed_as_another import role_costed_as_another
from provision_costing.rules.stf04_salary_basis import salary_basis
from provision_costing.rules.stf05_rate_differs_from_published import rate_differs_from_published
from provision_costing.rules.stf06_on_costs_twice import on_costs_twice
from provision_costing.rules.stf07_pay_point_differs import pay_point_differs
from provision_costing.rules.tim01_weeks_above_the_year import weeks_above_the_year
from provision_costing.rules.tim02_dates_and_weeks import dates_and_weeks

__all__ = ["RULES", "Rule"]

RULES: tuple[Rule, ...] = (
    row_does_not_recompute,
    total_does_not_add_up,
    row_could_not_be_costed,
    same_pupil_twice,
    stated_band_differs,
    same_cost_twice,
    group_size_missing,
    more_pupils_than_places,
    group_size_contradicted,
    shares_above_the_session,
    whole_session_for_one,
    no_outcome,
    own_policy_value,
    pay_points_not_verified,
    made_under_another_policy,
    fewer_reviews,
    class_teacher,
    senco_or_inclusion_manager,
    open_to_all,
    salary_above_midpoint,
    rate_of_another_role,
    role_costed_as_another,
    salary_basis,
    rate_differs_from_published,
    on_costs_twice,
    pay_point_differs,
    weeks_above_the_year,
    dates_and_weeks,
)

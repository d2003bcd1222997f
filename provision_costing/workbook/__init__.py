"""The doors in and out: the whole-school workbook, and maps as schools send them."""

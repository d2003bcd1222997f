"""An authority's audit: a folder of submissions in, tables and a workbook out."""

"""The costing as functions for Excel cells, through xlwings in any of its hosts."""

"""How fast the things that people wait for are."""

"""How many articles at once, and where."""

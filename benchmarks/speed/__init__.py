"""How fast articles are read, where the time goes, and what a build needs of the machine."""

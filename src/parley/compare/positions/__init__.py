"""What each party wants, and how it moved."""

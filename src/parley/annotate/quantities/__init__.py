"""Numbers as they are printed, and what they count."""

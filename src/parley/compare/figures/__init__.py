"""Counts in series, and where they cannot all stand."""

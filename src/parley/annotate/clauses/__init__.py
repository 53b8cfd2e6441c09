"""Clauses that state a position or tell an event, as a small trained network sees them beside the rules."""

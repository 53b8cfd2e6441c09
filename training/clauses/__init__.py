"""The clause model: which clauses state a position or tell an event, and what kind."""

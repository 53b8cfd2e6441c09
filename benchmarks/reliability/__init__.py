"""What becomes of a ledger on bad days, counted."""

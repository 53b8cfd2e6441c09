"""Showing what is in a ledger to people."""

"""Rows that people collect."""

"""Rows -> files."""

"""Whose side everybody is on."""

"""One event in all its tellings."""

"""People's last word on rows."""

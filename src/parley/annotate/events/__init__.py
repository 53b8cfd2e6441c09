"""What happened in and around the talks."""

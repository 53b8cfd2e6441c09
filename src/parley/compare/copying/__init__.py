"""Which articles share their words, and which had them first."""

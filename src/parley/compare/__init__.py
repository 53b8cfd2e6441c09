"""What only the pile can tell: read-only over the store."""

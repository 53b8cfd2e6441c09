"""Reading -> Reading: one module per layer of findings."""

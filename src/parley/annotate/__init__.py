"""Reading -> Reading: one module or folder per layer of findings, on the ground of `language` and `quantities`."""

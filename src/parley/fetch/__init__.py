"""Pages from the web into a folder that `parley build` reads: only when asked for, politely, and from public addresses alone."""

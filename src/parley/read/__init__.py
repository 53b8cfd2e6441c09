"""A source as it is held -> RawPage: one module per kind of file, `sources.py` finds which."""

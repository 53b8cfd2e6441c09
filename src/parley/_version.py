"""The one place that says which Parley this is."""

__version__ = "0.1.0"

"""Fits what `parley.annotate.confidence` applies: how often rows of a given raw confidence are right."""

"""When: the expressions in a text, and the publication date of an article."""

"""The numbers that are claimed, each with who claims it."""

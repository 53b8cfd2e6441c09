"""Who wants what on each issue."""

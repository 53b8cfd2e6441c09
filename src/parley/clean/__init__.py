"""RawPage -> Article: what is the body, what is junk and why, who published it."""

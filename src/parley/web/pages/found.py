"""Search across everything: rows, articles and actors that hold the words."""

from __future__ import annotations

from typing import Any

from parley.errors import UsageError
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.pages.lines import lines

MOST, ACTORS = 50, 8


def found(answers: Answers, asked: Asked) -> dict[str, Any]:
    """What holds the words asked for, in the order of articles."""
    words = asked.get("q")
    rows: list[Any] = []
    actors: list[Any] = []
    if words:
        if any(ord(c) < 32 for c in words):
            raise UsageError("nothing to search for: these are no words")
        rows = list(answers.ledger.search(words, limit=MOST + 1))
        actors = list(answers.ledger.actors(name=words, limit=ACTORS))
    return {
        "title": f"Search: {words}" if words else "Search",
        "asked": asked,
        "q": words or "",
        "lines": lines(answers.ledger, rows[:MOST], fold=True),
        "articles": [r for r in rows[:MOST] if r["row"] == "article"],
        "actors": actors,
        "more": len(rows) > MOST,
        "most": MOST,
    }

"""Lists of rows of one kind: what to narrow them to, full text search, one page after the other, the open row in place."""

from __future__ import annotations

from typing import Any

from parley.store import browse
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.pages.lines import lines

PER_PAGE = 50
SHOWN = 12
"""Values of a filter that are listed; more can be typed."""

FILTERS: dict[str, tuple[str, ...]] = {
    kind: (*chosen, "since", "until", "status", "article")
    for kind, chosen in browse.CHOICES.items()
    if kind != "article"
}
FILTERS["statement"] = ("issue", *FILTERS["statement"])
FILTERS["article"] = (*browse.CHOICES["article"], "since", "until")
TITLES = {
    "statement": ("Statements", "Who is reported to have said what"),
    "figure": ("Figures, row by row", "Every number with who counts so"),
    "position": ("Positions, row by row", "Every clause that states what a party wants"),
    "event": ("Events, row by row", "Every clause that tells of something that happened or is announced"),
    "wording": ("Wording, label by label", "Every loaded label with whose voice it is in"),
    "article": ("Articles", "What was read"),
}


def known(kind: str) -> tuple[str, ...]:
    """What an address may ask of a list."""
    return (*FILTERS[kind], "text", "after", "open")


def listing(answers: Answers, kind: str, asked: Asked) -> dict[str, Any]:
    """A page of rows that fit, the newest first, and what they can be narrowed to."""
    ledger = answers.ledger
    filters = asked.some(*FILTERS[kind])
    text = asked.get("text")
    search, chosen = answers.searched(kind, text, filters)
    page = browse.page(ledger, kind, after=asked.get("after"), limit=PER_PAGE, search=search)
    title, lead = TITLES[kind]
    return {
        "title": title,
        "lead": lead,
        "kind": kind,
        "asked": asked,
        "lines": [] if kind == "article" else lines(ledger, page.rows, fold=kind == "statement"),
        "rows": page.rows,
        "count": len(page.rows),
        "of": page.of,
        "next": asked.link(after=page.after, open=None) if page.after else None,
        "choices": chosen,
        "facets": {k: v[:SHOWN] for k, v in chosen.values.items() if v or k in filters},
        "filters": filters,
        "fields": [k for k in FILTERS[kind] if k not in ("status", "article")],
        "open": asked.get("open"),
    }

"""The timeline: events by day, each once with all its tellings, plans with what came of them."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

from parley.errors import UsageError
from parley.store.rows import Row
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.pages.lines import lines_of

KNOWN = ("since", "until", "type", "actor", "place", "from")
PER_PAGE = 40


def timeline(answers: Answers, asked: Asked) -> dict[str, Any]:
    """Events, the latest day first; those without a day after them."""
    filters = asked.some("since", "until", "type", "actor", "place")
    every = answers.ask("timeline", **filters)
    events = sorted(every, key=lambda e: (e["date"] or "", e["outlets"]), reverse=True)
    given = asked.get("from") or "0"
    if not (given.isascii() and given.isdigit() and len(given) < 7):
        raise UsageError("that page is not known: start from the first one")
    at = int(given)
    shown = events[at : at + PER_PAGE]
    held = {line.id: line for line in lines_of(answers.ledger, (i for e in shown for i in _rows(e)), beside=False)}
    return {
        "title": "Timeline",
        "asked": asked,
        "days": [(day, list(events)) for day, events in groupby(shown, key=lambda e: e["date"])],
        "held": held,
        "filters": filters,
        "facets": {
            "type": Counter(e["type"] for e in events).most_common(20),
            "actor": Counter(a for e in events for a in e["actors"]).most_common(12),
            "place": Counter(e["place"] for e in events if e["place"]).most_common(12),
        },
        "part": answers.part("timeline", **filters),
        "shown": (at + 1, at + len(shown), len(events)),
        "next": asked.link(**{"from": str(at + PER_PAGE)}) if at + PER_PAGE < len(events) else None,
        "previous": asked.link(**{"from": str(at - PER_PAGE) if at > PER_PAGE else None}) if at else None,
    }


def _rows(event: Row) -> list[str]:
    """The rows that tell of an event, and those that planned it."""
    return [*event["rows"], *(plan["row"] for plan in event["planned"])]

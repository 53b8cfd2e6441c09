"""Positions: a matrix of words, party by issue on any day; one cell's history with every sentence; what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from parley.store.rows import Row
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.pages.lines import lines_of

KNOWN = ("at", "party", "issue", "all")
PARTIES = 4
"""Parties side by side unless all are asked for: those with most cells, in the order of the alphabet."""
SENTENCES = 40


def positions(answers: Answers, asked: Asked) -> dict[str, Any]:
    """The matrix, or with party and issue the history of one cell."""
    party, issue = asked.get("party"), asked.get("issue")
    if party and issue:
        return _cell(answers, asked, party, issue)
    cells = answers.ask("matrix", **asked.some("at", "issue", "party"))
    parties = _parties(cells, every=bool(asked.get("all") or party))
    issues = sorted({c["issue"] for c in cells})
    days = sorted({d["date"] for h in answers.found("stance") for d in h["days"] if d["date"]})
    return {
        "title": "Positions",
        "asked": asked,
        "one": None,
        "cells": {(c["party"], c["issue"]): c for c in cells},
        "parties": parties,
        "left_out": sorted({c["party"] for c in cells} - set(parties)),
        "issues": [i for i in issues if any(c["issue"] == i and c["party"] in parties for c in cells)],
        "lanes": {(h["party"], h["issue"]): h for h in answers.found("stance")},
        "changes": _changes(answers),
        "shifts": sorted(answers.ask("shifts"), key=lambda s: str(s["date"]), reverse=True),
        "at": asked.get("at") or "",
        "days": days,
        **_beside(days, asked.get("at")),
    }


def _beside(days: Sequence[str], at: str | None) -> dict[str, str | None]:
    """The days with reports before and after the one asked for."""
    at = at or (days[-1] if days else "")
    return {
        "before": max((d for d in days if d < at), default=None),
        "after": min((d for d in days if d > at), default=None),
    }


def _parties(cells: Sequence[Row], *, every: bool) -> list[str]:
    counts = Counter(c["party"] for c in cells)
    most = sorted(counts, key=lambda p: (-counts[p], p))
    return sorted(most if every else most[:PARTIES])


def _changes(answers: Answers) -> dict[tuple[str, str], int]:
    """How often each cell moved."""
    return dict(Counter((s["party"], s["issue"]) for s in answers.ask("shifts")))


def _cell(answers: Answers, asked: Asked, party: str, issue: str) -> dict[str, Any]:
    told = [h for h in answers.found("stance", holding=(party, issue)) if h["party"] == party and h["issue"] == issue]
    days = sorted(
        ({**d, "stance": h["stance"]} for h in told for d in h["days"]), key=lambda d: (str(d["date"]), d["stance"])
    )
    held = {line.id: line for line in lines_of(answers.ledger, [i for d in days for i in d["rows"]][:SENTENCES])}
    lane = [{**d, "lines": [held[i] for i in d["rows"] if i in held]} for d in days]
    return {
        "title": f"{party} on {issue.replace('_', ' ')}",
        "asked": asked,
        "one": (party, issue),
        "lane": lane,
        "shifts": [s for s in answers.ask("shifts") if s["party"] == party and s["issue"] == issue],
    }

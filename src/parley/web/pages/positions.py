"""Positions: a matrix of words, party by issue on any day; one cell's history with every sentence; what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from parley.store.rows import Row
from parley.store.words import fold
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.pages.lines import lines_of

KNOWN = ("at", "party", "issue", "parties", "all")
PARTIES, MOST = 4, 24
"""Parties side by side unless others are asked for: those with most cells, in the order of the alphabet; and the most that are."""
SENTENCES, DAYS, SHIFTS, NAMED = 40, 60, 40, 60
"""Of one cell the sentences and the days, the latest; what moved last; and parties that are named but not shown."""


def positions(answers: Answers, asked: Asked) -> dict[str, Any]:
    """The matrix, or with party and issue the history of one cell."""
    party, issue = asked.get("party"), asked.get("issue")
    if party and issue:
        return _cell(answers, asked, party, issue)
    cells = answers.ask("matrix", **asked.some("at", "issue", "party"))
    parties = _parties(cells, every=bool(asked.get("all") or party), wanted=asked.get("parties"))
    left_out = sorted({c["party"] for c in cells} - set(parties))
    shifts = sorted(answers.ask("shifts"), key=lambda s: str(s["date"]), reverse=True)
    issues = sorted({c["issue"] for c in cells if c["party"] in parties})
    days = sorted({d["date"] for h in answers.found("stance") for d in h["days"] if d["date"]})
    return {
        "title": "Positions",
        "asked": asked,
        "one": None,
        "cells": {(c["party"], c["issue"]): c for c in cells},
        "parties": parties,
        "left_out": left_out[:NAMED],
        "many_left_out": len(left_out),
        "part": answers.part("matrix", **asked.some("at", "issue", "party")),
        "issues": issues,
        "undated": dict(answers.tally().days).get("", 0),
        "changes": _changes(answers),
        "shifts": shifts[:SHIFTS],
        "more_shifts": max(0, len(shifts) - SHIFTS),
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


def _parties(cells: Sequence[Row], *, every: bool, wanted: str | None) -> list[str]:
    """The parties that somebody wants to see, in that person's order; else those with most cells."""
    counts = Counter(c["party"] for c in cells)
    if wanted:
        called = {fold(p): p for p in counts}
        asked = list(dict.fromkeys(called[fold(w)] for w in wanted.split(";") if fold(w) in called))
        if asked:
            return asked[:MOST]
    most = sorted(counts, key=lambda p: (-counts[p], p))
    return sorted(most[: MOST if every else PARTIES])


def _changes(answers: Answers) -> dict[tuple[str, str], int]:
    """How often each cell moved."""
    return dict(Counter((s["party"], s["issue"]) for s in answers.ask("shifts")))


def _cell(answers: Answers, asked: Asked, party: str, issue: str) -> dict[str, Any]:
    told = [h for h in answers.found("stance", holding=(party, issue)) if h["party"] == party and h["issue"] == issue]
    days = sorted(
        ({**d, "stance": h["stance"]} for h in told for d in h["days"]), key=lambda d: (str(d["date"]), d["stance"])
    )
    shown = days[-DAYS:]
    cited = [i for d in reversed(shown) for i in d["rows"]][:SENTENCES]
    held = {line.id: line for line in lines_of(answers.ledger, cited)}
    lane = [{**d, "lines": [held[i] for i in d["rows"] if i in held]} for d in shown]
    return {
        "title": f"{party} on {issue.replace('_', ' ')}",
        "asked": asked,
        "one": (party, issue),
        "lane": lane,
        "earlier": len(days) - len(shown),
        "unshown": sum(len(d["rows"]) for d in days) - sum(len(d["lines"]) for d in lane),
        "shifts": [s for s in answers.ask("shifts") if s["party"] == party and s["issue"] == issue],
    }

"""Figures as series: small multiples by category and scope, a line for each claimant, each with its table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from parley.errors import UsageError
from parley.store import reviewing
from parley.store.rows import Row
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.charts import Steps, steps

KNOWN = ("category", "claimant", "place", "from")
PER_PAGE = 10
LINES = 8
"""Claimants in one chart; the table below it has more of them."""
LISTED, POINTS, CONFLICTS = 16, 60, 6
"""Claimants in the table of a chart, counts of each of them, the last ones, and conflicts above it."""


def figures(answers: Answers, asked: Asked) -> dict[str, Any]:
    """Charts of what is counted, those with conflicts first, then the longest."""
    filters = asked.some("category", "claimant", "place")
    series = answers.ask("series", **filters)
    groups = list(_groups(series).values())
    at = _start(asked)
    shown = [_chart(group) for group in groups[at : at + PER_PAGE]]
    points = (point["rows"][0] for chart in shown for one in chart["series"] for point in one["points"])
    return {
        "title": "Figures",
        "asked": asked,
        "charts": shown,
        "judged": reviewing.words_on(answers.ledger, points),
        "filters": filters,
        "facets": {
            "category": Counter(s["category"] for s in series).most_common(16),
            "claimant": Counter(s["claimant"] for s in series if s["claimant"]).most_common(12),
            "place": Counter(s["place"] for s in series if s["place"]).most_common(12),
        },
        "part": answers.part("series", **filters),
        "shown": (at + 1, min(at + PER_PAGE, len(groups)), len(groups)),
        "next": asked.link(**{"from": str(at + PER_PAGE)}) if at + PER_PAGE < len(groups) else None,
        "previous": asked.link(**{"from": str(at - PER_PAGE) if at > PER_PAGE else None}) if at else None,
    }


def _start(asked: Asked) -> int:
    given = asked.get("from") or "0"
    if not (given.isascii() and given.isdigit() and len(given) < 7):
        raise UsageError("that page is not known: start from the first one")
    return int(given)


def _groups(series: Sequence[Row]) -> dict[tuple[Any, ...], list[Row]]:
    """Series of one thing together, whoever counts it, in the order in which they came."""
    out: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for one in series:
        out[one["category"], one["population"], one["place"], one["scope"], one["since"]].append(one)
    return out


def _chart(group: Sequence[Row]) -> dict[str, Any]:
    first, shown = group[0], [{**one, "points": one["points"][-POINTS:]} for one in group[:LISTED]]
    conflicts = {c["why"]: c for s in group for c in s["conflicts"]}
    return {
        "what": first,
        "series": shown,
        "counts": sum(len(one["points"]) for one in group),
        "listed": sum(len(one["points"]) for one in shown),
        "claimants": len(group),
        "steps": _drawn(group[:LINES]),
        "conflicts": list(conflicts.values())[:CONFLICTS],
        "more_conflicts": len(conflicts) - CONFLICTS,
        "reference": first["reference"],
    }


def _drawn(group: Sequence[Row]) -> Steps | None:
    return steps(group, group[0]["reference"])

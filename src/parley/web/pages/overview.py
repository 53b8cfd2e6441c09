"""What the pile holds: articles by outlet and day, what moved last, where accounts do not agree, the last numbers."""

from __future__ import annotations

from itertools import islice
from typing import Any

from parley.store.rows import Row
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.charts import MONTH, by_time, days_chart
from parley.web.pages.lines import lines_of
from parley.web.pages.review import alarms

NO_COUNT = frozenset(("other", "rate", "money"))
"""Categories whose last number says little without the rest."""

SHIFTS, DISAGREEMENTS, NUMBERS, OUTLETS = 6, 6, 8, 60
LOOKED_AT = 100
"""Results of a kind, the weightiest, among which those that are shown here are found."""


def overview(answers: Answers, asked: Asked) -> dict[str, Any]:
    """The first page."""
    tally = answers.tally()
    bars = by_time(tally.days)
    drawn = sum(b.n for b in bars)
    return {
        "title": "Overview",
        "asked": asked,
        "tally": tally,
        "counts": tally.rows,
        "outlets": tally.outlets[:OUTLETS],
        "more_outlets": len(tally.outlets[OUTLETS:]),
        "many_outlets": sum(bool(o) for o, _ in tally.outlets),
        "days": days_chart(bars),
        "by_time": bars,
        "each": "month" if bars and len(bars[0].day) == MONTH else "day",
        "undated": sum(n for _, n in tally.days) - drawn,
        "shifts": answers.newest("shift", SHIFTS),
        "disagreements": answers.disagreements(LOOKED_AT)[:DISAGREEMENTS],
        "numbers": _last_numbers(answers),
        **alarms(answers),
    }


def _last_numbers(answers: Answers) -> list[dict[str, Any]]:
    """The last count of the longest series, each with its sentence."""
    longest = sorted(answers.heaviest("series", LOOKED_AT), key=lambda s: -len(s["points"]))
    dated = (s for s in longest if s["category"] not in NO_COUNT and s["points"] and s["points"][-1]["date"])
    newest = [(s, s["points"][-1]) for s in islice(dated, NUMBERS)]
    held = {line.id: line for line in lines_of(answers.ledger, (p["rows"][-1] for _, p in newest), beside=False)}
    return [{"series": s, "point": p, "line": held.get(p["rows"][-1])} for s, p in newest]


def side_rows(disagreement: Row) -> list[str]:
    """The rows that a disagreement rests on, at most a few of each side; of counts the one of that day: earlier ones are another day's."""
    sides, few = disagreement.get("sides") or [], 1 if disagreement["type"] == "figures" else 2
    return list(dict.fromkeys(i for s in sides for i in s["rows"][:few])) or disagreement["rows"][:4]

"""What the pile holds: articles by outlet and day, what moved last, where accounts do not agree, the last numbers."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

from parley.store import browse
from parley.store.rows import Row
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.charts import Bar, days_chart
from parley.web.pages.lines import lines_of
from parley.web.pages.review import alarms

NO_COUNT = frozenset(("other", "rate"))
"""Categories whose last number says little without the rest."""

SHIFTS, DISAGREEMENTS, NUMBERS = 6, 6, 8


def overview(answers: Answers, asked: Asked) -> dict[str, Any]:
    """The first page."""
    per_day = answers.kept("per_day", lambda: browse.per_day(answers.ledger))
    outlets: Counter[str] = Counter()
    days: Counter[str] = Counter()
    for outlet, day, n in per_day:
        outlets[outlet or ""] += n
        days[day or ""] += n
    return {
        "title": "Overview",
        "asked": asked,
        "counts": answers.kept("counts", answers.ledger.counts),
        "outlets": sorted(outlets.items(), key=lambda o: (-o[1], o[0])),
        "days": days_chart([Bar(day, n) for day, n in sorted(days.items()) if len(day) == len("2031-03-15")]),
        "by_day": sorted((d, n) for d, n in days.items() if d),
        "undated": sum(n for day, n in days.items() if len(day) != len("2031-03-15")),
        "copies": answers.kept("copies", lambda: browse.whole_copies(answers.ledger)),
        "shifts": sorted(answers.ask("shifts"), key=lambda s: str(s["date"]), reverse=True)[:SHIFTS],
        "disagreements": answers.disagreements()[:DISAGREEMENTS],
        "numbers": _last_numbers(answers),
        **alarms(answers),
    }


def _last_numbers(answers: Answers) -> list[dict[str, Any]]:
    """The last count of the longest series, each with its sentence."""
    longest = sorted(answers.ask("series"), key=lambda s: -len(s["points"]))
    dated = (s for s in longest if s["category"] not in NO_COUNT and s["points"] and s["points"][-1]["date"])
    newest = [(s, s["points"][-1]) for s in islice(dated, NUMBERS)]
    held = {line.id: line for line in lines_of(answers.ledger, (p["rows"][-1] for _, p in newest))}
    return [{"series": s, "point": p, "line": held.get(p["rows"][-1])} for s, p in newest]


def side_rows(disagreement: Row) -> list[str]:
    """The rows that a disagreement rests on, at most a few of each side."""
    sides = disagreement.get("sides") or []
    return list(dict.fromkeys(i for s in sides for i in s["rows"][:2])) or disagreement["rows"][:4]

"""Reference series laid over the counts of the articles, never merged with them.

The series that `parley build --series` was last given are kept in the ledger, with their values, so that what is shown does not
hang on a file that may have moved.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from parley.compare.base import Row
from parley.compare.days import days
from parley.compare.figures.counted import counted, place_key
from parley.compare.figures.scopes import LAG
from parley.store.words import fold

if TYPE_CHECKING:
    from parley.dates.series import Series
    from parley.store.ledger import Ledger

STATE = "reference series"

MATCHES = 2
"""Counts of one series that stand in a reference, on their day or up to a week before it, until it is held to count the same thing
where its file's name does not say what it is about."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A dated count from outside the articles; `about` are the words of its file's name, `days` ordinals in order."""

    name: str
    counted: str
    about: tuple[str, ...]
    days: tuple[int, ...]
    values: tuple[float, ...]

    def at(self, day: int) -> float | None:
        """What it stood at on a day, None before it begins."""
        found = bisect_right(self.days, day)
        return self.values[found - 1] if found else None

    def has(self, value: float, day: int) -> bool:
        """True where it gave exactly this count on a day, or in the week before."""
        first = bisect_left(self.days, day - LAG)
        return value in self.values[max(0, first - 1) : bisect_right(self.days, day + 1)]


def keep_references(ledger: Ledger, given: Iterable[Series]) -> None:
    """Keep the reference series that a build was given, in the place of those before; none given leaves them."""
    made = [
        {
            "name": s.name,
            "counted": s.counted,
            "about": s.about,
            "days": [d.isoformat() for d in s.days],
            "values": s.values,
        }
        for s in given
    ]
    text = json.dumps(made)
    if made and ledger.state(STATE) != text:
        ledger.note(STATE, text)


def kept_references(ledger: Ledger) -> list[Reference]:
    """The reference series that the ledger keeps."""
    return [
        Reference(
            name=r["name"],
            counted=r["counted"],
            about=tuple(r["about"]),
            days=tuple(date.fromisoformat(d).toordinal() for d in r["days"]),
            values=tuple(r["values"]),
        )
        for r in json.loads(ledger.state(STATE) or "[]")
    ]


def overlaid(rows: Sequence[Row], references: Sequence[Reference]) -> list[Row]:
    """Series, each running count with what a reference says on the days of its points, under `reference`."""
    things: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["scope"] == "cumulative" and row["since"] is None:
            whom, where = counted(row["population"]), place_key(row["place"])
            things[row["category"], where, f"{whom.head} {'' if whom.nation == where else whom.nation}"].append(row)
    beside: dict[str, list[Row]] = defaultdict(list)
    for (category, *_), mine in things.items():
        for reference in references:
            if reference.counted == category and _about(reference, mine):
                for row in mine:
                    beside[row["id"]] += _laid(reference, row)
    return [{**row, "reference": beside[row["id"]]} if row["id"] in beside else row for row in rows]


def _about(reference: Reference, rows: Iterable[Row]) -> bool:
    """True where a reference counts what these series count: by the name of its file, else by its numbers."""
    rows = list(rows)
    if reference.about:
        words = {w for r in rows for w in fold(f"{r['place'] or ''} {r['population'] or ''}").split()}
        return any(word in words for word in reference.about)
    return any(_matches(reference, row) >= MATCHES for row in rows)


def _matches(reference: Reference, row: Row) -> int:
    exact = ((days(p["date"]), p["low"]) for p in row["points"] if p["qualifier"] == "exact" and p["low"] is not None)
    return sum(day is not None and reference.has(value, day.last) for day, value in exact)


def _laid(reference: Reference, row: Row) -> list[Row]:
    """What a reference says on the days of a series' points; nothing where it does not reach them."""
    dated = {p["date"]: day.last for p in row["points"] if (day := days(p["date"])) is not None}
    values = [{"date": d, "value": v} for d, day in sorted(dated.items()) if (v := reference.at(day)) is not None]
    return [{"name": reference.name, "points": values}] if values else []

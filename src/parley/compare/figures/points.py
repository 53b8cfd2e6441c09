"""The points of a series: what one claimant counted as of a day, in how many outlets, and how it moved."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from parley.compare.base import Pile, Row
from parley.compare.days import shown
from parley.compare.figures.bounds import Bounds


def limits(item: Row) -> Bounds:
    """What an item leaves possible."""
    return Bounds(item["least"], math.inf if item["most"] is None else item["most"])


def as_of(item: Row) -> str | None:
    """The day as of which an item counts: the one that the text tells, else the one on which it was printed."""
    return item["told"] or shown(*item["printed"])


def points(items: Sequence[Row], pile: Pile, *, running: bool) -> list[Row]:
    """What one claimant counted, by day: the same number as of the same day is one point, however many print it.

    `low` and `high` are what the words leave possible, `date` is told in the text or the day of printing (`basis`). `step` is how
    much a running count rose or fell since the point before, where both are exact.
    """
    same: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for item in items:
        same[as_of(item) or "", item["least"], item["most"], item["qualifier"]].append(item)
    made = [_point(together, pile) for _, together in sorted(same.items(), key=_order)]
    if running:
        _steps(made)
    return made


def _order(entry: tuple[tuple[Any, ...], list[Row]]) -> tuple[Any, ...]:
    (date, least, most, qualifier), _ = entry
    return date == "", date, least, math.inf if most is None else most, qualifier


def _point(together: Sequence[Row], pile: Pile) -> Row:
    first = together[0]
    outlets, independent = pile.independent((i["article"], *i["span"]) for i in together)
    printed = [p for i in together if (p := shown(*i["printed"]))]
    low, high = shown_limits(first)
    return {
        "date": as_of(first),
        "value": plain(first["value"]) if isinstance(first["value"], int | float) else first["value"],
        "low": low,
        "high": high,
        "qualifier": first["qualifier"],
        "rows": [i["id"] for i in together],
        "basis": None if as_of(first) is None else "told" if any(i["told"] for i in together) else "printed",
        "published": min(printed, default=None),
        "outlets": outlets,
        "independent": independent,
        "step": None,
        "note": _note(together),
    }


def shown_limits(item: Row) -> tuple[float | int | None, float | int | None]:
    """The ends that an item's words leave open: of an exact number itself, of "at least" no upper one."""
    value, least = item["value"], item["least"]
    if item["qualifier"] == "exact" and isinstance(value, int | float):
        return plain(value), plain(value)
    if isinstance(value, int | float):
        least = {"at_least": value, "more_than": value, "up_to": None, "less_than": None}.get(item["qualifier"], least)
    upper = value if item["qualifier"] in ("up_to", "less_than") and isinstance(value, int | float) else item["most"]
    return plain(least), plain(upper)


def carried(outlets: int, independent: int) -> str:
    """How many outlets, in words.

    >>> carried(1, 1), carried(3, 3), carried(9, 2)
    ('1 outlet', '3 outlets', '9 outlets, 2 independent')
    """
    if outlets < 2:
        return "1 outlet"
    return f"{outlets} outlets" if outlets == independent else f"{outlets} outlets, {independent} independent"


def plain(value: float | None) -> float | int | None:
    """A number without a needless point, and not more exact than three digits behind it."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 3)


def _note(together: Iterable[Row]) -> str | None:
    instead = sorted({i["not"] for i in together if i["not"] is not None})
    return f"corrected: not {plain(instead[0])}" if instead else None


def _steps(made: Sequence[Row]) -> None:
    """Note how much each exact point lies above the last exact one, and where it lies below."""
    last: Row | None = None
    for point in made:
        if point["qualifier"] != "exact" or point["date"] is None or point["low"] is None:
            continue
        if last is not None:
            point["step"] = plain(point["low"] - last["low"])
            if point["step"] < 0:
                point["note"] = (
                    point["note"] or f"below the {last['low']} of {last['date']}: revised, or an older count"
                )
        last = point

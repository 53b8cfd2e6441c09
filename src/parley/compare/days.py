"""Days as ordinals, from dates of any precision, and the months that they lie in."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple


class Days(NamedTuple):
    """From a first to a last day, both included, as ordinals."""

    first: int
    last: int

    def meets(self, other: Days, slack: int = 0) -> bool:
        """True where the two share a day, or come within `slack` days of each other."""
        return self.first <= other.last + slack and other.first <= self.last + slack


@lru_cache(maxsize=10_000)
def days(text: str | None) -> Days | None:
    """The days of a year, a month or a day; None of anything else.

    >>> days("2031-02") == Days(date(2031, 2, 1).toordinal(), date(2031, 2, 28).toordinal()), days("soon"), days(None)
    (True, None, None)
    """
    if not text:
        return None
    try:
        year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return Days(first.toordinal(), last.toordinal())


def between(first: str | None, last: str | None) -> Days | None:
    """From the first day of one date to the last day of another."""
    a, b = days(first), days(last or first)
    return None if a is None or b is None else Days(a.first, max(a.last, b.last))


def shown(first: str | None, last: str | None) -> str | None:
    """Two dates as one text no more exact than both: the day or the next (the day of the news), else what both share.

    >>> shown("2031-03-09", None), shown("2031-03-09", "2031-03-10"), shown("2031-03-09", "2031-03-20"), shown("2031-03-09", "2032")
    ('2031-03-09', '2031-03-09', '2031-03', None)
    """
    a, b = days(first), days(last or first)
    if a is None or b is None or first is None:
        return None
    if last is None or first == last or (len(first) == 10 == len(last) and 0 <= b.first - a.first <= 1):
        return first
    return next((first[:n] for n in (7, 4) if len(first) >= n and first[:n] == last[:n]), None)


def iso(day: int) -> str:
    """The day of an ordinal.

    >>> iso(date(2031, 4, 1).toordinal())
    '2031-04-01'
    """
    return date.fromordinal(day).isoformat()


def months(first: int, last: int) -> list[str]:
    """The months from one day to another, both as ordinals.

    >>> months(date(2030, 12, 20).toordinal(), date(2031, 2, 3).toordinal())
    ['2030-12', '2031-01', '2031-02']
    """
    at = date.fromordinal(first).replace(day=1)
    out = []
    while at.toordinal() <= last:
        out.append(at.isoformat()[:7])
        at = (at + timedelta(days=31)).replace(day=1)
    return out

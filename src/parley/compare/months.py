"""Days as ISO dates, and the months that they lie in."""

from __future__ import annotations

import datetime


def iso(day: int) -> str:
    """The day of an ordinal.

    >>> iso(datetime.date(2031, 4, 1).toordinal())
    '2031-04-01'
    """
    return datetime.date.fromordinal(day).isoformat()


def months(first: int, last: int) -> list[str]:
    """The months from one day to another, both as ordinals.

    >>> months(datetime.date(2030, 12, 20).toordinal(), datetime.date(2031, 2, 3).toordinal())
    ['2030-12', '2031-01', '2031-02']
    """
    at = datetime.date.fromordinal(first).replace(day=1)
    out = []
    while at.toordinal() <= last:
        out.append(at.isoformat()[:7])
        at = (at + datetime.timedelta(days=31)).replace(day=1)
    return out

"""Calendar arithmetic on days and on TIMEX3 values; every function total, no clock, no locale."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    """A calendar date as far as it is known; a year before Christ is negative."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, date: dt.date) -> Point:
        return cls(date.year, date.month, date.day)

    @property
    def date(self) -> dt.date | None:
        """The day, where the point is one and the calendar has it."""
        if self.year is None or not 1 <= self.year <= 9999 or self.month is None or self.day is None:
            return None
        return day_of(self.year, self.month, self.day)

    def iso(self) -> str:
        """As TIMEX3 writes it: `2024-06-02`, `2024-06`, `XXXX-12-31`.

        >>> Point(None, 12, 31).iso(), Point(-490).iso()
        ('XXXX-12-31', 'BC0490')
        """
        out = year_text(self.year)
        if self.month is not None or self.day is not None:
            out += f"-{self.month:02d}" if self.month is not None else "-XX"
        if self.day is not None:
            out += f"-{self.day:02d}"
        return out


def year_text(year: int | None) -> str:
    """`2024`, `BC0490`, `XXXX`."""
    if year is None:
        return "XXXX"
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def shift_days(date: dt.date, days: int) -> dt.date | None:
    """`date` moved by `days`; None beyond the calendar's ends."""
    try:
        return date + dt.timedelta(days=days)
    except OverflowError:
        return None


def shift_months(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month, `months` later.

    >>> shift_months(2024, 1, -2)
    (2023, 11)
    """
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def add_months(date: dt.date, months: int) -> dt.date | None:
    """The same day `months` later, or the last day of that month; None beyond the calendar's ends."""
    year, month = shift_months(date.year, date.month, months)
    return min_day(year, month, date.day)


def min_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, drawn back to the month's last one where the month is shorter."""
    if not 1 <= year <= 9999:
        return None
    for candidate in range(day, 27, -1):
        found = day_of(year, month, candidate)
        if found:
            return found
    return day_of(year, month, min(day, 28))


def month_end(year: int, month: int) -> dt.date | None:
    """The last day of a month."""
    return min_day(year, month, 31)


def week_text(date: dt.date) -> str:
    """The ISO week of a day: `2024-W18`."""
    year, week, _ = date.isocalendar()
    return f"{year:04d}-W{week:02d}"


def weekday_near(reference: dt.date, weekday: int, direction: int) -> dt.date | None:
    """The nearest `weekday` (Monday is 1): on or before (0), before (-1), on or after (1), after (2) `reference`."""
    back = (reference.isoweekday() - weekday) % 7
    if direction <= 0:
        return shift_days(reference, -(back or (7 if direction < 0 else 0)))
    ahead = (weekday - reference.isoweekday()) % 7
    return shift_days(reference, ahead or (7 if direction > 1 else 0))


def bounds(iso: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of `2024`, `2024-06` or `2024-06-02`; None for anything else."""
    parts = iso.split("-")
    if not all(p.isdecimal() for p in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return None
    year, *rest = (int(p) for p in parts)
    low = day_of(year, *[*rest, 1, 1][:2])
    if low is None:
        return None
    high = low if len(rest) == 2 else month_end(year, rest[0] if rest else 12)
    return (low, high) if high else None


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date | None:
    """The `nth` given weekday of a month; -1 is its last one."""
    if nth < 0:
        end = month_end(year, month)
        return weekday_near(end, weekday, 0) if end else None
    first = day_of(year, month, 1)
    start = weekday_near(first, weekday, 1) if first else None
    return shift_days(start, 7 * (nth - 1)) if start else None

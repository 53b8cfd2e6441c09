"""Days that have names: which day a holiday is in a given year."""

from __future__ import annotations

import datetime as dt

from parley.dates import arithmetic as cal

_FIXED = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "halloween": (10, 31), "new year's eve": (12, 31), "new year's day": (1, 1), "new year's": (1, 1), "new year": (1, 1),
    "valentine's day": (2, 14), "may day": (5, 1), "labour day": (5, 1), "independence day": (7, 4), "july fourth": (7, 4),
    "fourth of july": (7, 4), "4th of july": (7, 4), "14th of july": (7, 14), "bastille day": (7, 14), "veterans day": (11, 11),
    "remembrance day": (11, 11),
}  # fmt: skip

# Month, weekday (Monday is 1), which one of the month (-1 is the last).
_FLOATING = {
    "thanksgiving": (11, 4, 4), "thanksgiving day": (11, 4, 4), "memorial day": (5, 1, -1), "labor day": (9, 1, 1),
    "columbus day": (10, 1, 2), "presidents day": (2, 1, 3), "martin luther king day": (1, 1, 3),
    "martin luther king jr day": (1, 1, 3),
}  # fmt: skip

# Days from Easter Sunday.
_BY_EASTER = {"easter": 0, "easter day": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "easter eve": -1}


def is_holiday(name: str) -> bool:
    """True where the name, in lower case, is a day of the year that is known here."""
    return name in _FIXED or name in _FLOATING or name in _BY_EASTER


def holiday(name: str, year: int) -> dt.date | None:
    """The day of a holiday in a year.

    >>> holiday("thanksgiving", 2013), holiday("good friday", 2024)
    (datetime.date(2013, 11, 28), datetime.date(2024, 3, 29))
    """
    if name in _FIXED:
        return cal.day_of(year, *_FIXED[name]) if 1 <= year <= 9999 else None
    if name in _FLOATING:
        return cal.nth_weekday(year, *_FLOATING[name])
    sunday = _easter(year)
    return cal.shift_days(sunday, _BY_EASTER[name]) if sunday and name in _BY_EASTER else None


def month_day(name: str) -> tuple[int, int] | None:
    """Month and day of a holiday that is the same every year."""
    return _FIXED.get(name)


def _easter(year: int) -> dt.date | None:
    """Easter Sunday of the Gregorian calendar (the anonymous rule of 1876)."""
    if not 1583 <= year <= 9999:
        return None
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return cal.day_of(year, month, day + 1)

"""The calendar day that a record's date field says, or None: a field is read, not guessed at."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])|(\d{4})(\d{2})(\d{2})(?!\d)|(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s{1,3})?([A-Za-z]{3,9})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(\d{4})(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s{1,3})?(\d{1,2})(?:st|nd|rd|th)?[\s-]{1,3}([A-Za-z]{3,9})\.?,?[\s-]{1,3}(\d{4})(?!\d)"
)
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")


def day_of(value: Any) -> str | None:
    """The ISO date in a field, as precise as it is; None for "03/04/2031", which says two days.

    >>> [day_of(v) for v in ("2031-03-04T10:00:00Z", "Tue, 04 Mar 2031 10:00:00 GMT", "2031-03", "03/04/2031", "25/03/2031")]
    ['2031-03-04', '2031-03-04', '2031-03', None, '2031-03-25']
    """
    if isinstance(value, dict):
        value = value.get("$date")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"\d{10}|\d{13}", value.strip())):
        return _stamp(float(value))
    text = str(value).strip()[:80]
    iso = _ISO.match(text)
    if iso:
        return _checked(*[g for g in iso.groups() if g is not None])
    named = _MONTH_FIRST.match(text)
    if named:
        return _named(named.group(3), named.group(1), named.group(2))
    named = _DAY_FIRST.match(text)
    if named:
        return _named(named.group(3), named.group(2), named.group(1))
    numbers = _NUMBERS.match(text)
    if numbers:
        first, second, year = numbers.groups()
        if int(first) > 12 or first == second:
            return _checked(year, second, first)
        if int(second) > 12:
            return _checked(year, first, second)
    return None


def _stamp(seconds: float) -> str | None:
    if seconds > 1e11:
        seconds /= 1000
    if not 1e8 < seconds < 1e10:
        return _checked(str(int(seconds))) if 1800 <= seconds < 2200 else None
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _named(year: str, month: str, day: str) -> str | None:
    short = month[:3].lower()
    return _checked(year, str(_MONTHS.index(short) + 1), day) if short in _MONTHS else None


def _checked(year: str, month: str = "", day: str = "") -> str | None:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])

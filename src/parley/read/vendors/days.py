"""The day that a vendor's header prints, in the languages of the vendors' interfaces; None where it prints no day.

A header's date line holds more than its date ("March 5, 2024 Tuesday 10:21 AM GMT", "Late Edition"); the first date in it counts.
"""

from __future__ import annotations

import re
from datetime import date

from parley.read.day import day_of

_LONGEST = 120
_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jän feb mär apr mai jun jul aug sept okt nov dez",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    )
    for number, name in enumerate(names.split(), 1)
} | {"fevrier": 2, "aout": 8, "decembre": 12, "marz": 3, "maerz": 3, "marco": 3, "jänner": 1, "jaenner": 1}
_WORD = r"[^\W\d_]{3,12}"
_MONTH_FIRST = re.compile(rf"\b({_WORD})\.? {{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?(?:, ?| {{1,3}})(\d{{4}})\b")
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:\.|st|nd|rd|th|er|º)? {{1,3}}(?:de {{1,3}})?({_WORD})\.?,? {{1,3}}(?:de {{1,3}})?(\d{{4}})\b"
)
_MONTH_ALONE = re.compile(rf"\b({_WORD})\.?,? {{1,3}}(?:de {{1,3}})?(\d{{4}})\b")
_CHINESE = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_NUMBERS = re.compile(r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}/\d{1,2}/\d{1,2})\b")
_EARLIEST, _LATEST = 1600, 2200


def day_in(text: str) -> str | None:
    """The ISO date that a header's line prints, as precise as it is.

    >>> [day_in(t) for t in ("March 5, 2031 Wednesday 10:21 AM GMT", "5. März 2031 Mittwoch", "mercredi 5 mars 2031", "June 2031")]
    ['2031-03-05', '2031-03-05', '2031-03-05', '2031-06']
    >>> [day_in(t) for t in ("03/04/2031", "25/03/2031", "Late Edition - Final", "May 35, 2031", "Copyright 2031")]
    [None, '2031-03-25', None, None, None]
    """
    line = " ".join(text[:_LONGEST].split())
    found = [(m.start(), day) for m, day in _dates(line) if day]
    return min(found)[1] if found else None


def is_date_line(text: str) -> bool:
    """True for a header line that is a date and little else: it begins with it, perhaps after the name of a day."""
    line = " ".join(text[:_LONGEST].split())
    starts = [m.start() for m, day in _dates(line) if day]
    before = line[: min(starts)] if starts else line
    return bool(starts) and len(before.split()) < 2 and not before.rstrip().endswith(":")


def _dates(line: str) -> list[tuple[re.Match[str], str | None]]:
    """Every form of date that the line holds, with the day that it gives; a month without a day only where no day is."""
    found = [(m, _named(m[3], m[1], m[2])) for m in _MONTH_FIRST.finditer(line)]
    found += [(m, _named(m[3], m[2], m[1])) for m in _DAY_FIRST.finditer(line)]
    found += [(m, _checked(int(m[1]), int(m[2]), int(m[3]))) for m in _CHINESE.finditer(line)]
    found += [(m, day_of(m[0])) for m in _NUMBERS.finditer(line)]
    if not any(day for _, day in found):
        found += [(m, _named(m[2], m[1])) for m in _MONTH_ALONE.finditer(line) if not found]
    return found


def _named(year: str, month: str, day: str = "") -> str | None:
    number = _MONTHS.get(month.lower())
    return _checked(int(year), number, int(day) if day else None) if number else None


def _checked(year: int, month: int, day: int | None) -> str | None:
    if not _EARLIEST < year < _LATEST:
        return None
    try:
        iso = date(year, month, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    return iso[:7] if day is None else iso

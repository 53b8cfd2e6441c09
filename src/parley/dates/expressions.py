"""Every date, time, duration and repetition that a text names, as TIMEX3: `find_dates`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from parley.data import Span, Timex
from parley.dates.found import Found
from parley.dates.meaning import read
from parley.dates.resolve import Clock, reads_as_history, resolve
from parley.dates.scan import Scan, hits, scan
from parley.dates.tense import may_come, tense_of
from parley.errors import UsageError


@dataclass(frozen=True, slots=True)
class Dated:
    """A text with its date expressions understood but not yet resolved, so that it can be resolved more than once."""

    scan: Scan
    founds: tuple[Found, ...]

    def resolved(self, reference: dt.date | None = None, *, article: str = "") -> list[Timex]:
        """The expressions with their values, `reference` being the day of writing."""
        clock = Clock(
            reference,
            narrative=reads_as_history(self.founds, reference),
            day_first=self.day_first(),
            tense=lambda f: tense_of(self.scan, f.first, f.last),
            may_come=lambda f: may_come(self.scan, f.first, f.last),
        )
        out = []
        told: Found | None = None
        for found in self.founds:
            found = _in_the_year_of(told, found, self.scan.text, clock)
            told = found if found.kind == "date" and found.year and found.month else told
            kind, value = resolve(found, clock)
            out.append(Timex(Span.of(self.scan.text, found.start, found.end), kind, value, article))
        return out

    def day_first(self) -> bool | None:
        """How the text writes 13/06/2024: a date that can be read one way only tells for all."""
        slashed = [
            (int(a), int(b))
            for f in self.founds
            if f.kind == "date" and f.numeric is None and self.scan.between(f.first + 1) == "/"
            for a, b in [(self.scan.parts[f.first], self.scan.parts[f.first + 2])]
            if a.isdecimal() and b.isdecimal() and len(a) < 3
        ]
        return None if not slashed else slashed[0][0] > 12


_RECENT = 60
"""Days before the day of writing within which a day without a year is news, whatever else the sentence tells."""
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+[A-Z“\"]|\n\s*\n")


def _in_the_year_of(told: Found | None, found: Found, text: str, clock: Clock) -> Found:
    """ "It began on March 3, 1998, and ended when both signed on June 9": a day long past has the year told in its sentence."""
    today = clock.reference
    bare = found.kind == "date" and found.month and not (found.year or found.relation or found.unit or found.numeric)
    if told is None or today is None or not bare or told.year is None or told.year >= today.year - 1:
        return found
    if _SENTENCE_END.search(text, told.end, found.start) or clock.tense(found) != "past":
        return found
    assert found.month is not None
    assert told.month is not None
    later = (found.month, found.day or 31) >= (told.month, told.day or 1)
    ago = (today.month - found.month) * 30 + today.day - (found.day or 15)
    near = 0 <= ago <= _RECENT or ago + 365 <= _RECENT
    return found if near else found._replace(year=told.year + (not later))


def understand(text: str) -> Dated:
    """Find the date expressions of a text and what they say."""
    scanned = scan(text)
    founds = [f for hit in hits(scanned) for f in read(scanned, hit)]
    return Dated(scanned, tuple(_lent_days(scanned, founds)))


def _lent_days(scanned: Scan, founds: list[Found]) -> Iterator[Found]:
    """ "at 6 a.m. local time (0400 GMT) on Thursday": the day that follows in the same phrase is the hour's too."""
    lender: Found | None = None
    ahead = 0
    out: list[Found] = []
    for found in reversed(founds):
        bare = found.kind == "clock" and not (found.weekday or found.month or found.relation or found.value)
        if bare and lender is not None and _in_one_phrase(scanned.text[found.end : ahead]):
            found = _with_day_of(found, lender)
        else:
            whole_day = found.kind in ("weekday", "deictic") or (
                found.kind == "date" and found.day and not found.numeric
            )
            lender = found if whole_day and not found.part and not found.unit else None
            if found.kind == "relative" and found.unit == "quarter" and out:
                found = _ended_on(found, out[-1], scanned.text)
        ahead = found.start
        out.append(found)
    return reversed(out)


def _ended_on(quarter: Found, end: Found, text: str) -> Found:
    """ "the quarter ended Dec. 31" is the fourth."""
    if end.month is None or text[quarter.end : end.start].strip() not in ("ended", "ending", "that ended", "to"):
        return quarter
    return quarter._replace(kind="date", quarter=(end.month + 2) // 3, year=end.year, relation=None, unit=None)


def _with_day_of(hour: Found, day: Found) -> Found:
    value = day.value if day.kind == "deictic" else None
    return hour._replace(
        weekday=day.weekday, year=day.year, month=day.month, day=day.day, relation=day.relation, value=value
    )


_BETWEEN = re.compile(r"\)?,?(?: local time)?(?: \(|,? (?:on )?)")


def _in_one_phrase(between: str) -> bool:
    return len(between) < 30 and _BETWEEN.fullmatch(between) is not None


def find_dates(text: str, *, reference: dt.date | str | None = None) -> list[Timex]:
    """Every temporal expression of a text with its TIMEX3 type and value, in order, none overlapping.

    `reference` is the day of writing, as a date or as ISO text; without it, what depends on it stays open (`XXXX-12-31`,
    `XXXX-WXX-5`). Weekdays follow the clause's tense: "said on Friday" is the latest Friday not after the reference, "will
    meet on Friday" the next one. Months without a year likewise. Text that tells history by years ("On September 1, 1939
    ... on September 17") takes missing years from the date before. 02/06/2024 is read as the text's other dates are
    written, else as the reading nearest before the reference, else day first.

    >>> [(t.span.text, t.type, t.value) for t in find_dates("He said on Friday that talks lasted eight months.", reference="2024-05-04")]
    [('Friday', 'DATE', '2024-05-03'), ('eight months', 'DURATION', 'P8M')]
    """
    return understand(text).resolved(_as_date(reference))


def _as_date(reference: dt.date | str | None) -> dt.date | None:
    if isinstance(reference, dt.datetime):
        return reference.date()
    if reference is None or isinstance(reference, dt.date):
        return reference
    try:
        return dt.date.fromisoformat(reference[:10])
    except ValueError as error:
        raise UsageError(f"reference {reference!r} is no ISO date such as 2024-06-02") from error

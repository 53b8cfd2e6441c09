"""What other articles of a ledger tell about the day of one that does not say: the same words in print, the same story.

A pure function of what the ledger holds, so neither the order of articles nor the number of workers changes anything. Only
days that articles tell by themselves are evidence; a day that was learned from a neighbour is never passed on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from parley.data import Basis, Reading, Span
from parley.dates import arithmetic as cal
from parley.dates.evidence import Evidence
from parley.dates.words import NUMBER

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

RULES = frozenset(("same_words", "same_strike", "same_story"))
"""The rules of evidence that comes from other articles."""

_PHRASES, _NAMES = 12, 3
_HITS = 200
"""Rows looked at for one phrase; what stands in more places is nobody's news."""
_LEAST = 6
_MOST = 14
"""Words of a phrase that two articles share by no accident, and as many as are looked for."""
_WEEK = 7
_BEFORE, _AFTER = 2, 4
_STORY = 200
"""Days within which the dated articles of one story must lie to say in which year another one was."""
_MARGIN = 31
_ENOUGH = 3
"""Dated articles that must name the same people for their months to mean anything."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The days that articles tell by themselves, and the articles that tell none, in order."""

    days: Mapping[str, dt.date]
    undated: tuple[str, ...]


def own_days(ledger: Ledger) -> Dated:
    """Which articles of a ledger are dated, not counting what they were told by others."""
    days: dict[str, dt.date] = {}
    undated = []
    for row in ledger.articles():
        day = _own_day(row)
        if day is None:
            undated.append(row["id"])
        else:
            days[row["id"]] = day
    return Dated(days, tuple(undated))


def _own_day(row: Mapping[str, Any]) -> dt.date | None:
    """The day, or the first of two where it is that or the next."""
    first, last = row["published_earliest"], row["published_latest"]
    if (
        not first
        or len(first) != 10
        or not last
        or len(last) != 10
        or {b["rule"] for b in row["published_basis"]} & RULES
    ):
        return None
    low, high = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return low if (high - low).days <= 1 else None


def told_by_others(ledger: Ledger, reading: Reading, dated: Dated) -> tuple[Evidence, ...]:
    """Windows for one article's day from the dated articles of the same ledger."""
    found = [*_same_words(ledger, reading, dated.days), *_same_strike(ledger, reading, dated.days)]
    if not found and _lacks_its_year(reading):
        found += _same_story(ledger, reading, dated.days)
    return tuple(found)


_NO_YEAR = re.compile(r"XXXX-\d\d-\d\d")


def _lacks_its_year(reading: Reading) -> bool:
    """True where the text tells days of a month, in its dateline or elsewhere, and only the year is missing."""
    asked = any(b.rule in ("no_year", "interval", "same_story") for b in reading.article.published_basis)
    return asked or any(_NO_YEAR.match(t.value) for t in reading.dates)


# --- the same words in print --------------------------------------------------------------------------------------

_QUOTED = re.compile(r"[“\"]([^“”\"\n]{25,600})[”\"]")
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_OF_THE_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\byesterday\b|\btoday\b")


def _phrases(reading: Reading) -> Iterator[Span]:
    """Quotations, and stretches of news around a weekday, long enough to be no accident; the first few of the article."""
    text = reading.text
    for kept in reading.article.kept():
        for match in _QUOTED.finditer(text, kept.start, kept.end):
            yield from _of_words(text, match.start(1), match.end(1))
        for match in _OF_THE_DAY.finditer(text, kept.start, kept.end):
            low = max(
                text.rfind(". ", kept.start, match.start()) + 1,
                text.rfind("\n", kept.start, match.start()) + 1,
                kept.start,
            )
            yield from _of_words(text, max(low, match.start() - 60), min(kept.end, match.end() + 60), skip=1)


def _of_words(text: str, start: int, end: int, skip: int = 0) -> Iterator[Span]:
    """The first words of a stretch, where they are enough; the last, too, of a long one: quotations drift.

    `skip` leaves out the outermost words, which may be cut in half.
    """
    words = list(_WORD.finditer(text, start, end))
    words = words[skip : len(words) - skip]
    if len(words) >= _LEAST:
        yield Span.of(text, words[0].start(), words[:_MOST][-1].end())
    if len(words) > _MOST:
        yield Span.of(text, words[-_LEAST - 1].start(), words[-1].end())


def _same_words(ledger: Ledger, reading: Reading, days: Mapping[str, dt.date]) -> Iterator[Evidence]:
    seen: set[tuple[dt.date, dt.date]] = set()
    for phrase in islice(_phrases(reading), _PHRASES):
        others = [days[a] for a in _holding(ledger, [phrase.text]) if a in days and a != reading.article.id]
        if not others or (max(others) - min(others)).days > _WEEK:
            continue  # words that come back for weeks are background, not news
        low, high = cal.shift_days(max(others), -_BEFORE), cal.shift_days(min(others), _AFTER)
        if low is None or high is None or low > high or (low, high) in seen:
            continue
        seen.add((low, high))
        how_many = "an article" if len(others) == 1 else f"{len(others)} articles"
        detail = (
            f"between {low.isoformat()} and {high.isoformat()}: {phrase.text[:60]!r} is also printed in {how_many} of this ledger"
            f" of {_span_of_days(others)}"
        )
        yield Evidence(low, high, Basis("same_words", detail, phrase), 1)


def _span_of_days(days: Iterable[dt.date]) -> str:
    ordered = sorted(days)
    first, last = ordered[0].isoformat(), ordered[-1].isoformat()
    return first if first == last else f"{first} to {last}"


def _holding(ledger: Ledger, phrases: Iterable[str]) -> set[str]:
    """The articles that hold all of some phrases."""
    words = " ".join(f'"{" ".join(_WORD.findall(phrase))}"' for phrase in phrases)
    rows = list(ledger.search(words, limit=_HITS))
    return {r["id"] if r["row"] == "article" else r["article"] for r in rows}


# --- the same strike ----------------------------------------------------------------------------------------------

_LASTED = re.compile(
    r"\b(?P<n>\d{1,3}|[a-z]{3,12})[- ](?P<unit>day|week)s?(?:[- ]old|[- ]long)? (?:[a-z]{2,12} )?(?:strike|walkout|stoppage)\b",
    re.IGNORECASE,
)
_SLACK = 2
"""Days by which a strike's length is told loosely: its first and last day count or do not, and a night belongs to either."""
_BEGINS = "strike_begins"


def _same_strike(ledger: Ledger, reading: Reading, days: Mapping[str, dt.date]) -> Iterator[Evidence]:
    """ "An eight-day strike", of which an article that names the same people tells the first day."""
    lasted = next(
        (m for kept in reading.article.kept() for m in _LASTED.finditer(reading.text, kept.start, kept.end)), None
    )
    number = _number(lasted["n"]) if lasted else None
    names = _names(reading) if number else []
    if lasted is None or number is None or len(names) < 2:
        return
    holding = [a for a in _holding(ledger, names) if a in days and a != reading.article.id]
    begun = {day for a in holding for day in _began(ledger, a)}
    if len(begun) != 1:
        return
    first = begun.pop()
    week = lasted["unit"].lower() == "week"
    low = cal.shift_days(first, (7 * number - 4 if week else number) - _SLACK)
    high = cal.shift_days(first, (7 * number + 4 if week else number) + _SLACK)
    if low and high:
        span = Span.of(reading.text, lasted.start(), lasted.end())
        detail = (
            f"between {low.isoformat()} and {high.isoformat()}: {span.text!r}, and articles of this ledger that name"
            f" {' and '.join(names)} say that it began on {first.isoformat()}"
        )
        yield Evidence(low, high, Basis("same_strike", detail, span), 2)


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else int(NUMBER[word.lower()]) if word.lower() in NUMBER else None


def _began(ledger: Ledger, article: str) -> set[dt.date]:
    """The days on which an article says that a strike began."""
    told = (e.date for e in ledger.reading(article).events if e.type == _BEGINS and e.status == "actual")
    return {dt.date.fromisoformat(date) for date in told if date is not None and len(date) == 10}


# --- the same story -----------------------------------------------------------------------------------------------


def _names(reading: Reading) -> list[str]:
    """The full names that the article's rows name most often."""
    named = Counter(s.speaker.name for s in reading.statements if s.speaker)
    named.update(a for e in reading.events for a in e.actors)
    named.update(p.said_by for p in reading.positions if p.said_by)
    people = [n for n in named if " " in n and all(w[:1].isupper() for w in n.split())]
    return sorted(people, key=lambda n: (-named[n], n))[:_NAMES]


def _same_story(ledger: Ledger, reading: Reading, days: Mapping[str, dt.date]) -> Iterator[Evidence]:
    """In which months the story's people speak, where these are the months of one year: enough to tell a dateline's year."""
    names = _names(reading)
    others: list[dt.date] = []
    while names and len(others) < _ENOUGH:
        others = sorted(days[a] for a in _holding(ledger, names) if a in days and a != reading.article.id)
        names = names if len(others) >= _ENOUGH else names[:-1]
    if not names or (others[-1] - others[0]).days > _STORY:
        return
    low, high = cal.shift_days(others[0], -_MARGIN), cal.shift_days(others[-1], _MARGIN)
    if low and high:
        detail = (
            f"between {low.isoformat()} and {high.isoformat()}: the {len(others)} dated articles of this ledger that name"
            f" {' and '.join(names)} are of {_span_of_days(others)}"
        )
        yield Evidence(low, high, Basis("same_story", detail), 4)

"""Known events: a text that tells one was not written before it, nor long after where it tells it with its weekday."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parley.codebooks import lexicon
from parley.data import Basis, Span
from parley.dates import arithmetic as cal
from parley.dates.evidence import LATEST, Evidence, sentence_around
from parley.dates.expressions import Dated
from parley.dates.found import Found
from parley.dates.tense import tense_of

_ENOUGH = 20
"""Places in one text at which one event is looked for."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """An event whose day is known, and the words by which a sentence tells it: the first is looked for, the rest must be beside it."""

    name: str
    day: dt.date
    first: re.Pattern[str]
    rest: tuple[re.Pattern[str], ...]
    written: tuple[tuple[str, ...], ...]
    """The words as plain text: all of them must be somewhere in an article before any sentence is looked at."""


@cache
def landmarks() -> tuple[Landmark, ...]:
    """Every event of the codebook."""
    return tuple(
        Landmark(row["name"], dt.date.fromisoformat(row["date"]), *_patterns(row["words"]), _written(row["words"]))
        for row in lexicon("landmarks")["landmark"]
    )


def _patterns(words: list[str]) -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    first, *rest = (re.compile(rf"\b(?:{any_of})\b", re.IGNORECASE) for any_of in words)
    return first, tuple(rest)


def _written(words: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(any_of.lower().split("|")) for any_of in words)


def landmark_evidence(dated: Dated, low: int, high: int) -> Iterator[Evidence]:
    """What the known events told between two places of the text say of its day."""
    text = dated.scan.text
    lower = text[low:high].lower()
    for landmark in landmarks():
        if not all(any(word in lower for word in any_of) for any_of in landmark.written):
            continue
        told = _told(text, landmark, low, high)
        if told is not None:
            yield _window(dated, landmark, *told)


def _told(text: str, landmark: Landmark, low: int, high: int) -> tuple[int, int] | None:
    """The sentence that tells the event."""
    for number, match in enumerate(landmark.first.finditer(text, low, high)):
        start, end = sentence_around(text, match.start(), match.end())
        if all(word.search(text, start, end) for word in landmark.rest):
            return start, end
        if number >= _ENOUGH:
            break
    return None


def _window(dated: Dated, landmark: Landmark, start: int, end: int) -> Evidence:
    text, day = dated.scan.text, landmark.day
    shown = day.isoformat()
    for found in dated.founds:
        if not start <= found.start < end:
            continue
        last = _latest(found, day)
        if last is not None and tense_of(dated.scan, found.first, found.last) != "future":
            span = Span.of(text, found.start, found.end)
            detail = f"between {shown} and {last.isoformat()}: the {landmark.name}, known to be of {shown}, is told as of {span.text!r}"
            return Evidence(day, last, Basis("landmark", detail, span), 1)
    span = Span.of(text, start, end)
    return Evidence(day, LATEST, Basis("landmark", f"not before {shown}: the text tells the {landmark.name}", span), 1)


def _latest(found: Found, day: dt.date) -> dt.date | None:
    """The last day on which the event would be told with that word."""
    if found.kind == "weekday" and found.relation is None and found.weekday == day.isoweekday():
        return cal.shift_days(day, 6)
    if found.kind == "deictic" and found.value in ("today", "yesterday"):
        return cal.shift_days(day, 1)
    return None

"""What a figure takes from around it: when, where, and whether it counts one event or all so far."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from parley.annotate.quantities import SPACES
from parley.data import Reading, Sentence, Span, Timex
from parley.dates.lookup import date_near, dates_in

_CUMULATIVE = re.compile(
    r"\b(?:so far|to date|since|in total|altogether|overall|cumulative|death toll|over the (?:past|last)|in the (?:past|last)|during the (?:war|conflict|civil war)|years? of)\b",
    re.I,
)
_ROSE = re.compile(
    r"\b(?:ris(?:es|en|ing)|rose|climb(?:s|ed|ing)?|increas(?:es|ed|ing)|jump(?:s|ed)|up to|grown|grew|rise|soared)\b",
    re.I,
)
_FELL = re.compile(r"\b(?:fell|fallen|dropped|lowered|revised down(?:ward)?|reduced|declined)\b", re.I)
_PLACED = frozenset(["in", "at", "near", "across", "inside", "on", "throughout", "around", "outside", "from"])


@dataclass(frozen=True, slots=True)
class Time:
    """The time counted, as ISO dates of whatever precision."""

    date: str | None = None
    since: str | None = None
    until: str | None = None


def time_counted(reading: Reading, sentence: Sentence, span: Span) -> Time:
    """`since` and `until` where the text says so; else the day of the date that tells when the clause happened."""
    near = [t for t in dates_in(reading, sentence) if t.day is not None]
    since = next((t.day for t in near if _led_by(reading, t, ("since",)) or _since(reading, t)), None)
    until = next((t.day for t in near if _led_by(reading, t, ("until", "as of", "by"))), None)
    told = date_near(reading, span) if since is None else None
    if told is not None and _led_by(reading, told, ("until", "as of", "by", "before", "after", "from")):
        told = None
    return Time(told.day if told is not None else None, since, until)


_SINCE = re.compile(
    r"\bsince (?:the |its |his |her |their |last )?(?:[a-z]{2,20} ){0,4}(?:in|on|of|last|this|early|late|mid)?\s?$",
    re.I,
)


def _led_by(reading: Reading, timex: Timex, words: tuple[str, ...]) -> bool:
    lead = reading.text[max(0, timex.span.start - 16) : timex.span.start].lower().rstrip()
    return any(lead == w or lead.endswith((" " + w, w + " the")) for w in words)


def _since(reading: Reading, timex: Timex) -> bool:
    """ "since the war began in 2029"."""
    return _SINCE.search(reading.text[max(0, timex.span.start - 60) : timex.span.start].replace("\n", " ")) is not None


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def place(reading: Reading, sentence: Sentence, span: Span) -> str | None:
    """The nearest place of the sentence that a preposition of place leads in."""
    best: tuple[int, str] | None = None
    for mention in reading.mentions:
        if mention.kind not in ("place", "government") or not sentence.span.holds(mention.span):
            continue
        lead = reading.text[max(0, mention.span.start - 24) : mention.span.start].lower().split()
        if lead and (lead[-1] in _PLACED or (len(lead) > 1 and lead[-2] in _PLACED)):
            distance = _distance(mention.span, span)
            if best is None or distance < best[0]:
                best = (distance, SPACES.sub(" ", mention.name))
    return best[1] if best else None


def scope(
    sentence: Sentence, time: Time, *, perfect: bool, toll: bool, category: str
) -> Literal["cumulative", "incident"] | None:
    """ "so far", "since", a toll: cumulative; a plain past deed, or a day: incident; else unknown."""
    if category in ("money", "rate", "other"):
        return None
    if time.since is not None or _CUMULATIVE.search(sentence.span.text):
        return "cumulative"
    if time.date is not None and len(time.date) == 10:
        return "incident"
    if perfect or toll:
        return "cumulative" if toll else None
    return "incident" if category in ("killed", "injured", "captives_held", "captives_released") else None


_BACKGROUND = re.compile(
    r"\bsince (?:the )?(?:conflict|war|uprising|start|beginning|fighting|revolt|crisis|protests|outbreak|onset|it (?:began|started|erupted)|(?:early |late |mid-?)?(?:january|february|march|april|may|june|july|august|september|october|november|december)?\s?(?:19|20)[0-9]{2})"
    r"|\bin its [a-z-]+ year\b|\bearlier this (?:week|month|year)\b|\blast (?:year|month|week)\b|\bin (?:19|20)[0-9]{2}\b|\b[a-z0-9]+-year(?:-old|-long)? (?:war|conflict|uprising)\b|\bprevious(?:ly)?\b|\bearlier toll\b",
    re.I,
)


def is_background(sentence: Sentence, span: Span) -> bool:
    """A number from earlier or from all of the conflict: told to remember, not as the news."""
    at = span.start - sentence.span.start
    return _BACKGROUND.search(sentence.span.text, max(0, at - 120), at + 200) is not None


def toll_change(sentence: Sentence, *, toll: bool) -> Literal["up", "down"] | None:
    """A toll that is said to rise or fall."""
    if not toll:
        return None
    return "up" if _ROSE.search(sentence.span.text) else "down" if _FELL.search(sentence.span.text) else None

"""What a figure takes from around it: whether it counts one event or all so far, and what is background."""

from __future__ import annotations

import re
from typing import Literal

from parley.annotate.figures.when import FIRST_SINCE, Time
from parley.data import Sentence, Span

_CUMULATIVE = re.compile(
    r"\b(?:so far|to date|since|in total|altogether|overall|cumulative|over the (?:past|last)|in the (?:past|last)|during the (?:war|conflict|civil war)|years? of)\b",
    re.I,
)
_WAR = 1000
# A day and a night are no length of time: "283 killed in the last 24 hours" are those of one event or day.
_OF_A_DAY = re.compile(r"\b(?:in|over|during) the (?:past|last) (?:24 hours|day|hours|few hours|48 hours)\b", re.I)
_STILL = re.compile(
    r"\b(?:are|is|remain|remains|still)\b(?:\s(?:still|being|now|currently|believed|to|be)){0,4}\s(?:held|in captivity|captive|hostage|holding)\b",
    re.I,
)
_ROSE = re.compile(
    r"\b(?:ris(?:es|en|ing)|rose|climb(?:s|ed|ing)?|increas(?:es|ed|ing)|jump(?:s|ed)|up to|grown|grew|rise|soared)\b",
    re.I,
)
_FELL = re.compile(r"\b(?:fell|fallen|dropped|lowered|revised down(?:ward)?|reduced|declined)\b", re.I)


_ONE_EVENT = re.compile(
    r"\b(?:toll|number|count)\b[^.;]{0,30}?\b(?:from|of|in|after)\b[^.;]{0,24}?\b(?:attack|blast|bombing|explosion|raids?|strikes?|air ?strikes?|shelling|crash|ambush"
    r"|massacre|fire|collapse|earthquake|flood)\b",
    re.I,
)


def scope(
    sentence: Sentence,
    time: Time,
    *,
    perfect: bool,
    toll: bool,
    category: str,
    size: float = 0,
    after_incident: bool = False,
) -> Literal["cumulative", "incident"] | None:
    """ "so far", "since", a toll: cumulative; a plain past deed, or a day: incident; else unknown."""
    if category in ("money", "rate", "other"):
        return None
    dated = time.date is not None and len(time.date) == 10
    text = sentence.span.text
    if time.since is not None:
        return "cumulative"
    if category in ("captives_held", "detained") and _STILL.search(text):
        return None  # how many are held now is neither one event nor a sum of events
    if not toll and _OF_A_DAY.search(text):
        return "incident"
    if (toll or not dated) and _CUMULATIVE.search(text) and not FIRST_SINCE.search(text):
        return "cumulative"
    if dated:
        return "incident"
    if toll:
        return "incident" if after_incident or _ONE_EVENT.search(sentence.span.text) else "cumulative"
    if perfect:
        return None
    if size >= _WAR:
        return None  # so many at once are told of a day, so many in a war often without a date
    return "incident" if category in ("killed", "injured", "captives_held", "captives_released") else None


_BACKGROUND = re.compile(
    r"\bsince (?:the )?(?:conflict|war|uprising|start|beginning|fighting|revolt|crisis|protests|outbreak|onset|it (?:began|started|erupted)|(?:early |late |mid-?)?(?:january|february|march|april|may|june|july|august|september|october|november|december)?\s?(?:19|20)[0-9]{2})"
    r"|\bin its [a-z-]+ year\b|\bearlier this (?:week|month|year)\b|\blast (?:year|month|week)\b|\bin (?:19|20)[0-9]{2}\b|\b[a-z0-9]+-year(?:-old|-long)? (?:war|conflict|uprising)\b|\bprevious(?:ly)?\b|\bearlier toll\b",
    re.I,
)


def is_background(sentence: Sentence, span: Span) -> bool:
    """A number from earlier or from all of the conflict: told to remember, not as the news."""
    at = span.start - sentence.span.start
    found = _BACKGROUND.search(sentence.span.text, max(0, at - 120), at + 200)
    return found is not None and not (found[0].lower().startswith("since") and FIRST_SINCE.search(sentence.span.text))


def toll_change(sentence: Sentence, *, toll: bool) -> Literal["up", "down"] | None:
    """A toll that is said to rise or fall."""
    if not toll:
        return None
    return "up" if _ROSE.search(sentence.span.text) else "down" if _FELL.search(sentence.span.text) else None

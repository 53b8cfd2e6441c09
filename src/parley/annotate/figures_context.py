"""What a figure takes from around it: who counts so, when, where, and whether it counts one event or all so far."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from parley.annotate.quantities import SPACES
from parley.data import Reading, Sentence, Span, Statement, Timex
from parley.dates.lookup import date_near, dates_in

_CITING = re.compile(r"\b(?:citing|quoting)\s+((?:[^\W\d_][\w'’.-]{0,30}\s?){1,7})", re.I)
_ACCORDING = re.compile(r"\baccording to\s+((?:[^\W\d_][\w'’.-]{0,30}\s?){1,8})", re.I)
_TALLY = re.compile(
    r"\b(?:figures|data|numbers|statistics|counts?|tally|toll)\s+(?:from|by|of|provided by|issued by|released by)\s+((?:[^\W\d_][\w'’.-]{0,30}\s?){1,7})",
    re.I,
)
_COUNTS = re.compile(
    r"\s*((?:[^\W\d_][\w'’.-]{0,30}\s){1,7}?)(?:has |have |had )?(?:also |now |later |today |yesterday )?"
    r"(?:reported|reports|confirmed|confirms|counts|counted|recorded|documented|acknowledged|admitted|estimates|estimated|puts?|tallied"
    r"|registered|speaks? of|spoke of|gives|gave|announced|announces|lists|listed|cited)\s",
    re.I,
)
_TRAILING = re.compile(
    r",\s+((?:[^\W\d_][\w'’.-]{0,30}\s){1,7}?)(?:said|says|reported|confirmed|announced|added|noted)\b[^,;]{0,40}[.”\"]?\s*$",
    re.I,
)
_ASIDE = re.compile(r",\s+(?:where|which|who)\s[^,.]{0,60}\b(?:has|have|had)\s[^,.]{0,20}$", re.I)
_NOT_CLAIMANTS = frozenset(
    ["it", "he", "she", "they", "this", "that", "there", "who", "which", "what", "the", "attack"]
)
_ENDS = re.compile(
    r"\s+(?:said|says|told|reported|on|in|at|that|which|who|as|and|after|while|late|early|yesterday|today|issued|released|since|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday|published|with|where|when|but|has|have|is|are|was|were)\b.*",
    re.I | re.S,
)
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
class Claim:
    """Who says that it is so many; `via` relays it. Empty where the outlet counts itself."""

    claimant: str | None = None
    via: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """The time counted, as ISO dates of whatever precision."""

    date: str | None = None
    since: str | None = None
    until: str | None = None


def claim(reading: Reading, sentence: Sentence, span: Span, number: Span) -> Claim:
    """The speaker of the statement that holds the figure; "X, citing Y" makes Y the claimant and X the relay."""
    said = reading.statement_at(span) or reading.statement_at(number)
    if said is not None and (_counts_itself(said) or _is_aside(said, number, reading.text)):
        said = None
    speaker = _speaker(said) if said else None
    cited = _named(_CITING, sentence, span)
    if cited is not None:
        return Claim(cited, (said.via if said else None) or speaker, said.id if said else None)
    if said is not None:
        return Claim(speaker, said.via, said.id)
    return Claim(
        _named(_ACCORDING, sentence, span)
        or _named(_TALLY, sentence, span)
        or _subject(sentence, span)
        or _named(_TRAILING, sentence, span)
    )


def _counts_itself(said: Statement) -> bool:
    """ "Around 1.5 million people have sought refuge" is no attribution, whatever "sought" is elsewhere."""
    return said.source is not None and any(c.isdigit() for c in said.source.text)


def _is_aside(said: Statement, number: Span, text: str) -> bool:
    """ "..., where it has killed 37,000 people since": in indirect speech a relative clause of background is the outlet's."""
    content = next((c for c in said.content if c.holds(number)), None)
    if said.kind != "indirect" or content is None:
        return False
    return _ASIDE.search(text[content.start : number.start]) is not None


def _subject(sentence: Sentence, span: Span) -> str | None:
    """ "Israel has reported over 300 casualties", "the ministry puts the number at 1,874": who counts is the subject."""
    found = _COUNTS.match(sentence.span.text)
    if found is None or found.end() > span.start - sentence.span.start:
        return None
    name = SPACES.sub(" ", found.group(1)).strip()
    return None if name.lower() in _NOT_CLAIMANTS else re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.I)


def _speaker(said: Statement) -> str | None:
    if said.speaker is not None:
        return said.speaker.name
    return SPACES.sub(" ", said.source.text) if said.source is not None else None


def _named(pattern: re.Pattern[str], sentence: Sentence, span: Span) -> str | None:
    """The name that a pattern meets in the sentence of the figure, cut where its noun phrase ends."""
    found, at = pattern.search(sentence.span.text), span.start - sentence.span.start
    if found is not None and ";" in sentence.span.text[min(found.end(), at) : max(found.start(), at)]:
        return None
    if found is None or found.start() <= span.start - sentence.span.start < found.end():
        return None
    name = _ENDS.sub("", SPACES.sub(" ", found.group(1)).strip())
    name = re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.I).strip(" .,")
    return name or None


def time_counted(reading: Reading, sentence: Sentence, span: Span) -> Time:
    """`since` and `until` where the text says so; else the day of the date that tells when the clause happened."""
    near = [t for t in dates_in(reading, sentence) if t.day is not None]
    since = next((t.day for t in near if _led_by(reading, t, ("since",))), None)
    until = next((t.day for t in near if _led_by(reading, t, ("until", "as of", "by"))), None)
    told = date_near(reading, span) if since is None else None
    if told is not None and _led_by(reading, told, ("until", "as of", "by", "before", "after", "from")):
        told = None
    return Time(told.day if told is not None else None, since, until)


def _led_by(reading: Reading, timex: Timex, words: tuple[str, ...]) -> bool:
    lead = reading.text[max(0, timex.span.start - 16) : timex.span.start].lower().rstrip()
    return any(lead == w or lead.endswith((" " + w, w + " the")) for w in words)


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

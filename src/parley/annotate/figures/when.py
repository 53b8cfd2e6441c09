"""When a figure was counted: the words of its own sentence first, the sentence before where it goes on.

A wrong day is worse than none: a date is taken over only from the sentence before, when that has a single day, and only
for a plain deed. What a rate or a sum of money is set for is no day on which it was counted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from parley.data import Reading, Sentence, Span, Timex
from parley.dates.lookup import date_near, dates_in, names_a_thing

_DEEDS = frozenset(
    [
        "killed",
        "injured",
        "casualties",
        "missing",
        "detained",
        "captives_held",
        "captives_released",
        "displaced",
        "attacks",
        "infrastructure_damaged",
    ]
)
_SINCE = re.compile(
    r"\bsince (?:[\w'’-]{1,20} ){0,11}(?:in|on|of|last|this|early|late|mid)?\s?$",
    re.I,
)
_BEGAN = re.compile(
    r"\b(?:fighting|war|conflict|offensive|uprising|siege|clashes|violence|campaign|operation|blockade|strike|walkout|bombardment|revolt|insurgency|assault|invasion)"
    r",? (?:that|which)? ?(?:began|begun|started|erupted|broke out|was launched)(?: in| on| at| early| late){0,2}\s?$",
    re.I,
)
# "the first deaths since the ceasefire began" compares; it counts nothing from then on
FIRST_SINCE = re.compile(
    r"\b(?:first|worst|deadliest|bloodiest|heaviest|highest|lowest|largest|biggest|most)\b[^.;]{0,50}\bsince\b", re.I
)
# What is set or asked for has no day on which it was counted, unless it is over.
_SET = ("rate", "money")
_AHEAD = re.compile(
    r"\b(?:will|would|could|may|might|should|shall|to be|offer\w{0,3}|demand\w{0,3}|propos\w{1,3}|seek\w{0,3}|want\w{0,3}|plan\w{0,5}|ask\w{0,3}|threat\w{0,5}|raise|impose\w?|agreed?)\b",
    re.I,
)
_UP_FROM = re.compile(
    r"\b(?:up|down|rose|fell|risen|fallen|compared (?:to|with)) from\b|\bcompared (?:to|with)\b|\bwhich (?:brought|brings|took|raised)\b|\b(?:bringing|taking|raising)\b",
    re.I,
)
_BEGUN = re.compile(
    r"\b(?:began|begun|started|erupted|broke out|came into force|took effect)\s(?:[\w'’-]{1,20}\s){0,9}\Z", re.I
)
# A sentence that begins so tells of another time than the one before.
_LATER = re.compile(
    r"(?:in response|in retaliation|in return|since(?! then)|later|afterwards|after that|meanwhile|the next|(?:days|weeks|months|years) later|to date|so far|overall|in all|in total)\b",
    re.I,
)
_OTHER_COUNT = re.compile(r"\b(?:bringing|brought|brings|toll|total|count|tally|number of)\b|, where\b", re.I)
# "are being held after its attack on 7 October": the day is the attack's
_AFTER_ONE = re.compile(
    r"\b(?:after|following|in response to|in retaliation for|because of|since)\s(?:\S{1,20}\s){1,6}$", re.I
)
# "..., the agency reported on Wednesday": the day of the report
_REPORTED_ON = re.compile(
    r"\b(?:said|reported|announced|confirmed|added|stated)\s(?:late |early |earlier )?(?:on |this |last )?$", re.I
)
# "released 30 of the soldiers they had captured in January": the day of their capture
_CAUGHT = re.compile(
    r"\b(?:captured|seized|kidnapped|abducted|taken|held|detained|arrested|jailed|imprisoned|capture|abduction|arrest)\b",
    re.I,
)
_STATES = ("captives_held", "detained", "missing", "displaced")
_BY_THEN = (
    "with",
    "until",
    "as of",
    "by",
    "before",
    "after",
    "from",
    "through",
    "than in",
    "than on",
    "than",
    "than a",
)


@dataclass(frozen=True, slots=True)
class Time:
    """The time counted, as ISO dates of whatever precision."""

    date: str | None = None
    since: str | None = None
    until: str | None = None


def time_counted(reading: Reading, sentence: Sentence, span: Span, *, category: str, lasting: bool = False) -> Time:
    """`since` and `until` where the text says so; else the day of the date that tells when the clause happened.

    `lasting` figures, tolls and what has happened, take no day from the sentence before.
    """
    near = [t for t in dates_in(reading, sentence) if t.day is not None and not names_a_thing(reading, t)]
    if not near and "ince then" in sentence.span.text:
        return Time(since=_day_before(reading, sentence))
    if not near:
        return Time(date=_day_before(reading, sentence)) if category in _DEEDS and not lasting else Time()
    since = next(
        (
            t
            for t in near
            if (_is_since(reading, t) or (lasting and _has_begun(reading, t))) and not _counts_other(reading, span, t)
        ),
        None,
    )
    told = date_near(reading, span)
    told = told if told in near else None
    dated = told is not None and not _is_since(reading, told) and not _led_by(reading, told, _BY_THEN)
    if since is not None and dated and told is not None and _gap(told.span, span) < _gap(since.span, span):
        since = None
    as_of = next((t.day for t in near if _led_by(reading, t, ("until", "as of"))), None)
    until = as_of if since is not None or category in _DEEDS else None
    dated = (
        dated
        and told is not None
        and not _is_apart(
            reading,
            span,
            told,
            deed=category in _DEEDS,
            lasting=lasting or category in _STATES,
            freed=category == "captives_released",
        )
    )
    if (
        since is not None
        or told is None
        or not dated
        or (category in _SET and not _is_past(reading, sentence, span, told))
    ):
        return Time(None, since.day if since else None, until)
    return Time(told.day, None, until)


def _is_past(reading: Reading, sentence: Sentence, span: Span, told: Timex) -> bool:
    """ "earned 1.9 billion last year", not "will rise to 25 percent on June 1" nor "offered 5 percent on Monday"."""
    published, day = reading.article.published, told.day
    if published is None or day is None or not 0 <= told.span.start - span.end <= 40:
        return False
    return day < published[: len(day)] and _AHEAD.search(sentence.span.text) is None


def _is_apart(reading: Reading, span: Span, told: Timex, *, deed: bool, lasting: bool, freed: bool) -> bool:
    """ "It said on Thursday that 2,740 people had died": the day of the saying; a day across a semicolon; "up from 600 a year ago"."""
    first, last = sorted((told.span, span), key=lambda s: s.start)
    between = reading.text[first.end : last.start]
    if ";" in between or _UP_FROM.search(between) or (not deed and " and " in between):
        return True
    if freed and span.end <= told.span.start and _CAUGHT.search(between) is not None:
        return True
    if span.end <= told.span.start and _REPORTED_ON.search(between) is not None:
        return True
    if lasting and span.end <= told.span.start and _AFTER_ONE.search(between) is not None:
        return True
    said = (
        s.cue.end for s in reading.statements if s.cue is not None and not any(c.holds(told.span) for c in s.content)
    )
    return any(0 < told.span.start - end <= 4 for end in said)


def _is_since(reading: Reading, timex: Timex) -> bool:
    """ "since 14 December", "since the war began in 2029", "fighting that broke out 12 days ago"."""
    lead = reading.text[max(0, timex.span.start - 110) : timex.span.start].replace("\n", " ")
    if FIRST_SINCE.search(lead) is not None:
        return False
    return _led_by(reading, timex, ("since",)) or _SINCE.search(lead) is not None or _BEGAN.search(lead) is not None


def _has_begun(reading: Reading, timex: Timex) -> bool:
    """ "the war, which began with the shelling of two towns in 2011, has killed 280,000 people"."""
    return _BEGUN.search(reading.text, max(0, timex.span.start - 110), timex.span.start) is not None


def _counts_other(reading: Reading, span: Span, timex: Timex) -> bool:
    """ "18 people were killed on Friday, bringing the total to 4,061 since December", "sent 500 men to the town, where gangs have fought
    since May": the since is the total's, or the fight's."""
    return timex.span.start > span.end and _OTHER_COUNT.search(reading.text, span.end, timex.span.start) is not None


def _led_by(reading: Reading, timex: Timex, words: tuple[str, ...]) -> bool:
    lead = " ".join(reading.text[max(0, timex.span.start - 16) : timex.span.start].lower().split())
    return any(lead == w or lead.endswith((" " + w, w + " the")) for w in words)


def begins_anew(sentence: Sentence) -> bool:
    """ "In response, ...", "Days later, ...": told of another time than the sentence before."""
    return _LATER.match(sentence.span.text) is not None


def _day_before(reading: Reading, sentence: Sentence) -> str | None:
    """The single day of the sentence before in the same paragraph, where it is past when the article appeared."""
    if begins_anew(sentence):
        return None
    at = bisect_left(reading.sentences, sentence.span.start, key=lambda s: s.span.start)
    prior = reading.sentences[at - 1] if at else None
    if prior is None or prior.in_title or prior.paragraph != sentence.paragraph:
        return None
    days = {t.day for t in dates_in(reading, prior) if t.day is not None and not _is_since(reading, t)}
    day = days.pop() if len(days) == 1 else None
    published = reading.article.published
    return day if day is not None and len(day) == 10 and (published is None or day <= published[:10]) else None


def _gap(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)

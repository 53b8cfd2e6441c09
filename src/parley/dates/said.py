"""On which day was it said? `said_on` reads it off the words around the cue, for whoever makes statements of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parley.data import Reading, Span
from parley.dates.tense import NO_TENSE, PAST

_REACH = 400
"""Characters between a cue and its date; beyond, a sentence tells something else."""

_NEAR = 25
"""Characters between a cue and a bare month: "announced in August" tells when, "the vote in April" further off does not."""

# "since Monday", "after Friday's raid": the day is not that of the speech.
_ELSEWHERE = re.compile(
    r"\b(?:since|after|before|until|till|by|following|from|than|ahead of|for|over|between|about)\s+(?:\w{1,12}\s+)?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:who|whom|whose|which|what|where|when|as|while|because|if|(?:days?|weeks?|months?|years?) (?:after|before)"
    r"|(?:after|before|since|until) (?:it|he|she|they|we))\b",
    re.IGNORECASE,
)
# "Sunday's interview" is where it was said, "Sunday's attack" is not.
_OCCASION = re.compile(
    r"['’]s?\s+(?:\w{1,15}\s+){0,2}(?:interview|speech|address|statement|briefing|conference|post|remarks|letter|article|sermon|message|broadcast"
    r"|session|hearing|meeting|rally|call)\b",
    re.IGNORECASE,
)


def said_on(reading: Reading, cue: Span, *, source: Span | None = None, content: Iterable[Span] = ()) -> str | None:
    """The day on which what `cue` reports was said, as far as the text tells: `2024-05-03`, `2024-05`; else None.

    The date stands in the cue's sentence and outside `content`: "said on Friday", "On Friday, the minister said", "told AFP by
    telephone on Friday", "in an interview broadcast on Sunday". A date that belongs to another clause ("who arrived on Monday,
    said", "since Monday's attack") is passed over, and so is one after the day of publication. The length of the text is the
    precision; a weekday that the article's own date does not settle gives None.
    """
    sentence = reading.sentence_at(cue.start)
    if sentence is None:
        return None
    inside = tuple(content)
    best: tuple[tuple[int, int], str] | None = None
    for timex in reading.dates:
        if not sentence.span.holds(timex.span) or any(c.overlaps(timex.span) for c in inside):
            continue
        day = timex.day
        if not day or len(day) < 7:
            continue
        opens = timex.span.start - sentence.span.start < _NEAR // 2 and cue.start - timex.span.end < 2 * _NEAR
        if len(day) == 7 and not (opens or 0 <= timex.span.start - cue.end <= _NEAR):
            continue
        if not _tells_of_speech(reading, timex.span, cue, source, inside) or _not_yet(reading, day):
            continue
        rank = _rank(timex.span, cue)
        if best is None or rank < best[0]:
            best = (rank, day)
    return best[1] if best else None


def _rank(date: Span, cue: Span) -> tuple[int, int]:
    """What follows the cue comes before what precedes it; then the nearer."""
    return (0, date.start - cue.end) if date.start >= cue.end else (1, cue.start - date.end)


def _not_yet(reading: Reading, day: str) -> bool:
    """True for a day after the article's own: nothing was said then."""
    last = reading.article.published_latest or reading.article.published
    return last is not None and day > last[: len(day)]


def _tells_of_speech(reading: Reading, date: Span, cue: Span, source: Span | None, content: tuple[Span, ...]) -> bool:
    text = reading.text
    if source is not None and source.holds(date) and _PARTICIPLE.search(source.text) is None:
        return False
    if any(q.outer.holds(date) and not q.outer.holds(cue) for q in reading.quotations):
        return False
    low, high = (cue.end, date.start) if date.start >= cue.end else (date.end, cue.start)
    if high - low > _REACH or _ELSEWHERE.search(text, max(0, date.start - 30), date.start):
        return False
    if text.startswith(("'s", "’s", "' ", "’ "), date.end) and not _OCCASION.match(text, date.end, date.end + 60):
        return False
    return not _in_another_clause(text, date, cue, low, high, content)


def _in_another_clause(text: str, date: Span, cue: Span, low: int, high: int, content: tuple[Span, ...]) -> bool:
    """ "who arrived on Monday, said"; "walked out in May and imposed sanctions, the bank said": another verb has the date."""
    between = _AUXILIARY.sub("", _without(text, low, high, content))
    if ";" in between or _RELATIVE.search(between):
        return True
    shared = date.end <= cue.start and cue.text.lower().endswith("ing")  # "rejected the paper on Monday, saying ..."
    if not shared and any(_is_past(word) for word in _WORD.findall(between)):
        return True
    if date.start >= cue.end:
        return False
    opened = max(text.rfind(mark, max(0, date.start - 120), date.start) for mark in ",(")
    lead = text[opened + 1 : date.start] if opened >= 0 else ""
    return _RELATIVE.match(lead.lstrip()) is not None


_WORD = re.compile(r"[a-z]{3,15}")
_AUXILIARY = re.compile(r"\b(?:has|had|have|was|were)(?:\s+[a-z]{2,12})?\s*$")
_PARTICIPLE = re.compile(
    r"\b(?:broadcast|aired|published|posted|released|issued|carried|quoted|televised|dated|recorded|printed)\b"
)


def _is_past(word: str) -> bool:
    """A verb of its own; "broadcast", "published" and their like only say where it was said."""
    return _PARTICIPLE.fullmatch(word) is None and (
        word in PAST or (len(word) > 4 and word.endswith("ed") and word not in NO_TENSE)
    )


def _without(text: str, low: int, high: int, content: tuple[Span, ...]) -> str:
    """The text between two places without what was said there."""
    out, at = [], low
    for part in sorted(content, key=lambda c: c.start):
        if part.end > at and part.start < high:
            out.append(text[at : max(at, part.start)])
            at = max(at, part.end)
    out.append(text[at:high])
    return " ".join(out)

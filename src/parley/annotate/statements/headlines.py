"""Statements of a headline that name their speaker without a verb.

    Kell rebel leader heads to Orlo for talks: army spokesman
    Vahl to Harbour News: rebels have accepted the truce
    Rail strike goes on until the pay offer improves - union

Headlines are written to be short, so the verb is the first to go. What stands behind the last colon or dash is a speaker where it is a
noun for those who speak, or somebody whom the article lets speak; in front of a colon it is one where it says to whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from parley.annotate.language.sentence_view import Pair
from parley.annotate.statements.rules import RawAttribution
from parley.codebooks import lexicon
from parley.data import Reading

_CLOSING = re.compile(
    r"(?P<said>[^\n]{20,}?)(?P<mark>[ \u00a0]?:|[ \u00a0][-–—])[ \u00a0]?(?P<who>[^\n:;,.!?“”\"–—]{2,50})\Z"
)
_ADDRESSED = re.compile(
    r"(?P<who>[A-Z][^\n:;,.!?“”\"]{1,40}?)[ \u00a0](?P<cue>to)[ \u00a0](?P<hearer>[^\n:;,.!?“”\"]{2,40}):[ \u00a0](?=\S)"
)
_LONGEST = 300
_FEW = 5
"""Words that name a speaker there at most."""
_LEAST = 4
"""Words that are a sentence."""
_SURE = 0.6


def headline_statements(reading: Reading, found: Sequence[RawAttribution]) -> list[RawAttribution]:
    """What the title reports without a verb, where nothing else was found in it."""
    title = reading.article.title
    if title is None or len(title) > _LONGEST:
        return []
    if any(part[0] < title.end and title.start < part[1] for raw in found for part in raw.content):
        return []
    speak = _speakers(reading.text, (raw.source for raw in found if raw.source is not None))
    shown = _closing(title.text, speak) or _addressed(title.text, speak)
    return [_moved(shown, title.start)] if shown is not None else []


def _closing(title: str, speak: frozenset[str]) -> RawAttribution | None:
    """ "...: army spokesman", "... - union"."""
    match = _CLOSING.match(title.rstrip())
    if match is None or len(match["said"].split()) < _LEAST or len(match["who"].split()) > _FEW:
        return None
    last = match["who"].split()[-1].lower()
    if last not in _headline_speakers() and (match["mark"].strip() != ":" or last not in speak):
        return None
    end = match.end("mark")
    return RawAttribution(match.span("who"), (end - 1, end), (match.span("said"),), _SURE)


def _addressed(title: str, speak: frozenset[str]) -> RawAttribution | None:
    """ "Vahl to Harbour News: ..."."""
    match = _ADDRESSED.match(title)
    if match is None or len(match["who"].split()) > _FEW:
        return None
    last = match["who"].split()[-1].lower()
    if last not in speak and last not in _headline_speakers():
        return None
    return RawAttribution(match.span("who"), match.span("cue"), ((match.end(), len(title)),), _SURE)


def _moved(raw: RawAttribution, by: int) -> RawAttribution:
    source, cue = (None if pair is None else (pair[0] + by, pair[1] + by) for pair in (raw.source, raw.cue))
    return RawAttribution(source, cue, tuple((a + by, b + by) for a, b in raw.content), raw.confidence)


def _speakers(text: str, sources: Iterable[Pair]) -> frozenset[str]:
    """The words by which the body names those who speak in it: the last of each part of their names."""
    words = (word.strip("’'\"”.,") for start, end in sources for word in text[start : min(end, start + 120)].split())
    return frozenset(word.lower() for word in words if word[:1].isupper())


@cache
def _headline_speakers() -> frozenset[str]:
    return frozenset(word for row in lexicon("cues")["headline"] for word in row["speakers"])

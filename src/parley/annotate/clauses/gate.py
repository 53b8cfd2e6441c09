"""Which paragraphs of an article the network is asked about: those that can hold a position or an event.

Three gates, told by the lists alone. An article's people and bodies are not known to a codebook already: where they are, the rules have what they
need and find nearly all there is, and what the network would add to them is wrong more often than right. An article tells events: news of talks and of fighting does in every few sentences, a candidate's
speech that mentions a trade deal does not. A paragraph names an issue, or tells an event. What the gates let pass of annotated articles,
and what they keep from the network elsewhere, stands in `training/clauses/README.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.annotate.clauses.signs import EVENT, ISSUE, Signs
from parley.annotate.language.lines import Line
from parley.data import Reading

TELLS = 0.45
"""Sentences that tell an event, in a hundred words of an article."""

KNOWN = 0.45
"""Share of the mentions of people and bodies by name that codebooks know, in a story that they are for."""
_PEOPLE = frozenset(("person", "organisation", "group"))


def asked(whole: Sequence[Line], marks: Signs) -> list[Line]:
    """The sentences of an article's body that the network is asked about, whole paragraphs; none of an article that tells hardly any event."""
    telling = [line for line in whole if _has(line, marks, EVENT)]
    words = sum(len(line.lowers) for line in whole)
    if 100 * len(telling) < TELLS * words:
        return []
    inside = {line.sentence.paragraph for line in telling}
    inside |= {line.sentence.paragraph for line in whole if _has(line, marks, ISSUE)}
    return [line for line in whole if line.sentence.paragraph in inside]


def is_prepared(reading: Reading) -> bool:
    """True where codebooks know most of whom an article names, states and places apart."""
    named = [m for m in reading.mentions if m.kind in _PEOPLE and m.name[:1].isupper()]
    return sum(m.actor is not None for m in named) >= KNOWN * len(named) > 0


def _has(line: Line, marks: Signs, kind: int) -> bool:
    span = line.sentence.span
    return bool(marks[kind, span.start : span.end].any())

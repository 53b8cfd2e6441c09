"""Whose a clause is: the words that the network points at, as the sides that the article has.

The network sees no names; its pointer shares a vote out among the words around a clause. The votes of all words that name a party, by its
own name, by somebody's who speaks for it or by "he" for its spokesman, count together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parley.annotate.allegiance.offices import Offices
from parley.annotate.language.lines import Line
from parley.annotate.parties.words import heads, is_bystander
from parley.annotate.positions.holder import SPEAKER, names_both, side_of
from parley.annotate.positions.stances import word_class
from parley.data import Mention, Reading, Span, Statement

_BODIES = frozenset(("government", "organisation", "group"))


@dataclass(frozen=True, slots=True)
class Holders:
    """Who may hold what an article's clauses state."""

    lines: Sequence[Line]
    offices: Offices

    @classmethod
    def of(cls, reading: Reading, lines: Sequence[Line]) -> Holders:
        return cls(lines, Offices.of(reading.mentions, reading.parties))

    def line_at(self, at: int) -> Line | None:
        """The sentence that holds a character."""
        n = bisect_right(self.lines, at, key=lambda line: line.sentence.span.start) - 1
        return self.lines[n] if n >= 0 and self.lines[n].sentence.span.end > at else None

    def votes(self, words: Iterable[tuple[Span, float]], said: Statement | None) -> dict[str, float]:
        """The share of the pointer's vote that each party has, from that of single words; `said` is the statement around the clause."""
        out: dict[str, float] = {}
        for span, share in words:
            for side in self.named(span, said):
                out[side] = out.get(side, 0.0) + share
        return out

    def named(self, words: Span, said: Statement | None) -> tuple[str, ...]:
        """The sides that some words name: a name's own, a speaker's where they are part of a source, "both sides", the one of their kind."""
        line = self.line_at(words.start)
        if line is None:
            return ()
        inside = [m for m in line.inner if m.span.overlaps(words)]
        found = next((side for m in inside for side in [_side(m)] if side is not None), None)
        if found is not None:
            return (found,)
        lower = words.text.lower()
        if lower in SPEAKER and said is not None:
            return side_of(line, said.speaker)
        spoken = next((s for s in line.statements if s.source is not None and s.source.overlaps(words)), None)
        if spoken is not None:
            return side_of(line, spoken.speaker)
        told = self._by_kind(lower)
        if told is not None:
            return (told,)
        around = line.reading.text[max(0, words.start - 12) : words.end + 14].lower().split()
        return line.cast.sides[:2] if names_both(around) or lower in ("both", "neither") else ()

    def _by_kind(self, word: str) -> str | None:
        """The party of a plain word: "the government" and "the president" are the article's one state, "the rebels" its one movement."""
        if heads().get(word) == "state" or word in word_class("state office"):
            return self.offices.home
        told = self.offices.of_crowd(word)
        return told.party if told is not None else None


def _side(mention: Mention) -> str | None:
    if mention.side:
        return mention.side
    return mention.name if mention.kind in _BODIES and mention.name[:1].isupper() else None


def takes_part(line: Line, party: str) -> bool:
    """False for those who mediate, help, report or watch."""
    return party not in line.cast.between and party.lower() not in word_class("nobody") and not is_bystander(party)

"""Sentences as the layers read them: words in lower case, with the names, statements and quotations that stand in each.

All of an article's rows are dealt out to its sentences in one sweep, so that a layer never searches the whole article for
what stands in one sentence: an article of a megabyte takes as long a word as a short one.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar

from parley.data import Mention, Quotation, Reading, Sentence, Span, Statement, Token

T = TypeVar("T")

MOST = 200
"""Rows that one sentence may give a layer. No sentence of news comes near; text without an end stays quick to read."""
_BETWEEN = frozenset(
    [
        "mediator",
        "mediators",
        "mediation",
        "mediating",
        "mediated",
        "mediates",
        "brokered",
        "brokering",
        "brokers",
        "hosted",
        "hosts",
        "hosting",
        "facilitated",
        "facilitating",
        "facilitator",
        "facilitators",
        "intermediary",
        "intermediaries",
        "arbitrator",
        "conciliator",
    ]
)
_MEDIATION = re.compile("mediat|broker|host|facilitat|intermediar|arbitrator|conciliator")
_NEAR = 40
"""Characters beside a mention in which it is said to mediate or to host."""
_BODIES = frozenset(("organisation", "government", "group"))


@dataclass(frozen=True, slots=True)
class Named:
    """A mention by the words of its sentence: `[first, last)`."""

    first: int
    last: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Cast:
    """Who the article as a whole speaks of: its sides, the most named first, and the bodies that have a name.

    `between` are those that bring the others together: mediators and hosts.
    """

    sides: tuple[str, ...]
    bodies: frozenset[str]
    between: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """A sentence with its words in lower case and the mentions that stand in it.

    `named` are the outermost mentions, `inner` all of them; `before` those of the last sentence of two that has any.
    `told` is the statement that a sentence without one of its own may go on telling: the last of its paragraph.
    """

    reading: Reading
    sentence: Sentence
    tokens: Sequence[Token]
    lowers: Sequence[str]
    named: tuple[Named, ...]
    inner: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    quotations: tuple[Quotation, ...]
    before: tuple[Mention, ...]
    cast: Cast
    told: Statement | None = None

    @cached_property
    def _named_at(self) -> dict[int, Named]:
        return {i: n for n in self.named for i in range(n.first, n.last)}

    def named_at(self, at: int) -> Named | None:
        """The mention that word `at` is part of."""
        return self._named_at.get(at)

    def span(self, first: int, last: int) -> Span:
        """The words `[first, last)` as a span, without marks at its ends."""
        while last - first > 1 and not self.lowers[last - 1][-1].isalnum() and self.lowers[last - 1] not in "”\"’')":
            last -= 1
        while last - first > 1 and (self.lowers[first] in ",;:." or self._opens_only(first, last)):
            first += 1
        return self.reading.span(self.tokens[first].start, self.tokens[last - 1].end)

    def _opens_only(self, first: int, last: int) -> bool:
        """True for a quotation mark at `first` whose partner is not among the words."""
        mark = self.lowers[first]
        return mark in ('"', "“") and not any(w in ('"', "”") for w in self.lowers[first + 1 : last])

    def statement_at(self, span: Span) -> Statement | None:
        """The innermost statement whose content holds `span`, if any."""
        holding = [s for s in self.statements if any(c.holds(span) for c in s.content)]
        return min(holding, key=lambda s: sum(len(c) for c in s.content), default=None)

    def cued_by(self, span: Span) -> Statement | None:
        """The statement whose cue shares a character with `span`, if any."""
        return next((s for s in self.statements if s.cue is not None and s.cue.overlaps(span)), None)


def lines(reading: Reading, *, title: bool = False) -> list[Line]:
    """The sentences of the body, and of the title where asked for, each with what stands in it."""
    return [Line(reading, *row) for row in _rows(reading) if title or not row[0].in_title]


_Row: TypeAlias = tuple[
    Sentence,
    Sequence[Token],
    Sequence[str],
    tuple[Named, ...],
    tuple[Mention, ...],
    tuple[Statement, ...],
    tuple[Quotation, ...],
    tuple[Mention, ...],
    Cast,
    Statement | None,
]


class _Last(threading.local):
    """What was dealt out last: three layers after each other ask for the same article."""

    of: tuple[object, ...] = ()
    rows: Sequence[_Row] = ()


_last = _Last()


def _rows(reading: Reading) -> Sequence[_Row]:
    """All a Line holds but its reading; the same objects give the same rows, so they are dealt out once an article."""
    of = (reading.article, reading.sentences, reading.mentions, reading.statements, reading.quotations)
    if len(of) != len(_last.of) or any(a is not b for a, b in zip(of, _last.of, strict=True)):
        _last.rows, _last.of = _deal_out(reading), of
    return _last.rows


def carry_over(old: Reading, new: Reading) -> Reading:
    """`new`, whose mentions and statements replace those of `old` one by one in the same places, dealt out without a second sweep."""
    mention = {id(a): b for a, b in zip(old.mentions, new.mentions, strict=True)}
    statement = {id(a): b for a, b in zip(old.statements, new.statements, strict=True)}
    cast = _cast(new)
    rows: list[_Row] = []
    for sentence, tokens, lowers, named, inner, said, quoted, before, _, told in _rows(old):
        rows.append(
            (
                sentence,
                tokens,
                lowers,
                tuple(Named(n.first, n.last, mention[id(n.mention)]) for n in named),
                tuple(mention[id(m)] for m in inner),
                tuple(statement[id(s)] for s in said),
                quoted,
                tuple(mention[id(m)] for m in before),
                cast,
                None if told is None else statement[id(told)],
            )
        )
    _last.rows = rows
    _last.of = (new.article, new.sentences, new.mentions, new.statements, new.quotations)
    return new


def _deal_out(reading: Reading) -> list[_Row]:
    sentences = sorted(reading.sentences, key=lambda s: s.span.start)
    mentions = _dealt(
        sentences, sorted(reading.mentions, key=lambda m: (m.span.start, -m.span.end)), lambda m: (m.span,)
    )
    statements = _dealt(sentences, reading.statements, _parts)
    quotations = _dealt(sentences, reading.quotations, lambda q: (q.outer,))
    cast = _cast(reading)
    out: list[_Row] = []
    told: Statement | None = None
    paragraph = -1
    for n, sentence in enumerate(sentences):
        if sentence.paragraph != paragraph:
            told, paragraph = None, sentence.paragraph
        named = _named(sentence, mentions[n])
        before = next((tuple(earlier) for earlier in reversed(mentions[max(0, n - 2) : n]) if earlier), ())
        lowers = list(sentence.lowers)
        inner, said, quoted = tuple(mentions[n]), tuple(statements[n]), tuple(quotations[n])
        goes_on = None if said else told
        out.append((sentence, sentence.tokens, lowers, named, inner, said, quoted, before, cast, goes_on))
        told = next((s for s in reversed(said) if s.speaker is not None), None if said else told)
    return out


def _parts(statement: Statement) -> tuple[Span, ...]:
    return (*statement.content, *(s for s in (statement.cue, statement.source) if s is not None))


def _dealt(sentences: Sequence[Sentence], rows: Iterable[T], spans: Callable[[T], tuple[Span, ...]]) -> list[list[T]]:
    """For each sentence the rows that share a character with it, each once, in the order given."""
    starts = [s.span.start for s in sentences]
    out: list[list[T]] = [[] for _ in sentences]
    for row in rows:
        for span in spans(row):
            n = max(0, bisect_right(starts, span.start) - 1)
            while n < len(sentences) and sentences[n].span.start < span.end:
                if sentences[n].span.overlaps(span) and not (out[n] and out[n][-1] is row):
                    out[n].append(row)
                n += 1
    return out


def _named(sentence: Sentence, mentions: Sequence[Mention]) -> tuple[Named, ...]:
    """The mentions by their words; a name inside a description is left out: the whole description is who is meant."""
    named: list[Named] = []
    for mention in mentions:
        if named and mention.span.end <= sentence.tokens[named[-1].last - 1].end:
            continue
        first, last = sentence.words(*mention.span.pair)
        if last > first:
            named.append(Named(first, last, mention))
    return tuple(named)


def _cast(reading: Reading) -> Cast:
    counted = Counter(m.side for m in reading.mentions if m.side and m.kind != "place")
    bodies = frozenset(m.name for m in reading.mentions if m.kind in _BODIES)
    ranked = tuple(side for side, _ in counted.most_common())
    said = [m.start() for m in _MEDIATION.finditer(reading.text.lower())]
    found = (m for m in reading.mentions if m.kind != "place" and _near(m, said) and _is_between(reading.text, m))
    return Cast(ranked, bodies, frozenset(m.side or m.name for m in found) - set(ranked[:2]))


def _near(mention: Mention, said: Sequence[int]) -> bool:
    """True where one of some places in the text, in order, lies in a mention or beside it."""
    at = bisect_left(said, mention.span.start - _NEAR)
    return at < len(said) and said[at] < mention.span.end + _NEAR


def _is_between(text: str, mention: Mention) -> bool:
    """True where the words of a mention, or those beside it, say that it mediates or hosts."""
    after = text[mention.span.end : mention.span.end + _NEAR].lower().split()[:4]
    words = [*mention.span.text.lower().split(), *after]
    if any(w.strip(",.") in _BETWEEN for w in words):
        return True
    # "mediators from Ambrova and the Straits League", "talks brokered by Ambrova"
    before = text[max(0, mention.span.start - _NEAR) : mention.span.start].lower().split()[-5:]
    at = next((i for i, w in enumerate(before) if w in _BETWEEN), None)
    return at is not None and before[at + 1 : at + 2] in (["from"], ["of"], ["by"])

"""Finding the phrases of a very long word list: each is looked for only where its rarest word stands.

`Phrases` looks at a phrase wherever its first word stands. That is quick for lists that begin with telling words; a list
that begins with "go", "take" and "be" is better looked up by what it ends with. The hits are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from parley.annotate.language.grammar import (
    ADVERBS,
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    VERBS,
    WEEKDAYS,
    word_set,
)
from parley.annotate.language.phrases import Element, Hit, compiled, match_from
from parley.errors import CodebookError

T = TypeVar("T")

_EVERYWHERE = word_set(
    "the a an of to and in on for with by at from as that it is was be has have not no , . 's he his"
)
_GRAMMAR = (
    AUXILIARIES | PREPOSITIONS | DETERMINERS | ADVERBS | SUBORDINATORS | COORDINATORS | NEGATIONS | PRONOUNS
) | word_set(
    """
    out up off down back away , . ' 's not there here more than say says said saying tell told people president go going call called
    calls come came make made take took get got one two first last new year years week day government state
    """
)
_COMMON = (
    VERBS
    | WEEKDAYS
    | word_set(
        """
        say says said saying call calls called calling ask asks asked tell told want wants wanted support supports supported
        people government state states president minister party members vote votes voted voting house senate bill law court
        year years month months week weeks day days hour hours time million percent per company workers union leader leaders
        country countries first second third last next new own men women child children home house group work number plan
        plans report reports campaign office public money pay deal return returned speak spoke talk name named offer offered
        """
    )
)


@dataclass(frozen=True, slots=True)
class _Sought(Generic[T]):
    """A phrase: `first` are the words it may begin with, `musts` what else has to stand in the sentence."""

    order: int
    elements: tuple[Element, ...]
    entry: T
    first: frozenset[str]
    musts: tuple[frozenset[str], ...]


@lru_cache(maxsize=16_384)
def _weight(words: frozenset[str]) -> tuple[int, int]:
    """How often one of some words stands in a sentence, as far as grammar and a list of common words can tell."""
    weight = 40 * len(words & _EVERYWHERE) + 10 * len(words & _GRAMMAR) + len(words & _COMMON)
    return weight, len(words)


class Anchored(Generic[T]):
    """Many phrases, each with its entry, to be looked for at once. They begin with plain words, not with stems."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_anchor: dict[str, list[_Sought[T]]] = {}
        for order, (pattern, entry) in enumerate(entries):
            elements = compiled(pattern)
            if elements[0].stems:
                raise CodebookError(f"phrase {pattern!r}: must begin with plain words")
            musts = [e.exact for e in elements if e.exact and not (e.gap or e.optional or e.stems)]
            anchor = min(musts, key=_weight)
            others = tuple(sorted((m for m in musts if m is not anchor), key=_weight))
            sought = _Sought(order, elements, entry, elements[0].exact, others)
            for word in anchor:
                self._by_anchor.setdefault(word, []).append(sought)
        self._anchors = frozenset(self._by_anchor)

    def find(self, words: Sequence[str]) -> list[Hit[T]]:
        """Every phrase at every word (in lower case, as `Token.lower` gives it), the longest first at each."""
        present = set(words)
        by_anchor = self._by_anchor
        anchors = present & self._anchors
        if not anchors:
            return []
        found: list[tuple[int, int, int, Hit[T]]] = []
        done: set[int] = set()
        for word in anchors:
            for sought in by_anchor[word]:
                for must in sought.musts:
                    if must.isdisjoint(present):
                        break
                else:
                    if sought.order not in done:
                        done.add(sought.order)
                        found += self._matches(words, sought)
        found.sort(key=lambda f: f[:3])
        return [f[3] for f in found]

    def _matches(self, words: Sequence[str], sought: _Sought[T]) -> Iterator[tuple[int, int, int, Hit[T]]]:
        first, elements = sought.first, sought.elements
        for at, start in enumerate(words):
            if start in first:
                end = at + 1 if len(elements) == 1 else match_from(words, at + 1, elements, 1)
                if end is not None:
                    yield at, -end, sought.order, Hit(at, end, sought.entry)

"""Finding the phrases of a word list in a sentence: one pass, however long the list.

A phrase is written as a journalist would jot it down: `end|halt ... war|fighting`. Words stand for themselves, `|` parts
choices, `stem*` is any word that begins so, `the?` may be missing, and `...` leaves room for up to eight words of the
same clause. The first word of a phrase must be a plain word or a stem of three letters or more, so that a list of a
thousand phrases costs one look-up a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar

from parley.clean.tokens import Remembered
from parley.errors import CodebookError

T = TypeVar("T")

GAP = 8
"""How many words `...` may pass over: of the clauses of news that were looked at, longer gaps join strangers."""

_WALLS = frozenset(".,;:!?()[]…–—")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found: words `[first, last)` of the sentence, and the entry it belongs to."""

    first: int
    last: int
    entry: T


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a phrase: the words it may be, the stems it may begin with, and whether it may be missing or stand for a gap."""

    exact: frozenset[str]
    stems: tuple[str, ...]
    optional: bool
    gap: bool

    def takes(self, word: str) -> bool:
        return word in self.exact or (bool(self.stems) and word.startswith(self.stems))


@lru_cache(maxsize=16_384)
def _element(piece: str) -> Element:
    # remembered: lists write the same choices again and again, and hold them once then
    if piece == "...":
        return Element(frozenset(), (), optional=True, gap=True)
    optional = piece.endswith("?") and len(piece) > 1
    choices = piece.removesuffix("?").split("|") if optional else piece.split("|")
    stems = tuple(c[:-1] for c in choices if c.endswith("*") and len(c) > 1)
    exact = frozenset(c for c in choices if not (c.endswith("*") and len(c) > 1))
    return Element(exact, stems, optional, gap=False)


_Phrase: TypeAlias = tuple[int, tuple[Element, ...], T, frozenset[str] | None]
"""Its place in the list, elements, entry, and the words of the last element where only words as they stand fit there."""
_Starts: TypeAlias = tuple[list[_Phrase[T]], dict[str, list[_Phrase[T]]]]
"""The phrases that begin with a word: those that any word may follow, and the others by the word that must."""


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> tuple[Element, ...]:
    """The pattern word by word; raises CodebookError where it begins or ends with what need not be there."""
    elements = tuple(_element(p) for p in pattern.lower().replace("'s", " 's").split())
    if not elements or elements[0].gap or elements[0].optional or elements[-1].gap:
        raise CodebookError(f"phrase {pattern!r}: must begin and end with a word that is not optional")
    if any(len(s) < 3 for s in elements[0].stems):
        raise CodebookError(f"phrase {pattern!r}: the stem it begins with needs three letters")
    return elements


def _only(element: Element) -> frozenset[str] | None:
    """The words one of which must stand for an element; None where others fit too."""
    return None if element.gap or element.optional or element.stems else element.exact


def match_from(words: Sequence[str], at: int, elements: tuple[Element, ...], nth: int) -> int | None:
    """Where the elements from `nth` on end when they begin at word `at`; None where they do not fit."""
    while nth < len(elements):
        element = elements[nth]
        if element.gap:
            for skip in range(GAP + 1):
                end = match_from(words, at + skip, elements, nth + 1)
                if end is not None:
                    return end
                if at + skip >= len(words) or words[at + skip] in _WALLS:
                    return None
            return None
        fits = at < len(words) and element.takes(words[at])
        if element.optional and fits:
            return match_from(words, at + 1, elements, nth + 1) or match_from(words, at, elements, nth + 1)
        if not fits and not element.optional:
            return None
        at += fits
        nth += 1
    return at


class Phrases(Generic[T]):
    """Many phrases, each with its entry, to be looked for at once."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._exact: dict[str, list[_Phrase[T]]] = {}
        self._stems: dict[str, list[_Phrase[T]]] = {}
        for number, (pattern, entry) in enumerate(entries):
            elements = compiled(pattern)
            phrase = (number, elements, entry, _only(elements[-1]) if len(elements) > 2 else None)
            for word in elements[0].exact:
                self._exact.setdefault(word, []).append(phrase)
            for stem in elements[0].stems:
                self._stems.setdefault(stem[:3], []).append(phrase)
        self._starting = Remembered(self._starts)

    def _starts(self, word: str) -> _Starts[T] | None:
        """The phrases that may begin with a word; None where none does."""
        found = self._exact.get(word, [])
        stems = self._stems.get(word[:3])
        if stems:
            found = found + [p for p in stems if word.startswith(p[1][0].stems)]
        return _by_second(found) if found else None

    def find(self, words: Sequence[str]) -> list[Hit[T]]:
        """Every phrase at every word (in lower case, as `Token.lower` gives it), the longest first at each."""
        starting = list(map(self._starting.__getitem__, words))
        found: list[Hit[T]] = []
        present: frozenset[str] | None = None
        last_word = len(words) - 1
        for at, starts in enumerate(starting):
            if starts is None:
                continue
            if present is None:
                present = frozenset(words)
            here: list[tuple[int, int, T]] = []
            for number, elements, entry, last in starts[0]:
                if last is not None and last.isdisjoint(present):
                    continue
                end = at + 1 if len(elements) == 1 else match_from(words, at + 1, elements, 1)
                if end is not None:
                    here.append((-end, number, entry))
            followed = starts[1].get(words[at + 1]) if starts[1] and at < last_word else None
            for number, elements, entry, last in followed or ():
                if last is not None and last.isdisjoint(present):
                    continue
                end = at + 2 if len(elements) == 2 else match_from(words, at + 2, elements, 2)
                if end is not None:
                    here.append((-end, number, entry))
            if len(here) > 1:
                here.sort(key=_longest)
            found += [Hit(at, -end, entry) for end, _, entry in here]
        return found


def _longest(found: tuple[int, int, object]) -> tuple[int, int]:
    return found[:2]


def _by_second(phrases: Iterable[_Phrase[T]]) -> _Starts[T]:
    """Phrases parted by the word that must stand second, so that a word that begins many costs one look-up more."""
    free: list[_Phrase[T]] = []
    followed: dict[str, list[_Phrase[T]]] = {}
    for phrase in phrases:
        elements = phrase[1]
        second = _only(elements[1]) if len(elements) > 1 else None
        if second is None:
            free.append(phrase)
        for word in second or ():
            followed.setdefault(word, []).append(phrase)
    return free, followed


def apart(hits: Iterable[Hit[T]]) -> list[Hit[T]]:
    """The hits that do not share a word, longer ones before shorter ones, in reading order.

    >>> [h.entry for h in apart([Hit(0, 1, "deal"), Hit(0, 2, "exchange deal"), Hit(3, 4, "aid")])]
    ['exchange deal', 'aid']
    """
    taken: set[int] = set()
    kept: list[Hit[T]] = []
    for hit in sorted(hits, key=lambda h: (h.first - h.last, h.first)):
        if taken.isdisjoint(range(hit.first, hit.last)):
            taken.update(range(hit.first, hit.last))
            kept.append(hit)
    return sorted(kept, key=lambda h: h.first)

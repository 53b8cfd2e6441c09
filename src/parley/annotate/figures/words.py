"""The codebook `figures` as look-ups: which words, standing how to a number, make it a figure of what category."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from parley.annotate.quantities.numbers import Tok, scan, words_named
from parley.codebooks import lexicon

Role = Literal["active", "passive", "intransitive", "state", "of", "noun", "toll"]
Kind = Literal["person", "building", "weapon", "thing", "unknown", "bare"]

_PERSON_ENDINGS = ("men", "women", "ists", "ians", "eans", "ants", "ans", "ers", "ors", "ees", "ese", "ites")


class Hit(NamedTuple):
    """A trigger met: its category, and where its words begin and end."""

    category: str
    first: int
    last: int


class Phrases:
    """Phrases of one role, found at a token or right before one, the longest first."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._starts: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._ends: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, category in rows:
            words = tuple(t.low for t in scan(phrase))
            self._starts.setdefault(words[0], []).append((words, category))
            self._ends.setdefault(words[-1], []).append((words, category))
        for table in (self._starts, self._ends):
            for entries in table.values():
                entries.sort(key=lambda e: -len(e[0]))

    def at(self, toks: Sequence[Tok], at: int) -> Hit | None:
        """The longest phrase that begins at token `at`."""
        if at >= len(toks):
            return None
        for words, category in self._starts.get(toks[at].low, ()):
            if _same(toks, at, words):
                return Hit(category, at, at + len(words))
        return None

    def before(self, toks: Sequence[Tok], end: int) -> Hit | None:
        """The longest phrase that ends right before token `end`."""
        if end < 1:
            return None
        for words, category in self._ends.get(toks[end - 1].low, ()):
            if end >= len(words) and _same(toks, end - len(words), words):
                return Hit(category, end - len(words), end)
        return None

    def category(self, word: str) -> str | None:
        """The category of a single word."""
        return next((c for words, c in self._starts.get(word, ()) if len(words) == 1), None)

    def first_words(self) -> frozenset[str]:
        """The words with which its phrases begin."""
        return frozenset(self._starts)

    def words(self) -> frozenset[str]:
        """All phrases of one word."""
        return frozenset(words[0] for rows in self._starts.values() for words, _ in rows if len(words) == 1)


def _same(toks: Sequence[Tok], at: int, words: tuple[str, ...]) -> bool:
    return at + len(words) <= len(toks) and all(toks[at + k].low == w for k, w in enumerate(words))


@cache
def phrases(role: Role) -> Phrases:
    """All triggers of one role; an earlier entry of the codebook wins a phrase that two share."""
    seen: dict[str, str] = {}
    for row in lexicon("figures")["trigger"]:
        for phrase in row.get(role, ()):
            seen.setdefault(phrase, row["category"])
    return Phrases(seen.items())


@cache
def telling_words() -> frozenset[str]:
    """A word of each trigger, and the words that tallies and strikes turn on: a sentence without any tells of no deed."""
    roles: tuple[Role, ...] = ("active", "passive", "intransitive", "state", "of", "noun", "toll")
    listed = (words_named("figures", name) for name in ("tallies", "stoppage", "prisons"))
    return frozenset().union(
        *(phrases(r).first_words() for r in roles), *listed, ("lost", "losing", "loses", "lives", "out", "number")
    )


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of one class: `person`, `building`, `weapon`, `thing`, `generic`, `policy`."""
    return frozenset(w for row in lexicon("figures")["class"] if row["class"] == name for w in row["words"])


def kind_of(head: str | None, *, capital: bool) -> Kind:
    """What a counted noun is; `capital` says that it is printed with a capital in a text that is not all capitals.

    >>> kind_of("soldiers", capital=False), kind_of("Jesuits".lower(), capital=True), kind_of("rockets", capital=False)
    ('person', 'person', 'weapon')
    """
    if head is None:
        return "bare"
    if head in words_of("person"):
        return "person"
    if head in words_of("building"):
        return "building"
    if head in words_of("weapon"):
        return "weapon"
    if head in words_of("thing"):
        return "thing"
    if head.endswith(_PERSON_ENDINGS) and head not in words_named("figures", "not_persons"):
        return "person"
    return "person" if capital and head.endswith("s") else "unknown"


_FITS: dict[str, tuple[Kind, ...]] = {
    "killed": ("person", "bare", "unknown"),
    "injured": ("person", "bare", "unknown"),
    "casualties": ("person", "bare", "unknown"),
    "missing": ("person", "bare"),
    "detained": ("person", "bare"),
    "captives_held": ("person", "bare"),
    "captives_released": ("person", "bare"),
    "displaced": ("person", "bare"),
    "infrastructure_damaged": ("building",),
    "attacks": ("weapon",),
    "forces": ("person",),
}


def fits(category: str, kind: Kind, head: str | None = None) -> bool:
    """True where a thing of this kind can be counted under the category: nobody kills "12 kilometres", but lorries are destroyed.

    >>> fits("killed", "thing"), fits("infrastructure_damaged", "unknown", "trucks")
    (False, True)
    """
    if category == "infrastructure_damaged" and head is not None and kind != "person":
        return (
            kind == "building" or head in words_named("figures", "vehicles") or head in words_named("figures", "arms")
        )
    return kind in _FITS.get(category, ())

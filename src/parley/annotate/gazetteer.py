"""Who and what the codebooks know, looked up in a sentence: names, people words, capitals, places; titles and roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from parley.clean.tokens import tokens
from parley.codebooks import ActorEntry, Codebook, lexicon
from parley.data import MentionKind, Token

How = Literal["name", "demonym", "capital", "place"]
_KINDS: dict[str, MentionKind] = {
    "government": "government",
    "organisation": "organisation",
    "person": "person",
    "place": "place",
    "group": "group",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A name that a codebook knows: tokens `[first, last)`, whose it is, and which of its names was met."""

    first: int
    last: int
    name: str
    kind: MentionKind
    side: str | None
    role: str | None
    how: How


@dataclass(frozen=True, slots=True)
class _Row:
    words: tuple[str, ...]
    name: str
    kind: MentionKind
    side: str | None
    role: str | None
    how: How


class Gazetteer:
    """All names of a codebook, by their first word."""

    def __init__(self, book: Codebook) -> None:
        self._rows: dict[str, list[_Row]] = {}
        self.plain: frozenset[str]
        for entry in book.actors:
            self._add_actor(entry)
        countries = {e.name for e in book.actors if e.kind == "government"}
        capitals = {e.capital for e in book.actors if e.capital}
        for place in book.places:
            side = place.country if place.country in countries else None
            how: How = "capital" if place.name in capitals else "place"
            for name in (place.name, *place.aliases):
                self._add(name, _Row((), place.name, "place", side, None, how))
        for rows in self._rows.values():
            rows.sort(key=lambda r: -len(r.words))

    def _add_actor(self, entry: ActorEntry) -> None:
        kind = _KINDS.get(entry.kind, "organisation")
        side = entry.side or (entry.name if kind in ("government", "organisation") else None)
        for name in (entry.name, *entry.aliases):
            self._add(name, _Row((), entry.name, kind, side, entry.role, "name"))
        for name in entry.demonyms:
            self._add(name, _Row((), entry.name, kind, side, None, "demonym"))
        if entry.capital:
            self._add(entry.capital, _Row((), entry.capital, "place", side, None, "capital"))

    def _add(self, name: str, row: _Row) -> None:
        words = tuple(t.text.replace("’", "'") for t in tokens(name, 0, len(name)))
        rows = self._rows.setdefault(words[0].lower(), [])
        if not any(r.words == words for r in rows):  # the first codebook that knows a name has it
            rows.append(_Row(words, row.name, row.kind, row.side, row.role, row.how))

    def find(self, found: Sequence[Token]) -> list[Known]:
        """The known names of a sentence, left to right, the longest at each place."""
        out: list[Known] = []
        at = 0
        while at < len(found):
            row = self._at(found, at)
            if row is None:
                at += 1
                continue
            end = at + len(row.words)
            out.append(Known(at, end, row.name, row.kind, row.side, row.role, row.how))
            at = end
        return out

    def _at(self, found: Sequence[Token], at: int) -> _Row | None:
        return next((r for r in self._rows.get(found[at].lower, ()) if _fits(found, at, r.words)), None)


def _fits(found: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    if at + len(words) > len(found):
        return False
    return all(_same(found[at + n].text.replace("’", "'"), word) for n, word in enumerate(words))


def _same(printed: str, word: str) -> bool:
    # "HAMAS" is Hamas; "us" is not the US, nor "turkey" Turkey.
    return printed == word or (len(word) > 3 and printed == word.upper())


@cache
def gazetteer(book: Codebook) -> Gazetteer:
    """The look-up of one codebook, made once."""
    return Gazetteer(book)


@cache
def words_of_class(table: str, *classes: str) -> frozenset[str]:
    """The words of one table of the lexicon `titles`, in lower case, of the classes named (of all, where none is)."""
    rows: Iterable[dict[str, object]] = lexicon("titles")[table]
    return frozenset(
        str(word).lower() for row in rows if not classes or row["class"] in classes for word in _list(row["words"])
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []

"""Who and what the codebooks know, looked up in a sentence: names, people words, capitals, places; titles and roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from parley.clean.tokens import tokens
from parley.codebooks import ActorEntry, Codebook, lexicon
from parley.data import MentionKind, Sentence, Token, small

How = Literal["name", "demonym", "capital", "place"]
_KINDS: dict[str, MentionKind] = {
    "government": "government",
    "organisation": "organisation",
    "person": "person",
    "place": "place",
    "group": "group",
}


@dataclass(slots=True)
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
    name: str
    kind: MentionKind
    side: str | None
    role: str | None
    how: How


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name word by word, and how each word behind the first may be printed."""

    words: tuple[str, ...]
    rest: tuple[frozenset[str], ...]
    row: _Row


_NATIONS = ("government", "place")


class Gazetteer:
    """All names of a codebook, by their first word as it may be printed."""

    def __init__(self, book: Codebook) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        for entry in book.actors:
            self._add_actor(entry)
        countries = {e.name for e in book.actors if e.kind == "government"}
        capitals = {e.capital for e in book.actors if e.capital}
        for place in book.places:
            side = place.country if place.country in countries else None
            how: How = "capital" if place.name in capitals else "place"
            for name in (place.name, *place.aliases):
                self._add(name, _Row(place.name, "place", side, None, how))
        for entries in self._entries.values():
            entries.sort(key=lambda e: -len(e.words))
        self.nations = frozenset(
            name
            for e in book.actors
            if e.kind == "government"
            for name in (e.name, *e.aliases, *e.demonyms, *([e.capital] if e.capital else []))
        )
        """Names, people words and capitals of the states that the codebook knows."""
        self.names_of: dict[str, list[str]] = {}
        """Party -> its names and people words, as a description of one of its officials may hold them."""
        for e in book.actors:
            if e.kind != "person":
                self.names_of.setdefault(e.side or e.name, []).extend((e.name, *e.aliases, *e.demonyms))
        self._small = frozenset(small(word) for word in self._entries if not word[0].isupper())

    def _add_actor(self, entry: ActorEntry) -> None:
        kind = _KINDS.get(entry.kind, "organisation")
        side = entry.side or (entry.name if kind in ("government", "organisation") else None)
        for name in (entry.name, *entry.aliases):
            self._add(name, _Row(entry.name, kind, side, entry.role, "name"))
        for name in entry.demonyms:
            self._add(name, _Row(entry.name, kind, side, None, "demonym"))
        if entry.capital:
            self._add(entry.capital, _Row(entry.capital, "place", side, None, "capital"))

    def _add(self, name: str, row: _Row) -> None:
        words = tuple(t.text.replace("’", "'") for t in tokens(name, 0, len(name)))
        made = _Entry(words, tuple(map(_printed, words[1:])), row)
        for printed in _printed(words[0]):
            entries = self._entries.setdefault(printed, [])
            if not any(e.words == words for e in entries):  # the first codebook that knows a name has it
                entries.append(made)

    def find(self, sentence: Sentence) -> list[Known]:
        """The known names of a sentence, left to right, the longest at each place."""
        out: list[Known] = []
        found = sentence.tokens
        end = 0
        for at in self._starts(sentence):
            entries = self._entries.get(found[at].text)
            if entries is None or at < end:
                continue
            for entry in entries:
                end = at + 1 + len(entry.rest)
                if end <= len(found) and (not entry.rest or _goes_on(found, at + 1, entry.rest)):
                    row = entry.row
                    if self._is_no_party(found, at, end, row):
                        end = at
                        break
                    out.append(Known(at, end, row.name, row.kind, row.side, row.role, row.how))
                    break
            else:
                end = at
        return out

    def state_called(self, word: str) -> frozenset[str]:
        """The states and places that one word names, not as a people: what a surname may be as well ("Jordan", "Holland")."""
        rows = [e.row for e in self._entries.get(word, ()) if len(e.words) == 1 and e.row.kind in _NATIONS]
        return frozenset(row.side or row.name for row in rows if row.how != "demonym")

    def _is_no_party(self, found: Sequence[Token], at: int, end: int, row: _Row) -> bool:
        """True for a language ("its Spanish initials") and for a country's name that is a person's ("Jordan Peele")."""
        if row.how == "demonym":
            return end < len(found) and found[end].lower in _tongue()
        return end == at + 1 and found[at].text in _also_given() and self._is_given(found, at)

    def _is_given(self, found: Sequence[Token], at: int) -> bool:
        """True for the "Israel" of "Israel Ramirez", and not for that of "Israel Railways"."""
        if at + 1 >= len(found) or not found[at + 1].text[:1].isupper() or len(found[at + 1].text) < 3:
            return False
        surname = found[at + 1]
        return surname.text.isalpha() and surname.text not in self._entries and surname.lower not in _no_surnames()

    def _starts(self, sentence: Sentence) -> Sequence[int]:
        """The words at which a name may begin: nearly all names begin with a capital."""
        others = [n for n, low in enumerate(sentence.lowers) if low in self._small]
        return sorted({*sentence.capitals, *others}) if others else sentence.capitals


def _goes_on(found: Sequence[Token], at: int, rest: tuple[frozenset[str], ...]) -> bool:
    return found[at][2] in rest[0] and all(found[at + n][2] in words for n, words in enumerate(rest))


@cache
def _printed(word: str) -> frozenset[str]:
    """The ways in which a word of a name is printed: with either apostrophe, and in capitals.

    "HAMAS" is Hamas; "us" is not the US, nor "turkey" Turkey.
    """
    whole = {word, word.upper()} if len(word) > 3 else {word}
    return frozenset(whole | {w.replace("'", "’") for w in whole})


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


def stands_apart(words: Iterable[str]) -> bool:
    """True for the words, in small letters, of those who are of a nation and do not speak for its government.

    >>> stands_apart(["syrian", "rebels"]), stands_apart(["syrian", "army"]), stands_apart(["free", "syrian", "army"])
    (True, False, True)
    """
    return not words_of_class("apart", "opposed", "civil").isdisjoint(words)


def works_for(words: Sequence[str], body: str) -> bool:
    """True for the hands of a body that is no union of theirs.

    >>> works_for(["boeing", "workers"], "Boeing"), works_for(["uaw", "workers"], "United Auto Workers")
    (True, False)
    """
    last = body.rpartition(" ")[2].lower()
    return words[-1:] != [last] and last not in _unions() and words[-1] in words_of_class("apart", "hands")


@cache
def _also_given() -> frozenset[str]:
    """Countries that are also given names."""
    return frozenset(word for row in lexicon("parties")["given_name"] for word in row["words"])


@cache
def _tongue() -> frozenset[str]:
    """Nouns that make the word for a people before them the name of its language."""
    return frozenset(word for row in lexicon("parties")["tongue"] for word in row["words"])


@cache
def _no_surnames() -> frozenset[str]:
    """Words with a capital that follow a country's name where it is no person's: titles, last words of bodies, places."""
    tables = ("head", "company", "union", "bloc", "movement", "media", "place")
    named = {word for table in tables for row in lexicon("parties")[table] for word in row["words"]}
    return words_of_class("title") | words_of_class("role") | words_of_class("modifier") | frozenset(named)


@cache
def _unions() -> frozenset[str]:
    """Last words of the names of unions."""
    return frozenset(word for row in lexicon("parties")["union"] for word in row["words"])


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []

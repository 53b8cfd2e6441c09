"""The step `mentions`: names and descriptions of persons, bodies, governments, groups and places, and whose side they are on.

Two passes. The first reads sentence by sentence (`nounphrases`): what stands there. The second looks at the article as a
whole: a bare surname is the person whose full name stands elsewhere, "the movement" the one movement the article speaks of.
Mentions may nest: the outer one is who is meant ("the head of the political bureau of Hamas"), an inner one a name in its
description.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.annotate.language.gazetteer import Gazetteer, gazetteer, words_of_class
from parley.annotate.language.grammar import word_set
from parley.annotate.language.names import misspelt, normalise, surname
from parley.annotate.language.nounphrases import Phrase, PhraseReader
from parley.data import Mention, Reading, Span

if TYPE_CHECKING:
    from parley.pipeline import Settings


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step, with the names of the run's codebook."""
    return MentionFinder(gazetteer(settings.codebook))


@dataclass(frozen=True, slots=True)
class MentionFinder:
    """Reading -> Reading with `mentions`, in reading order, outer ones first."""

    known: Gazetteer

    def __call__(self, reading: Reading) -> Reading:
        reader = PhraseReader.of(reading, self.known)
        phrases = [p for sentence in reading.sentences for p in reader.phrases(sentence)]
        _persons_named_again(phrases, reader.aliases)
        _bodies_named_again(phrases)
        phrases.sort(key=lambda p: (p.start, -p.end))
        return replace(reading, mentions=tuple([_mention(reading.text, p) for p in phrases]))


def _mention(text: str, p: Phrase) -> Mention:
    return Mention(Span(p.start, p.end, text[p.start : p.end]), p.kind, p.name, p.side, p.role, p.actor)


# ---------------------------------------------------------------- persons


@dataclass(slots=True)
class _Person:
    name: str
    side: str | None = None
    role: str | None = None
    actor: str | None = None


def _persons_named_again(phrases: Sequence[Phrase], aliases: dict[str, str]) -> None:
    """Puts each person under the fullest name the article has for him, with the role and side told anywhere in it."""
    people: dict[str, _Person] = {}
    count: dict[str, int] = {}
    for phrase in phrases:
        if _is_person(phrase) and " " in phrase.name:
            key = normalise(phrase.name)
            count[key] = count.get(key, 0) + 1
            _learn(people.setdefault(key, _Person(phrase.name)), phrase)
    known = _without_initials(_without_slips(people, count))
    surnames = _Surnames(dict.fromkeys(known[key].name for key in people), known)
    for phrase in phrases:
        if _is_person(phrase) and " " not in phrase.name:
            found = surnames.only(phrase.name)
            if found is not None:
                _learn(found, phrase)
    for phrase in phrases:
        _rename(phrase, known, surnames, aliases)


def _is_person(phrase: Phrase) -> bool:
    return phrase.named and phrase.kind in ("person", "unknown")


def _learn(person: _Person, phrase: Phrase) -> None:
    person.side = person.side or phrase.side
    person.role = person.role or phrase.role
    person.actor = person.actor or phrase.actor


def _without_slips(people: dict[str, _Person], count: dict[str, int]) -> dict[str, _Person]:
    """Full names by their normal form; a name that is one slip away from a more frequent one is that one."""
    known = dict(people)
    alike: dict[str, list[str]] = {}
    for key in people:
        alike.setdefault("".join([w[0] for w in key.split()]), []).append(key)
    for keys in alike.values():  # a slip leaves each word its first letter
        for key in keys if len(keys) > 1 else ():
            near = [k for k in keys if k != key and count[k] >= count[key] and _one_name(k, key)]
            if len(near) == 1 and known[near[0]] is not people[key] and people[near[0]] is known[near[0]]:
                known[key] = people[near[0]]
    return known


def _without_initials(known: dict[str, _Person]) -> dict[str, _Person]:
    """ "Ada Tarn" is the article's "Ada L. Tarn", "A. Tarn" its "Ada Tarn", where there is just one such."""
    plain: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    for key in known:
        if " " not in key:
            continue  # of "À À" the articles are left out
        first, *middle, last = key.split()
        if len(first) > 1 and any(len(w) == 1 for w in middle):
            plain.setdefault(" ".join([first, *(w for w in middle if len(w) > 1), last]), []).append(key)
        elif len(first) > 1:
            short.setdefault(f"{first[0]} {last}", []).append(key)
    out = dict(known)
    for key in known:
        words = key.split()
        fuller = plain.get(key, []) if len(words[0]) > 1 else short.get(key, []) if len(words) == 2 else []
        if len(fuller) == 1:
            out[key] = known[fuller[0]]
    return out


def _one_name(left: str, right: str) -> bool:
    """True where each word of one full name is the other's, or a slip of it."""
    a, b = left.split(), right.split()
    return len(a) == len(b) and all(x == y or misspelt(x, y) for x, y in zip(a, b, strict=True))


class _Surnames:
    """An article's persons by the one word that they may be named by once they are known."""

    def __init__(self, names: Iterable[str], known: dict[str, _Person]) -> None:
        self._by_surname: dict[str, list[_Person]] = {}
        self._by_given: dict[str, list[_Person]] = {}
        self._alike: dict[str, list[str]] = {}
        self._told: dict[str, _Person | None] = {}
        self._middle: dict[str, list[_Person]] | None = None
        for name in names:
            last, person = surname(name), known[normalise(name)]
            if last not in self._by_surname:
                self._alike.setdefault(last[:1], []).append(last)
            self._by_surname.setdefault(last, []).append(person)
        for people in self._by_surname.values():
            for person in people:
                self._by_given.setdefault(normalise(person.name).partition(" ")[0], []).append(person)

    def only(self, word: str) -> _Person | None:
        """The one person whom a word can mean: a surname, else a given name, else a surname with a slip."""
        if word not in self._told:
            key = normalise(word)
            found = self._by_surname.get(key) or self._by_given.get(key) or self._slips(key) or self._within(key)
            self._told[word] = found[0] if len(found) == 1 else None
        return self._told[word]

    def _within(self, key: str) -> list[_Person]:
        """ "Lula" of "Luiz Inacio Lula da Silva"."""
        if self._middle is None:
            self._middle = {}
            for person in {id(p): p for people in self._by_surname.values() for p in people}.values():
                words = normalise(person.name).split()
                for word in words[1:-1] if min(map(len, words)) > 1 else ():
                    self._middle.setdefault(word, []).append(person)
        return self._middle.get(key, []) if len(key) > 2 else []

    def _slips(self, key: str) -> list[_Person]:
        return [p for last in self._alike.get(key[:1], ()) if misspelt(last, key) for p in self._by_surname[last]]


def _rename(phrase: Phrase, known: dict[str, _Person], surnames: _Surnames, aliases: dict[str, str]) -> None:
    person: _Person | None = None
    if _is_person(phrase):
        person = known.get(normalise(phrase.name)) if " " in phrase.name else surnames.only(phrase.name)
    if person is None:
        phrase.name = aliases.get(phrase.name, phrase.name)
        return
    if " " not in phrase.name:
        phrase.kind = "person"
    phrase.name = person.name
    phrase.side = person.side or phrase.side
    phrase.role = person.role or phrase.role
    phrase.actor = person.actor or phrase.actor


# ---------------------------------------------------------------- bodies

# What bodies are called again by when nobody has said what they are.
_KINDS_LEFT_OPEN = word_set("group movement organisation organization")


@dataclass(slots=True)
class _Body:
    """A body named before, by the last phrase that named it and all nouns said of it."""

    phrase: Phrase
    heads: frozenset[str]
    words: frozenset[str]


def _bodies_named_again(phrases: Sequence[Phrase]) -> None:
    """ "The movement", "the union", "the ministry": the one body of that kind named before, where there is just one.

    A body whose kind the article never prints may be what is meant where it is the only such body.
    """
    seen: dict[str, _Body] = {}
    for phrase in phrases:
        if phrase.bare_head is not None and phrase.definite:
            body = _one_body(seen.values(), phrase.bare_head)
            if body is not None:
                phrase.name, phrase.side, phrase.actor = body.name, body.side, body.actor
        elif phrase.kind == "organisation" and phrase.named:
            before = seen.get(phrase.name)
            heads = phrase.heads | (before.heads if before else frozenset())
            words = before.words if before else _kinds_in(phrase.name)
            seen[phrase.name] = _Body(phrase, heads, words)


def _kinds_in(name: str) -> frozenset[str]:
    """The words of a name that may say what it is: all but those that another noun follows: the "union" of "Union City" is a city."""
    words = normalise(name).split()
    return frozenset(
        w for w, after in zip(words, [*words[1:], ""], strict=True) if after not in words_of_class("role", "place")
    )


def _one_body(seen: Collection[_Body], head: str) -> Phrase | None:
    told = [b for b in seen if head in b.heads or head in b.words]
    if told or head not in _KINDS_LEFT_OPEN:
        return told[0].phrase if len(told) == 1 else None
    untold = [b for b in seen if not b.heads]
    return untold[0].phrase if len(untold) == 1 else None

"""The step `mentions`: names and descriptions of persons, bodies, governments, groups and places, and whose side they are on.

Two passes. The first reads sentence by sentence (`nounphrases`): what stands there. The second looks at the article as a
whole: a bare surname is the person whose full name stands elsewhere, "the movement" the one movement the article speaks of.
Mentions may nest: the outer one is who is meant ("the head of the political bureau of Hamas"), an inner one a name in its
description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.annotate.gazetteer import Gazetteer, gazetteer
from parley.annotate.grammar import word_set
from parley.annotate.names import misspelt, normalise, surname
from parley.annotate.nounphrases import Phrase, PhraseReader
from parley.data import Mention, Reading

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
        phrases = _bodies_named_again(_persons_named_again(phrases, reader.aliases))
        phrases.sort(key=lambda p: (p.start, -p.end))
        return replace(reading, mentions=tuple(_mention(reading, p) for p in phrases))


def _mention(reading: Reading, phrase: Phrase) -> Mention:
    return Mention(
        span=reading.span(phrase.start, phrase.end),
        kind=phrase.kind,
        name=phrase.name,
        side=phrase.side,
        role=phrase.role,
        actor=phrase.actor,
    )


# ---------------------------------------------------------------- persons


@dataclass(slots=True)
class _Person:
    name: str
    side: str | None = None
    role: str | None = None
    actor: str | None = None


def _persons_named_again(phrases: Sequence[Phrase], aliases: dict[str, str]) -> list[Phrase]:
    """Each person under the fullest name the article has for him, with the role and side told anywhere in it."""
    people: dict[str, _Person] = {}
    for phrase in phrases:
        if _is_full(phrase):
            _learn(people.setdefault(normalise(phrase.name), _Person(phrase.name)), phrase)
    known = _without_slips(people, phrases)
    by_surname: dict[str, list[_Person]] = {}
    for person in dict.fromkeys(known[key].name for key in people):
        by_surname.setdefault(surname(person), []).append(known[normalise(person)])
    for phrase in phrases:
        if not phrase.named or phrase.kind not in ("person", "unknown") or " " in phrase.name:
            continue
        found = _by_one_word(phrase.name, by_surname)
        if found is not None:
            _learn(found, phrase)
    return [_renamed(p, known, by_surname, aliases) for p in phrases]


def _is_full(phrase: Phrase) -> bool:
    return phrase.named and phrase.kind in ("person", "unknown") and " " in phrase.name


def _learn(person: _Person, phrase: Phrase) -> None:
    person.side = person.side or phrase.side
    person.role = person.role or phrase.role
    person.actor = person.actor or phrase.actor


def _without_slips(people: dict[str, _Person], phrases: Iterable[Phrase]) -> dict[str, _Person]:
    """Full names by their normal form; a name that is one slip away from a more frequent one is that one."""
    count: dict[str, int] = {}
    for phrase in phrases:
        if _is_full(phrase):
            key = normalise(phrase.name)
            count[key] = count.get(key, 0) + 1
    known = dict(people)
    for key, person in people.items():
        near = [k for k in people if k != key and count[k] >= count[key] and _one_name(k, key)]
        if len(near) == 1 and known[near[0]] is not person and people[near[0]] is known[near[0]]:
            known[key] = people[near[0]]
    return known


def _one_name(left: str, right: str) -> bool:
    """True where each word of one full name is the other's, or a slip of it."""
    a, b = left.split(), right.split()
    return len(a) == len(b) and all(x == y or misspelt(x, y) for x, y in zip(a, b, strict=True))


def _by_one_word(word: str, by_surname: dict[str, list[_Person]]) -> _Person | None:
    key = normalise(word)
    exact = by_surname.get(key)
    if exact is None:
        given = [p for people in by_surname.values() for p in people if normalise(p.name).split()[0] == key]
        exact = given or [p for name, people in by_surname.items() if misspelt(name, key) for p in people]
    return exact[0] if len(exact) == 1 else None


def _renamed(
    phrase: Phrase, known: dict[str, _Person], by_surname: dict[str, list[_Person]], aliases: dict[str, str]
) -> Phrase:
    if phrase.kind not in ("person", "unknown") or not phrase.named:
        if phrase.name in aliases:
            return replace(phrase, name=aliases[phrase.name])
        return phrase
    person = known.get(normalise(phrase.name)) if " " in phrase.name else _by_one_word(phrase.name, by_surname)
    if person is None:
        return replace(phrase, name=aliases.get(phrase.name, phrase.name))
    kind = "person" if phrase.kind == "person" or " " not in phrase.name else phrase.kind
    return replace(
        phrase,
        kind=kind,
        name=person.name,
        side=person.side or phrase.side,
        role=person.role or phrase.role,
        actor=person.actor or phrase.actor,
    )


# ---------------------------------------------------------------- bodies

# What bodies are called again by when nobody has said what they are.
_KINDS_LEFT_OPEN = word_set("group movement organisation organization")


def _bodies_named_again(phrases: Sequence[Phrase]) -> list[Phrase]:
    """ "The movement", "the union", "the ministry": the one body of that kind named before, where there is just one.

    A body whose kind the article never prints may be what is meant where it is the only such body.
    """
    out: list[Phrase] = []
    seen: dict[str, Phrase] = {}
    for phrase in phrases:
        if phrase.bare_head is not None and phrase.definite:
            body = _one_body(list(seen.values()), phrase.bare_head)
            if body is not None:
                phrase = replace(phrase, name=body.name, side=body.side, actor=body.actor)
        elif phrase.kind == "organisation" and phrase.named:
            before = seen.get(phrase.name)
            heads = phrase.heads | (before.heads if before else frozenset())
            seen[phrase.name] = replace(phrase, heads=heads)
        out.append(phrase)
    return out


def _one_body(seen: Sequence[Phrase], head: str) -> Phrase | None:
    told = [b for b in seen if _is_a(b, head)]
    if told or head not in _KINDS_LEFT_OPEN:
        return told[0] if len(told) == 1 else None
    untold = [b for b in seen if not b.heads]
    return untold[0] if len(untold) == 1 else None


def _is_a(body: Phrase, head: str) -> bool:
    return head in body.heads or head in normalise(body.name).split()

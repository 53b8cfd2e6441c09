"""Whose side everybody is on, told by the article as a whole and by what each speaker says.

The mentions tell sides from the words right beside a name. Much of news tells them elsewhere: "Trade Minister Sigrun Aldhal"
is Velland's because she says what Velland would do, "Belqar" is Dorvan's seat because a Dorvani official speaks of what
Belqar could accept. Here all such evidence is weighed once for an article:

    parties.py   a party goes by one name: adjectives, initials, branches and seats are joined to it
    labour.py    in a labour dispute: its union and its employer, by the words beside their names
    people.py    a person is on the side that he says "will" and "is ready to" for, not on the one that he accuses

Nothing is guessed for whoever the article gives no side: a witness, an analyst, the opposition.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from parley.annotate.allegiance.parties import Parties, settled
from parley.annotate.allegiance.people import People, key_of, people_of_article
from parley.annotate.allegiance.words import word_class
from parley.annotate.language.gazetteer import gazetteer
from parley.annotate.language.lines import carry_over, lines
from parley.annotate.parties.words import heads
from parley.data import Mention, Reading, Statement

if TYPE_CHECKING:
    from parley.pipeline import Settings

_NOUNS = frozenset(("movement", "union", "company", "bloc"))


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step that corrects the sides of mentions and speakers by the article as a whole."""
    return partial(annotate, names_of=gazetteer(settings.codebook).names_of)


def annotate(reading: Reading, names_of: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Reading:
    """The reading with every mention and speaker on the side that the whole article gives them.

    `names_of` are the names and people words of the parties that the codebook knows.
    """
    if not reading.statements and not any(m.side for m in reading.mentions):
        return reading
    body = lines(reading, title=True)
    parties = Parties.of(reading, body)
    people = people_of_article(reading, body, parties, names_of)
    if people.home is not None and parties.dispute is None:
        parties = settled(parties, reading, body, people.home)
    found = _Allegiance(parties, people)
    mentions = tuple(map(found.mention, reading.mentions))
    statements = tuple(map(found.statement, reading.statements))
    reading = replace(reading, parties=parties.told())
    missed = _missed(reading, parties)
    if missed:
        every = sorted((*mentions, *missed), key=lambda m: (m.span.start, -m.span.end))
        return replace(reading, mentions=tuple(every), statements=statements)
    if mentions == reading.mentions and statements == reading.statements:
        return reading
    return carry_over(reading, replace(reading, mentions=mentions, statements=statements))


def _missed(reading: Reading, parties: Parties) -> list[Mention]:
    """The sides of a labour dispute where they stand and were not seen to be names: "Norrbahn's offer" opens a sentence."""
    sides = parties.dispute
    out: list[Mention] = []
    for name in (sides.union, sides.company) if sides is not None else ():
        covered = sorted(m.span.pair for m in reading.mentions)
        at = reading.text.find(name) if name else -1
        while name and at >= 0:
            end = at + len(name)
            whole = not reading.text[end : end + 1].isalnum() and not reading.text[max(0, at - 1) : at].isalnum()
            held = bisect_right(covered, (at, len(reading.text))) - 1
            inside = held >= 0 and covered[held][1] > at
            if whole and not inside and reading.sentence_at(at) is not None:
                out.append(Mention(reading.span(at, end), "organisation", name, side=parties.one(name)))
            at = reading.text.find(name, end)
    return out


@dataclass(frozen=True, slots=True)
class _Allegiance:
    """Parties under one name each, and who is on whose side."""

    parties: Parties
    people: People

    def mention(self, mention: Mention) -> Mention:
        """The mention on its side."""
        side = self._of(mention)
        name = mention.name
        if mention.kind in ("organisation", "government"):
            name = self.parties.same.get(name, name)
        if side == mention.side and name == mention.name:
            return mention
        return replace(mention, side=side, name=name)

    def _of(self, mention: Mention) -> str | None:
        if mention.kind in ("person", "unknown") and mention.actor is None:
            key = key_of(mention.name)
            if key in self.people.side or key in self.people.outside:
                return self.people.side.get(key)
        if mention.name in self.parties.same:
            return self.parties.same[mention.name]
        at_work = self.parties.dispute.side(mention) if self.parties.dispute is not None else None
        if at_work is not None:
            return self.parties.one(at_work)
        if mention.kind in ("organisation", "group") and mention.actor is None:
            return self._by_noun(mention)
        return self.parties.one(mention.side) if mention.side else None

    def _by_noun(self, mention: Mention) -> str | None:
        """ "The movement" is the article's only one; a company's drivers are on their union's side, and never on the company's."""
        head = mention.span.text.rpartition(" ")[2].lower()
        if mention.side is None:
            plain = mention.span.text.removeprefix("the ").removeprefix("The ")
            if plain == head and heads().get(head) in _NOUNS:
                return self.parties.only(heads()[head])
            return self._state(mention.span.text)
        side = self.parties.one(mention.side)
        if heads().get(head) == "state" and self.parties.kinds.get(side) in ("union", "company"):
            return None  # the government is no side of a labour dispute
        words = mention.span.text.lower().split()
        if not word_class("hands").isdisjoint(words) and self.parties.kinds.get(side) in ("company", ""):
            return self.parties.only("union")
        return side

    def _state(self, words: str) -> str | None:
        """The article's one state, for "the government" and "the defence ministry" without a nation."""
        plain = words.removeprefix("the ").removeprefix("The ")
        head = plain.rpartition(" ")[2].lower()
        common = plain.islower() or " " not in plain
        many = head == "ministers" and " " in plain  # "three ministers" are not the government
        return (
            self.parties.only("state")
            if common and head in word_class("state itself") and plain.count(" ") < 2 and not many
            else None
        )

    def statement(self, statement: Statement) -> Statement:
        """The statement with its speaker on his side."""
        speaker = statement.speaker
        if speaker is None:
            return statement
        side = self._side_of(speaker.name, speaker.side)
        return statement if side == speaker.side else replace(statement, speaker=replace(speaker, side=side))

    def _side_of(self, name: str, side: str | None) -> str | None:
        key = key_of(name)
        if key in self.people.side or key in self.people.outside:
            return self.people.side.get(key)
        if name in self.parties.same or name in self.parties.kinds:
            return self.parties.one(name)
        return self.parties.one(side) if side else self._state(name) if name.islower() else None

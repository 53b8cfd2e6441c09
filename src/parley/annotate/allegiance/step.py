"""Whose side everybody is on, told by the article as a whole and by what each speaker says.

The mentions tell sides from the words right beside a name. Much of news tells them elsewhere: "Trade Minister Sigrun Aldhal"
is Velland's because she says what Velland would do, "Belqar" is Dorvan's seat because a Dorvani official speaks of what
Belqar could accept. Here all such evidence is weighed once for an article:

    parties.py   a party goes by one name (names.py), also where only its capital is named (seats.py)
    labour.py    in a labour dispute: its union and its employer, by the words beside their names
    people.py    a person is on the side that he says "will" and "is ready to" for, not on the one that he accuses
    offices.py   "President X", "the guerrillas": whoever has the office, or is of the kind, in this article

`_Allegiance` is the one place that decides. Its rules stand in the order of trust; the first that has something to say decides, and what
it says to the reader stands with the row. Nothing is guessed for whoever the article gives no side: a witness, an analyst, the opposition.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from parley.annotate.allegiance.offices import Offices
from parley.annotate.allegiance.parties import WHOLE, Parties
from parley.annotate.allegiance.people import People, key_of, people_of_article
from parley.annotate.allegiance.seats import settled
from parley.annotate.allegiance.words import word_class
from parley.annotate.language.gazetteer import gazetteer
from parley.annotate.language.lines import carry_over, lines
from parley.annotate.parties.verdict import Verdict
from parley.annotate.parties.words import heads
from parley.data import Mention, Reading, Speaker, Statement

if TYPE_CHECKING:
    from parley.pipeline import Settings

_NOUNS = frozenset(("movement", "union", "company", "bloc"))
_NEXT = re.compile(r" [a-z]+")


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step that corrects the sides of mentions and speakers by the article as a whole."""
    known = gazetteer(settings.codebook)
    return partial(annotate, names_of=known.names_of, nations=known.nations)


def annotate(
    reading: Reading,
    names_of: Mapping[str, Sequence[str]] = MappingProxyType({}),
    nations: frozenset[str] = frozenset(),
) -> Reading:
    """The reading with every mention and speaker on the side that the whole article gives them.

    `names_of` are the names and people words of the parties that the codebook knows, `nations` the names of its states.
    """
    if not reading.statements and not any(m.side for m in reading.mentions):
        return reading
    body = lines(reading, title=True)
    parties = Parties.of(reading, body, nations)
    people = people_of_article(reading, body, parties, names_of)
    if people.home is not None and parties.dispute is None:
        parties = settled(parties, reading, body, people.home)
    found = _Allegiance(parties, people)
    mentions = [found.mention(m) for m in reading.mentions]
    missed = _missed(reading, parties)
    if missed:
        mentions = sorted((*mentions, *missed), key=lambda m: (m.span.start, -m.span.end))
    offices = Offices.of(mentions, parties.told())
    told = tuple([_held(m, offices, reading.text) for m in mentions])
    statements = tuple([found.statement(s, offices) for s in reading.statements])
    new = replace(reading, parties=parties.told(), mentions=told, statements=statements)
    if missed or (told == reading.mentions and statements == reading.statements):
        return new
    return carry_over(reading, new)


def _held(mention: Mention, offices: Offices, text: str) -> Mention:
    """The mention with the side that its office or kind tells, where no other rule told one, or told its enemy's."""
    verdict = offices.tell(mention) if mention.side is None else offices.apart(_called(mention, text), mention.side)
    return mention if verdict is None else replace(mention, side=verdict.party, side_basis=verdict.basis)


def _called(mention: Mention, text: str) -> str:
    """A mention with the noun behind it, where it is only a nation's adjective: "Peruvian guerrillas"."""
    if mention.kind != "government":
        return mention.span.text
    behind = _NEXT.match(text, mention.span.end)
    return mention.span.text + behind.group() if behind is not None else mention.span.text


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
        verdict = next(v for rule in RULES if (v := rule(self, mention)) is not None)
        same = mention.kind in ("organisation", "government")
        name = self.parties.one(mention.name) if same else mention.name
        if verdict.party == mention.side and name == mention.name and mention.side_basis is not None:
            return mention
        basis = verdict.basis if verdict.party is not None else None
        return replace(mention, side=verdict.party, name=name, side_basis=basis)

    def person(self, mention: Mention) -> Verdict | None:
        """Who is named, or who speaks: by all that is told of him anywhere."""
        known = mention.kind not in ("person", "unknown") or mention.actor is not None
        return None if known else self.people.told.get(key_of(mention.name))

    def name(self, mention: Mention) -> Verdict | None:
        """An adjective, letters or a capital that goes by its party's name."""
        party = self.parties.same.get(mention.name)
        return Verdict(party, "seat" if mention.kind == "place" else "name") if party is not None else None

    def labour(self, mention: Mention) -> Verdict | None:
        """A side of a labour dispute."""
        named = mention.side is not None and mention.side in mention.span.text  # "RMT members", whoever's dispute it is
        party = self.parties.dispute.side(mention) if self.parties.dispute is not None and not named else None
        return Verdict(self.parties.one(party), "labour") if party is not None else None

    def noun(self, mention: Mention) -> Verdict | None:
        """ "The movement" is the article's only one; a company's drivers are on their union's side, and never on the company's."""
        if mention.kind not in ("organisation", "group") or mention.actor is not None:
            return None
        head = mention.span.text.rpartition(" ")[2].lower()
        if mention.side is None:
            plain = mention.span.text.removeprefix("the ").removeprefix("The ")
            if plain == head and heads().get(head) in _NOUNS:
                return Verdict(self.parties.only(heads()[head]), "kind")
            return Verdict(self._state(mention.span.text), "kind")
        kind = self.parties.kinds.get(self.parties.one(mention.side))
        if heads().get(head) == "state" and kind in ("union", "company"):
            return Verdict(None, "outside")  # the government is no side of a labour dispute
        if not word_class("hands").isdisjoint(mention.span.text.lower().split()) and kind in ("company", ""):
            return Verdict(self.parties.only("union"), "kind")
        return None

    def beside(self, mention: Mention) -> Verdict:
        """What the codebook, or the words right beside it, have told already."""
        if mention.side is None:
            return Verdict(None, "outside")
        rule = mention.side_basis.rule if mention.side_basis is not None else "codebook"
        return Verdict(self.parties.one(mention.side), rule)

    def _state(self, words: str) -> str | None:
        """The article's one state, for "the government" and "the defence ministry" without a nation."""
        plain = words.removeprefix("the ").removeprefix("The ")
        head = plain.rpartition(" ")[2].lower()
        common = plain.islower() or " " not in plain
        many = head == "ministers" and " " in plain  # "three ministers" are not the government
        fits = common and head in word_class("state itself") and plain.count(" ") < 2 and not many
        return self.parties.only("state") if fits else None

    def statement(self, statement: Statement, offices: Offices) -> Statement:
        """The statement with its speaker on his side."""
        speaker = statement.speaker
        if speaker is None:
            return statement
        verdict = self._speaker(speaker)
        if verdict is None or verdict.party is None:
            verdict = (
                None if verdict in (_OUTSIDE, _JOINT) else offices.of_speaker(speaker.name, speaker.role)
            ) or verdict
        else:
            source = statement.source.text if statement.source is not None else speaker.name
            verdict = offices.apart(speaker.name, verdict.party) or offices.apart(source, verdict.party) or verdict
        side, basis = (
            (verdict.party, verdict.basis) if verdict is not None and verdict.party is not None else (None, None)
        )
        return replace(statement, speaker=replace(speaker, side=side, side_basis=basis))

    def _joint(self, name: str) -> bool:
        """True for "the government and rebels" and "both sides", who speak for two parties at once."""
        if name.lower().removeprefix("the ").startswith(("both ", "two ")):
            return True
        return " and " in name and len({self._part(part) for part in name.split(" and ")} - {None}) > 1

    def _part(self, name: str) -> str | None:
        """The party that a part of a joint name is, or its kind."""
        if name in self.parties.kinds or name in self.parties.same:
            return self.parties.one(name)
        whole = next((p for p in self.parties.kinds if name in p.split()), None)  # "the government and Tigers"
        return whole or next((kind for w in reversed(name.lower().split()) if (kind := heads().get(w)) in WHOLE), None)

    def _speaker(self, speaker: Speaker) -> Verdict | None:
        if self._joint(speaker.name):
            return _JOINT
        told = self.people.told.get(key_of(speaker.name))
        if told is not None:
            return told
        if speaker.name in self.parties.same or speaker.name in self.parties.kinds:
            return Verdict(self.parties.one(speaker.name), "name")
        if speaker.side is not None:
            rule = speaker.side_basis.rule if speaker.side_basis is not None else "description"
            return Verdict(self.parties.one(speaker.side), rule)
        return Verdict(self._state(speaker.name), "kind") if speaker.name.islower() else None


_OUTSIDE = Verdict(None, "outside")
_JOINT = Verdict(None, "joint")
RULES: tuple[Callable[[_Allegiance, Mention], Verdict | None], ...] = (
    _Allegiance.person,
    _Allegiance.name,
    _Allegiance.labour,
    _Allegiance.noun,
    _Allegiance.beside,
)
"""Who tells whose side a mention is on, the most trusted first; the last always has an answer."""

"""Speakers described and not named: "the Hamas official", "its manager", "the 58-year-old", and whom a lede will name."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import ARTICLES, word_set
from parley.annotate.statements.second_look import is_medium
from parley.data import Basis, Mention, Span, Speaker, Statement
from parley.resolve import sources
from parley.resolve.bodies import BACK, BodyRules
from parley.resolve.candidates import Candidate, agrees, described
from parley.resolve.cast import REMEMBERED, Known, is_noun, plain, printed
from parley.resolve.offices import (
    ANY_OFFICE,
    OFFICIALS,
    SPEAKS_FOR,
    folded,
    heads,
    may_be_one,
    offices,
    one_office,
    portfolios_clash,
)
from parley.resolve.sources import Source

_UNNAMED = re.compile(
    r"\b(?:privy to|familiar with|close to|briefed on|aware of|anonymity|not (?:to )?be (?:named|identified|quoted)|unnamed|who (?:asked|requested)"
    r"|not authori[sz]ed|knowledge of)\b"
)
_OF = re.compile(r" of (?:the )?[\w-]+")
_SPEAKING = re.compile(
    r"(?: [^.;]{0,40})? (?:was|were) (?:speaking|talking|responding|reacting|addressing)\b|made the (?:remarks|comments)\b"
)
_RANKS = word_set("senior top former chief deputy acting")
_OTHER = word_set("second third fourth another other one separate different")
_POINTING = word_set("the this that his her its their")
_OWNERS = word_set("organisation government group unknown")
_VAGUE_OFFICES = word_set("boss envoy")
_GENERAL_OFFICES = word_set("boss envoy commander legislator scholar speaker negotiator president")
# How far, in paragraphs, a description may look ahead for the name it stands for.
_AHEAD = 4
_AHEAD_LATER = 1
_NEAR = 3
# How many sentences behind a person's words "the billionaire" may tell more of him.
_JUST = 1
_SHORT = 3
"""Words of "the Christian Democrat"."""
# Offices that a country has one of: "the president" needs no introduction.
_KNOWN_OFFICES = frozenset({"premier", "foreign minister", "finance minister", "president"})


class PersonRules(BodyRules):
    """Who is meant by a description of a person."""

    __slots__ = ()

    def _person(self, source: Source, mention: Mention, statement: Statement) -> Speaker:
        if not described(mention):
            return self._by_name(source, mention)
        words = source.words
        unnamed = Speaker(self._unnamed(source), role=mention.role, side=mention.side, basis=printed(source.span))
        apart = self._one_of_two(source) or self._named_behind(source)
        if apart is not None:
            return apart
        if _OTHER & set(words):
            return (self._told_apart(source) if words[0] == "the" else None) or unnamed
        if (
            words[0] in _POINTING
            or words[0].endswith(("'s", "’s"))
            or not (words[0] in ("a", "an") or self._opens_article(source.span))
        ):
            back = self._described_before(source, mention.side)
            back = back or (self._called_so(source) or self._just_named(source) if words[0] == "the" else None)
            back = back or self._epithet(source, mention)
            if back is not None:
                return back
        # Far from the head of the article "a Kell official" is named by the next speaker only where both are known to be Kell's.
        sided = words[0] in ("a", "an", "one", "some") and not self._opens_article(source.span)
        ahead = heads(source.text) & SPEAKS_FOR and self._named_after(source, mention, statement, sided=sided)
        return ahead or unnamed

    def _last_named(self, source: Source) -> Speaker | None:
        """ "The 58-year-old": whoever was named last."""
        until = bisect_left(self.about, source.span.start, key=lambda c: c.at)
        near = (*self.spoken[-REMEMBERED:], *self.about[max(0, until - REMEMBERED) : until])
        named = [c for c in near if c.named and c.at < source.span.start]
        if not named:
            return None
        chosen = max(named, key=lambda c: c.at)
        detail = f"“{source.text}” tells more of {chosen.speaker.name}"
        return replace(chosen.speaker, basis=Basis("description", detail, chosen.span))

    def _called_so(self, source: Source) -> Speaker | None:
        """ "The conciliator": the last person whose name that very noun stood beside."""
        text, noun = self.reading.text, source.head
        until = bisect_left(self.people, source.span.start, key=lambda m: m.span.start)
        for mention in reversed(self.people[max(0, until - REMEMBERED) : until]):
            front = text[max(0, mention.span.start - len(noun) - 1) : mention.span.start].lower()
            behind = text[mention.span.end : mention.span.end + 60].lower()
            apposed = behind.startswith(", ") and noun in behind.partition(".")[0].replace(",", " ").split()[:8]
            inside = mention.name.lower().startswith(f"{noun} ")
            if len(noun) > 3 and (inside or front == f"{noun} " or apposed):
                detail = f"“{source.text}” is what {mention.name} was called"
                known = self.persons.get(mention.name, Known())
                basis = Basis("description", detail, mention.span)
                name = mention.name.partition(" ")[2] if inside else mention.name
                return Speaker(name, role=known.role, side=mention.side or known.side, basis=basis)
        return None

    def _just_named(self, source: Source) -> Speaker | None:
        """ "The official": whoever holds an office and was named last, alone, in this sentence's paragraph or the sentence before."""
        if len(source.words) != 2 or source.head not in ANY_OFFICE:
            return None
        here, paragraph = self._sentence(source.span.start), self._paragraph(source.span)
        near = [
            c
            for c in self._persons_before(source.span)[-3:]
            if c.named
            and (c.sentence >= here - 1 or self._paragraph(c.span) == paragraph)
            and here - c.sentence <= _NEAR
        ]
        led = [c for c in near if c.span.start in self.leading and c.sentence == here - 1]
        near = led or near
        names = {c.speaker.name for c in near}
        if len(names) != 1 or not heads(near[-1].speaker.role or "") & SPEAKS_FOR:
            return None
        detail = f"“{source.text}” follows {near[-1].speaker.name}, who was named last"
        return replace(near[-1].speaker, basis=Basis("description", detail, near[-1].span))

    def _owned(self, source: Source) -> Speaker | None:
        """ "Its manager": who that is, else the manager of whom the article spoke of last."""
        role = source.first_part.split(maxsplit=1)[-1]
        word = source.words[0]
        owner = self._owner(source.span, word) or (self._last_of(source.span, word) if word in ("his", "her") else None)
        if owner is None:
            return None
        persons = [c for c in self._persons_before(source.span) if c.speaker.side in (owner.side, owner.name)]
        one = [c for c in persons if c.speaker.role and one_office(role, c.speaker.role)]
        if one:
            detail = f"“{source.text}” fits {one[-1].speaker.name}, spoken of before"
            return replace(one[-1].speaker, basis=Basis("description", detail, one[-1].span))
        name = (
            f"{owner.name}'s {role}"
            if word in ("his", "her")
            else f"{self._adjective(owner.name) or owner.name} {role}"
        )
        detail = f"“{source.text}”: {owner.name} was spoken of last"
        return Speaker(name, role=role, side=owner.side or owner.name, basis=Basis("owner", detail, source.span))

    def _one_of_owned(self, source: Source) -> Speaker | None:
        """ "One of his superiors": whose superior that is."""
        words = source.words
        if words[:2] != ["one", "of"] or len(words) <= len(("one", "of", "his")) or words[2] not in sources.POSSESSIVES:
            return None
        owner = self._owner(source.span, words[2]) or self._last_of(source.span, words[2])
        if owner is None:
            return None
        name = f"one of {owner.name}'s {' '.join(source.first_part.split()[3:])}"
        detail = f"“{source.text}”: {owner.name} was spoken of last"
        return Speaker(name, side=owner.side, basis=Basis("owner", detail, source.span))

    def _owner(self, span: Span, word: str) -> Speaker | None:
        """Whom a possessive in front of a description means: the last body, or the last person, before it."""
        until = bisect_left(self.starts, span.start)
        for mention in reversed(self.outer[max(0, until - 6) : until]):
            if self._sentence(span.start) - self._sentence(mention.span.start) > 1:
                break
            fits = (
                self._is_named(mention)
                if word in ("his", "her")
                else mention.kind in _OWNERS and mention.name not in self._genders()
            )
            if fits and mention.name[:1].isupper():
                return Speaker(mention.name, side=mention.side)
        return None

    def _one_of_two(self, source: Source) -> Speaker | None:
        """ "The official", behind "a Western diplomat and an African Union official": the one of the two who is one."""
        if source.words[0] != "the" or len(source.words) > 2:
            return None
        for one in reversed(self._until(self.spoken, source.span.start)[-4:]):
            joined = sources.parts(self._source(one.span))
            fits = [p for p in joined if sources.head_of(p.text) == source.head]
            if len(joined) > 1 and len(fits) == 1:
                name = plain(self._source(fits[0]).first_part)
                detail = f"“{source.text}” is the {name} of before"
                return Speaker(name, basis=Basis("description", detail, fits[0]))
        return None

    def _named_behind(self, source: Source) -> Speaker | None:
        """ "The defence minister says it will stay. Ada Tarn was speaking to soldiers": the next sentence tells who spoke."""
        here = self._sentence(source.span.start)
        if here + 1 >= len(self.reading.sentences) or not heads(source.head):
            return None
        behind = self.reading.sentences[here + 1]
        subject = self._subject_of(behind)
        if subject is None or behind.paragraph != self._paragraph(source.span) or not self._is_named(subject):
            return None
        if _SPEAKING.match(self.reading.text, subject.span.end, behind.span.end) is None:
            return None
        self._tell(subject.name, source.first_part, None)
        detail = f"“{source.text}” is {subject.name}, who was speaking"
        known = self.persons[subject.name]
        return Speaker(subject.name, role=known.role, side=known.side, basis=Basis("named_later", detail, subject.span))

    def _latter(self, source: Source) -> Speaker | None:
        """ "Her sister will stay, the latter says": whoever was named last before it."""
        if source.words not in (["the", "latter"], ["the", "former"]):
            return None
        here = self._sentence(source.span.start)
        until = bisect_left(self.starts, source.span.start)
        near = [m for m in self.outer[max(0, until - 6) : until] if m.kind not in ("place", "government")]
        near = [m for m in near if here - self._sentence(m.span.start) <= 1][-2:]
        if not near:
            return None
        chosen = near[-1] if source.words[1] == "latter" else near[0]
        behind = _OF.match(self.reading.text, chosen.span.end)
        told = self._source(self.reading.span(chosen.span.start, behind.end() if behind else chosen.span.end))
        found = self._by_name(told, chosen) if self._is_named(chosen) or not is_noun(chosen) else self._as_printed(told)
        return replace(found, basis=Basis("description", f"“{source.text}” is {found.name}", chosen.span))

    def _told_apart(self, source: Source) -> Speaker | None:
        """ "The second official" is the "second Hamas official" of before."""
        told = _OTHER.intersection(source.words) | {source.head}
        for one in reversed(self._until(self.spoken, source.span.start)):
            if told <= set(one.span.text.lower().split()):
                detail = f"“{source.text}” is the {one.speaker.name} of before"
                return replace(one.speaker, basis=Basis("description", detail, one.span))
        return None

    def _last_of(self, span: Span, word: str) -> Speaker | None:
        """Whom "his" or "her" means where nobody is named near by: the last person to speak whom it fits."""
        for one in reversed(self._until(self.spoken, span.start)):
            if self._sentence(span.start) - one.sentence > BACK:
                return None
            if one.speaker.name in self.persons and agrees(one, word, self._genders()):
                return Speaker(one.speaker.name, side=one.speaker.side)
        return None

    def _epithet(self, source: Source, mention: Mention | None) -> Speaker | None:
        """ "The Argentine diplomat", "the billionaire": more of the person who spoke, or was spoken of, right before.

        Not for an office that needs no introduction ("the president"), nor for somebody introduced without a name ("a nurse ... the nurse").
        """
        text = source.first_part
        by_origin = source.head in sources.epithets() and len(source.words) <= _SHORT
        described = by_origin or sources.only_described(source)
        if source.words[0] != "the" or not described or offices(text) & _KNOWN_OFFICES:
            return None
        here = self._sentence(source.span.start)
        near = [
            c
            for c in (*self._until(self.spoken, source.span.start), *self._persons_before(source.span))
            if here - c.sentence <= _JUST
        ]
        if not near:
            return None
        last = max(near, key=lambda c: c.at)
        side = mention.side if mention is not None else None
        if (
            last.speaker.name not in self.persons
            or last.plural
            or not (by_origin or (_same_side(side, last.speaker.side) and may_be_one(text, last.speaker.role)))
        ):
            return None
        detail = f"“{source.text}” follows {last.speaker.name}, who spoke or was named right before"
        return replace(last.speaker, basis=Basis("description", detail, last.span))

    def _described_before(self, source: Source, side: str | None) -> Speaker | None:
        """ "The Hamas official", "the premier": the last person spoken of whose side and office fit, speakers first."""
        text = source.first_part
        persons = self._persons_before(source.span)
        spoken = [c for c in self.spoken[-REMEMBERED:] if c.at < source.span.start]
        spoken = [c for c in spoken if c.named or self._paragraph(c.span)]  # "Kell PM" of the headline is no name
        pools: tuple[list[Candidate], ...] = (spoken, persons)
        if side is not None:
            # A speaker of the same side first, then anybody of it, then a speaker whose side nobody tells.
            sided = [c for c in persons if c.speaker.side == side]
            pools = ([c for c in spoken if c.speaker.side == side], sided, spoken, persons)
        for pool in pools:
            fits = [c for c in pool if _fits(c, side, text)]
            if fits:
                chosen = max(fits, key=lambda c: c.at)
                detail = f"“{source.text}” fits {chosen.speaker.name}, spoken of before"
                return replace(chosen.speaker, basis=Basis("description", detail, chosen.span))
        return None

    def _named_after(
        self, source: Source, mention: Mention, statement: Statement, *, sided: bool = False
    ) -> Speaker | None:
        """A description in front of the name: the next speaker is named, new, and of the same side or of none told.

        "A senior official of the movement says ...": the lede describes whom the second paragraph names.
        """
        if _UNNAMED.search(source.text) is not None:
            return None
        start = source.span.start
        paragraph = self._paragraph(source.span)
        at = bisect_left(self.reading.statements, start, key=lambda s: s.content[0].start)
        for later in self.reading.statements[max(0, at - 1) : at + 20]:
            if later.source is None or later.nested or later.source.start <= start or later is statement:
                continue
            if self._paragraph(later.source) - paragraph > (_AHEAD if paragraph <= 2 else _AHEAD_LATER):
                return None
            other = self._source(later.source)
            found = sources.apposed(other) or self._mention_in(other)
            if found is None or not self._is_named(found):
                if found is not None and is_medium(found.name):
                    continue  # "Kell said it would not, Reuters reports"
                if found is not None and found.kind != "person" and found.side != mention.side:
                    return None
                continue
            side = found.side or self.persons.get(found.name, Known()).side
            return None if sided and (side is None or side != mention.side) else self._is_later(source, mention, found)
        return None

    def _is_later(self, source: Source, mention: Mention, found: Mention) -> Speaker | None:
        """The person named further on, where he is new there and nothing speaks against him."""
        first = self.first_named.get(found.name, found.span.start)
        # Somebody named before he speaks is whom the article is about, not the official who speaks of him.
        new = first > source.span.start and self._sentence(first) == self._sentence(found.span.start)
        known = self.persons.get(found.name, Known())
        if not new or not _same_side(mention.side, found.side or known.side):
            return None
        role = found.role or known.role
        if not may_be_one(mention.role, role) or portfolios_clash(mention.role or "", role or ""):
            return None
        self._tell(found.name, mention.role, mention.side)
        detail = f"“{source.text}” is named further on: {found.name}"
        told = self.persons[found.name]
        return Speaker(found.name, role=told.role, side=told.side, basis=Basis("named_later", detail, found.span))


def _same_side(left: str | None, right: str | None) -> bool:
    return left is None or right is None or left == right


def _of_elsewhere(described: str, known: str) -> bool:
    """ "The Florida senator" is nobody of whom the article never says "Florida"."""
    said = {w.strip("’'s,.") for w in described.split()[1:] if w[0].isupper() and not heads(w)}
    return bool(said) and said.isdisjoint(w.strip("’'s,.") for w in known.split())


def _head_of_the_same(described: str, known: str) -> bool:
    """ "The union leader" is the union's president, "the finance chief" the finance minister."""
    told = set(folded(described)) - ARTICLES
    if not heads(described) & {"leader", "head", "chief", "boss"} or len(told) < 2:
        return False
    of = told - heads(described) - _RANKS
    return (
        bool(of)
        and of <= set(folded(known.replace("’s", "").replace("'s", "")))
        and bool(offices(known) | heads(known) & OFFICIALS)
    )


def _of_another_body(described: str, known: str) -> bool:
    """ "The deputy head of the delegation" is no president: of a body that is never said of him, by another noun."""
    _, _, of = described.lower().partition(" of ")
    bodies = words_of_class("role", "organisation").intersection(of.split()) - {"state"}
    return (
        bool(bodies) and bodies.isdisjoint(known.lower().split()) and not (heads(described) & heads(known) - ANY_OFFICE)
    )


def _fits(candidate: Candidate, side: str | None, described: str) -> bool:
    """Whether a description may mean the candidate: a person of the same side whose office does not speak against it."""
    if candidate.kind not in ("person", "unknown") or candidate.plural:
        return False
    if candidate.kind == "unknown" and not candidate.named and " " not in candidate.speaker.name:
        return False  # an outlet
    if not _same_side(side, candidate.speaker.side):
        return False
    role = (candidate.speaker.role or "").partition(" to ")[0]  # an adviser to the premier is none
    known = f"{role} {candidate.span.text.partition(' to ')[0]}"
    office = (offices(described) & offices(known)) - _GENERAL_OFFICES
    if (side is None and _of_elsewhere(described, known)) or (not office and _of_another_body(described, known)):
        return False
    if _head_of_the_same(described, known):
        return True
    # "Leader" and "representative" are words for offices too, but say little; "head of state" says which.
    told = offices(described) - (_VAGUE_OFFICES if heads(described) & ANY_OFFICE else frozenset())
    if heads(described) - ANY_OFFICE or told:
        return one_office(described, known)
    return side is not None or bool(heads(known) & heads(described))

"""The step `speakers`: who each statement's source is, by the fullest name the article has for him.

A name resolves to itself; "he", "the official", "the movement", "the statement" to whom the article spoke of; a description in the
lede to the official whom the next lines name. Each answer says by which rule and from which words. Where two are possible, the
description stays as printed: null beats a guess.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from parley.annotate.gazetteer import words_of_class
from parley.annotate.grammar import ARTICLES, DETERMINERS, word_set
from parley.annotate.names import misspelt
from parley.annotate.ranges import ByPlace, Ranges, sentences_of
from parley.data import Basis, Mention, MentionKind, Reading, Sentence, Span, Speaker, Statement
from parley.dates.said import said_on
from parley.resolve import sources
from parley.resolve.candidates import (
    HE,
    IT,
    SHE,
    THEY,
    Candidate,
    Gender,
    agrees,
    described,
    gender_of,
    genders_told,
    personal,
)
from parley.resolve.offices import ANY_OFFICE, SPEAKS_FOR, heads, may_be_one, offices, one_office, portfolios_clash
from parley.resolve.sources import Source

if TYPE_CHECKING:
    from parley.pipeline import Settings

_RELATIVE = word_set("who which")
_SELF = word_set("i we me us my our you")
_OTHER = word_set("second third fourth another other one separate different")
_POINTING = word_set("the this that his her its their")
_STATES = word_set("government administration regime junta")
_ADDRESSES = word_set(
    "sister brother mother father uncle aunt comrade private officer nurse constable inspector detective judge"
)
_COUNTS = word_set("two three four five six seven eight nine ten several some many few more than at least about over")
_EARLIER = word_set("earlier previously once recently repeatedly often always before")
_VAGUE_OFFICES = word_set("boss envoy")
_GROUPS = word_set("each both neither")
_OWNERS = word_set("organisation government group unknown")
# Bodies that are what their name says, and are not called by another noun first.
_NOT_RENAMED = _STATES | word_set(
    "ministry army military police court cabinet parliament senate state office navy statement report study"
)
_KIN = word_set("father mother wife husband brother sister son daughter widow uncle aunt lawyer doctor family")
# How far, in paragraphs, a description may look ahead for the name it stands for.
_AHEAD = 4
_AHEAD_LATER = 1
# How many sentences a pronoun may look back.
_BACK = 6
# How many persons a description may choose from, the nearest before it.
_REMEMBERED = 100
# Two sides are "both sides" only where no third is named nearly as often.
_CLEARLY = 0.75


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step, with the parties of the run's codebook."""
    return _Speakers(frozenset(settings.codebook.parties))


@dataclass(frozen=True, slots=True)
class _Speakers:
    """Reading -> Reading with the speaker of each statement, and the day it was said where its sentence tells."""

    parties: frozenset[str]

    def __call__(self, reading: Reading) -> Reading:
        if not reading.statements:
            return reading
        resolver = _Resolver(reading, self.parties)
        done = [resolver.resolve(s) for s in reading.statements]
        # Most sentences hold no date; asking only for those that do keeps long articles linear.
        sentences = sentences_of(reading)
        dated = {found.span.start for t in reading.dates if (found := sentences.at(t.span.start)) is not None}
        out = []
        for statement in map(resolver.with_side, done):
            at = sentences.at(statement.cue.start) if statement.cue is not None else None
            out.append(_dated(reading, statement) if at is not None and at.span.start in dated else statement)
        return replace(reading, statements=tuple(_on_one_occasion(out, sentences, dated)))


@dataclass(slots=True)
class _Known:
    """What any mention of a person told of him."""

    role: str | None = None
    side: str | None = None


@dataclass(slots=True)
class _Resolver:
    reading: Reading
    parties: frozenset[str] = frozenset()
    spoken: list[Candidate] = field(default_factory=list)
    about: list[Candidate] = field(default_factory=list)
    outer: list[Mention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sentence_starts: list[int] = field(default_factory=list)
    leading: set[int] = field(default_factory=set)
    persons: dict[str, _Known] = field(default_factory=dict)
    first_named: dict[str, int] = field(default_factory=dict)
    known: dict[str, Candidate] = field(default_factory=dict)
    people: list[Mention] = field(default_factory=list)
    genders: dict[str, Gender] = field(default_factory=dict)
    bodies: dict[str, list[Mention]] = field(default_factory=dict)
    last: Statement | None = None
    two: tuple[tuple[str, str] | None] | None = None

    def __post_init__(self) -> None:
        reading = self.reading
        self.outer = _outermost(reading.mentions)
        self.starts = [m.span.start for m in self.outer]
        self.people = [m for m in self.outer if personal(m)]
        self.genders = genders_told(reading, self.people)
        self._learn()
        self.sentence_starts = [s.span.start for s in reading.sentences]
        held = Ranges(c.pair for s in reading.statements for c in s.content)
        for index, sentence in enumerate(reading.sentences):
            first = self._subject_of(sentence)
            if first is None:
                continue
            self.leading.add(first.span.start)
            if not held.touches(first.span.start, first.span.start + 1):
                self.about.append(self._candidate(first, index))
                self.known.setdefault(self.about[-1].speaker.name, self.about[-1])

    def _learn(self) -> None:
        """Roles and sides by name, those included that stand beside a name behind a comma: "its chair, Tor Vesterlie"."""
        before: Mention | None = None
        for mention in self.outer:
            self.first_named.setdefault(mention.name, mention.span.start)
            named = personal(mention)
            if named:
                self._tell(mention.name, mention.role or _title_of(mention), mention.side)
            if (before is not None and mention.kind == "person") or named:
                self._learn_from_neighbours(before, mention)
            self._learn_body(before, mention)
            before = mention

    def _learn_from_neighbours(self, left: Mention | None, right: Mention) -> None:
        if left is None or right.span.start - left.span.end > 6:
            return
        gap = self.reading.text[left.span.end : right.span.start].replace("\u00a0", " ").strip().lower()
        if gap == "," and personal(right) and (described(left) or heads(left.name)):
            self._tell(right.name, left.role or left.name, left.side)
        elif gap in (",", ", a", ", an", ", the") and personal(left) and described(right):
            self._tell(left.name, right.role, right.side)

    def _learn_body(self, left: Mention | None, right: Mention) -> None:
        """ "The relief group Open Hand", "Campo Largo, a soy trader": what a body may be called further on."""
        if left is None or right.span.start - left.span.end > 6:
            return
        gap = self.reading.text[left.span.end : right.span.start].replace("\u00a0", " ").strip().lower()
        if gap in ("", ",", ", the") and _is_noun(left) and _is_body(right):
            self.bodies.setdefault(left.name.split()[-1], []).append(right)
        elif gap in (", a", ", an", ", the") and _is_body(left) and _is_noun(right):
            self.bodies.setdefault(right.name.split()[-1], []).append(left)

    def _tell(self, name: str, role: str | None, side: str | None) -> None:
        known = self.persons.setdefault(name, _Known())
        known.role = known.role or role
        known.side = known.side or side

    def _subject_of(self, sentence: Sentence) -> Mention | None:
        """The mention that a sentence begins with, behind at most an article."""
        i = bisect_left(self.starts, sentence.span.start)
        if i == len(self.outer) or self.starts[i] >= sentence.span.end:
            return None
        lead = sentence.span.text[: self.starts[i] - sentence.span.start].strip().lower()
        return self.outer[i] if lead == "" or lead in ARTICLES else None

    def _source(self, span: Span) -> Source:
        """The source with the outermost mentions in it, or the one that it is part of."""
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        last = bisect_left(self.starts, span.end)
        return Source(span, tuple(m for m in self.outer[first:last] if span.holds(m.span) or m.span.holds(span)))

    # ------------------------------------------------------------ one statement

    def resolve(self, statement: Statement) -> Statement:
        """`statement` with its speaker; those before it must have been resolved."""
        source = statement.source
        speaker: Speaker | None = None
        if source is not None:
            speaker = self._speaker(source, statement)
            if speaker is not None and not statement.nested:
                self._remember(source, speaker)
        elif statement.cue is None:
            speaker = self._carried_on(statement)
        statement = replace(statement, speaker=speaker)
        if not statement.nested:
            self.last = statement
        return statement

    def with_side(self, statement: Statement) -> Statement:
        """`statement` with its speaker's side where only a later line told it."""
        speaker = statement.speaker
        if speaker is None or speaker.side is not None or speaker.name not in self.persons:
            return statement
        return replace(statement, speaker=replace(speaker, side=self.persons[speaker.name].side))

    def _carried_on(self, statement: Statement) -> Speaker | None:
        """A quotation without any source right after somebody's words is taken for his."""
        last = self.last
        if last is None or last.speaker is None:
            return None
        gap = self._sentence(statement.content[0].start) - self._sentence(last.content[-1].end - 1)
        if not 0 <= gap <= 2:
            return None
        basis = Basis("carried_on", "the quotation names no source and follows this speaker's words", last.source)
        return replace(last.speaker, basis=basis)

    def _sentence(self, offset: int) -> int:
        """The number of the sentence that the character stands in, or follows."""
        return bisect_right(self.sentence_starts, offset) - 1

    def _remember(self, span: Span, speaker: Speaker) -> None:
        source = self._source(span)
        mention = sources.apposed(source) or self._mention_in(source)
        words = source.words
        kind: MentionKind = mention.kind if mention else "unknown"
        if mention is None and heads(source.first_part):
            kind = "person"
        elif (mention is None and not span.text[:1].isupper()) or (words and words[0] in _GROUPS):
            kind = "group"
        # Capitals and bodies speak as "it"; a group, or several joined, as "they".
        plural = (
            kind == "group"
            or len(sources.parts(source)) > 1
            or (speaker.basis is not None and speaker.basis.rule == "pair")
        )
        named = bool(mention and personal(mention))
        before = self.known.get(speaker.name)
        gender = gender_of(speaker.name, f"{span.text} {speaker.role or ''}") or (before.gender if before else "")
        if len(words) == 1 and words[0] in HE | SHE | THEY | IT:
            if before is not None:
                kind, plural, named = before.kind, before.plural, before.named
            gender = gender or ("male" if words[0] in HE else "female" if words[0] in SHE else "")
        candidate = Candidate(span.start, self._sentence(span.start), speaker, kind, gender, plural, named, span)
        insort(self.spoken, candidate, key=lambda c: c.at)
        self.known[speaker.name] = candidate

    # ------------------------------------------------------------ one source

    def _speaker(self, span: Span, statement: Statement) -> Speaker | None:
        source = self._source(span)
        words = source.words
        if len(words) == 1 and words[0] in _SELF:
            return None
        if len(words) == 1 and words[0] in HE | SHE | THEY | IT:
            return self._pronoun(span, words[0])
        if len(words) == 1 and words[0] in _RELATIVE:
            return self._antecedent(span, statement)
        return self._named_by_words(source) or self._named_by_mention(source, statement)

    def _named_by_words(self, source: Source) -> Speaker | None:
        """Who is meant where the shape of the source tells: two joined, both sides, a paper, a name in apposition."""
        if sources.is_pair(source):
            return self._both(source)
        joined = sources.parts(source)
        if len(joined) > 1:
            return self._several(source, joined)
        own = sources.called(source)
        if own is not None:
            return Speaker(own, basis=Basis("name", f"the source says that it is called {own}", source.span))
        behind = sources.apposed(source)
        if behind is not None:
            return self._by_name(source, behind)
        if source.head in sources.papers("message", "study") and not self._is_name(source):
            return self._paper(source)
        return None

    def _is_name(self, source: Source) -> bool:
        """True for a paper's noun in a name: "the Washington Post"."""
        words = source.first_part.replace("’", "'").split()
        at = next((i for i, w in enumerate(words) if w.lower().removesuffix("'s") == source.head), 0)
        return at > 0 and words[at][0].isupper()

    def _by_name(self, source: Source, mention: Mention) -> Speaker:
        name = self._fullest(mention.name) if mention.kind in ("person", "unknown") else mention.name
        detail = f"“{source.text}” is {name}, the fullest name in this article"
        known = self.persons.get(name, _Known())
        role, side = mention.role or known.role, mention.side or known.side
        return Speaker(name, role=role, side=side, basis=Basis("name", detail, source.span))

    def _fullest(self, name: str) -> str:
        """The one full name that a surname, or a slip of one, may stand for; else the name itself."""
        first, _, last = name.rpartition(" ")
        if first and first.lower().rstrip(".") not in _titles():
            return name
        name = last
        alike = {n for n in self.persons if " " in n and (n.split()[-1] == name or misspelt(n.split()[-1], name))}
        return alike.pop() if len(alike) == 1 else f"{first} {name}".strip()

    def _named_by_mention(self, source: Source, statement: Statement) -> Speaker:
        span = source.span
        mention = self._mention_in(source)
        if source.words[0] in sources.POSSESSIVES and (mention is None or described(mention)):
            owned = self._owned(source)
            if owned is not None:
                return owned
        if source.words[0] == "the" and "-year-old" in source.first_part:
            return self._last_named(source) or self._as_printed(source)
        if mention is not None and mention.kind == "organisation" and heads(source.first_part):
            # "The minister" was read as the short form of a "Minister of Defence".
            back = self._described_before(source, mention.side)
            if back is not None:
                return back
        body = self._body_named_after(source, mention) if self._opens_article(span) else None
        if body is not None:
            return body
        if mention is None:
            definite = source.words[0] == "the" and offices(source.first_part)
            back = self._described_before(source, None) if definite else None
            return back or self._as_printed(source)
        if mention.kind == "person":
            return self._person(source, mention, statement)
        if mention.kind == "place" and mention.side:
            return self._capital(span, mention)
        if mention.kind == "group" and mention.actor is not None:
            return Speaker(_plain(source.first_part), side=mention.side, basis=_printed(span))
        state = self._state(source, mention)
        if state is not None:
            return Speaker(state, side=state, basis=Basis("party", f"“{span.text}” stands for {state}", span))
        if mention.kind in ("organisation", "government", "unknown"):
            called = [m for m in self.bodies.get(source.head, ()) if m.span.start < span.start]
            return self._by_name(source, called[-1] if called and _is_noun(mention) else mention)
        return replace(self._as_printed(source), side=mention.side)

    def _state(self, source: Source, mention: Mention) -> str | None:
        """The party that "the government of President Corvas" or "the rebels" stands for."""
        bare = [w for w in source.first_part.lower().split() if w not in ARTICLES]
        if bare and bare[-1] in sources.fighters() and len(bare) <= 2 and mention.side:
            return mention.side
        if not bare or bare[0] not in _STATES:
            return None
        person = next((m for m in source.inside if personal(m)), None)
        if len(bare) > 1:
            return self.persons[person.name].side if person is not None and person.name in self.persons else None
        return self._owner_of_body(source, bare[0]) or mention.side

    def _owner_of_body(self, source: Source, noun: str) -> str | None:
        """Whose government was spoken of last: "the Kell government ... the government"."""
        until = bisect_left(self.starts, source.span.start)
        for mention in reversed(self.outer[max(0, until - _REMEMBERED) : until]):
            words = mention.span.text.lower().split()
            if mention.side and len(words) > 1 and words[-1] == noun:
                return mention.side
        return None

    def _mention_in(self, source: Source) -> Mention | None:
        """Whom the source names: the mention that its first part turns on, else none."""
        inside = source.inside
        if not inside:
            return None
        first = inside[0]
        front = source.before(first).lower().split()
        if any(w in _LINKS for w in front):
            return None
        # "Our ally Calvera", "union boss Ed Tarn": the name right behind a noun is who is meant.
        beside = len(inside) > 1 and not source.between(first, inside[1]).strip(" \u00a0")
        if beside and first.name[:1].islower() and inside[1].name[:1].isupper():
            return inside[1]
        people = [m for m in inside if m.kind == "person" or personal(m)]
        named = next((m for m in people if personal(m)), None)
        if first.kind == "person":
            beside = named is not None and not (set(source.between(first, named).lower().split()) & _LINKS)
            return named if beside else first
        # "A group of night workers, the Red Gloves": the name in the apposition is who is meant.
        later = next((m for m in inside[1:] if m.kind in ("organisation", "unknown")), None)
        comma = later is not None and "," in self.reading.text[first.span.end : later.span.start]
        if later is not None and comma and first.kind in ("group", "organisation") and first.name[:1].islower():
            return later
        owned = bool(people) and source.between(first, people[0]).strip(" \u00a0") in ("'s", "’s", "")
        return (named or people[0]) if people and owned and first.kind != "group" else first

    def _as_printed(self, source: Source) -> Speaker:
        return Speaker(self._unnamed(source), basis=_printed(source.span))

    def _unnamed(self, source: Source) -> str:
        """A short description of somebody whom the article does not name."""
        text = source.first_part
        if text.lower() == "one":
            return self._one_of_them(source) or text
        owner, mark, rest = text.replace("’", "'").partition("'s ")
        if mark and rest.lower() in _KIN:
            return f"{self._fullest(_plain(owner).split()[-1])}'s {rest}"
        front, link, group = text.partition(" for the ")
        if link and group.lower() in sources.fighters() and source.inside[-1].side:
            return _plain(f"{source.inside[-1].side} {_plain(front)}")
        return _uncounted(_plain(text)) or _plain(source.text)

    def _one_of_them(self, source: Source) -> str | None:
        """ "Some drivers are tired. ... said one": a driver."""
        until = bisect_left(self.starts, source.span.start)
        groups = [m for m in self.outer[max(0, until - 8) : until] if m.kind == "group" and m.span.text.endswith("s")]
        if not groups or self._paragraph(groups[-1].span) != self._paragraph(source.span):
            return None
        words = [w for w in _plain(groups[-1].span.text).split() if w.lower() not in DETERMINERS]
        return " ".join(words).removesuffix("s") or None

    def _several(self, source: Source, joined: Sequence[Span]) -> Speaker:
        """Several speakers at once keep their own names, joined; the side is theirs where they share it."""
        found = [self._source(part) for part in joined]
        mentions = [self._mention_in(s) for s in found]
        names = [
            _plain(m.name if m.kind != "group" else s.first_part) if m is not None else _plain(s.first_part)
            for s, m in zip(found, mentions, strict=True)
        ]
        sides = {m.side if m is not None else None for m in mentions}
        return Speaker(
            sources.names_joined(names), side=sides.pop() if len(sides) == 1 else None, basis=_printed(source.span)
        )

    def _both(self, source: Source) -> Speaker:
        """ "Both sides": the two parties of the article, where it has two."""
        sides = self._two_sides()
        if sides is None:
            return self._as_printed(source)
        name = sources.names_joined(sides)
        return Speaker(
            name, basis=Basis("pair", f"“{source.text}” are {name}, the parties of this article", source.span)
        )

    def _two_sides(self) -> tuple[str, str] | None:
        if self.two is None:
            self.two = (self._count_sides(),)
        return self.two[0]

    def _count_sides(self) -> tuple[str, str] | None:
        """The two sides that the article names by far most often, those that the codebook calls parties first."""
        count: Counter[str] = Counter(m.side for m in self.reading.mentions if m.side)
        chosen = {s: n for s, n in count.items() if s in self.parties}
        pool = chosen if len(chosen) >= 2 else count
        ranked = sorted(pool.items(), key=lambda row: -row[1])
        if len(ranked) < 2 or (len(ranked) > 2 and ranked[2][1] > _CLEARLY * ranked[1][1]):
            return None
        return ranked[0][0], ranked[1][0]

    def _capital(self, span: Span, mention: Mention) -> Speaker:
        detail = f"“{span.text}” speaks here, so the government of {mention.side} is meant"
        return Speaker(mention.side or mention.name, side=mention.side, basis=Basis("capital", detail, span))

    def _paper(self, source: Source) -> Speaker | None:
        """ "A study by Halden University" is its words; "the statement" those of whoever issued it, the last to speak."""
        made = sources.issuer(source)
        if made is not None:
            return self._issued(source, made)
        if "joint" in source.words:
            return self._both(source)
        body = sources.issuing_words(source)
        if body is not None:
            basis = Basis("paper", f"“{source.text}” is taken for the words of {body}", source.span)
            return Speaker(body, basis=basis)
        head = source.head
        same = next((c for c in reversed(self.spoken[-_REMEMBERED:]) if head in c.span.text.lower().split()), None)
        last = same
        if last is None and head in sources.papers("message"):
            last = self.spoken[-1] if self.spoken else None
            until = bisect_left(self.about, source.span.start, key=lambda c: c.at)
            last = last or next(filter(_may_write, reversed(self.about[max(0, until - _REMEMBERED) : until])), None)
        if last is None or self._sentence(source.span.start) - last.sentence > _BACK:
            return self._as_printed(source)
        basis = Basis("paper", f"“{source.text}” is taken for the words of {last.speaker.name}", last.span)
        return replace(last.speaker, basis=basis)

    def _issued(self, source: Source, made: Mention) -> Speaker:
        name = made.side if made.kind in ("place", "government") and made.side else made.name
        basis = Basis("paper", f"“{source.text}” is taken for the words of {name}", source.span)
        return Speaker(name, role=made.role, side=made.side, basis=basis)

    def _body_named_after(self, source: Source, mention: Mention | None) -> Speaker | None:
        """ "The world's nuclear watchdog" in the lede is the body that the next lines name: new there, and of no other kind."""
        head = source.head
        known = mention is not None and (mention.name[:1].isupper() or mention.kind == "person")
        if known or head not in words_of_class("role", "organisation") or head in _NOT_RENAMED:
            return None
        start, paragraph = source.span.start, self._paragraph(source.span)
        at = bisect_left(self.reading.statements, start, key=lambda s: s.content[0].start)
        for later in self.reading.statements[max(0, at - 1) : at + 12]:
            if later.source is None or later.source.start <= start:
                continue
            if self._paragraph(later.source) - paragraph > _AHEAD:
                return None
            found = self._mention_in(self._source(later.source))
            if (
                found is None
                or found.kind not in ("organisation", "unknown")
                or personal(found)
                or found.name.islower()
            ):
                continue
            if " " not in found.name and not found.name.isupper():
                continue  # one word may be a state or a place
            if self.first_named.get(found.name, 0) > start and _one_kind(head, found.name):
                detail = f"“{source.text}” is named further on: {found.name}"
                return Speaker(found.name, side=found.side, basis=Basis("named_later", detail, found.span))
        return None

    # ------------------------------------------------------------ persons

    def _person(self, source: Source, mention: Mention, statement: Statement) -> Speaker:
        if not described(mention):
            return self._by_name(source, mention)
        words = source.words
        plain = Speaker(self._unnamed(source), role=mention.role, side=mention.side, basis=_printed(source.span))
        if _OTHER & set(words):
            return plain
        if words[0] in _POINTING or not (words[0] in ("a", "an") or self._opens_article(source.span)):
            back = self._described_before(source, mention.side)
            if back is not None:
                return back
        # Far from the head of the article "a Kell official" is named by the next speaker only where both are known to be Kell's.
        sided = words[0] in ("a", "an", "one", "some") and not self._opens_article(source.span)
        ahead = heads(source.text) & SPEAKS_FOR and self._named_after(source, mention, statement, sided=sided)
        return ahead or plain

    def _last_named(self, source: Source) -> Speaker | None:
        """ "The 58-year-old": whoever was named last."""
        until = bisect_left(self.about, source.span.start, key=lambda c: c.at)
        near = (*self.spoken[-_REMEMBERED:], *self.about[max(0, until - _REMEMBERED) : until])
        named = [c for c in near if c.named and c.at < source.span.start]
        if not named:
            return None
        chosen = max(named, key=lambda c: c.at)
        detail = f"“{source.text}” tells more of {chosen.speaker.name}"
        return replace(chosen.speaker, basis=Basis("description", detail, chosen.span))

    def _owned(self, source: Source) -> Speaker | None:
        """ "Its manager": who that is, else the manager of whom the article spoke of last."""
        role = source.first_part.split(maxsplit=1)[-1]
        word = source.words[0]
        owner = self._owner(source.span, word)
        if owner is None:
            return None
        persons = [c for c in self._persons_before(source.span) if c.speaker.side in (owner.side, owner.name)]
        one = [c for c in persons if c.speaker.role and one_office(role, c.speaker.role)]
        if one:
            detail = f"“{source.text}” fits {one[-1].speaker.name}, spoken of before"
            return replace(one[-1].speaker, basis=Basis("description", detail, one[-1].span))
        name = f"{owner.name}'s {role}" if word in ("his", "her") else f"{owner.name} {role}"
        detail = f"“{source.text}”: {owner.name} was spoken of last"
        return Speaker(name, role=role, side=owner.side or owner.name, basis=Basis("owner", detail, source.span))

    def _owner(self, span: Span, word: str) -> Speaker | None:
        """Whom a possessive in front of a description means: the last body, or the last person, before it."""
        until = bisect_left(self.starts, span.start)
        for mention in reversed(self.outer[max(0, until - 6) : until]):
            if self._sentence(span.start) - self._sentence(mention.span.start) > 1:
                break
            fits = (
                personal(mention)
                if word in ("his", "her")
                else mention.kind in _OWNERS and mention.name not in self.genders
            )
            if fits and mention.name[:1].isupper():
                return Speaker(mention.name, side=mention.side)
        return None

    def _opens_article(self, span: Span) -> bool:
        return self._paragraph(span) <= 2

    def _described_before(self, source: Source, side: str | None) -> Speaker | None:
        """ "The Hamas official", "the premier": the last person spoken of whose side and office fit, speakers first."""
        text = source.first_part
        persons = self._persons_before(source.span)
        spoken = [c for c in self.spoken[-_REMEMBERED:] if c.at < source.span.start]
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

    def _persons_before(self, span: Span) -> list[Candidate]:
        until = bisect_left(self.people, span.start, key=lambda m: m.span.start)
        near = self.people[max(0, until - _REMEMBERED) : until]
        return [self._candidate(m, self._sentence(m.span.start)) for m in near]

    def _named_after(
        self, source: Source, mention: Mention, statement: Statement, *, sided: bool = False
    ) -> Speaker | None:
        """A description in front of the name: the next speaker is named, new, and of the same side or of none told.

        "A senior official of the movement says ...": the lede describes whom the second paragraph names.
        """
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
            if found is None or not personal(found):
                if found is not None and found.kind != "person" and found.side != mention.side:
                    return None
                continue
            side = found.side or self.persons.get(found.name, _Known()).side
            return None if sided and (side is None or side != mention.side) else self._is_later(source, mention, found)
        return None

    def _is_later(self, source: Source, mention: Mention, found: Mention) -> Speaker | None:
        """The person named further on, where he is new there and nothing speaks against him."""
        new = self.first_named.get(found.name, found.span.start) > source.span.start
        known = self.persons.get(found.name, _Known())
        if not new or not _same_side(mention.side, found.side or known.side):
            return None
        role = found.role or known.role
        if not may_be_one(mention.role, role) or portfolios_clash(mention.role or "", role or ""):
            return None
        self._tell(found.name, mention.role, mention.side)
        detail = f"“{source.text}” is named further on: {found.name}"
        told = self.persons[found.name]
        return Speaker(found.name, role=told.role, side=told.side, basis=Basis("named_later", detail, found.span))

    def _paragraph(self, span: Span) -> int:
        number = self._sentence(span.start)
        return self.reading.sentences[number].paragraph if number >= 0 else 0

    # ------------------------------------------------------------ pronouns

    def _pronoun(self, span: Span, word: str) -> Speaker | None:
        """ "He", "she": the last person speaking or spoken about whom the pronoun fits; "they" a group; "it" a body."""
        here = self._sentence(span.start)
        near = [*self._recent(self.spoken, span, here), *self._recent(self.about, span, here)]
        fits = [c for c in near if agrees(c, word, self.genders)]
        if word in HE | SHE and not any(self._beside(c, span) for c in fits):
            # Nobody in this paragraph spoke or began a sentence: whoever is named in it comes before those of earlier ones.
            named = [c for c in self._persons_before(span)[-_BACK:] if agrees(c, word, self.genders)]
            fits = [c for c in named if self._beside(c, span)] or fits or [c for c in named if here - c.sentence <= 2]
        if not fits:
            return None
        chosen = max(fits, key=lambda c: c.at)
        detail = f"“{span.text}” follows {chosen.speaker.name}"
        return replace(chosen.speaker, basis=Basis("pronoun", detail, chosen.span))

    def _beside(self, candidate: Candidate, span: Span) -> bool:
        return self._paragraph(candidate.span) == self._paragraph(span)

    def _recent(self, pool: list[Candidate], span: Span, here: int) -> list[Candidate]:
        until = bisect_left(pool, span.start, key=lambda c: c.at)
        return [c for c in pool[max(0, until - 2 * _BACK) : until] if here - c.sentence <= _BACK]

    def _antecedent(self, span: Span, statement: Statement) -> Speaker | None:
        """ "..., who said": whom the relative word hangs on."""
        i = bisect_left(self.starts, span.start) - 1
        if i < 0 or not self.outer[i].span.end <= span.start <= self.outer[i].span.end + 3:
            return None
        mention = self.outer[i]
        basis = Basis("relative", f"“{span.text}” hangs on “{mention.span.text}”", mention.span)
        speaker = self._speaker(mention.span, statement)
        return None if speaker is None else replace(speaker, basis=basis)

    def _candidate(self, mention: Mention, sentence: int) -> Candidate:
        name = mention.side or mention.name if mention.kind == "place" else _plain(mention.name)
        known = self.persons.get(mention.name, _Known())
        role = mention.role or known.role
        speaker = Speaker(name, role=role, side=mention.side or known.side)
        return Candidate(
            self.sentence_starts[sentence] if mention.span.start in self.leading else mention.span.start,
            sentence,
            speaker,
            mention.kind,
            gender_of(name, f"{mention.span.text} {role or ''}"),
            mention.kind == "group",
            personal(mention),
            mention.span,
        )


# ---------------------------------------------------------------- small questions

_LINKS = word_set("of with to from in for by on at near about who which that close familiar")


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if not out or mention.span.start >= out[-1].span.end:
            out.append(mention)
    return out


def _plain(text: str) -> str:
    """Words without the leading article and possessive marks; a common noun in lower case."""
    words = [w.removesuffix("'s").removesuffix("’s") for w in text.replace("\u00a0", " ").split()]
    if len(words) > 1 and words[0].lower() in ARTICLES:
        words = words[1:]
    if words and words[0].lower() in _common() and words[0][1:].islower():
        words[0] = words[0].lower() if len(words) == 1 or words[1][:1].islower() else words[0]
    return " ".join(words).rstrip("’'").strip(" ,")


@cache
def _common() -> frozenset[str]:
    return words_of_class("role") | words_of_class("modifier")


@cache
def _titles() -> frozenset[str]:
    """Words before a surname that are no given names: "Sister Saltuk", "Private Fahr"."""
    return words_of_class("title") | words_of_class("role", "person") | _ADDRESSES


def _title_of(mention: Mention) -> str | None:
    """The office that a name is printed with, where the mention has none: "Professor Azlan Widodo"."""
    words = mention.span.text.replace("\u00a0", " ").split()
    return words[0].lower() if len(words) > 1 and heads(words[0]) else None


def _uncounted(text: str) -> str:
    """ "Two participants", "more than 400 growers": participants, growers."""
    words = text.split()
    at = 0
    if words[:1] and words[0].lower() == "one" and len(words) > 1 and words[1] != "of":
        return " ".join(words[1:])
    while at < len(words) - 1 and (words[at].lower() in _COUNTS or (words[at][0].isdigit() and "-" not in words[at])):
        at += 1
    return " ".join(words[at:]) if at and words[-1].endswith("s") else text


def _printed(source: Span) -> Basis:
    return Basis("as_printed", "the source as the article names it", source)


_COMPANIES = word_set(
    "company firm group carmaker automaker planemaker manufacturer operator retailer airline employer studio"
)
_BODIES = word_set("agency watchdog body organisation organization regulator observatory institute fund panel group")


def _one_kind(noun: str, name: str) -> bool:
    """Whether a body called by the noun may bear the name: a company is no union, a watchdog may be an inspectorate."""
    told = {w for w in name.lower().split() if w in words_of_class("role", "organisation")}
    if not told or noun in told:
        return not told - {noun} or noun in told
    return noun in _BODIES and not told & _COMPANIES


def _may_write(candidate: Candidate) -> bool:
    return candidate.named or candidate.kind in ("organisation", "government")


def _is_noun(mention: Mention) -> bool:
    return mention.kind in ("organisation", "group", "unknown") and mention.name.islower()


def _is_body(mention: Mention) -> bool:
    return (
        mention.kind in ("organisation", "unknown") and mention.name[:1].isupper() and mention.span.text[:1].isupper()
    )


def _same_side(left: str | None, right: str | None) -> bool:
    return left is None or right is None or left == right


def _fits(candidate: Candidate, side: str | None, described: str) -> bool:
    """Whether a description may mean the candidate: a person of the same side whose office does not speak against it."""
    if candidate.kind not in ("person", "unknown") or candidate.plural:
        return False
    if not _same_side(side, candidate.speaker.side):
        return False
    known = f"{candidate.speaker.role or ''} {candidate.span.text}"
    # "Leader" and "representative" are words for offices too, but say little; "head of state" says which.
    told = offices(described) - (_VAGUE_OFFICES if heads(described) & ANY_OFFICE else frozenset())
    if heads(described) - ANY_OFFICE or told:
        return one_office(described, known)
    return side is not None or bool(heads(known) & heads(described))


# ---------------------------------------------------------------- when it was said


def _dated(reading: Reading, statement: Statement) -> Statement:
    """`said_on`: the day that the cue's sentence tells, where one does."""
    if statement.cue is None or statement.said_on is not None or statement.nested:
        return statement
    day = said_on(reading, statement.cue, source=statement.source, content=statement.content)
    return statement if day is None else replace(statement, said_on=day)


def _on_one_occasion(
    statements: Sequence[Statement], sentences: ByPlace[Sentence], dated: set[int]
) -> Iterator[Statement]:
    """ "Reve declared on Tuesday. ... Reve told parliament": in the same paragraph or the next, and with no date of its own,
    the same speaker said it on the same day.
    """
    last: dict[str, tuple[int, str]] = {}
    for statement in statements:
        at = sentences.at((statement.cue or statement.content[0]).start)
        if at is None or statement.speaker is None or statement.nested:
            yield statement
            continue
        name, day = statement.speaker.name, statement.said_on
        before = last.get(name)
        told = statement.cue is not None and _tells_once(statement.cue.text, at)
        if day is None and told and before is not None and at.paragraph - before[0] <= 1 and at.span.start not in dated:
            day = before[1]
        if day is not None and len(day) == 10:
            last[name] = (at.paragraph, day)
        else:
            last.pop(name, None)
        yield statement if day == statement.said_on else replace(statement, said_on=day)


def _tells_once(cue: str, sentence: Sentence) -> bool:
    """True for "said" and "told", not for "says", "has said" and "had earlier said": those may be of any day."""
    words = cue.lower().split()
    past = words[-1].endswith("ed") or words[-1] in ("said", "told", "wrote", "vowed", "swore", "thought")
    return (
        past
        and words[0] not in ("has", "have", "had", "often", "once")
        and not _EARLIER & {t.lower for t in sentence.tokens}
    )

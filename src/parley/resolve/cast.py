"""Who is in an article: its persons with what any mention tells of them, its bodies, its two sides, and who was named where.

What the rules of `naming`, `bodies`, `persons` and `speakers` look things up in; it decides nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import ARTICLES, word_set
from parley.annotate.language.names import misspelt
from parley.annotate.language.ranges import Ranges
from parley.data import Basis, Mention, Reading, Sentence, Span, Speaker, Statement
from parley.resolve.candidates import Candidate, Gender, described, gender_of, genders_told, personal
from parley.resolve.offices import heads
from parley.resolve.sources import Source

# How many persons a description may choose from, the nearest before it.
REMEMBERED = 100
LEDE = 7
"""Sentences that open an article, its title counted: whoever is described there may be named further on."""
# Two sides are "both sides" only where no third is named nearly as often.
_CLEARLY = 0.75
_SMALL = word_set("of and for the in &")
_OWNED_LEADS = word_set("his her its their")
_OPENING = ("(", "[")
_MOST_LETTERS = 8
_KNOWN_BY = 50
_KNOWN_AS = re.compile(
    r",? (?:(?:also |better |widely |commonly )?(?:known|called|referred to) (?:by|as|under)|or|whose (?:initials|acronym) (?:is|are)|abbreviated(?: as| to)?)(?: (?:the|its|[A-Z]?[a-z]+|initials|acronym)){0,4} "
)
_ADDRESSES = word_set(
    "sister brother mother father uncle aunt comrade private officer nurse constable inspector detective judge"
)


@dataclass(slots=True)
class Known:
    """What any mention of a person told of him."""

    role: str | None = None
    side: str | None = None


@dataclass(slots=True)
class Cast:
    """What one article says about those who may speak in it, and who has spoken so far."""

    reading: Reading
    parties: frozenset[str] = frozenset()
    spoken: list[Candidate] = field(default_factory=list)
    about: list[Candidate] = field(default_factory=list)
    outer: list[Mention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sentence_starts: list[int] = field(default_factory=list)
    leading: set[int] = field(default_factory=set)
    persons: dict[str, Known] = field(default_factory=dict)
    first_named: dict[str, int] = field(default_factory=dict)
    known: dict[str, Candidate] = field(default_factory=dict)
    people: list[Mention] = field(default_factory=list)
    named: set[int] = field(default_factory=set)
    surnames: dict[str, list[str]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] | None = None
    initials: dict[str, str] | None = None
    told: dict[str, Gender] | None = None
    made: dict[int, Candidate] = field(default_factory=dict)
    bodies: dict[str, list[Mention]] = field(default_factory=dict)
    last: Statement | None = None
    said: dict[str, Statement] = field(default_factory=dict)
    two: tuple[tuple[str, str] | None] | None = None

    def __post_init__(self) -> None:
        reading = self.reading
        self.outer = _outermost(reading.mentions)
        self.starts = [m.span.start for m in self.outer]
        self.people = [m for m in self.outer if personal(m)]
        self.named = {m.span.start for m in self.people}
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

    def _is_named(self, mention: Mention) -> bool:
        """True for the name of a person; asked of the outermost mentions only."""
        return mention.span.start in self.named

    def _learn(self) -> None:
        """Roles and sides by name, those included that stand beside a name behind a comma: "its chair, Tor Vesterlie"."""
        before: Mention | None = None
        body: Mention | None = None
        for mention in self.outer:
            self.first_named.setdefault(mention.name, mention.span.start)
            if self._is_named(mention):
                self._tell(mention.name, mention.role or _title_of(mention), mention.side)
            if mention.name.isupper() and len(mention.name) <= _MOST_LETTERS and " " not in mention.name:
                self._learn_letters(mention, body)
            if before is not None and mention.span.start - before.span.end <= 6:
                gap = self.reading.text[before.span.end : mention.span.start].replace("\u00a0", " ").strip().lower()
                self._learn_from_neighbours(before, gap, mention)
            before = mention
            body = mention if is_body(mention) and " " in mention.name else body
        for name in self.persons:
            if " " in name:
                self.surnames.setdefault(name.rpartition(" ")[2], []).append(name)

    def _learn_letters(self, mention: Mention, body: Mention | None) -> None:
        """What letters stand for: "the United Association of Nurses (UAN)", "the Rail Alliance, known by its initials ZKP"."""
        text = self.reading.text
        if text[mention.span.start - 1 : mention.span.start] in _OPENING:
            self._learn_bracketed(mention)
        if mention.name in self.letters or body is None:
            return
        gap = text[body.span.end : mention.span.start].replace("\u00a0", " ")
        if gap.strip() in _OPENING and gap.strip():
            if not text.isupper():  # in a text of capitals whatever stands in brackets is printed so
                self.letters.setdefault(mention.name, body.name)
        elif len(gap) <= _KNOWN_BY and _KNOWN_AS.fullmatch(gap):
            self.letters.setdefault(mention.name, body.name)

    def _learn_bracketed(self, mention: Mention) -> None:
        run: list[str] = []
        for word in reversed(self.reading.text[max(0, mention.span.start - 120) : mention.span.start - 1].split()):
            if not word[0].isupper() and word not in _SMALL:
                break
            run.insert(0, word)
        while run and run[0].islower():
            del run[0]
        capitals = [n for n, word in enumerate(run) if word[0].isupper() and word.lower() not in _SMALL]
        at = "".join(run[n][0] for n in capitals).rfind(mention.name)
        if len(run) > 1 and at >= 0:
            self.letters.setdefault(mention.name, " ".join(run[capitals[at] :]))

    def _spelt_out(self, name: str) -> str | None:
        """The one body of the article whose words begin with these letters: "FG" of the Federal Government."""
        if not (name.isupper() and name.isalpha() and 2 <= len(name) <= _MOST_LETTERS):
            return None
        if self.initials is None:
            found: dict[str, set[str]] = {}
            for mention in self.outer:
                if is_body(mention) and " " in mention.name and not mention.name.isupper():
                    words = [w for w in mention.name.replace("-", " ").split() if w.lower() not in _SMALL]
                    found.setdefault("".join(w[0].upper() for w in words), set()).add(plain(mention.name))
            self.initials = {letters: min(names) for letters, names in found.items() if len(names) == 1}
        return self.initials.get(name)

    def _learn_from_neighbours(self, left: Mention, gap: str, right: Mention) -> None:
        if gap == "," and self._is_named(right) and (described(left) or heads(left.name)):
            self._tell(right.name, left.role or left.name, left.side)
        elif gap in (",", ", a", ", an", ", the") and self._is_named(left) and described(right):
            self._tell(left.name, right.role, right.side)
        # "The relief group Open Hand", "Campo Largo, a soy trader": what a body may be called further on.
        if gap in ("", ",", ", the") and is_noun(left) and is_body(right):
            self.bodies.setdefault(left.name.split()[-1], []).append(right)
        elif gap in (", a", ", an", ", the") and is_body(left) and is_noun(right):
            self.bodies.setdefault(right.name.split()[-1], []).append(left)

    def _genders(self) -> dict[str, Gender]:
        if self.told is None:
            self.told = genders_told(self.reading, self.people)
        return self.told

    def _tell(self, name: str, role: str | None, side: str | None) -> None:
        known = self.persons.setdefault(name, Known())
        known.role = known.role or role
        known.side = known.side or side

    def _subject_of(self, sentence: Sentence) -> Mention | None:
        """The mention that a sentence begins with, behind at most an article."""
        i = bisect_left(self.starts, sentence.span.start)
        if i == len(self.outer) or self.starts[i] >= sentence.span.end:
            return None
        lead = sentence.span.text[: self.starts[i] - sentence.span.start].strip().lower()
        owned = lead in _OWNED_LEADS or self.outer[i].span.text.split(maxsplit=1)[0].lower() in _OWNED_LEADS
        if owned and (described(self.outer[i]) or is_noun(self.outer[i])):
            # "His deputy, Thandi Olm, was careful": the name in the apposition is who the sentence is about.
            named = self.outer[i + 1 : i + 2]
            gap = self.reading.text[self.outer[i].span.end : named[0].span.start] if named else ""
            apposed = gap == ", " and self._is_named(named[0])
            return named[0] if apposed else self.outer[i] if lead == "" else None
        return self.outer[i] if lead == "" or lead in ARTICLES else None

    def _source(self, span: Span) -> Source:
        """The source with the outermost mentions in it, or the one that it is part of."""
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        last = bisect_left(self.starts, span.end)
        return Source(span, tuple(m for m in self.outer[first:last] if span.holds(m.span) or m.span.holds(span)))

    def _sentence(self, offset: int) -> int:
        """The number of the sentence that the character stands in, or follows."""
        return bisect_right(self.sentence_starts, offset) - 1

    def _paragraph(self, span: Span) -> int:
        number = self._sentence(span.start)
        return self.reading.sentences[number].paragraph if number >= 0 else 0

    def _opens_article(self, span: Span) -> bool:
        # A text crawled without its line breaks is one paragraph, and not all of it is its opening.
        return self._paragraph(span) <= 2 and self._sentence(span.start) <= LEDE

    def _persons_before(self, span: Span) -> list[Candidate]:
        until = bisect_left(self.people, span.start, key=lambda m: m.span.start)
        near = self.people[max(0, until - REMEMBERED) : until]
        return [self._candidate(m, self._sentence(m.span.start)) for m in near]

    def _fullest(self, name: str) -> str:
        """The one full name that a surname, or a slip of one, may stand for; else the name itself."""
        first, _, last = name.rpartition(" ")
        if first in self.surnames and last.lower() not in no_surnames():
            # A second surname, as Spanish has them: "Perez Vidal" is the "Tomas Perez" of before.
            alike = [full for full in self.surnames[first] if full != name]
            return alike[0] if len(alike) == 1 else name
        if first and first.lower().rstrip(".") not in titles():
            return name
        name = last
        alike = self.surnames.get(name) or [
            full for last, fulls in self.surnames.items() if misspelt(last, name) for full in fulls
        ]
        return alike[0] if len(alike) == 1 else f"{first} {name}".strip()

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

    def _candidate(self, mention: Mention, sentence: int) -> Candidate:
        made = self.made.get(mention.span.start)
        if made is None:
            made = self.made[mention.span.start] = self._make_candidate(mention, sentence)
        return made

    def _make_candidate(self, mention: Mention, sentence: int) -> Candidate:
        name = mention.side or mention.name if mention.kind == "place" else plain(mention.name)
        known = self.persons.get(mention.name, Known())
        role = mention.role or known.role
        speaker = Speaker(name, role=role, side=mention.side or known.side)
        return Candidate(
            self.sentence_starts[sentence] if mention.span.start in self.leading else mention.span.start,
            sentence,
            speaker,
            mention.kind,
            gender_of(name, f"{mention.span.text} {role or ''}"),
            mention.kind == "group",
            self._is_named(mention),
            mention.span,
        )


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if not out or mention.span.start >= out[-1].span.end:
            out.append(mention)
    return out


def plain(text: str) -> str:
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
def titles() -> frozenset[str]:
    """Words before a surname that are no given names: "Sister Saltuk", "Private Fahr"."""
    return words_of_class("title") | words_of_class("role", "person") | _ADDRESSES


@cache
def no_surnames() -> frozenset[str]:
    """Words that make a body, a place or an office of what stands before them: "Tarn Street", "Tarn Group"."""
    return (
        words_of_class("role") | words_of_class("title") | words_of_class("modifier") | word_set("tower house law plan")
    )


def _title_of(mention: Mention) -> str | None:
    """The office that a name is printed with, where the mention has none: "Professor Azlan Widodo"."""
    words = mention.span.text.replace("\u00a0", " ").split()
    return words[0].lower() if len(words) > 1 and heads(words[0]) else None


def printed(source: Span) -> Basis:
    return Basis("as_printed", "the source as the article names it", source)


def is_noun(mention: Mention) -> bool:
    return mention.kind in ("organisation", "group", "unknown") and mention.name.islower()


def is_body(mention: Mention) -> bool:
    return (
        mention.kind in ("organisation", "unknown") and mention.name[:1].isupper() and mention.span.text[:1].isupper()
    )

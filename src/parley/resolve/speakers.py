"""The step `speakers`: who each statement's source is, by the fullest name the article has for him.

A name resolves to itself; "he", "the official", "the movement", "the statement" to whom the article spoke of; a description in the
lede to the official whom the next lines name. Each answer says by which rule and from which words. Where two are possible, the
description stays as printed: null beats a guess.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from parley.annotate.gazetteer import words_of_class
from parley.annotate.grammar import ARTICLES, word_set
from parley.annotate.nounphrases import given_names
from parley.annotate.ranges import Ranges, sentences_of
from parley.codebooks import lexicon
from parley.data import Basis, Mention, MentionKind, Reading, Sentence, Span, Speaker, Statement
from parley.dates.lookup import date_near, iso_of

if TYPE_CHECKING:
    from parley.pipeline import Settings

Gender = Literal["male", "female", ""]

_HE = word_set("he him his himself")
_SHE = word_set("she her hers herself")
_THEY = word_set("they them their themselves both")
_IT = word_set("it its itself")
_RELATIVE = word_set("who which")
_SELF = word_set("i we me us my our you")
_PAPERS = frozenset(
    [
        "statement",
        "letter",
        "report",
        "document",
        "text",
        "communique",
        "communiqué",
        "message",
        "post",
        "tweet",
        "release",
        "memo",
        "note",
        "article",
        "email",
    ]
)
_OTHER = word_set("second third fourth another other one")
_POINTING = word_set("the this that his her its their")
# How far, in paragraphs, a description may look ahead for the name it stands for.
_AHEAD = 4
_AHEAD_LATER = 1
# How many sentences a pronoun may look back.
_BACK = 6
# How many persons a description may choose from, the nearest before it.
_REMEMBERED = 100


def make(settings: Settings) -> Callable[[Reading], Reading]:  # noqa: ARG001 - every step is made alike
    """The step; it needs no settings."""
    return resolve_speakers


def resolve_speakers(reading: Reading) -> Reading:
    """`reading` with the speaker of each statement, and the day it was said where its sentence tells."""
    resolver = _Resolver(reading)
    done = [resolver.resolve(s) for s in reading.statements]
    # Most sentences hold no date; asking only for those that do keeps long articles linear.
    sentences = sentences_of(reading)
    dated = {found.span.start for t in reading.dates if (found := sentences.at(t.span.start)) is not None}
    out = []
    for statement in map(resolver.with_side, done):
        at = sentences.at(statement.cue.start) if statement.cue is not None else None
        out.append(_dated(reading, statement) if at is not None and at.span.start in dated else statement)
    return replace(reading, statements=tuple(out))


# ---------------------------------------------------------------- who may be meant


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Somebody the article spoke of: at which character, as a speaker or as what a sentence is about."""

    at: int
    sentence: int
    speaker: Speaker
    kind: MentionKind
    gender: Gender
    plural: bool
    named: bool
    span: Span
    heads: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Resolver:
    reading: Reading
    spoken: list[_Candidate] = field(default_factory=list)
    about: list[_Candidate] = field(default_factory=list)
    outer: list[Mention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sentence_starts: list[int] = field(default_factory=list)
    leading: set[int] = field(default_factory=set)
    sides: dict[str, str] = field(default_factory=dict)
    first_named: dict[str, int] = field(default_factory=dict)
    known: dict[str, _Candidate] = field(default_factory=dict)
    people: list[Mention] = field(default_factory=list)
    last: Statement | None = None

    def __post_init__(self) -> None:
        reading = self.reading
        self.outer = _outermost(reading.mentions)
        self.people = [m for m in self.outer if m.kind == "person" and m.name != m.role]
        for mention in self.outer:
            self.first_named.setdefault(mention.name, mention.span.start)
        self.starts = [m.span.start for m in self.outer]
        self.sentence_starts = [s.span.start for s in reading.sentences]
        held = Ranges(c.pair for s in reading.statements for c in s.content)
        for index, sentence in enumerate(reading.sentences):
            first = self._subject_of(sentence)
            if first is not None:
                self.leading.add(first.span.start)
            if first is not None and not held.touches(first.span.start, first.span.start + 1):
                self.about.append(self._candidate(first, index))
                self.known.setdefault(self.about[-1].speaker.name, self.about[-1])

    def _subject_of(self, sentence: Sentence) -> Mention | None:
        """The mention that a sentence begins with, behind at most an article."""
        i = bisect_left(self.starts, sentence.span.start)
        if i == len(self.outer) or self.starts[i] >= sentence.span.end:
            return None
        lead = sentence.span.text[: self.starts[i] - sentence.span.start].strip().lower()
        return self.outer[i] if lead == "" or lead in ARTICLES else None

    def _inside(self, source: Span) -> list[Mention]:
        """The outermost mentions in the source, or the one that it is part of."""
        first = max(bisect_right(self.starts, source.start) - 1, 0)
        last = bisect_left(self.starts, source.end)
        return [m for m in self.outer[first:last] if source.holds(m.span) or m.span.holds(source)]

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
        if speaker is None or speaker.side is not None or speaker.name not in self.sides:
            return statement
        return replace(statement, speaker=replace(speaker, side=self.sides[speaker.name]))

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

    def _remember(self, source: Span, speaker: Speaker) -> None:
        mention = self._mention_in(source)
        words = source.text.lower().split()
        kind: MentionKind = mention.kind if mention else "unknown"
        if (mention is None and not source.text[:1].isupper()) or (words and words[0] in ("each", "both", "neither")):
            kind = "group"
        # Capitals and bodies speak as "it"; a group, or several joined, as "they".
        plural = kind == "group" or _joined(source.text)
        named = bool(mention and mention.kind == "person" and mention.name != mention.role)
        before = self.known.get(speaker.name)
        if words and words[0] in _HE | _SHE | _THEY | _IT and before is not None:
            kind, plural, named = before.kind, before.plural, before.named
        gender = _gender(speaker, source) or (before.gender if before else "")
        heads = _heads(source.text)
        at, sentence = source.start, self._sentence(source.start)
        candidate = _Candidate(at, sentence, speaker, kind, gender, plural, named, source, heads)
        insort(self.spoken, candidate, key=lambda c: c.at)
        self.known[speaker.name] = candidate

    # ------------------------------------------------------------ one source

    def _speaker(self, source: Span, statement: Statement) -> Speaker | None:
        words = [w.strip(",.") for w in source.text.lower().split()]
        if len(words) == 1 and words[0] in _SELF:
            return None
        if len(words) == 1 and words[0] in _HE | _SHE | _THEY | _IT:
            return self._pronoun(source, words[0])
        if len(words) == 1 and words[0] in _RELATIVE:
            return self._antecedent(source, statement)
        inside = self._inside(source)
        if _joined(source.text) and len(inside) > 1:
            return self._several(source, inside)
        mention = self._mention_in(source)
        if mention is None:
            return self._as_printed(source)
        if mention.kind == "person":
            return self._person(source, mention, statement)
        if mention.kind == "place" and mention.side:
            return self._capital(source, mention)
        if any(w in _PAPERS for w in _plain(mention.name).split()) and mention.side is None:
            return self._paper(source)
        if mention.kind == "group" and mention.actor is not None:
            return Speaker(_plain(source.text), side=mention.side, basis=_printed(source))
        if mention.kind in ("organisation", "government", "unknown"):
            basis = Basis("name", f"“{source.text}” is {mention.name} in this article", source)
            return Speaker(mention.name, role=mention.role, side=mention.side, basis=basis)
        return replace(self._as_printed(source), side=mention.side)

    def _mention_in(self, source: Span) -> Mention | None:
        """Whom the source names: the mention that begins it, else the longest inside."""
        inside = self._inside(source)
        if not inside:
            return None
        first = inside[0]
        people = [m for m in inside if m.kind == "person"]
        named = next((m for m in people if m.name != m.role), None)
        if first.kind == "person":
            return named or first
        # "A group of night workers, the Red Gloves": the name in the apposition is who is meant.
        later = next((m for m in inside[1:] if m.kind in ("organisation", "unknown")), None)
        comma = later is not None and "," in self.reading.text[first.span.end : later.span.start]
        if later is not None and comma and first.kind in ("group", "organisation") and first.name[:1].islower():
            return later
        owned = bool(people) and self.reading.text[first.span.end : people[0].span.start].strip(" \u00a0") in (
            "'s",
            "’s",
        )
        return (named or people[0]) if people and (owned or first.kind in ("place", "government")) else first

    def _as_printed(self, source: Span) -> Speaker:
        return Speaker(_plain(source.text), basis=_printed(source))

    def _several(self, source: Span, inside: Sequence[Mention]) -> Speaker:
        """Several speakers at once keep their own names, joined; the side is theirs where they share it."""
        sides = {m.side for m in inside}
        names = [_plain(m.name) for m in inside]
        name = ", ".join(names[:-1]) + " and " + names[-1] if len(names) < 4 else _plain(source.text)
        return Speaker(name, side=sides.pop() if len(sides) == 1 else None, basis=_printed(source))

    def _capital(self, source: Span, mention: Mention) -> Speaker:
        detail = f"“{source.text}” speaks here, so the government of {mention.side} is meant"
        return Speaker(mention.side or mention.name, side=mention.side, basis=Basis("capital", detail, source))

    def _paper(self, source: Span) -> Speaker | None:
        """ "The statement said": whoever issued it, the last to speak."""
        last = self.spoken[-1] if self.spoken else None
        if last is None:
            last = next((c for c in reversed(self.about) if c.at < source.start and c.named), None)
        if last is None or self._sentence(source.start) - last.sentence > _BACK:
            return self._as_printed(source)
        basis = Basis("paper", f"“{source.text}” is taken for the words of {last.speaker.name}", last.span)
        return replace(last.speaker, basis=basis)

    # ------------------------------------------------------------ persons

    def _person(self, source: Span, mention: Mention, statement: Statement) -> Speaker:
        described = mention.role is not None and mention.name == mention.role
        described = described or _plain(mention.span.text) == _plain(mention.role or "")
        if not described:
            detail = f"“{source.text}” is {mention.name}, the fullest name in this article"
            side = mention.side or self.sides.get(mention.name)
            return Speaker(mention.name, role=mention.role, side=side, basis=Basis("name", detail, source))
        words = source.text.lower().split()
        plain = Speaker(_plain(source.text), role=mention.role, side=mention.side, basis=_printed(source))
        if _OTHER & set(words):
            return plain
        if words[0] in _POINTING or not (words[0] in ("a", "an") or self._opens_article(source)):
            back = self._described_before(source, mention)
            if back is not None:
                return back
        ahead = self._named_after(source, mention, statement) if _heads(source.text) & _SPEAKS_FOR else None
        return ahead or plain

    def _opens_article(self, source: Span) -> bool:
        return self._paragraph(source) <= 1

    def _described_before(self, source: Span, mention: Mention) -> Speaker | None:
        """ "The Hamas official", "the premier": the last person spoken of whose side and office fit, speakers first."""
        heads = _heads(source.text)
        persons = self._persons_before(source)
        sided = [c for c in persons if c.speaker.side == mention.side and mention.side is not None]
        # A speaker of the same side first, then anybody of it, then a speaker whose side nobody tells.
        spoken = self.spoken[-_REMEMBERED:]
        pools = ([c for c in spoken if c.speaker.side == mention.side], sided, spoken, persons)
        for pool in pools:
            fits = [c for c in pool if c.at < source.start and _fits(c, mention, heads)]
            if fits:
                chosen = max(fits, key=lambda c: c.at)
                detail = f"“{source.text}” fits {chosen.speaker.name}, spoken of before"
                return replace(chosen.speaker, basis=Basis("description", detail, chosen.span))
        return None

    def _persons_before(self, source: Span) -> list[_Candidate]:
        until = bisect_left(self.people, source.start, key=lambda m: m.span.start)
        near = self.people[max(0, until - _REMEMBERED) : until]
        return [self._candidate(m, self._sentence(m.span.start)) for m in near]

    def _named_after(self, source: Span, mention: Mention, statement: Statement) -> Speaker | None:
        """A description in front of the name: the next speaker is named, new, and of the same side or of none told.

        "A senior official of the movement says ...": the lede describes whom the second paragraph names.
        """
        paragraph = self._paragraph(source)
        at = bisect_left(self.reading.statements, source.start, key=lambda s: s.content[0].start)
        for later in self.reading.statements[max(0, at - 1) : at + 20]:
            if later.source is None or later.nested or later.source.start <= source.start or later is statement:
                continue
            if self._paragraph(later.source) - paragraph > (_AHEAD if paragraph <= 2 else _AHEAD_LATER):
                return None
            found = self._mention_in(later.source)
            if found is None or found.kind != "person" or found.name == found.role:
                if found is not None and found.kind != "person" and found.side != mention.side:
                    return None
                continue
            new = self.first_named.get(found.name, found.span.start) > source.start
            if not new or not _same_side(mention.side, found.side) or not _offices_agree(mention.role, found.role):
                return None
            side = found.side or mention.side
            detail = f"“{source.text}” is named further on: {found.name}"
            role = found.role or mention.role
            if side is not None:
                self.sides.setdefault(found.name, side)
            return Speaker(found.name, role=role, side=side, basis=Basis("named_later", detail, found.span))
        return None

    def _paragraph(self, span: Span) -> int:
        number = self._sentence(span.start)
        return self.reading.sentences[number].paragraph if number >= 0 else 0

    # ------------------------------------------------------------ pronouns

    def _pronoun(self, source: Span, word: str) -> Speaker | None:
        """ "He", "she": the last person speaking or spoken about whom the pronoun fits; "they" a group; "it" a body."""
        here = self._sentence(source.start)
        near = [*self._recent(self.spoken, source, here), *self._recent(self.about, source, here)]
        fits = [c for c in near if _agrees(c, word)]
        if not fits:
            return None
        chosen = max(fits, key=lambda c: c.at)
        detail = f"“{source.text}” follows {chosen.speaker.name}"
        return replace(chosen.speaker, basis=Basis("pronoun", detail, chosen.span))

    def _recent(self, pool: list[_Candidate], source: Span, here: int) -> list[_Candidate]:
        until = bisect_left(pool, source.start, key=lambda c: c.at)
        return [c for c in pool[max(0, until - 2 * _BACK) : until] if here - c.sentence <= _BACK]

    def _antecedent(self, source: Span, statement: Statement) -> Speaker | None:
        """ "..., who said": whom the relative word hangs on."""
        i = bisect_left(self.starts, source.start) - 1
        if i < 0 or not self.outer[i].span.end <= source.start <= self.outer[i].span.end + 3:
            return None
        mention = self.outer[i]
        basis = Basis("relative", f"“{source.text}” hangs on “{mention.span.text}”", mention.span)
        speaker = self._speaker(mention.span, statement)
        return None if speaker is None else replace(speaker, basis=basis)

    def _candidate(self, mention: Mention, sentence: int) -> _Candidate:
        name = mention.side or mention.name if mention.kind == "place" else _plain(mention.name)
        speaker = Speaker(name, role=mention.role, side=mention.side or self.sides.get(name))
        named = mention.kind == "person" and mention.name != mention.role
        return _Candidate(
            self.sentence_starts[sentence] if mention.span.start in self.leading else mention.span.start,
            sentence,
            speaker,
            mention.kind,
            _gender(speaker, mention.span),
            mention.kind == "group",
            named,
            mention.span,
            _heads(mention.span.text),
        )


# ---------------------------------------------------------------- small questions


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


def _printed(source: Span) -> Basis:
    return Basis("as_printed", "the source as the article names it", source)


def _joined(text: str) -> bool:
    return " and " in text.replace("\u00a0", " ")


def _heads(text: str) -> frozenset[str]:
    words = {w.strip(",.").lower() for w in text.replace("\u00a0", " ").split()}
    return frozenset(words & (words_of_class("role", "person") | _OFFICES))


@cache
def _gender_words() -> dict[str, Gender]:
    out: dict[str, Gender] = {}
    for row in lexicon("speakers")["gender"]:
        for word in row["words"]:
            out[word.lower()] = row["class"]
    return out


def _gender(speaker: Speaker, printed: Span) -> Gender:
    words = f"{printed.text} {speaker.role or ''}".lower().replace(",", " ").split()
    told: Gender | None = next((_gender_words()[w] for w in words if w in _gender_words()), None)
    if told:
        return told
    name = speaker.name.lower().split()
    given = given_names().get(name[0]) if len(name) > 1 else None
    return "male" if given == "male" else "female" if given == "female" else ""


def _agrees(candidate: _Candidate, word: str) -> bool:
    if word in _THEY:
        return candidate.plural or candidate.kind == "organisation"
    if word in _IT:
        return not candidate.plural and candidate.kind in ("organisation", "government", "place", "unknown")
    if candidate.plural or candidate.kind not in ("person", "unknown"):
        return False
    if candidate.kind == "unknown" and candidate.speaker.name.isupper():
        return False
    wrong = "female" if word in _HE else "male"
    return candidate.gender != wrong


def _same_side(left: str | None, right: str | None) -> bool:
    return left is None or right is None or left == right


# Heads that say nothing about the office: any of them may stand for any other.
_ANY_OFFICE = word_set(
    """
    official leader figure member representative head chief man woman politician
    """
)
_OFFICIALS = word_set(
    "minister premier president spokesman spokeswoman negotiator envoy ambassador diplomat adviser secretary"
)
# A father or a resident is not named later by whoever speaks next; who speaks for a body may be.
_SPEAKS_FOR = _OFFICIALS | word_set(
    "official leader member head chief representative figure commander general lawmaker"
)
_OFFICES = word_set("secretary-general director-general undersecretary spokesperson speaker commissioner")
_SAME_OFFICE = ({"premier", "minister"}, {"envoy", "ambassador", "diplomat"}, {"commander", "general"})


def _offices_agree(left: str | None, right: str | None) -> bool:
    if not left or not right:
        return True
    a, b = _heads(left) - _ANY_OFFICE, _heads(right) - _ANY_OFFICE
    if not b or a & b:
        return True
    if not a:
        # "A senior official" may be a minister or a negotiator; an analyst or a resident is no official.
        return bool(b & _OFFICIALS)
    return any(a & same and b & same for same in _SAME_OFFICE)


def _fits(candidate: _Candidate, mention: Mention, heads: frozenset[str]) -> bool:
    """Whether a description may mean the candidate: a person of the same side whose office does not speak against it."""
    if candidate.kind not in ("person", "unknown") or candidate.plural:
        return False
    if mention.side is not None and candidate.speaker.side is not None and mention.side != candidate.speaker.side:
        return False
    office = heads - _ANY_OFFICE
    known = _heads(candidate.speaker.role or "") | candidate.heads
    if office:
        return bool(known & office) or any(known & same and office & same for same in _SAME_OFFICE)
    return mention.side is not None or bool(known & heads)


# ---------------------------------------------------------------- when it was said


def _dated(reading: Reading, statement: Statement) -> Statement:
    """`said_on`: the date in the cue's sentence that tells when it was said, where one does."""
    if statement.cue is None or statement.said_on is not None or statement.nested:
        return statement
    timex = date_near(reading, statement.cue)
    inside = timex is not None and any(c.overlaps(timex.span) for c in statement.content)
    return statement if timex is None or inside else replace(statement, said_on=iso_of(timex))

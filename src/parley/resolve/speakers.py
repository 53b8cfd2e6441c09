"""The step `speakers`: who each statement's source is, by the fullest name the article has for him.

A name resolves to itself; "he", "the official", "the movement", "the statement" to whom the article spoke of; a description in the
lede to the official whom the next lines name. Each answer says by which rule and from which words. Where two are possible, the
description stays as printed: null beats a guess.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.annotate.language.grammar import word_set
from parley.data import Basis, Mention, MentionKind, Reading, Span, Speaker, Statement
from parley.resolve import sources
from parley.resolve.candidates import HE, IT, PRONOUNS, SHE, THEY, Candidate, agrees, described, gender_of
from parley.resolve.cast import is_noun, plain, printed
from parley.resolve.occasions import dated
from parley.resolve.offices import SPEAKS_FOR, heads, offices
from parley.resolve.persons import PersonRules
from parley.resolve.sources import Source, partisans

if TYPE_CHECKING:
    from parley.pipeline import Settings

_INITIALS = re.compile(r"(?:[A-Z]\.[ \u00a0]?){1,3}([A-Z][\w’'-]+)")
_RELATIVE = word_set("who which")
_SELF = word_set("i we me us my our you")
_GROUPS = word_set("each both neither")
# How many sentences a pronoun may look back.
BACK = 6
_OPENING = 6
"""Characters before the pronoun that opens reported speech: "that"."""


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step, with the parties of the run's codebook."""
    return _Speakers(frozenset(settings.codebook.parties))


@dataclass(frozen=True, slots=True)
class _Speakers:
    """Reading -> Reading with the speaker of each statement, and the day it was said where the text tells."""

    parties: frozenset[str]

    def __call__(self, reading: Reading) -> Reading:
        if not reading.statements:
            return reading
        resolver = _Resolver(reading, self.parties)
        done = [resolver.resolve(s) for s in reading.statements]
        return replace(reading, statements=dated(reading, [resolver.with_side(s) for s in done]))


def _kind_of_noun(source: Source) -> MentionKind:
    """What a source that holds no name is: somebody by his office, several, or a thing that speaks."""
    if heads(source.first_part):
        return "person"
    if source.head.endswith("s") and not source.head.endswith("ss"):
        return "group"
    return "organisation" if source.words[0] in ("the", "this", "that", "its") else "unknown"


def _is_somebody(noun: str) -> bool:
    """True for a noun that by its looks is somebody: "billionaire", "banker", "tycoon"."""
    return (
        bool(heads(noun))
        or noun.endswith(("man", "woman", "naire", "ist", "ian", "eer", "ster", "lord", "banker", "lawyer"))
        or noun in _SOMEBODY
    )


_SOMEBODY = word_set(
    "tycoon magnate mogul prelate prelate archbishop cardinal pastor monk patriarch monarch tsar guru nominee host"
)


def _of_office(source: Source) -> bool:
    """True for those who speak for a land or a body: its officials, not its people or members."""
    return bool(heads(source.head.removesuffix("s")) & SPEAKS_FOR - {"member", "figure"})


class _Resolver(PersonRules):
    """Statement by statement, in reading order: who speaks."""

    __slots__ = ()

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
        via = statement.via or (sources.relay(source) if source is not None else None)
        statement = replace(statement, speaker=speaker, via=via)
        if not statement.nested:
            self.last = statement
        self.said[statement.id] = statement
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

    def _remember(self, span: Span, speaker: Speaker) -> None:
        source = self._source(sources.opener(span))
        source = self._source(sources.cited(source) or source.span)
        mention = sources.apposed(source) or self._mention_in(source)
        words = source.words
        kind: MentionKind = mention.kind if mention else "unknown"
        if words and words[0] in _GROUPS:
            kind = "group"
        elif mention is None:
            kind = _kind_of_noun(source)
        elif mention.kind in ("organisation", "government", "place") and heads(source.head):
            kind = "person"  # "a commander of the Upland Front"
        # Capitals and bodies speak as "it"; a group, or several joined, as "they".
        plural = (
            kind == "group"
            or len(sources.parts(source)) > 1
            or (speaker.basis is not None and speaker.basis.rule == "pair")
        )
        named = bool(mention and self._is_named(mention))
        before = self.known.get(speaker.name)
        gender = gender_of(speaker.name, f"{span.text} {speaker.role or ''}") or (before.gender if before else "")
        if len(words) == 1 and words[0] in PRONOUNS:
            if before is not None:
                kind, plural, named = before.kind, before.plural, before.named
            gender = gender or ("male" if words[0] in HE else "female" if words[0] in SHE else "")
            if gender:
                self._genders().setdefault(speaker.name, gender)
        candidate = Candidate(span.start, self._sentence(span.start), speaker, kind, gender, plural, named, span)
        insort(self.spoken, candidate, key=lambda c: c.at)
        self.known[speaker.name] = candidate

    def _speaker(self, span: Span, statement: Statement) -> Speaker | None:
        span = sources.opener(span)
        source = self._source(span)
        words = source.words
        if len(words) == 1 and words[0] in _SELF:
            return None
        if len(words) == 1 and words[0] in PRONOUNS:
            return self._of_himself(span, words[0], statement) or self._pronoun(span, words[0], statement)
        if len(words) == 1 and words[0] in _RELATIVE:
            return self._antecedent(span, statement)
        return self._named_by_words(source, statement) or self._named_by_mention(source, statement)

    def _named_by_words(self, source: Source, statement: Statement) -> Speaker | None:
        """Who is meant where the shape of the source tells: two joined, both sides, a paper, a name in apposition."""
        if sources.is_pair(source):
            return self._both(source)
        cited = sources.cited(source)
        if cited is not None:
            return self._named_by_words(self._source(cited), statement) or self._named_by_mention(
                self._source(cited), statement
            )
        joined = sources.parts(source)
        if len(joined) > 1:
            return self._several(source, joined)
        initials = _INITIALS.fullmatch(source.first_part)
        if initials is not None and initials[1] in self.surnames and len(self.surnames[initials[1]]) == 1:
            name = self.surnames[initials[1]][0]
            detail = f"“{source.text}” is {name}, the fullest name in this article"
            return Speaker(name, basis=Basis("name", detail, source.span))
        own = sources.called(source)
        if own is not None:
            return Speaker(own, basis=Basis("name", f"the source says that it is called {own}", source.span))
        behind = sources.apposed(source)
        if behind is not None:
            return self._by_name(source, behind)
        if source.head in sources.papers("message", "study") and not self._is_name(source):
            return self._paper(source)
        return None

    def _named_by_mention(self, source: Source, statement: Statement) -> Speaker:
        span = source.span
        pointed = self._latter(source) or self._one_of_owned(source)
        if pointed is not None:
            return pointed
        mention = self._mention_in(source)
        if source.words[0] in sources.POSSESSIVES and (mention is None or described(mention) or is_noun(mention)):
            owned = self._owned(source)
            if owned is not None:
                return owned
        if source.words[0] == "the" and "-year-old" in source.first_part:
            return self._last_named(source) or self._as_printed(source)
        if mention is not None and mention.kind == "organisation" and heads(source.head):
            # "The minister" was read as the short form of a "Minister of Defence".
            back = self._described_before(source, mention.side)
            if back is not None:
                return back
        body = self._body_before(source, mention)
        if mention is None or is_noun(mention) or sources.only_described(source):
            body = body or self._vague_body(source) or self._same_group(source)
            company = self._only_company(source) if body is None else None
            body = self._by_name(source, company) if company is not None else body
        body = body or (self._body_named_after(source, mention) if self._opens_article(span) else None)
        if body is not None:
            return body
        if mention is None:
            definite = source.words[0] == "the"
            held = definite and (heads(source.head) or offices(source.head))
            back = self._described_before(source, None) if held and offices(source.first_part) else None
            back = back or (self._called_so(source) or self._just_named(source) if definite else None)
            known_so = _is_somebody(source.head) or source.head in sources.epithets()
            back = back or (self._epithet(source, None) if known_so else None)
            return back or self._ahead(source, statement) or self._as_printed(source)
        if source.head in sources.epithets() and mention.kind != "person":
            told_so = self._epithet(source, None)
            if told_so is not None:
                return told_so
        if mention.kind == "person":
            return self._person(source, mention, statement)
        if self._only_beside(source, mention):
            return replace(self._as_printed(source), side=mention.side if _of_office(source) else None)
        if mention.kind == "organisation" and mention.name != mention.span.text and source.head in partisans():
            return Speaker(source.first_part, side=mention.side, basis=printed(span))
        if mention.kind == "place" and mention.side:
            return self._capital(span, mention)
        if mention.kind == "group" and mention.actor is not None:
            return Speaker(plain(source.first_part), side=mention.side, basis=printed(span))
        state = self._state(source, mention)
        if state is not None:
            return Speaker(state, side=state, basis=Basis("party", f"“{span.text}” stands for {state}", span))
        if mention.kind in ("organisation", "government", "unknown"):
            return self._by_name(source, self._body_called(source, mention) if is_noun(mention) else mention)
        return replace(self._as_printed(source), side=mention.side)

    def _ahead(self, source: Source, statement: Statement) -> Speaker | None:
        """ "A member of the ruling council" in the lede is whoever the next lines name, new there."""
        if source.words[0] not in ("a", "an") or not self._opens_article(source.span):
            return None
        if not heads(source.head) & SPEAKS_FOR:
            return self._named_behind(source)
        somebody = Mention(source.span, "person", source.first_part, role=plain(source.first_part))
        return self._named_behind(source) or self._named_after(source, somebody, statement)

    def _body_called(self, source: Source, mention: Mention) -> Mention:
        """The body that a noun stood beside before ("the relief group Open Hand"), or the article's one union."""
        called = [m for m in self.bodies.get(source.head, ()) if m.span.start < source.span.start]
        last = self._only_union(source) if source.head == "union" else self._only_company(source)
        return called[-1] if called else last or mention

    def _pronoun(self, span: Span, word: str, statement: Statement) -> Speaker | None:
        """ "He", "she": the last person speaking or spoken about whom the pronoun fits; "they" a group; "it" a body."""
        here = self._sentence(span.start)
        near = [*self._recent(self.spoken, span, here), *self._recent(self.about, span, here)]
        fits = [c for c in near if agrees(c, word, self._genders())]
        if word in HE | SHE and not any(self._beside(c, span) for c in fits):
            # Nobody in this paragraph spoke or began a sentence: whoever is named in it comes before those of earlier ones.
            # Whom the words themselves speak of is somebody else: "“We welcome brother Olim,” he said".
            said = [c.pair for c in statement.content]
            named = [c for c in self._persons_before(span)[-BACK:] if agrees(c, word, self._genders())]
            named = [c for c in named if not any(a <= c.span.start < b for a, b in said)]
            fits = (
                [c for c in named if self._beside(c, span)]
                or self._described_beside(span, word)
                or fits
                or [c for c in named if here - c.sentence <= 2]
            )
            fits = fits or [
                c
                for c in self.spoken
                if c.at < span.start and here - c.sentence <= 2 * BACK and agrees(c, word, self._genders())
            ]
            fits = fits or [c for c in named if here - c.sentence <= 2 * BACK]
        if word in THEY and not any(self._beside(c, span) for c in fits):
            fits = self._several_beside(span) or fits
        if not fits:
            return None
        chosen = max(fits, key=lambda c: c.at)
        detail = f"“{span.text}” follows {chosen.speaker.name}"
        return replace(chosen.speaker, basis=Basis("pronoun", detail, chosen.span))

    def _several_beside(self, span: Span) -> list[Candidate]:
        """ "The Houthis on Saturday stopped. They offered": the last of several in the sentence before, and no part of a phrase."""
        here = self._sentence(span.start)
        until = bisect_left(self.starts, span.start)
        for mention in reversed(self.outer[max(0, until - BACK) : until]):
            sentence = self._sentence(mention.span.start)
            if here - sentence > 1 or self._paragraph(mention.span) != self._paragraph(span):
                break
            many = mention.kind in ("group", "organisation") and mention.span.text.endswith("s")
            front = self.reading.text[max(0, mention.span.start - 20) : mention.span.start].lower().split()
            free = [w for w in front if w != "the"][-1:]
            if many and mention.name[:1].isupper() and (not free or free[0].endswith(",")):
                made = self._candidate(mention, sentence)
                return [replace(made, at=mention.span.start, plural=True)]
        return []

    def _described_beside(self, span: Span, word: str) -> list[Candidate]:
        """ "At night the mayor sits down. “You see,” he says": whoever is described in the same paragraph, spoken of before."""
        paragraph = self._paragraph(span)
        until = bisect_left(self.starts, span.start)
        for mention in reversed(self.outer[max(0, until - BACK) : until]):
            if self._paragraph(mention.span) != paragraph:
                break
            front = self.reading.text[max(0, mention.span.start - 4) : mention.span.start].lower()
            if front != "the " or not described(mention):
                continue
            whole = self.reading.span(mention.span.start - len("the "), mention.span.end)
            who = self._described_before(self._source(whole), mention.side)
            known = self.known.get(who.name) if who is not None else None
            if known is not None and agrees(known, word, self._genders()):
                return [replace(known, at=mention.span.start)]
        return []

    def _of_himself(self, span: Span, word: str, statement: Statement) -> Speaker | None:
        """ "Its spokesman said that it still demanded ...": who opens what somebody is reported to say is he, or whom he speaks for."""
        outer = self.said.get(statement.nested_in or "")
        if outer is None or outer.speaker is None or outer.source is None or outer.kind == "direct":
            return None
        opens = any(0 <= span.start - content.start <= _OPENING for content in outer.content)
        if not opens or outer.source.end > span.start:
            return None
        who = outer.speaker
        known = self.known.get(who.name)
        detail = f"“{span.text}” opens what {who.name} is reported to say"
        basis = Basis("pronoun", detail, outer.source)
        if known is not None and agrees(known, word, self._genders()):
            return replace(who, basis=basis)
        if word in IT | THEY and who.side and known is not None and known.kind == "person":
            return Speaker(who.side, side=who.side, basis=basis)
        return None

    def _beside(self, candidate: Candidate, span: Span) -> bool:
        return self._paragraph(candidate.span) == self._paragraph(span)

    def _recent(self, pool: list[Candidate], span: Span, here: int) -> list[Candidate]:
        until = bisect_left(pool, span.start, key=lambda c: c.at)
        return [c for c in pool[max(0, until - 2 * BACK) : until] if here - c.sentence <= BACK]

    def _antecedent(self, span: Span, statement: Statement) -> Speaker | None:
        """ "..., who said": whom the relative word hangs on."""
        i = bisect_left(self.starts, span.start) - 1
        if i < 0 or not self.outer[i].span.end <= span.start <= self.outer[i].span.end + 3:
            return None
        mention = self.outer[i]
        basis = Basis("relative", f"“{span.text}” hangs on “{mention.span.text}”", mention.span)
        speaker = self._speaker(mention.span, statement)
        return None if speaker is None else replace(speaker, basis=basis)

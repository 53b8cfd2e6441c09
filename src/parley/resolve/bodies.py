"""Speakers that are no persons: governments and their capitals, both sides at once, papers and who issued them, bodies named later."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import ARTICLES, word_set
from parley.annotate.language.nounphrases import given_names
from parley.codebooks import lexicon
from parley.data import Basis, Mention, Span, Speaker
from parley.resolve import sources
from parley.resolve.candidates import Candidate
from parley.resolve.cast import REMEMBERED, is_body
from parley.resolve.naming import NamingRules
from parley.resolve.sources import Source

STATES = word_set("government administration regime junta")
# Bodies that are what their name says, and are not called by another noun first.
_NOT_RENAMED = STATES | word_set(
    "ministry army military police court cabinet parliament senate state office navy statement report study"
)
# How far, in paragraphs, a description may look ahead for the name it stands for.
_AHEAD = 4
# How many sentences a pronoun may look back.
BACK = 6
_COMPANIES = word_set(
    "company firm group carmaker automaker planemaker manufacturer operator retailer airline employer studio steelmaker chipmaker"
    " shipbuilder miner utility producer supplier giant chain conglomerate carrier lender exporter drugmaker"
)
_UNIONS = word_set(
    "union unions alliance association brotherhood federation workers nurses teachers guild dockers drivers"
)
# How many names an article is looked through for the company that it is about.
_MOST_LOOKED_AT = 400
# How many sentences apart "the officials" may be from the officials.
_LONG_AGO = 12
_BODIES = word_set("agency watchdog body organisation organization regulator observatory institute fund panel group")


class BodyRules(NamingRules):
    """Who is meant by a body, a capital, a paper."""

    __slots__ = ()

    def _state(self, source: Source, mention: Mention) -> str | None:
        """The party that "the government of President Corvas" or "the rebels" stands for."""
        bare = [w for w in source.first_part.lower().split() if w not in ARTICLES]
        if bare and bare[-1] in sources.fighters() and len(bare) <= 2 and mention.side:
            return mention.side
        if not bare or bare[0] not in STATES:
            return None
        person = next((m for m in source.inside if self._is_named(m)), None)
        if len(bare) > 1:
            return self.persons[person.name].side if person is not None and person.name in self.persons else None
        return self._owner_of_body(source, bare[0]) or mention.side

    def _only_union(self, source: Source) -> Mention | None:
        """ "The union" where the article names one: the last body before it that a word for unions is in."""
        until = bisect_left(self.starts, source.span.start)
        near = self.outer[max(0, until - REMEMBERED) : until][::-1]
        named = next((m for m in near if is_body(m) and _is_union(m.name)), None)
        return named or next((m for m in near if m.kind == "organisation" and _is_letters(m.name)), None)

    def _only_company(self, source: Source) -> Mention | None:
        """ "The firm", where nobody said that it is one: the last body to speak or to begin a sentence near by that may be a company."""
        if source.head not in _COMPANIES - {"group"} or source.words[0] not in ("the", "its"):
            return None
        if not sources.only_described(source):
            return None
        here = self._sentence(source.span.start)
        until = bisect_left(self.starts, source.span.start)
        spoke = {c.span.start for c in self.spoken[-REMEMBERED:]}
        for mention in reversed(self.outer[max(0, until - REMEMBERED) : until]):
            if here - self._sentence(mention.span.start) > BACK:
                break
            if self._speaks_or_leads(mention, spoke) and self._is_company(mention):
                return mention
        return self._most_named(self.outer[max(0, until - _MOST_LOOKED_AT) : until])

    def _is_company(self, mention: Mention) -> bool:
        return is_body(mention) and mention.side in (None, mention.name) and self._may_trade(mention)

    def _most_named(self, before: Sequence[Mention]) -> Mention | None:
        """The company that the article is about: named at least twice so far, and more often than any other."""
        count = Counter(m.name for m in before if is_body(m))
        companies = {m.name: m for m in before if count[m.name] > 1 and self._is_company(m)}
        ranked = sorted(companies, key=lambda name: -count[name])
        clear = ranked and (len(ranked) == 1 or count[ranked[0]] > count[ranked[1]])
        return companies[ranked[0]] if clear else None

    def _speaks_or_leads(self, mention: Mention, spoke: set[int]) -> bool:
        start = mention.span.start
        return start in self.leading or start in spoke or start - 4 in spoke

    def _may_trade(self, mention: Mention) -> bool:
        """A name that is no person's and no place's by its looks, and is not said to be another kind of body."""
        told = {w for w in _words_of(mention.name) if w in words_of_class("role", "organisation")}
        lead = self.reading.text[max(0, mention.span.start - 12) : mention.span.start].lower().split()
        placed = bool(lead) and lead[-1] in ("in", "at", "near", "from", "of")
        known = self.persons.get(mention.name)
        person = self._is_named(mention) and (
            mention.kind == "person"
            or (known is not None and known.role is not None)
            or mention.name in self._genders()
            or mention.name.split()[0].lower() in given_names()
        )
        return (
            not person
            and mention.name not in self.surnames
            and not placed
            and not (" " not in mention.name and mention.name.endswith("s") and lead[-1:] == ["the"])  # "the Teamsters"
            and not told - _COMPANIES
            and _UNIONS.isdisjoint(_words_of(mention.name))
            and self.letters.get(mention.name) is None
        )

    def _vague_body(self, source: Source) -> Speaker | None:
        """ "The group", "the monitor": the last body by its own name that spoke or was spoken of near by and may be one."""
        if source.words[0] != "the" or source.head not in called_again() or not sources.only_described(source):
            return None
        here = self._sentence(source.span.start)
        spoken = self._until(self.spoken, source.span.start)
        about = self._until(self.about, source.span.start)
        for one in sorted([*spoken, *about], key=lambda c: -c.at):
            if here - one.sentence > _LONG_AGO:
                return None
            if _is_called(one, source.head, near=here - one.sentence <= BACK):
                detail = f"“{source.text}” is {one.speaker.name}, which was spoken of before"
                return replace(one.speaker, basis=Basis("name", detail, one.span))
        return None

    def _same_group(self, source: Source) -> Speaker | None:
        """ "The officials": those who spoke last under that noun, with what was told of them: "two US officials"."""
        noun = source.head
        if source.words[0] not in ("the", "both", "these") or len(source.words) > 3 or not noun.endswith("s"):
            return None
        for one in reversed(self._until(self.spoken, source.span.start)):
            name = one.speaker.name
            if self._sentence(source.span.start) - one.sentence > _LONG_AGO:
                return None
            if one.plural and noun in name.lower().split() and " " in name:
                detail = f"“{source.text}” are the {name} of before"
                return replace(one.speaker, basis=Basis("description", detail, one.span))
        return None

    def _until(self, pool: list[Candidate], start: int) -> list[Candidate]:
        until = bisect_left(pool, start, key=lambda c: c.at)
        return pool[max(0, until - REMEMBERED) : until]

    def _owner_of_body(self, source: Source, noun: str) -> str | None:
        """Whose government was spoken of last: "the Kell government ... the government"."""
        until = bisect_left(self.starts, source.span.start)
        for mention in reversed(self.outer[max(0, until - REMEMBERED) : until]):
            words = mention.span.text.lower().split()
            if mention.side and len(words) > 1 and words[-1] == noun:
                return mention.side
        return None

    def _both(self, source: Source) -> Speaker:
        """ "Both sides": the two parties of the article, where it has two."""
        sides = self._two_sides()
        if sides is None:
            return self._as_printed(source)
        name = sources.names_joined(sides)
        return Speaker(
            name, basis=Basis("pair", f"“{source.text}” are {name}, the parties of this article", source.span)
        )

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
        same = next((c for c in reversed(self.spoken[-REMEMBERED:]) if head in c.span.text.lower().split()), None)
        last = same
        if last is None and head in sources.papers("message"):
            last = self.spoken[-1] if self.spoken else None
            until = bisect_left(self.about, source.span.start, key=lambda c: c.at)
            last = last or next(filter(_may_write, reversed(self.about[max(0, until - REMEMBERED) : until])), None)
        if last is None or self._sentence(source.span.start) - last.sentence > BACK:
            return self._as_printed(source)
        basis = Basis("paper", f"“{source.text}” is taken for the words of {last.speaker.name}", last.span)
        return replace(last.speaker, basis=basis)

    def _issued(self, source: Source, made: Mention) -> Speaker:
        name = made.side if made.kind in ("place", "government") and made.side else made.name
        basis = Basis("paper", f"“{source.text}” is taken for the words of {name}", source.span)
        return Speaker(name, role=made.role, side=made.side, basis=basis)

    def _body_before(self, source: Source, mention: Mention | None) -> Speaker | None:
        """ "The union" right behind what a body with a name said: that body, unless its name says that it is of another kind."""
        noun = source.head
        kind, other = (_UNIONS, _COMPANIES) if noun == "union" else (_COMPANIES, _UNIONS)
        if source.words[0] != "the" or len(source.words) > 2 or noun not in kind or not self.spoken:
            return None
        if mention is not None and (mention.side or mention.name[:1].isupper()):
            return None
        last = self.spoken[-1]
        if last.span.pair == source.span.pair:
            return last.speaker  # "The union wants this and is asking for that"
        named = next((m for m in self._source(last.span).inside if is_body(m) and m.name == last.speaker.name), None)
        named = (self._only_union(source) if noun == "union" else None) or named
        if named is None or self._sentence(source.span.start) - last.sentence != 1:
            return None
        if not other.isdisjoint(_words_of(named.name)) or named.name[:1].islower():
            return None
        detail = f"“{source.text}” is {named.name}, which was spoken of right before"
        return Speaker(named.name, side=named.side, basis=Basis("name", detail, source.span))

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
                or self._is_named(found)
                or found.name.split()[-1].islower()
            ):
                continue
            if " " not in found.name and not found.name.isupper():
                continue  # one word may be a state or a place
            if self.first_named.get(found.name, 0) > start and _one_kind(head, found.name):
                detail = f"“{source.text}” is named further on: {found.name}"
                return Speaker(found.name, side=found.side, basis=Basis("named_later", detail, found.span))
        return None


def _is_union(name: str) -> bool:
    """True for the "Rail Union", the "Union of Nurses" and the "United Dockers", not for "Union City"."""
    words = _words_of(name)
    told = _UNIONS.intersection(words)
    if told != {"union"}:
        return bool(told) and len(words) > 1  # "Teachers" alone are people
    at = words.index("union")
    return at + 1 == len(words) or words[at + 1] in ("of", "for")


def _is_letters(name: str) -> bool:
    return 3 <= len(name) <= 6 and name.isalpha() and name.isupper()


def _words_of(name: str) -> list[str]:
    return [w.strip("'’") for w in name.lower().replace("’s", "").replace("'s", "").split()]


def _one_kind(noun: str, name: str) -> bool:
    """Whether a body called by the noun may bear the name: a company is no union, a watchdog may be an inspectorate."""
    told = {w for w in name.lower().split() if w in words_of_class("role", "organisation")}
    if not told or noun in told:
        return not told - {noun} or noun in told
    return noun in _BODIES and not told & _COMPANIES


def _is_called(one: Candidate, noun: str, *, near: bool) -> bool:
    """Whether a body by its own name may be called by the noun further on: a watchdog is an observatory, and no company."""
    name = one.speaker.name
    if (
        one.kind not in ("organisation", "unknown")
        or one.plural
        or not name[:1].isupper()
        or name.split()[-1].islower()
    ):
        return False
    words = set(_words_of(name))
    told, open_ = called_again()[noun]
    if noun in words or not told.isdisjoint(words):
        return True
    said = words & words_of_class("role", "organisation")
    return near and open_ and not said and not one.named


@cache
def called_again() -> dict[str, tuple[frozenset[str], bool]]:
    """The nouns for a body spoken of again, each with the words in names that go with it and whether any body may be meant."""
    return {
        noun: (frozenset(row["words"]), bool(row["open"]))
        for row in lexicon("speakers")["again"]
        for noun in row["nouns"]
    }


def _may_write(candidate: Candidate) -> bool:
    return candidate.named or candidate.kind in ("organisation", "government")

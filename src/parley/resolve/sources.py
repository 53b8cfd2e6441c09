"""What the words of a source say: its head, the name in its apposition, what it calls itself, who issued the paper.

"The group's leader, Tarek Olim", "a study by Halden University", "a band of farmers that calls itself the Red Gate", "a person
familiar with the government's thinking": a source is a noun phrase, and who is meant is not always its first name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import ARTICLES, PREPOSITIONS, word_set
from parley.codebooks import lexicon
from parley.data import Mention, Span
from parley.resolve.candidates import personal
from parley.resolve.offices import heads

POSSESSIVES = word_set("his her its their")
_CLOSERS = word_set("who which that whose whom where when speaking citing quoting asking requesting")
_AND = re.compile(r"[ \u00a0]and[ \u00a0]")
_CALLED = re.compile(
    r"\b(?:(?:gave|giving|gives)[ \u00a0](?:his|her|their)[ \u00a0](?:\w+[ \u00a0]){1,2}as|identified[ \u00a0](?:\w+[ \u00a0]){0,2}as|call(?:s|ed)?[ \u00a0](?:itself|themselves)|calling[ \u00a0](?:itself|themselves)|known[ \u00a0]as|named|styling[ \u00a0]itself)"
    r"[ \u00a0](?:the[ \u00a0])?"
)
_LONGEST = 400
_LETTERS = re.compile(r" \([A-Z]{2,8}\)(?=[ \u00a0][A-Za-z])")
_RELATIVE = re.compile(r"[ \u00a0](?:who|which|that|whose)[ \u00a0]")
_ASIDE = word_set("to with on by about")
"""Behind these what is named is no longer who speaks: "in letters sent to Ada Tarn and Bo Lind"."""
_CITES = re.compile(r",?[ \u00a0](?:quoting|citing)[ \u00a0](?=\w)")


class Source:
    """The words that name who speaks, with the outermost mentions in them, in order; what its words say is told once."""

    __slots__ = ("_first", "_head", "_words", "inside", "span", "text")

    def __init__(self, span: Span, inside: tuple[Mention, ...]) -> None:
        self.span = span
        self.inside = inside
        self.text = span.text
        self._words: list[str] | None = None
        self._first: str | None = None
        self._head: str | None = None

    @property
    def words(self) -> list[str]:
        """The words in lower case, without marks at their edges."""
        if self._words is None:
            self._words = [w.strip(",.") for w in self.text.lower().split()]
        return self._words

    @property
    def first_part(self) -> str:
        """The words up to the first comma, bracket or relative clause: the noun phrase without what describes it."""
        if self._first is None:
            self._first = _first_part(self.text[:_LONGEST])
        return self._first

    @property
    def head(self) -> str:
        """The noun that the first part turns on: "study" of "a study by Halden University"."""
        if self._head is None:
            self._head = _head(self.first_part)
        return self._head

    def before(self, mention: Mention) -> str:
        """The words in front of a mention."""
        return self.text[: max(0, mention.span.start - self.span.start)]

    def between(self, left: Mention, right: Mention) -> str:
        """The words between two mentions."""
        return self.text[max(0, left.span.end - self.span.start) : max(0, right.span.start - self.span.start)]


def _first_part(text: str) -> str:
    if " " not in text:
        return text
    for mark in (", ", " (", " – ", " — "):
        at = text.find(mark)
        while mark == " (" and at > 0 and (letters := _LETTERS.match(text, at)) is not None:
            at = text.find(mark, letters.end())  # "Office of the Adviser (OPA) Secretary Ada Tarn"
        if at > 0:
            text = text[:at]
    words = text.replace("\u00a0", " ").split(" ")
    end = next((n for n, word in enumerate(words) if n and word.lower() in _CLOSERS), len(words))
    kept = words[:end]
    if len(kept) > 3 and kept[-3:] == ["on", "condition", "of"]:
        kept = kept[:-3]
    return " ".join(kept).rstrip(",")


def _head(first_part: str) -> str:
    last = ""
    for word in first_part.lower().replace("’", "'").split():
        if last and (word in PREPOSITIONS or (_is_participle(word) and last not in ARTICLES)):
            break
        last = word
    return last.removesuffix("'s").strip("'")


def head_of(text: str) -> str:
    """The noun that a description turns on.

    >>> head_of("an African Union official who spoke in Kell")
    'official'
    """
    return _head(_first_part(text))


def _is_participle(word: str) -> bool:
    return word.endswith("ed") and len(word) > 4 and "-" not in word and word not in words_of_class("modifier")


def apposed(source: Source) -> Mention | None:
    """The name behind a description and a comma: "the union's local head, Bram Tollen"; None where a name comes first."""
    if "," not in source.text or _named_first(source):
        return None
    for mention in source.inside:
        front = source.before(mention).rstrip(" \u00a0")
        words = front.replace("\u00a0", " ").split()
        while words and (words[-1].lower() in ARTICLES or words[-1].lower() in words_of_class("title")):
            front = front[: -len(words.pop())].rstrip(" \u00a0")
        if front.endswith(",") and (personal(mention) or _body(mention)):
            return mention
    return None


def _named_first(source: Source) -> bool:
    """True where the noun phrase in front of the first comma is a name already."""
    first = source.inside[0] if source.inside else None
    if first is None or first.name[:1].islower():
        return False
    if not personal(first) and heads(source.first_part):
        return False  # "the Minister of Defence, Ludmila Casarova"
    begins = first.span.start - source.span.start < len(source.first_part)  # not "one of them, Major Ada Tarn"
    whole = begins and first.span.end - source.span.start >= len(source.first_part.rstrip())
    return whole and (personal(first) or first.kind in ("government", "organisation", "unknown", "place"))


def _body(mention: Mention) -> bool:
    """True for a body by its own name, not by a noun alone."""
    return mention.kind in ("organisation", "unknown") and mention.name[:1].isupper() and mention.span.text[0].isupper()


def called(source: Source) -> str | None:
    """What a group calls itself.

    >>> called(Source(Span(0, 46, "a band of farmers that calls itself the Red Gate"), ()))
    'Red Gate'
    """
    match = _CALLED.search(source.text[:_LONGEST])
    if match is None:
        return None
    kept: list[str] = []
    for word in source.text[match.end() :].replace("\u00a0", " ").split():
        if not word[0].isupper() and word not in ("of", "for", "the", "and"):
            break
        kept.append(word.rstrip(",."))
        if word[-1] in ",.":
            break
    while kept and kept[-1].islower():
        kept.pop()
    return " ".join(kept) or None


def parts(source: Source) -> list[Span]:
    """The sources that "and" joins: "Prime Minister Reve and union leader Senn Idrow" are two; one where nothing is joined."""
    told = _RELATIVE.search(source.text)
    for match in _AND.finditer(source.text, 0, told.start() if told else len(source.text)):
        at = source.span.start + match.start()
        left = [m for m in source.inside if m.span.end <= at]
        right = next((m for m in source.inside if m.span.start >= at), None)
        if not left or right is None or left[-1].span.end != at:
            continue
        gap = source.text[match.end() : right.span.start - source.span.start].split()
        if (
            len(gap) > 3
            or any(w in PREPOSITIONS for w in gap)
            or not _ASIDE.isdisjoint(source.before(left[-1]).lower().split())
            or ("," in source.text[: match.start()] and personal(left[0]))
        ):
            continue
        return [
            Span(source.span.start, at, source.text[: match.start()]),
            Span(source.span.start + match.end(), source.span.end, source.text[match.end() :]),
        ]
    return [source.span]


@cache
def papers(*classes: str) -> frozenset[str]:
    """Nouns for what is written and then "says", of the classes named."""
    return frozenset(w for row in lexicon("speakers")["paper"] if row["class"] in classes for w in row["words"])


def cited(source: Source) -> Span | None:
    """Whom the source itself cites: "Reuters quoting US officials", "the agency, citing the mayor".

    >>> cited(Source(Span(0, 28, "Reuters, quoting US officials"), ())).text
    'US officials'
    """
    found = _CITES.search(source.text)
    if found is None or source.text[: found.start()].count(" ") > 6:
        return None
    start = source.span.start + found.end()
    return Span(start, source.span.end, source.text[found.end() :])


def relay(source: Span) -> str | None:
    """Who passes on what the one cited said: Reuters, in "Reuters quoting US officials"."""
    found = _CITES.search(source.text)
    words = source.text[: found.start()].split() if found and source.text[: found.start()].count(" ") <= 6 else []
    return " ".join(words[1:] if words and words[0].lower() in ARTICLES else words) or None


def issuer(source: Source) -> Mention | None:
    """Who made the paper: behind "by", "from" or "of", or in front as its owner; None where the words do not tell."""
    for mention in source.inside:
        front = source.before(mention).replace("\u00a0", " ").split()
        while front and (
            front[-1].lower() in ARTICLES or (front[-1].islower() and front[-1] in words_of_class("modifier"))
        ):
            front.pop()
        if not front or (mention.kind == "place" and mention.side is None):
            continue
        if front[-1].lower() in ("by", "from") or (
            front[-1].lower() == "of" and mention.kind in ("person", "organisation", "unknown")
        ):
            return mention
    first = source.inside[0] if source.inside else None
    if first is None or (first.kind == "place" and first.side is None):
        return None
    after = source.text[max(0, first.span.end - source.span.start) :].lower().replace("’", "'").strip()
    owns = after.startswith("'s") or first.span.text.endswith(("'s", "’s"))
    beside = after.split()[:2]
    fronts = set(source.before(first).lower().split()) <= ARTICLES
    return first if fronts and (owns or any(w.strip(",") in papers("message", "study") for w in beside)) else None


def issuing_words(source: Source) -> str | None:
    """The issuer in the words of one long name: "the report of the Straits League", "the union's statement".

    >>> issuing_words(Source(Span(0, 31, "The report of the Straits League"), ()))
    'Straits League'
    >>> issuing_words(Source(Span(0, 28, "a foreign ministry statement"), ()))
    'foreign ministry'

    Nothing where the text itself is broken: "(CNN)'s report".

    >>> issuing_words(Source(Span(0, 8, "'s report"), ()))
    """
    owner, mark, rest = source.first_part.replace("’", "'").partition("'s ")
    if mark and rest.lower().split()[-1:] == [source.head]:
        words = owner.split()
        return " ".join(words[1:] if words and words[0].lower() in ARTICLES else words) or None
    words = source.first_part.split()
    at = next((n for n, w in enumerate(words) if w.lower() == source.head), 0)
    if at > 1 and words[at - 1].lower() in words_of_class("role", "organisation"):
        return " ".join(w for w in words[:at] if w.lower() not in ARTICLES)
    for link in (" by ", " from ", " of "):
        _, found, behind = source.first_part.partition(link)
        words = [w for w in behind.split() if w.lower() not in ARTICLES]
        if found and words and words[0][0].isupper():
            return " ".join(words)
    return None


def opener(source: Span) -> Span:
    """The source without a word of time or of order in front: "Earlier the mayor" is the mayor.

    >>> opener(Span(4, 21, "Earlier the mayor")).text
    'the mayor'
    """
    first, found, rest = source.text.partition(" ")
    if not found or first.lower().rstrip(",") not in _OPENERS or not rest.strip():
        return source
    return opener(Span(source.start + len(first) + 1, source.end, rest))


_OPENERS = word_set("earlier later meanwhile separately today yesterday then now still also however and but")
_PAIR_OPENERS = word_set("each both either neither")


def only_described(source: Source) -> bool:
    """True where no name stands in the source: "the Shiite group", "the US-based charity", "the 27-nation bloc"."""
    words = source.first_part.replace("\u00a0", " ").split()[1:]
    based = next((n for n, w in enumerate(words) if w.endswith("-based")), 0)  # "the New York-based group"
    words = words[based:]
    if not 1 <= len(words) <= _DESCRIBED or words[-1].lower() != source.head:
        return False
    return all(w[0].islower() or w[0].isdigit() or _tells_a_land(w) for w in words)


def _tells_a_land(word: str) -> bool:
    return word.lower().endswith((*_OF_A_LAND, "-based", "-backed", "-led")) or word in (
        "US",
        "UK",
        "UN",
        "EU",
        "U.S.",
        "U.N.",
    )


_DESCRIBED = 4
_OF_A_LAND = ("an", "i", "ese", "ish", "ch", "ine", "eek", "iss", "ino", "shiite", "sunni", "ic", "ist", "ern")


def is_pair(source: Source) -> bool:
    """True for "both sides", "each side", "the two governments"."""
    words = [w for w in source.words if w not in ("the", "of", "warring", "rival", "opposing", "conflicting")]
    if not 1 <= len(words) <= 2 or words[-1] not in _pair_words():
        return False
    return words[0] in _PAIR_OPENERS | {"two"} or source.words[:2] in (["the", "sides"], ["the", "parties"])


@cache
def _pair_words() -> frozenset[str]:
    return frozenset(w for row in lexicon("speakers")["pair"] for w in row["words"])


@cache
def partisans() -> frozenset[str]:
    """Words for those who are of a party, and are not the party: "Republicans"."""
    return words_of_class("role", "group")


@cache
def epithets() -> frozenset[str]:
    """Words for somebody by his origin or party alone: "the Dane"."""
    return frozenset(w for row in lexicon("speakers")["epithet"] for w in row["words"])


@cache
def fighters() -> frozenset[str]:
    """Words for armed groups."""
    return frozenset(w for row in lexicon("speakers")["fighters"] for w in row["words"])


def names_joined(names: Sequence[str]) -> str:
    """ "A and B"; "A, B and C"."""
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)

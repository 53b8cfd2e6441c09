"""What Parley works with: frozen, cited, boring. This module imports nothing from parley.

Offsets are half-open character offsets into `Article.text`, the text of the source as read, which never
changes: `text[span.start:span.end] == span.text`, always. Dates are ISO texts whose length is their
precision ("2024", "2024-06", "2024-06-02"); there is no invented first of January.
"""

from __future__ import annotations

import datetime
import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import compress
from operator import ne
from typing import Literal, NamedTuple

Value = int | float | str | None
"""A figure's value: a number, a share as printed by meaning ("85%", "1/3"), or None where only bounds are known."""

Profile = Literal["accurate", "fast", "rules"]
Status = Literal["machine", "confirmed", "corrected", "rejected"]
StatementKind = Literal["direct", "indirect", "mixed"]
Voice = Literal["outlet", "headline", "insert", "indirect", "quoted", "scare"]
EventStatus = Literal["actual", "planned", "claimed", "denied", "hypothetical"]
Stance = Literal["demands", "proposes", "accepts", "rejects", "intends", "conditional", "undecided"]
Qualifier = Literal[
    "exact", "at_least", "more_than", "up_to", "less_than", "nearly", "approximately", "between", "vague"
]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
DropReason = Literal[
    "navigation",
    "share",
    "caption",
    "also_read",
    "byline",
    "dateline",
    "repeat_of_title",
    "footer",
    "subscribe",
    "other",
]
MentionKind = Literal["person", "organisation", "government", "place", "group", "unknown"]


def row_id(kind: str, *meaning: object) -> str:
    """A stable id: the hash of what gives a row its meaning, and of nothing else.

    >>> row_id("st", "a1", (3, 9)) == row_id("st", "a1", (3, 9))
    True
    """
    digest = hashlib.blake2b(repr(meaning).encode("utf-8"), digest_size=10)
    return f"{kind}_{digest.hexdigest()}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text: `[start, end)` in characters, and the characters themselves."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span `[start, end)` of `text`."""
        return cls(start, end, text[start:end])

    @property
    def pair(self) -> tuple[int, int]:
        """`(start, end)`."""
        return self.start, self.end

    def overlaps(self, other: Span) -> bool:
        """True where the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """True where `other` lies inside."""
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a value is what it is: the rule, a sentence for the reader, and the characters that speak for it."""

    rule: str
    detail: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawPage:
    """One article's source as it was held, decoded, before anything is judged.

    `data` are the source's bytes (of the record, where a file holds many) and `sha256` their hash. `text` is
    what spans count in: the file's text, the record's text field, a document's paragraphs, or a web page's visible text. `main` are the
    ranges of `text` that an extractor kept as the article; empty where no extractor ran.
    `title` ... `language` are what the source's own fields say, empty where they say nothing; `saved` is the day on which
    the source was saved or crawled: its article was published then or before.
    """

    file: str
    source_id: str
    data: bytes
    sha256: str
    media: Literal["text", "html", "record", "document"]
    text: str
    encoding: str = "utf-8"
    main: tuple[tuple[int, int], ...] = ()
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_rule: str | None = None
    language: str | None = None
    saved: str | None = None

    @property
    def id(self) -> str:
        """The article's id: the same file name, record and bytes are the same article, wherever they lie."""
        return row_id("ar", self.file.replace("\\", "/").rsplit("/", 1)[-1], self.source_id, self.sha256)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A span that is not part of the article's body, and why."""

    span: Span
    reason: DropReason
    step: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: its text unchanged, with what is known about it and what was set aside.

    `published` is its date, or the earliest possible one where `published_latest` gives the other end of an interval.
    """

    id: str
    file: str
    source_id: str
    sha256: str
    text: str
    title: Span | None = None
    title_text: str | None = None
    outlet: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    dateline_place: str | None = None
    dateline: Span | None = None
    published: str | None = None
    published_latest: str | None = None
    published_basis: tuple[Basis, ...] = ()
    body: Span | None = None
    dropped: tuple[Dropped, ...] = ()
    copy_of: str | None = None

    @property
    def published_precision(self) -> str | None:
        """`day`, `month`, `year`; `interval` where only bounds are known; None without a date."""
        if self.published is None:
            return None
        if self.published_latest is not None and self.published_latest != self.published:
            return "interval"
        return {4: "year", 7: "month", 10: "day"}[len(self.published)]

    @property
    def published_shown(self) -> str | None:
        """The date as one text whose length is no more than is known.

        Of an interval: its first day where it is that day or the next (the day of the news), else what both ends share.

        >>> Article("a", "f", "s", "h", "t", published="2024-05-03", published_latest="2024-05-04").published_shown
        '2024-05-03'
        >>> Article("a", "f", "s", "h", "t", published="2024-05-03", published_latest="2024-05-19").published_shown
        '2024-05'
        >>> Article("a", "f", "s", "h", "t", published="2023-12-03", published_latest="2024-01-19").published_shown
        """
        first, last = self.published, self.published_latest
        if first is None or last is None or first == last:
            return first
        if (
            len(first) == len(last) == 10
            and (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days <= 1
        ):
            return first
        return next((first[:n] for n in (7, 4) if first[:n] == last[:n]), None)

    def kept(self) -> tuple[Span, ...]:
        """The body without what was dropped inside it, in order."""
        if self.body is None:
            return ()
        holes = sorted((d.span.start, d.span.end) for d in self.dropped if d.span.overlaps(self.body))
        out: list[Span] = []
        at = self.body.start
        for start, end in [*holes, (self.body.end, self.body.end)]:
            if start > at:
                out.append(Span.of(self.text, at, min(start, self.body.end)))
            at = max(at, end)
        return tuple(out)


class Token(NamedTuple):
    """A word, number or mark, in characters of the article's text; `lower` is `small(text)`.

    A named tuple, not a dataclass: an article makes some 1,000 of them, and a frozen dataclass takes three times as long to make.
    """

    start: int
    end: int
    text: str
    lower: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Token:
        """The token `[start, end)` of `text`."""
        return cls(start, end, text[start:end], small(text[start:end]))


def small(word: str) -> str:
    """A word as word lists have it: in small letters, its apostrophes straight.

    >>> small("Can’t")
    "can't"
    """
    return word.lower().replace("’", "'")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the title or of the body, trimmed, with the number of the paragraph it stands in.

    The title is paragraph 0 and `in_title`; the body's paragraphs count from 1. Made once for all layers: `lowers` are its words
    in small letters, `starts` where each begins, `capitals` which of them are printed with a capital.
    """

    span: Span
    paragraph: int
    in_title: bool
    tokens: tuple[Token, ...]
    lowers: tuple[str, ...] = field(init=False, repr=False, compare=False)
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    capitals: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts, _, texts, lowers = zip(*self.tokens, strict=True) if self.tokens else ((), (), (), ())
        object.__setattr__(self, "lowers", lowers)
        object.__setattr__(self, "starts", starts)
        changed = compress(range(len(texts)), map(ne, texts, lowers))
        object.__setattr__(self, "capitals", tuple([n for n in changed if texts[n][0].isupper()]))

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The words `[first, last)` that share a character with `[start, end)` of the article's text."""
        first = bisect_right(self.starts, start) - 1
        first += first < 0 or self.tokens[first].end <= start
        return first, max(first, bisect_left(self.starts, end, first))


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks: `outer` with its marks, `inner` without.

    `closed` is False where the mark is never closed in its paragraph (a quotation that goes on in the next
    one, or a stray mark). `depth` is 1 for a quotation, 2 for one inside another.
    """

    outer: Span
    inner: Span
    paragraph: int
    closed: bool
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Timex:
    """A TIMEX3 expression: its span, its type and its value (ISO 8601 as TimeML writes it)."""

    span: Span
    type: TimexType
    value: str
    article: str = ""

    @property
    def id(self) -> str:
        return row_id("da", self.article, self.span.pair, self.type)

    @property
    def day(self) -> str | None:
        """The calendar date (`2024`, `2024-06` or `2024-06-02`) where the value is one, else None."""
        head = self.value.split("T", 1)[0]
        parts = head.split("-")
        whole = self.type in ("DATE", "TIME") and all(p.isdigit() for p in parts)
        return head if whole and len(head) in (4, 7, 10) else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or description as printed, with what it most likely is.

    `name` is the fullest name for it in this article ("Osama Hamdan" for "Hamdan"), `side` the party it belongs to
    or speaks for ("Hamas"), `role` its description ("senior Hamas official"). `actor` is the codebook's name where a codebook
    knows it; `side_basis` tells why it is on that side.
    """

    span: Span
    kind: MentionKind
    name: str
    side: str | None = None
    role: str | None = None
    actor: str | None = None
    side_basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One who takes part in what an article is about, under the one name that the article's rows give it.

    `kind` is state, movement, union, company or bloc, and empty where the article does not tell.
    """

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, resolved inside the article, and whom for; `id` is the actor's once the ledger has linked it."""

    name: str
    id: str | None = None
    role: str | None = None
    side: str | None = None
    basis: Basis | None = None
    side_basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody is reported to have said, written, thought or wanted something."""

    article: str
    content: tuple[Span, ...]
    kind: StatementKind
    source: Span | None = None
    cue: Span | None = None
    speaker: Speaker | None = None
    addressee: str | None = None
    venue: str | None = None
    said_on: str | None = None
    via: str | None = None
    nested_in: str | None = None
    nested: bool = False
    confidence: float = 0.5
    method: str = "rules"
    status: Status = "machine"

    @property
    def id(self) -> str:
        return row_id("st", self.article, self.cue.pair if self.cue else None, tuple(c.pair for c in self.content))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed, with its value, bounds and qualifier; `noun` is the counted thing where one follows.

    `span` runs from the qualifier to the number (or its unit); `change` is "up" or "down" for a stated rise or fall.
    `unit` is "percent", a currency code, a measure, or None for a bare count. Ordinals, dates and ages are no quantities
    of people or money, but `find_quantities` reports ages and durations with their unit so that callers can refuse them.
    """

    span: Span
    value: Value
    low: float | None
    high: float | None
    qualifier: Qualifier
    unit: str | None = None
    change: Literal["up", "down"] | None = None
    noun: Span | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the article reports about people, damage or money at stake."""

    article: str
    span: Span
    value: Value
    qualifier: Qualifier
    category: str
    low: float | None = None
    high: float | None = None
    population: str | None = None
    place: str | None = None
    claimant: str | None = None
    via: str | None = None
    date: str | None = None
    since: str | None = None
    until: str | None = None
    scope: Literal["cumulative", "incident"] | None = None
    change: Literal["up", "down"] | None = None
    part_of: str | None = None
    statement: str | None = None
    confidence: float = 0.5
    method: str = "rules"
    status: Status = "machine"

    @property
    def id(self) -> str:
        return row_id("fi", self.article, self.span.pair, self.category, self.value, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Position:
    """What a party to the talks wants, offers or refuses, on one issue.

    `condition` is what it hangs on, in the text's words, and `waits_for` the position that the condition demands;
    `since` is the day, month or year from which the text says that it is held.
    """

    article: str
    span: Span
    party: str
    issue: str
    stance: Stance
    said_by: str | None = None
    condition: str | None = None
    waits_for: str | None = None
    since: str | None = None
    statement: str | None = None
    confidence: float = 0.5
    method: str = "rules"
    status: Status = "machine"

    @property
    def id(self) -> str:
        return row_id("po", self.article, self.span.pair, self.party, self.issue, self.stance)


@dataclass(frozen=True, slots=True)
class Plover:
    """PLOVER's code for an event (Halterman et al. 2023): type such as CONSULT, and mode."""

    type: str
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is happening or is announced in or around the talks."""

    article: str
    span: Span
    type: str
    status: EventStatus
    actors: tuple[str, ...] = ()
    plover: Plover | None = None
    date: str | None = None
    place: str | None = None
    statement: str | None = None
    confidence: float = 0.5
    method: str = "rules"
    row_status: Status = "machine"

    @property
    def id(self) -> str:
        return row_id("ev", self.article, self.span.pair, self.type)

    @property
    def date_precision(self) -> str | None:
        return None if self.date is None else {4: "year", 7: "month", 10: "day"}.get(len(self.date))


@dataclass(frozen=True, slots=True)
class Wording:
    """A label that takes a side, and whose voice it is in."""

    article: str
    span: Span
    voice: Voice
    term: str
    referent: str | None = None
    statement: str | None = None
    confidence: float = 0.5
    method: str = "rules"
    status: Status = "machine"

    @property
    def id(self) -> str:
        return row_id("wo", self.article, self.span.pair)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who somebody is, across articles; only `resolve/` makes these."""

    id: str
    name: str
    kind: str
    role: str | None = None
    side: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A judgement that a name as printed in an article means an actor: kept beside the rows, never an edit of them."""

    left: str
    right: str
    judgement: Literal["positive", "negative", "unsure"]
    score: float
    rule: str
    detail: str
    by: str = "parley"

    @property
    def id(self) -> str:
        return row_id("li", self.left, self.right, self.by)


@dataclass(frozen=True, slots=True)
class Run:
    """One build: what made the rows."""

    id: str
    parley: str
    models: tuple[str, ...]
    codebooks: tuple[str, ...]
    settings: str
    started: str
    finished: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What has been read out of one article so far; each step of the pipeline returns a fuller one.

    Sentences stand in the order of the text.
    """

    page: RawPage
    article: Article
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    dates: tuple[Timex, ...] = ()
    mentions: tuple[Mention, ...] = ()
    parties: tuple[Party, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
    wording: tuple[Wording, ...] = ()
    done: frozenset[str] = field(default_factory=frozenset)

    @property
    def text(self) -> str:
        return self.article.text

    def span(self, start: int, end: int) -> Span:
        """The span `[start, end)` of the article's text."""
        return Span.of(self.article.text, start, end)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at `offset`, if any."""
        at = bisect_right(self.sentences, offset, key=lambda s: s.span.start) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].span.end else None

    def statement_at(self, span: Span) -> Statement | None:
        """The innermost statement whose content holds `span`, if any."""
        holding = [s for s in self.statements if any(c.holds(span) for c in s.content)]
        return min(holding, key=lambda s: sum(len(c) for c in s.content), default=None)


def shortest(spans: Iterable[Span]) -> Span | None:
    """The shortest of some spans, the first of equals; None of none."""
    return min(spans, key=len, default=None)

"""The step `clean`: a page -> an article, with what is no part of its body marked and kept, each with its reason.

Order: what each paragraph looks like (`blocks`), which one is the title (`heading`), where the body begins and ends, what inside
it is something else, and then the outlet, URL and authors from what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.clean.blocks import Block, blocks, fold
from parley.clean.brand import brands
from parley.clean.byline import authors_in, is_bio, is_byline, lone_author, names_above_role
from parley.clean.dateline import DATE, Dateline, find_dateline
from parley.clean.heading import find_title, first_prose, head_end, is_prose
from parley.clean.masthead import MASTHEAD, Evidence, gather
from parley.clean.masthead import heads as mastheads
from parley.clean.outlet import (
    Outlets,
    by_code_known,
    by_domain,
    heads,
    host_alone,
    host_of,
    is_self_praise,
    named,
    named_around,
    signs_off,
    speaks_of_itself,
    url_in_text,
)
from parley.data import Article, Dropped, DropReason, RawPage, Reading, Span

if TYPE_CHECKING:
    from parley.pipeline import Settings

STEP = "clean"
# Of a text's prose, the share that lines without a full stop may hold and still be dropped: a text that never
# prints full stops (subtitles, some transcripts) is left whole.
_MOST_UNCLOSED = 0.3
_LONGEST_HEADING = 18  # words
_IN_PLACE = re.compile(r"In ((?:[A-Z][\w’'-]+ ?){1,3}), ")


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step for these settings."""
    known = Known.of(settings)

    def clean(reading: Reading) -> Reading:
        return replace(reading, article=article_of(reading.page, known))

    return clean


@dataclass(frozen=True, eq=False)
class Known:
    """What the step knows beforehand: the codebook's outlets and places, and the user's word for the outlet."""

    outlets: Outlets
    places: frozenset[str]
    outlet: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> Known:
        """What these settings and their codebook say."""
        book = settings.codebook
        places = [name for place in book.places for name in (place.name, *place.aliases)]
        capitals = [actor.capital for actor in book.actors if actor.capital]
        return cls(Outlets.of(book), frozenset(places + capitals), settings.outlet)


@dataclass(slots=True)
class _Body:
    """Which blocks are the body: `first` ... `last`, and for every block why it is not, or None."""

    first: int
    last: int
    reasons: list[DropReason | None]
    dateline: Dateline | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class _Signs:
    """What is known of an article before its body is: its title and the block of that, who wrote it, what names its outlet."""

    title: Span | None
    at: int
    authors: Sequence[str]
    evidence: Sequence[Evidence]
    author_at: int = -1


def article_of(page: RawPage, known: Known) -> Article:
    """The article on a page; a page without a sentence gives an article without a body."""
    found = blocks(page)
    first = first_prose(found)
    head = head_end(found, first)
    evidence = [*gather(found, head, page.title), *brands(found, head, page.text)]
    title, at = find_title(
        page.text,
        found,
        page.title,
        heads(found, known.outlets) | mastheads(found, evidence, first),
        {fold(e.name) for e in evidence},
    )
    authors = page.authors or authors_in(found)
    alone = None if authors else lone_author(found, at)
    if alone:
        authors = (alone[0],)
    signs = _Signs(title, at, authors, evidence, alone[1] if alone else -1)
    body = _find_body(page, found, signs, known)
    title_text = page.title or (_without_stop(title.text) if title else None)
    article = Article(
        id=page.id,
        file=page.file,
        source_id=page.source_id,
        sha256=page.sha256,
        text=page.text,
        title=title,
        title_text=" ".join(title_text.split()) if title_text else None,
        language=page.language,
        authors=authors,
    )
    return _with_outlet(_with_body(article, body, found), page, found, body, evidence, known)


def _without_stop(title: str) -> str:
    """A title without the full stop that some corpora print after it, ‘inside the closing mark’ too."""
    return title if title.endswith(("...", "…")) else re.sub(r"\.(?=[”’\"']?\Z)", "", title)


def _with_outlet(
    article: Article, page: RawPage, found: Sequence[Block], body: _Body, evidence: Sequence[Evidence], known: Known
) -> Article:
    outlets = known.outlets
    url = page.url or url_in_text(found, article.title_text)
    agency = body.dateline.agency if body.dateline else None
    where = (body.first, body.last)
    # A masthead may stand between deck and lead; other lines inside a body speak of other outlets.
    evidence = [
        e
        for e in evidence
        if not body.first <= e.block <= body.last or (e.weight >= MASTHEAD and body.reasons[e.block] is not None)
    ]
    outlet = (
        (named(page.outlet, outlets, article.text) if page.outlet else None)
        or by_domain(url, outlets)
        or named_around(article.text, found, where, evidence, outlets, agency=agency, authors=article.authors, url=url)
        or known.outlet
        or host_of(url)
        or host_alone(found, where)
        or by_code_known(agency, outlets)
        or _agency_of_bare_text(article, found, body)
    )
    return replace(article, url=url, outlet=outlet)


def _agency_of_bare_text(article: Article, found: Sequence[Block], body: _Body) -> str | None:
    """The agency in the dateline of a text that holds nothing but the article, as files of old wires and broadcasts do.

    There it is whose report this is; on a page with a head or a foot of its own, an unknown agency only lent its copy.
    """
    line = body.dateline
    if line is None or line.agency is None or body.first > 0 or body.last < len(found) - 1 or any(body.reasons):
        return None
    return line.agency if DATE.search(article.text, line.start, line.end) else None


def _with_body(article: Article, body: _Body, found: Sequence[Block]) -> Article:
    """The article with where its body, its dateline and everything dropped stand."""
    text = article.text
    dropped = [
        Dropped(Span.of(text, b.start, b.end), reason, STEP)
        for b, reason in zip(found, body.reasons, strict=True)
        if reason is not None
    ]
    line, span = body.dateline, None
    if line is not None:
        span = Span.of(text, line.start, _rstrip(text, line.start, line.end))
        dropped.append(Dropped(span, "dateline", STEP))
    dropped.sort(key=lambda d: d.span.pair)
    article = replace(article, dropped=tuple(dropped), dateline=span, dateline_place=body.place)
    if body.last < 0:
        return article
    first, end = found[body.first], found[body.last].end
    start = first.start
    if article.title is not None and start <= article.title.start < first.end:
        start = _after_title(text, article.title.end, first.end)
    if line is not None and start <= line.start < first.end:
        start = line.end
    return replace(article, body=Span.of(text, start, end) if start < end else None)


def _after_title(text: str, start: int, end: int) -> int:
    """Where the body begins in a paragraph that begins with the title."""
    while start < end and (text[start].isspace() or text[start] in ".:-–—|"):
        start += 1
    return start


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _find_body(page: RawPage, found: Sequence[Block], signs: _Signs, known: Known) -> _Body:
    """Tell the body's blocks from the others."""
    title, at = signs.title, signs.at
    titled = None if title is None else fold(title.text)
    reasons: list[DropReason | None] = [_by_look(b, n, at, titled) for n, b in enumerate(found)]
    own = _title_is_alone(found, title, at)
    if own:
        reasons[at] = "other"  # for now: the title is no part of the body
    _drop_bylines_in_two(found, reasons)
    if signs.author_at >= 0:
        reasons[signs.author_at] = "byline"
    line, line_at = _dateline(page.text, found, reasons, known.places)
    _drop_before(found, reasons, line_at if line else -1, at)
    _drop_tail(found, reasons)
    _drop_unclosed(found, reasons, judged=bool(page.main))
    _drop_repeats(found, reasons)
    _drop_foot(found, reasons, signs, known)
    kept = [n for n, reason in enumerate(reasons) if reason is None]
    if own:
        reasons[at] = None
    place = line.place if line else _opening_place(found, kept, known.places)
    return _Body(kept[0] if kept else len(found), kept[-1] if kept else -1, reasons, line, place)


def _drop_bylines_in_two(found: Sequence[Block], reasons: list[DropReason | None]) -> None:
    """A name, and on the next line what its bearer is."""
    for number in range(min(len(found) - 1, 60)):
        if reasons[number] is None and names_above_role(found[number], found[number + 1]):
            reasons[number] = "byline"
            reasons[number + 1] = reasons[number + 1] or "byline"


def _opening_place(found: Sequence[Block], kept: Sequence[int], places: frozenset[str]) -> str | None:
    """ "In Cairo, ...": the place that an article without a dateline opens with, where the codebook knows it."""
    match = _IN_PLACE.match(found[kept[0]].text) if kept else None
    return match.group(1) if match and match.group(1) in places else None


def _title_is_alone(found: Sequence[Block], title: Span | None, at: int) -> bool:
    return title is not None and at >= 0 and found[at].end - title.end <= 12


def _by_look(block: Block, number: int, at: int, titled: str | None) -> DropReason | None:
    """Why a block is no body by what it is in itself, and by where it stands to the title, given folded."""
    if number == at:
        return None
    if block.folded == titled:
        return "repeat_of_title"
    if block.reason is not None:
        return block.reason
    if is_byline(block):
        return "byline"
    if block.outside:
        return "other" if block.ends and block.words > 12 else "navigation"
    if number < at:
        return "navigation"
    return None


def _dateline(
    text: str, found: Sequence[Block], reasons: list[DropReason | None], places: frozenset[str]
) -> tuple[Dateline | None, int]:
    """The dateline of the first blocks that may be prose, and the number of its block."""
    paragraphs = 0
    for tried, number in enumerate(n for n, reason in enumerate(reasons) if reason is None):
        block = found[number]
        paragraphs += block.words > 20
        line = find_dateline(text, block.start, block.end, places)
        if line is not None and not (text[line.start : line.end].rstrip().endswith(":") and _is_transcript(found)):
            return line, number
        # Key points and decks may stand above the lead; behind the lead there is no dateline.
        if tried >= 8 or paragraphs > 2:
            break
    return _leading_date(text, found, reasons)


# "The premier at the podium in Kell. (KTV)": a picture's line, where it stands right under the title and prose follows.
_CREDITED = re.compile(r"[.\w]\s?[(\[](?:[A-Z]{2,8}|[\w .’'-]{2,30}/[\w .’'-]{2,30})[)\]]\.?\Z")


def _is_credited_picture(found: Sequence[Block], reasons: Sequence[DropReason | None], number: int) -> bool:
    block = found[number]
    if block.words > 30 or not _CREDITED.search(block.text):
        return False
    return any(
        reasons[n] is None and found[n].words > 8 and found[n].ends
        for n in range(number + 1, min(number + 4, len(found)))
    )


_SPEAKER = re.compile(r"[A-Z][A-Z .’'-]{1,40}:\s")


def _is_transcript(found: Sequence[Block]) -> bool:
    """True where several paragraphs begin with a name in capitals and a colon: "VENN: We shall see." """
    return sum(1 for b in found if _SPEAKER.match(b.text)) > 1


def _leading_date(text: str, found: Sequence[Block], reasons: list[DropReason | None]) -> tuple[Dateline | None, int]:
    """ "Sun 16 Apr 2017 Death toll rises. ...": a date with its year glued before the first words."""
    number = next((n for n, reason in enumerate(reasons) if reason is None), -1)
    if number < 0:
        return None, -1
    block = found[number]
    match = DATE.match(text, block.start, block.end)
    if not match or not re.search(r"\d{4}", match.group()):
        return None, -1
    rest = text[match.end() : match.end() + 2]
    if not rest[:1].isspace() or not (rest[1:2].isupper() or rest[1:2].isdigit()):
        return None, -1
    return Dateline(match.start(), match.end() + 1, None, None), number


def _drop_before(found: Sequence[Block], reasons: list[DropReason | None], line_at: int, at: int) -> None:
    """Captions, decks and stray words between the title and the first sentence."""
    for number, block in enumerate(found):
        if reasons[number] is not None:
            continue
        # Below the title a question may open the article; above it, a heading.
        prose = is_prose(block) or (0 <= at < number and block.ends)
        begins = number == line_at or (prose and not (number < line_at and not block.ends))
        if begins and not _is_credited_picture(found, reasons, number):
            return
        reasons[number] = "caption" if block.words > 3 else "other"


def _drop_tail(found: Sequence[Block], reasons: list[DropReason | None]) -> None:
    """Everything after a copyright line, a comments heading or a list of other stories, where most of the prose lies before it."""
    sizes = [len(b.text) if reason is None else 0 for b, reason in zip(found, reasons, strict=True)]
    total, before = sum(sizes), 0
    for number, block in enumerate(found):
        if block.tail and reasons[number] is not None and before * 2 > total:
            for later in range(number + 1, len(found)):
                reasons[later] = reasons[later] or reasons[number]
            return
        before += sizes[number]


def _drop_unclosed(found: Sequence[Block], reasons: list[DropReason | None], *, judged: bool) -> None:
    """Short lines without a full stop between paragraphs and after the last: headings, other stories, buttons.

    Where an extractor has `judged`, a heading that it kept inside is the article's own.
    """
    kept = [n for n, reason in enumerate(reasons) if reason is None]
    loose = [n for i, n in enumerate(kept) if _is_loose(found[n], found[kept[i - 1]] if i else None)]
    loose = sorted({*loose, *(n for n in kept if n and _is_link(found[n], reasons[n - 1]))})
    last = max((n for n in kept if found[n].ends), default=len(found))
    total = sum(len(found[n].text) for n in kept)
    many = judged or sum(len(found[n].text) for n in loose if n < last) > total * _MOST_UNCLOSED
    for n in loose:
        if n > last or not many:
            # Under "Related" or "Recommended" stand the other stories.
            reasons[n] = "also_read" if n and reasons[n - 1] == "also_read" else "other"


# “We are tired.” — Dara Venn: a statement without a cue, and no heading.
_SIGNED_QUOTE = re.compile(r"[\"“‘'«].{10,}[\"”’'»]\s?(?:--?|[–—―])\s?\w")


# A full stop inside, or a quotation that somebody says: prose that lost its last full stop.
_SAID = re.compile(r"[,.!?…][\"”’'»]\s+\w|[a-z”\"]\.\s+[\"“‘]?[A-Z]")


def _is_link(block: Block, above: DropReason | None) -> bool:
    """True for a question or cry right under "Related": the title of another story."""
    return above == "also_read" and not block.blank_before and block.words < 20 and block.text[-1] in "?!"


def _is_loose(block: Block, before: Block | None) -> bool:
    if block.ends or block.is_item or block.words > _LONGEST_HEADING:
        return False
    if _SIGNED_QUOTE.match(block.plain) or (block.words > 4 and _SAID.search(block.plain)):
        return False
    introduced = before is not None and before.text.rstrip("*_ ").endswith((":", ",", ";"))
    return not introduced and not block.plain[:1].islower() and not block.text.endswith((",", ";"))


def _drop_foot(found: Sequence[Block], reasons: list[DropReason | None], signs: _Signs, known: Known) -> None:
    """The last lines, where they tell who an author is, or an outlet speaks of itself or is named alone."""
    named = {e.block for e in signs.evidence}
    own = [e.name for e in signs.evidence if e.block < signs.at]
    kept = [n for n, reason in enumerate(reasons) if reason is None]
    while len(kept) > 1:
        last, parted = kept[-1], kept[-1] - 1 != kept[-2]
        if is_bio(found[last], signs.authors):
            reasons[last] = "byline"
        elif (
            speaks_of_itself(found[last], own)
            or signs_off(found[last], own)
            or (last in named and not found[last].ends)
            or (parted and (is_self_praise(found[last], known.outlets) or (last in named and found[last].words <= 25)))
        ):
            reasons[last] = "footer"
        else:
            break
        kept.pop()
    for number in range(kept[-1] + 1 if kept else 0, len(found)):
        if reasons[number] == "other" and number in named:
            reasons[number] = "footer"


def _drop_repeats(found: Sequence[Block], reasons: list[DropReason | None]) -> None:
    """A paragraph that is printed word for word elsewhere in the body: a pull quote, or a slip."""
    kept = [n for n, reason in enumerate(reasons) if reason is None]
    whole = "\n".join(found[n].folded for n in kept)
    seen: set[str] = set()
    for n in kept[:400]:
        words = found[n].folded
        if len(words) < 25 or len(words) > 600:
            continue
        if words in seen or (
            found[n].words < 60 and whole.count(words) > 1 and _stands_within(found, kept, n, reasons)
        ):
            reasons[n] = "other"
        seen.add(words)


def _stands_within(found: Sequence[Block], kept: Sequence[int], number: int, reasons: list[DropReason | None]) -> bool:
    words = found[number].folded
    return any(
        m != number and reasons[m] is None and len(found[m].folded) > len(words) and words in found[m].folded
        for m in kept
    )

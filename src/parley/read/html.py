"""A web page -> RawPage: its visible text, and which ranges of it are the article.

What is the article is trafilatura's judgement alone; its text is laid over the visible text, so that every span counts in
what a reader of the page sees. Pages are cut off by size and depth before anything parses them; nothing is fetched.
"""

from __future__ import annotations

import hashlib
import logging
import re
from functools import cache
from typing import Any, BinaryIO

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.kinds import Origin, Pages
from parley.read.metadata import PageFacts, page_facts
from parley.read.streams import whole
from parley.read.text import decode
from parley.read.unopened import Unopened
from parley.read.vendors.signs import of_page
from parley.read.visible import visible_text

EXTRACTOR = "html:page_from_html"
LARGEST_PAGE = 10_000_000
# A page that shows more text than a book, or is made of more tags than any, is no article; the extractor would take
# seconds a megabyte over it (44 s and 1.7 GB for 600,000 links).
_LARGEST_ARTICLE = 1_000_000
_MOST_TAGS, _TOO_MANY_TAGS = 100_000, 500_000
# libxml2 gives up at 256 levels and loses what lies deeper; a page like that is set aside, not half read.
_TOO_DEEP = "Excessive depth"
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_PROLOG = re.compile(r"\s{0,100}<\?xml[^>]{0,400}\?>")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SUFFIX = re.compile(r"(?<!\s)\s+[|–—\-·•:«»]\s+[^|–—·•«»]{2,60}\Z")
# Extracted lines shorter than this may stand anywhere on a page ("World"); they are looked for close by only.
_SHORT, _CLOSE_BY = 24, 600
_MISSES_ALLOWED = 300


def read_html(stream: BinaryIO, origin: Origin) -> Pages:
    """The file: one page, or a vendor's page of many articles."""
    data = whole(stream, origin.file)
    yield Unopened.of(data, origin.file, origin.stem, of_page(data) or EXTRACTOR)


def page_from_html(data: bytes, *, file: str, source_id: str, declared: str | None = None) -> RawPage:
    """The page; raises ReadError where it is too large, too deep, or holds no text.

    `declared` is the encoding that its server named; what the page itself names comes after that.
    """
    if len(data) > LARGEST_PAGE:
        raise ReadError(f"{len(data):,} bytes of HTML are more than the {LARGEST_PAGE:,} that are read", file=file)
    named = _DECLARED.search(data[:8_192])
    source, encoding = decode(data, declared=declared or (named.group(1).decode("ascii") if named else None))
    tags = source.count("<")
    if tags > _TOO_MANY_TAGS:
        raise ReadError(f"{tags:,} tags are more than the {_TOO_MANY_TAGS:,} that are read", file=file)
    root = parsed(source, file)
    text = visible_text(root)
    if not text.strip():
        raise ReadError("the page shows no text; it may be filled in by a script", file=file)
    facts = page_facts(root)
    small = len(text) <= _LARGEST_ARTICLE and tags <= _MOST_TAGS
    extracted, more = _extract(source) if small else ("", PageFacts())
    published, rule = facts.published, facts.published_rule
    if published is None and more.published:
        published, rule = more.published, more.published_rule
    return RawPage(
        file=file,
        source_id=source_id,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        media="html",
        text=text,
        encoding=encoding,
        main=_main(text, extracted),
        title=_title(root, facts.title or more.title),
        outlet=facts.outlet or more.outlet or _outlet_in_title(root),
        url=facts.url or more.url,
        authors=facts.authors or more.authors,
        published=published,
        published_rule=rule,
        language=facts.language,
    )


def markup_text(source: str, file: str) -> str:
    """The visible text of a piece of HTML; raises ReadError where it cannot be parsed."""
    return visible_text(parsed(source, file))


def parsed(source: str, file: str) -> Any:
    """The root of a page's tree; raises ReadError where it cannot be parsed whole."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    safe = _UNREADABLE.sub("\ufffd", _PROLOG.sub("", source, count=1))
    try:
        root = lxml_html.document_fromstring(safe or " ", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"not a web page that can be parsed ({error})", file=file) from error
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise ReadError("elements are nested deeper than 256 levels; the page is set aside", file=file)
    return root


@cache
def _trafilatura() -> Any:
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "charset_normalizer", "readability"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura


def _extract(source: str) -> tuple[str, PageFacts]:
    """What trafilatura keeps as the article, and what it says of it; nothing where it finds none."""
    try:
        found = _trafilatura().bare_extraction(
            _UNREADABLE.sub("\ufffd", source),
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            # Only dates that the page prints or declares; htmldate's wider search guesses.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception:
        return "", PageFacts()
    if found is None:
        return "", PageFacts()
    people = tuple(a.strip() for a in (found.author or "").split(";") if a.strip())
    day = found.date if found.date and re.fullmatch(r"\d{4}-\d{2}-\d{2}", found.date) else None
    return found.text or "", PageFacts(
        title=found.title,
        outlet=found.sitename,
        url=found.url,
        authors=people,
        published=day,
        published_rule="htmldate" if day else None,
    )


def _title(root: Any, given: str | None) -> str | None:
    """The page's headline as printed where a heading carries it, else what its metadata say, without the outlet's name."""
    headings = [" ".join(h.text_content().split()) for h in list(root.iter("h1"))[:5]]
    headings = [h for h in headings if len(h.split()) > 2 and len(h) < 300]
    if given is None:
        return headings[0] if len(headings) == 1 else None
    words = set(re.findall(r"\w+", given.casefold()))
    for heading in headings:
        own = set(re.findall(r"\w+", heading.casefold()))
        if 2 * len(own & words) > len(own):
            return heading
    return _SUFFIX.sub("", given)


def _outlet_in_title(root: Any) -> str | None:
    """The outlet's name in the page's <title>: after a bar, or after a dash where a heading prints the rest alone."""
    title = " ".join((root.findtext(".//title") or "")[:500].split())
    head, bar, name = title.rpartition(" | ")
    if not bar:
        headings = {" ".join(h.text_content().split()) for h in list(root.iter("h1"))[:5]}
        head, _, name = next(
            (p for d in (" - ", " – ", " — ") if (p := title.rpartition(d))[0] in headings), ("", "", "")
        )
    return name if len(head) > len(name) and 0 < len(name.split()) < 6 else None


def _folded(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, lower case, and where each stands."""
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        if char.isalnum():
            letters.append(char.lower()[0])
            places.append(at)
    return "".join(letters), places


def _main(text: str, extracted: str) -> tuple[tuple[int, int], ...]:
    """The ranges of `text` whose letters are the lines of `extracted`, in order.

    >>> _main("Menu\\nTalks failed.\\nShare\\nMore talks on Friday.", "Talks failed.\\nMore talks on Friday.")
    ((5, 18), (25, 46))
    """
    letters, places = _folded(text)
    out: list[tuple[int, int]] = []
    cursor = misses = 0
    for line in extracted.splitlines():
        wanted, _ = _folded(line)
        if not wanted or misses > _MISSES_ALLOWED:
            continue
        short = len(wanted) < _SHORT
        at = letters.find(wanted, cursor, cursor + _CLOSE_BY + len(wanted) if short else len(letters))
        if at < 0 and not short:
            at = letters.find(wanted)
        if at < 0:
            misses += 1
            continue
        end = at + len(wanted)
        out.append(_whole(text, places[at], places[end - 1] + 1))
        cursor = max(cursor, end)
    return tuple(_merged(sorted(out)))


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The range with the marks that stand around its letters on the same line."""
    while start > 0 and not text[start - 1].isspace() and not text[start - 1].isalnum():
        start -= 1
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return start, end


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in ranges:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out

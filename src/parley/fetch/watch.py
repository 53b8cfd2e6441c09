"""Feeds -> the pages that they name: what is new since the last look, and nothing twice."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from parley.errors import FetchError, UsageError
from parley.fetch.ask import Limits
from parley.fetch.fetch import FEEDS, PAGES, Fetched, Fetcher, Manners, conditions
from parley.fetch.kept import Kept, Known, now, refusal
from parley.fetch.reach import PUBLIC, Reach, target_of
from parley.read.feed import links_in

MOST_LINKS = 300
"""Pages that one look at a feed may lead to."""
LARGEST_LIST = 5_000_000
_OUTLINE = "outline"


def feeds_in(sources: Iterable[str]) -> list[str]:
    """The feeds that are named: addresses as they are, and those in OPML files and lists of one address a line.

    Raises UsageError for a file that cannot be read or that names none.
    """
    found: list[str] = []
    for source in sources:
        if re.match(r"https?://", source, re.IGNORECASE):
            found.append(source)
            continue
        try:
            data = Path(source).read_bytes()[: LARGEST_LIST + 1]
        except OSError as error:
            raise UsageError(f"{source} is no address and cannot be read ({error.strerror})") from error
        if len(data) > LARGEST_LIST:
            raise UsageError(f"{source} is larger than {LARGEST_LIST:,} bytes, which no list of feeds is")
        named = _outlines(data, source) if b"<" in data[:1_000] else _lines(data)
        if not named:
            raise UsageError(f"{source} names no feed: an OPML file does in xmlUrl, a list has one address a line")
        found += named
    return list(dict.fromkeys(found))


def _outlines(data: bytes, source: str) -> list[str]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(f"{source} is no OPML that can be read ({str(error)[:120]})") from error
    named = ({k.lower(): v for k, v in node.attrib.items()}.get("xmlurl") for node in root.iter(_OUTLINE))
    return [str(url).strip() for url in named if url]


def _lines(data: bytes) -> list[str]:
    lines = (line.strip() for line in data.decode("utf-8", "replace").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def watch(
    feeds: Iterable[str],
    folder: str | os.PathLike[str],
    *,
    manners: Manners | None = None,
    limits: Limits | None = None,
    reach: Reach = PUBLIC,
) -> Iterator[Fetched]:
    """Look once at each feed, and fetch the pages that it names and that are not there yet.

    A feed that has not changed is not sent again. A feed that cannot be read is told as failed; the others are read.
    """
    with Kept.open(folder) as kept:
        fetcher = Fetcher(kept, manners or Manners(), limits or Limits(), reach)
        looked: list[tuple[Known, list[str]]] = []
        for feed in feeds:
            try:
                looked.append(_look(feed, fetcher))
            except FetchError as error:
                yield Fetched(feed, "failed", told=error.told, passing=error.passing)
        waiting: set[str] = set()
        for page in fetcher.pages([link for _, links in looked for link in links], patient=True):
            if page.passing:
                waiting.add(page.url)
            if page.what != "there":
                yield page
        for known, links in looked:
            # Only a feed whose pages are all dealt with may be answered with "not changed" the next time.
            if waiting.isdisjoint(links):
                kept.note(known)


def _look(feed: str, fetcher: Fetcher) -> tuple[Known, list[str]]:
    """What is to be known of a feed from now on, and the pages that it names; none where it has not changed."""
    url = target_of(feed, fetcher.reach).url
    known = fetcher.kept.of(url)
    answer = fetcher.get(url, conditions(known), (*FEEDS, "text/plain", *PAGES))
    if answer.status == 304 and known is not None:
        return replace(known, at=now()), []
    if answer.status != 200:
        raise refusal(answer)
    links = [
        link for link in links_in(answer.unpacked(fetcher.limits.size), answer.url) if _may_be_asked(link, fetcher)
    ]
    if not links:
        raise FetchError("holds no entry that names a page; is it a feed?", url=url)
    etag, modified = answer.header("ETag"), answer.header("Last-Modified")
    return Known(url, now(), answer.status, etag=etag, modified=modified), links[:MOST_LINKS]


def _may_be_asked(link: str, fetcher: Fetcher) -> bool:
    try:
        target_of(link, fetcher.reach)
    except FetchError:
        return False
    return True

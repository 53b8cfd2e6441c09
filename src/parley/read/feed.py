"""RSS and Atom -> RawPages: one an entry, its full content where the feed carries it, else its summary.

feedparser reads the feed, without loading anything that it names. An entry's bytes are those between its tags as the feed
has them, so that the next issue of a feed, with one entry more, holds the old ones unchanged.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from typing import Any, BinaryIO
from urllib.parse import urljoin
from xml.parsers import expat

from parley.data import RawPage
from parley.errors import ReadError, Remark
from parley.read.day import day_of
from parley.read.html import markup_text
from parley.read.kinds import Origin, Pages
from parley.read.streams import whole

LARGEST_FEED = 20_000_000
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|#x|[a-zA-Z]{2,8};)")
_BREAKS_OFF = re.compile(r"(?:\[(?:…|\.\.\.|&hellip;)\]|…|\.\.\.)\s*\Z")
_LONG = 1_500
"""Characters from which a description that does not break off is taken for the whole text."""
_PARTED = re.compile(r"\s[|–—\-»›>:]\s")
"""Signs that a feed's title names a section beside the outlet: which side is which, nobody can tell."""


def read_feed(stream: BinaryIO, origin: Origin) -> Pages:
    """One page an entry; what the feed leaves out is said at the end."""
    data = whole(stream, origin.file, LARGEST_FEED)
    try:
        feed = _parsed(data)
    except (ValueError, LookupError) as error:  # where a declaration names its encoding in broken bytes
        raise ReadError(f"not RSS or Atom ({str(error)[:120]})", file=origin.file) from error
    if not feed.version and not feed.entries:
        told = getattr(feed.get("bozo_exception"), "getMessage", lambda: "its root is none of a feed's")()
        raise ReadError(f"not RSS or Atom ({told})", file=origin.file)
    parts, broken = _parts(data)
    short = bare = 0
    for number, entry in enumerate(feed.entries, 1):
        where = f"entry {number}"
        try:
            text, full = _text_of(entry, origin.file)
        except ReadError as error:
            yield ReadError(error.told, file=origin.file, record=where)
            continue
        if not text:
            bare += 1
            continue
        short += not full
        part = parts[number - 1] if number <= len(parts) else _as_json(entry)
        yield _page(entry, feed.feed, text, part, where, origin)
    if broken:
        yield Remark(f"the feed is not well-formed ({broken}); {len(feed.entries)} entries were read", file=origin.file)
    yield from _remarks(len(feed.entries), short, bare, origin)


def links_in(data: bytes, base: str) -> list[str]:
    """The pages that a feed's entries name, in order and once each; none where it is no feed. `base` is where it was read."""
    found = (urljoin(base, str(entry.get("link") or "").strip()) for entry in _parsed(data).entries)
    return list(dict.fromkeys(url for url in found if url.startswith(("http://", "https://")) and url != base))


def _remarks(entries: int, short: int, bare: int, origin: Origin) -> Pages:
    if short:
        yield Remark(f"{short} of {entries} entries carry a summary only, which was read", file=origin.file)
    if bare:
        told = f"{bare} of {entries} entries carry a title and a link only; `parley fetch` gets their pages"
        yield Remark(told, file=origin.file)
    if not entries:
        yield Remark("the feed has no entries", file=origin.file)


def _parsed(data: bytes) -> Any:
    import feedparser

    # A stream, for a text might be taken for an address or a file's name. Pages are not sanitised: only their text is taken.
    return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)


def _parts(data: bytes) -> tuple[list[bytes], str | None]:
    """The bytes of each entry, from its first tag to its last, up to where the feed is broken; and how it is."""
    if b"\x00" in data[:6]:
        return [], None  # in UTF-16 a tag does not end with one byte
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[tuple[int, int]] = []
    begun: list[int] = []

    def begins(name: str, _: Any) -> None:
        if name.rpartition(" ")[2] in ("item", "entry"):
            begun.append(parser.CurrentByteIndex)

    def ends(name: str) -> None:
        if name.rpartition(" ")[2] in ("item", "entry"):
            start = begun.pop()
            if not begun:
                found.append((start, data.find(b">", parser.CurrentByteIndex) + 1))

    parser.StartElementHandler = begins
    parser.EndElementHandler = ends
    broken = None
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        broken = str(error)[:120]
    return [data[a:b] for a, b in found], broken


def _as_json(entry: Any) -> bytes:
    """An entry whose bytes cannot be told, as it was understood."""
    kept = {k: entry[k] for k in ("id", "title", "link", "published", "updated", "summary", "author") if k in entry}
    kept["content"] = [c.get("value", "") for c in entry.get("content", [])]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")


def _text_of(entry: Any, file: str) -> tuple[str, bool]:
    """An entry's text, and whether it is all of the article."""
    contents = [
        c for c in entry.get("content", []) if str(c.get("type", "")).startswith(("text/", "application/xhtml"))
    ]
    longest = max(contents, key=lambda c: len(c.get("value") or ""), default=None)
    summary = entry.get("summary_detail") or {"value": entry.get("summary") or "", "type": "text/html"}
    texts = [_shown(part, file) for part in (longest, summary) if part]
    text = max(texts, key=len, default="")
    full = len(text) >= _LONG or (longest is not None and texts[0] == text)
    return text, full and not _BREAKS_OFF.search(text[-40:])


def _shown(part: Any, file: str) -> str:
    value = str(part.get("value") or "")
    if part.get("type") == "text/plain" or not _MARKUP.search(value):
        return value.strip()
    return markup_text(value, file).strip()


def _line(value: Any, file: str) -> str | None:
    """A field of one line, as text."""
    if not isinstance(value, str):
        return None
    value = value[:2_000]
    return " ".join((markup_text(value, file) if _MARKUP.search(value) else value).split()) or None


def _page(entry: Any, feed: Any, text: str, data: bytes, where: str, origin: Origin) -> RawPage:
    field = next((f for f in ("published", "created", "updated") if day_of(entry.get(f))), None)
    title = _line(entry.get("title"), origin.file)
    link = str(entry.get("link") or "")[:2_000]
    return RawPage(
        file=origin.file,
        source_id=str(entry.get("id") or link or where)[:500],
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        media="record",
        text=text,
        title=title,
        outlet=_outlet(entry, feed, origin.file),
        url=link if link.startswith(("http://", "https://")) else None,
        authors=_authors(entry),
        published=day_of(entry.get(field)) if field else None,
        published_rule=f"feed {field}" if field else None,
        language=_language(entry, feed),
    )


def _outlet(entry: Any, feed: Any, file: str) -> str | None:
    """The outlet: where the entry comes from, else the feed's publisher or its title, where that is one name."""
    named = (entry.get("source") or {}).get("title") or feed.get("publisher") or feed.get("title")
    title = _line(named, file)
    return title if title and len(title) < 60 and not _PARTED.search(title) else None


def _authors(entry: Any) -> tuple[str, ...]:
    names = [" ".join(str(a.get("name") or "").split()) for a in entry.get("authors", [])[:20]]
    return tuple(dict.fromkeys(n for n in names if n and "@" not in n and "://" not in n))


def _language(entry: Any, feed: Any) -> str | None:
    told = str((entry.get("title_detail") or {}).get("language") or feed.get("language") or "")
    match = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", told)
    return match.group().lower() if match else None

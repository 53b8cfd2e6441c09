"""MHTML pages and e-mails -> RawPages: both are MIME, a tree of parts of which one is the article.

An article's bytes are those of its part without the transfer's packing for a page, and the whole file for a mail.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from itertools import islice
from typing import BinaryIO

from parley.data import RawPage
from parley.errors import ReadError, Remark
from parley.read.day import day_of
from parley.read.html import EXTRACTOR, page_from_html
from parley.read.kinds import Origin, Pages
from parley.read.streams import whole
from parley.read.text import decode, page_from_bytes
from parley.read.unopened import Unopened
from parley.read.vendors.signs import of_page

LARGEST_MAIL = 100_000_000
_MOST_PARTS = 5_000
_SHORT = 200
"""Characters below which a mail's plain text is taken for a word about its HTML ("open this mail in a browser")."""
_BOUNDARY = re.compile(rb"^--", re.MULTILINE)
_DEEPEST = 50


def read_mhtml(stream: BinaryIO, origin: Origin) -> Pages:
    """The page that a browser saved with all that it shows; pictures and frames are left aside."""
    mime = _parsed(whole(stream, origin.file, LARGEST_MAIL), origin)
    pages = [p for p in _parts(mime) if p.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ReadError("holds no page: no part is text/html", file=origin.file)
    address = _header(mime, "Snapshot-Content-Location") or _header(pages[0], "Content-Location")
    root = next((p for p in pages if _header(p, "Content-Location") == address), pages[0])
    data = _payload(root)
    yield replace(
        Unopened.of(data, origin.file, origin.stem, of_page(data) or EXTRACTOR),
        declared=_charset(root),
        url=address if address and address.startswith(("http://", "https://")) else None,
        title=_header(mime, "Subject"),
        saved=day_of(_header(mime, "Date")),
    )


def read_eml(stream: BinaryIO, origin: Origin) -> Pages:
    """The text of one mail, plain where it has it; its subject is the title, its date the day it was sent. Of a mail by which a news
    database sends articles, those."""
    data = whole(stream, origin.file, LARGEST_MAIL)
    mime = _parsed(data, origin)
    yield from _sent(mime, origin) or _mail(mime, data, origin)
    attached = sum(1 for p in _parts(mime) if _is_attached(p))
    if attached:
        yield Remark(
            f"{attached} attachment{'' if attached == 1 else 's'} not read; save and give them", file=origin.file
        )


def _sent(mime: Message, origin: Origin) -> list[Unopened]:
    """The page of articles that a database sent."""
    for part in _parts(mime):
        if part.get_content_type() == "text/html" and (extractor := of_page(data := _payload(part))):
            return [replace(Unopened.of(data, origin.file, origin.stem, extractor), declared=_charset(part))]
    return []


def _mail(mime: Message, data: bytes, origin: Origin) -> Iterator[RawPage]:
    page = _mail_page(mime, data, origin)
    sent = day_of(_header(mime, "Date"))
    name = parseaddr(_header(mime, "From") or "")[0]
    yield replace(
        page,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        title=_header(mime, "Subject") or page.title,
        authors=(name,) if name else (),
        published=sent or page.published,
        published_rule="mail Date" if sent else page.published_rule,
    )


def _mail_page(mime: Message, data: bytes, origin: Origin) -> RawPage:
    texts = [p for p in _parts(mime) if p.get_content_maintype() == "text" and not _is_attached(p)]
    plain = next((p for p in texts if p.get_content_type() == "text/plain"), None)
    markup = next((p for p in texts if p.get_content_type() == "text/html"), None)
    text = decode(_payload(plain), declared=_charset(plain))[0] if plain is not None else ""
    if markup is not None and len(text.strip()) < _SHORT:
        return page_from_html(_payload(markup), file=origin.file, source_id=origin.stem, declared=_charset(markup))
    if not text.strip():
        raise ReadError("a mail without text", file=origin.file)
    return replace(page_from_bytes(data, file=origin.file, source_id=origin.stem), text=text)


def _parsed(data: bytes, origin: Origin) -> Message:
    if len(_BOUNDARY.findall(data)) > 4 * _MOST_PARTS:
        raise ReadError(f"more than {_MOST_PARTS:,} parts; it is set aside", file=origin.file)
    if data[:200_000].lower().count(b"multipart/") > _DEEPEST:
        raise ReadError(f"parts inside parts, more than {_DEEPEST} deep; it is set aside", file=origin.file)
    return message_from_bytes(data)


def _parts(mime: Message) -> Iterator[Message]:
    return islice((p for p in mime.walk() if not p.is_multipart()), _MOST_PARTS)


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _charset(part: Message) -> str | None:
    return part.get_content_charset()


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _header(part: Message, name: str) -> str | None:
    value = part.get(name)
    if value is None:
        return None
    text = str(value)[:4_000]
    with suppress(HeaderParseError, LookupError, ValueError):  # a broken encoded word is shown as it is written
        text = str(make_header(decode_header(text)))
    return " ".join(text.split()) or None

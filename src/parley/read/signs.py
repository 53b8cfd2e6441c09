"""What the first bytes of a file say about its kind. Each function sees at most `streams.SNIFFED` bytes."""

from __future__ import annotations

import re

from parley.read.streams import SNIFFED

_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,20}:)?([A-Za-z][\w.-]{0,20})(?=[\s>])")
_MAIL_HEADER = re.compile(
    rb"(?:from|to|subject|date|mime-version|content-type|message-id|received|return-path|delivered-to|"
    rb"snapshot-content-location|content-transfer-encoding|dkim-signature):",
    re.IGNORECASE,
)
_BEFORE_ROOT = re.compile(rb"<!--.*?(?:-->|\Z)|<[?!][^>]*>", re.DOTALL)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!doctype")


def _start(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:400].lower()


def is_jsonl(head: bytes) -> bool:
    """A JSON object on the first line alone."""
    if not _start(head).startswith(b"{"):
        return False
    first_line = head.lstrip().split(b"\n", 1)[0].rstrip()
    return first_line.endswith(b"}") or len(first_line) >= SNIFFED - 8


def is_json(head: bytes) -> bool:
    """A JSON object over several lines, or a list of objects."""
    start = _start(head)
    if start.startswith(b"{"):
        return not is_jsonl(head)
    return start.startswith((b"[{", b"[\n", b"[ ", b"[\r")) and b"{" in start[:40]


def is_parquet(head: bytes) -> bool:
    """The four letters that a Parquet file begins with."""
    return head.startswith(b"PAR1")


def is_html(head: bytes) -> bool:
    """A web page by its first tag."""
    return _start(head).startswith(_HTML)


def is_feed(head: bytes) -> bool:
    """RSS or Atom, by its root: the first tag that is no declaration or comment."""
    root = _ROOT.search(_BEFORE_ROOT.sub(b"", head.replace(b"\x00", b"")))
    return root is not None and root[1].lower() in (b"rss", b"feed", b"rdf")


def is_zip(head: bytes) -> bool:
    """A ZIP archive, of any use."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_gzip(head: bytes) -> bool:
    """gzip, with deflate as always."""
    return head.startswith(b"\x1f\x8b\x08")


def is_tar(head: bytes) -> bool:
    """A tar archive that is not packed."""
    return head[257:262] == b"ustar"


def is_warc(head: bytes) -> bool:
    """A web archive that is not packed, by its first record."""
    return head.startswith(b"WARC/")


def is_singlefile(head: bytes) -> bool:
    """A page with the comment that SingleFile writes behind its first tag."""
    return b"Page saved with SingleFile" in head


def is_mhtml(head: bytes) -> bool:
    """A page that a browser saved as MIME: headers, and parts that are related."""
    return is_mail(head) and b"multipart/related" in head.lower()


def is_mail(head: bytes) -> bool:
    """MIME or mail headers on the first lines."""
    lines = head.lstrip()[:2_000].split(b"\n", 12)[:12]
    return len([line for line in lines if _MAIL_HEADER.match(line)]) > 2


def is_docx(head: bytes) -> bool:
    """A Word document, or the old kind of one, which its reader has a word for."""
    return head.startswith(b"\xd0\xcf\x11\xe0") or (
        is_zip(head) and (b"word/" in head or b"[Content_Types].xml" in head)
    )


def is_odt(head: bytes) -> bool:
    """A text document of LibreOffice: its first member says so."""
    return is_zip(head) and b"application/vnd.oasis.opendocument.text" in head[:120]


def is_rtf(head: bytes) -> bool:
    """Rich Text Format."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def is_pdf(head: bytes) -> bool:
    """PDF, which may have junk before it."""
    return b"%PDF-" in head[:1_024]

"""RTF -> RawPages: its text by striprtf, after what would cost it hours is taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.errors import ReadError
from parley.read.documents import Document, pages_of
from parley.read.kinds import Origin, Pages
from parley.read.streams import whole
from parley.read.unopened import Opened, Unopened

LARGEST_TEXT = 15_000_000
"""Bytes of RTF without its pictures; striprtf takes a second for a million of them."""
_LARGEST_FONTS = 60_000
_PICTURE = re.compile(rb"[0-9a-fA-F\r\n]{1000,}")
_TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")
_FONTS = re.compile(r"\{[^{}]{0,200}\\fonttbl")


def read_rtf(stream: BinaryIO, origin: Origin) -> Pages:
    """The file."""
    yield Unopened.of(whole(stream, origin.file), origin.file, origin.stem, "rtf:pages_from_rtf")


def pages_from_rtf(data: bytes, *, file: str, source_id: str, declared: str | None = None) -> Iterator[Opened]:  # noqa: ARG001
    """The articles of an RTF; raises ReadError where it holds no text or cannot be read."""
    source = _PICTURE.sub(b"", data).decode("latin-1")
    if not source.lstrip("\ufeff\xef\xbb\xbf \r\n\t").startswith("{\\rtf"):
        raise ReadError("not RTF: it does not begin with {\\rtf", file=file)
    if len(source) > LARGEST_TEXT:
        raise ReadError(f"more than {LARGEST_TEXT:,} bytes of RTF beside its pictures; split it", file=file)
    title = _TITLE.search(source, 0, 50_000)
    lines = _text(source, file).split("\n")
    yield from pages_of(Document(data, tuple(lines), title[1] if title else None), file=file, source_id=source_id)


def _text(source: str, file: str) -> str:
    from striprtf import striprtf

    rtf_to_text: Any = striprtf.rtf_to_text
    fonts = _FONTS.search(source)
    if fonts and "}}" not in source[fonts.start() : fonts.start() + _LARGEST_FONTS]:
        raise ReadError("its table of fonts has no end; it is damaged", file=file)
    try:
        # Without the word for a field, striprtf's pattern for links, which takes the square of a line's length, finds
        # none; a link's address is an instruction then and stays hidden, its words are shown as any others.
        text = rtf_to_text(source.replace("\\field{", "{"), errors="replace")
    except (ValueError, LookupError, OverflowError, TypeError) as error:
        raise ReadError(f"damaged RTF ({str(error)[:120]})", file=file) from error
    # Characters beyond the first 65,536 stand in RTF as two halves.
    return str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

"""DOCX -> RawPages: the paragraphs of the body, tables cell by cell, text that was added under tracking and none that was deleted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.errors import ReadError
from parley.read.documents import Document, pages_of
from parley.read.kinds import Origin, Pages
from parley.read.streams import whole
from parley.read.unopened import Opened, Unopened

LARGEST_UNPACKED = 300_000_000
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_HEADINGS = ("title", "heading 1", "heading1")


def read_docx(stream: BinaryIO, origin: Origin) -> Pages:
    """The file; raises ReadError for an old .doc, saying what it needs."""
    data = whole(stream, origin.file)
    if data.startswith(_OLD_WORD):
        raise ReadError("an old Word file; open it and save it as .docx", file=origin.file)
    yield Unopened.of(data, origin.file, origin.stem, "docx:pages_from_docx")


def pages_from_docx(data: bytes, *, file: str, source_id: str, declared: str | None = None) -> Iterator[Opened]:  # noqa: ARG001
    """The articles of a DOCX; raises ReadError for what is none. It says itself how it is encoded, so nothing `declared` counts."""
    opened = _opened(data, file)
    paragraphs = list(_paragraphs(opened.element.body))
    headings = [text for text, style in paragraphs if style in _headings(opened)]
    title = opened.core_properties.title or None
    document = Document(data, tuple(text for text, _ in paragraphs), title, tuple(headings[:5]))
    yield from pages_of(document, file=file, source_id=source_id)


def _opened(data: bytes, file: str) -> Any:
    import docx

    check_zip(data, file)
    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:
        # python-docx and lxml raise what the damage happens to lead to: KeyError, ValueError, XMLSyntaxError ...
        told = str(error)[:120] or type(error).__name__
        raise ReadError(f"not a DOCX that can be opened ({told})", file=file) from error


def check_zip(data: bytes, file: str) -> None:
    """Raise ReadError for a document that is no ZIP or that unpacks to more than `LARGEST_UNPACKED` bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise ReadError(f"not a document that can be opened ({error})", file=file) from error
    if unpacked > LARGEST_UNPACKED:
        raise ReadError(f"unpacks to {unpacked:,} bytes, more than {LARGEST_UNPACKED:,}", file=file)


def _paragraphs(body: Any) -> Iterator[tuple[str, str | None]]:
    """Each paragraph's text with its style; a walk without recursion, since tables may stand inside tables."""
    text: list[str] = []
    style: str | None = None
    begun = False
    fallback = 0
    walk = _walked(body)
    for node, entering in walk:
        tag = node.tag
        if tag == _FALLBACK:
            fallback += 1 if entering else -1
        if fallback or not isinstance(tag, str):
            continue
        if tag == f"{_W}p":
            if begun:  # a text box stands inside its paragraph; what came before it is a line of its own
                yield "".join(text), style
            text, style, begun = [], None, entering
        elif not entering:
            continue
        elif tag == f"{_W}pStyle":
            style = node.get(f"{_W}val")
        elif tag == f"{_W}t":
            text.append(node.text or "")
        elif tag in _SIGNS:
            text.append(_SIGNS[tag])


def _walked(root: Any) -> Iterator[tuple[Any, bool]]:
    from lxml import etree

    for event, node in etree.iterwalk(root, events=("start", "end")):
        yield node, event == "start"


def _headings(opened: Any) -> set[str | None]:
    """The ids of the styles that headlines have, by their names in any language that keeps Word's built-in ones."""
    found = {s.get(f"{_W}styleId") for s in opened.styles.element if _style_name(s) in _HEADINGS}
    return {*found, "Title", "Heading1"}


def _style_name(style: Any) -> str:
    name = style.find(f"{_W}name")
    return "" if name is None else str(name.get(f"{_W}val") or "").lower()

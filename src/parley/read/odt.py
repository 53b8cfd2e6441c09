"""ODT (LibreOffice) -> RawPage: the paragraphs and headings of the body, in order."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.errors import ReadError
from parley.read.documents import Document, pages_of
from parley.read.docx import check_zip
from parley.read.kinds import Origin, Pages
from parley.read.streams import whole
from parley.read.unopened import Opened, Unopened

LARGEST_CONTENT = 50_000_000
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LINES = (f"{_TEXT}p", f"{_TEXT}h")
_UNSHOWN = (
    f"{_TEXT}tracked-changes",
    f"{_TEXT}sequence-decls",
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation",
)
_MOST_SPACES = 200


def read_odt(stream: BinaryIO, origin: Origin) -> Pages:
    """The file."""
    yield Unopened.of(whole(stream, origin.file), origin.file, origin.stem, "odt:pages_from_odt")


def pages_from_odt(data: bytes, *, file: str, source_id: str, declared: str | None = None) -> Iterator[Opened]:  # noqa: ARG001
    """The article of an ODT; raises ReadError where it cannot be opened or holds no text."""
    check_zip(data, file)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = _member(archive, "content.xml", file)
        meta = _member(archive, "meta.xml", file) if "meta.xml" in archive.namelist() else None
    lines, headings = _lines(content)
    title = None if meta is None else next((str(n.text or "") for n in meta.iter(_TITLE)), None)
    yield from pages_of(Document(data, tuple(lines), title, tuple(headings)), file=file, source_id=source_id)


def _member(archive: zipfile.ZipFile, name: str, file: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        with archive.open(name) as member:
            xml = member.read(LARGEST_CONTENT + 1)
        if len(xml) > LARGEST_CONTENT:
            raise ReadError(f"{name} is larger than {LARGEST_CONTENT:,} bytes", file=file)
        return etree.fromstring(xml, parser)
    except (
        KeyError,
        RuntimeError,
        zipfile.BadZipFile,
        NotImplementedError,
        zlib.error,
        EOFError,
        ValueError,  # an offset before the file's beginning
        OSError,
        etree.XMLSyntaxError,
    ) as error:
        raise ReadError(f"not an ODT that can be opened ({str(error)[:120]})", file=file) from error


def _lines(content: Any) -> tuple[list[str], list[str]]:
    """The paragraphs in order, and those of them that are headings; a walk without recursion."""
    from lxml import etree

    lines: list[str] = []
    headings: list[str] = []
    parts: list[str] = []
    unshown = inside = 0
    for event, node in etree.iterwalk(content, events=("start", "end")):
        starts, line = event == "start", node.tag in _LINES
        if node.tag in _UNSHOWN:
            unshown += 1 if starts else -1
            parts.append("" if starts else node.tail or "")
        elif unshown:
            continue
        elif starts:
            inside += line
            parts.append("\n" if line and inside > 1 else "")
            parts.append(_shown(node) if inside else "")
        elif line and inside == 1:
            lines.append("".join(parts))
            headings += lines[-1:] if node.tag.endswith("}h") else []
            parts, inside = [], 0
        else:
            inside -= line
            parts.append((node.tail or "") if inside else "")
    return lines, headings


def _shown(node: Any) -> str:
    name = node.tag.removeprefix(_TEXT) if isinstance(node.tag, str) else ""
    if name == "s":
        count = node.get(f"{_TEXT}c") or "1"
        return " " * min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() else " "
    signs = {"tab": "\t", "line-break": "\n"}
    return signs.get(name, "") or (node.text or "" if isinstance(node.tag, str) else "")

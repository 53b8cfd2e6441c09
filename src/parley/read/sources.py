"""Sources -> pages: files, folders, globs and standard input, each read by the reader for its kind.

Nothing here raises for a bad source: what cannot be read comes out as a ReadError in its place, and reading goes on.
"""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.html import page_from_html
from parley.read.records import pages_from_csv, pages_from_json, pages_from_jsonl
from parley.read.text import decode, page_from_bytes

STDIN: Literal["-"] = "-"
LARGEST_FILE = 50_000_000
"""Bytes of a text, JSON or HTML file; JSON Lines and CSV are streamed and may be of any size."""
KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
}
DOCUMENTS = frozenset(
    [
        ".doc",
        ".docx",
        ".eml",
        ".epub",
        ".gz",
        ".mht",
        ".mhtml",
        ".odt",
        ".pdf",
        ".rss",
        ".rtf",
        ".tar",
        ".warc",
        ".webarchive",
        ".xml",
        ".zip",
    ]
)
"""Endings of files that may hold articles but are not read: named as failures wherever they lie. Other files that lie
beside articles in a folder (pictures, style sheets, settings) are passed over."""
_SNIFFED = 4_096

Source = Path | Literal["-"]


def find_sources(sources: Iterable[str | Path]) -> Iterator[Source]:
    """The files that the given names stand for, in order: a folder's recursively and sorted, a pattern's sorted.

    A name that nothing answers to comes out as it is; reading it gives the error that names it.
    """
    for source in sources:
        name = str(source)
        path = Path(name)
        if name == STDIN:
            yield STDIN
        elif path.is_dir():
            yield from _files(path)
        elif not path.exists() and glob.has_magic(name):
            found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - a pattern may be absolute
            for match in found or [name]:
                yield from _files(Path(match)) if Path(match).is_dir() else [Path(match)]
        else:
            yield path


def _files(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (Path(where) / n for n in sorted(names) if not n.startswith(".") and _may_hold_articles(n))


def _may_hold_articles(name: str) -> bool:
    ending = Path(name).suffix.lower()
    return not ending or ending in KINDS or ending in DOCUMENTS


def read_pages(source: Source | str, *, columns: Mapping[str, str] | None = None) -> Iterator[RawPage | ReadError]:
    """The pages of one source, streamed; `columns` names a record's own fields for ours ({"text": "artikel"})."""
    if str(source) == STDIN:
        yield from _read_stream(sys.stdin.buffer, file="<stdin>", kind=None, columns=columns)
        return
    path = Path(source)
    kind = KINDS.get(path.suffix.lower())
    if not path.is_file():
        yield ReadError("there is no such file", file=str(path))
    elif kind is None and path.suffix:
        formats = " ".join(sorted(KINDS))
        yield ReadError(f"files ending in {path.suffix} are not read; {formats} are", file=str(path))
    else:
        try:
            with path.open("rb") as stream:
                yield from _read_stream(stream, file=str(path), kind=kind, columns=columns)
        except OSError as error:
            yield ReadError(f"cannot be opened ({error.strerror}); check its permissions", file=str(path))


def _read_stream(
    stream: BinaryIO, *, file: str, kind: str | None, columns: Mapping[str, str] | None
) -> Iterator[RawPage | ReadError]:
    buffered: Any = stream if hasattr(stream, "peek") else io.BufferedReader(cast(io.RawIOBase, stream))
    head: bytes = buffered.peek(_SNIFFED)[:_SNIFFED]
    kind = kind or _sniff(head)
    if kind == "jsonl" and head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        # UTF-16 has no bytes to find lines by; it is rare enough for JSON Lines to be held whole.
        buffered = io.BytesIO(decode(buffered.read(LARGEST_FILE))[0].encode("utf-8", "replace"))
    if kind == "jsonl":
        yield from pages_from_jsonl(buffered, file=file, columns=columns)
    elif kind == "csv":
        yield from pages_from_csv(buffered, file=file, columns=columns)
    else:
        data = buffered.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            yield ReadError(f"more than {LARGEST_FILE:,} bytes; split it, or give it as .jsonl or .csv", file=file)
        elif not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
            yield ReadError("the file is empty", file=file)
        elif kind == "json":
            yield from pages_from_json(data, file=file, columns=columns)
        else:
            yield _one(data, file, kind)


def _one(data: bytes, file: str, kind: str) -> RawPage | ReadError:
    stem = "stdin" if file == "<stdin>" else Path(file).stem
    if kind == "text":
        return page_from_bytes(data, file=file, source_id=stem)
    try:
        return page_from_html(data, file=file, source_id=stem)
    except ReadError as error:
        return error


def _sniff(head: bytes) -> str:
    """What a source without a telling name holds, by its first bytes."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:400].lower()
    if start.startswith(b"{"):
        first_line = head.lstrip().split(b"\n", 1)[0].rstrip()
        return "jsonl" if first_line.endswith(b"}") or len(first_line) >= _SNIFFED - 8 else "json"
    if start.startswith((b"[{", b"[\n", b"[ ", b"[\r")) and b"{" in start[:40]:
        return "json"
    return "html" if start.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<?xml")) else "text"

"""A vendor's text file -> its articles, streamed: at most one article is held, whatever the file's size.

The bytes are cut at whole lines, so that each article keeps the bytes that it was written with.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from parley.errors import ReadError
from parley.read.streams import head, peekable, whole
from parley.read.text import decode
from parley.read.vendors.fields import Record

LARGEST_ARTICLE = 20_000_000
"""Bytes of one article of a file; a longer one is passed over and named."""


@dataclass(frozen=True, slots=True)
class Part:
    """The lines from one mark to the next: where they stand, with their bytes, and their text."""

    record: Record
    text: str


def parts(
    stream: BinaryIO, file: str, is_mark: Callable[[bytes], bool], *, closes: bool = False, noun: str = "document"
) -> Iterator[Part | ReadError]:
    """What stands between the lines that `is_mark` says are marks, each with its number and the line that it begins at.

    A mark opens a part, and what stands before the first is part 0; or it `closes` one, and the first is part 1.
    `is_mark` sees a line's first 400 bytes, stripped.
    """
    lines = _utf8(stream, file)
    declared: str | None = None
    number, line_number = int(closes), 0
    part = _Growing(f"{noun} {number} (line 1)")
    while line := lines.readline(LARGEST_ARTICLE):
        line_number += 1
        marked = is_mark(line[:400].strip())
        if marked and closes:
            part.add(line)
        if marked:
            done = part.done(file, number, declared)
            yield done
            if isinstance(done, Part) and done.record.encoding not in ("utf-8", "utf-8-sig"):
                declared = done.record.encoding  # one judgement a file: it costs more than all the reading
            number += 1
            part = _Growing(f"{noun} {number} (line {line_number + closes})")
        if not (marked and closes):
            part.add(line)
    yield part.done(file, number, declared)


class _Growing:
    """The lines of a part so far; past the limit none is held."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.lines: list[bytes] = []
        self.size = 0

    def add(self, line: bytes) -> None:
        self.size += len(line)
        self.lines.append(line)
        if self.size > LARGEST_ARTICLE:
            self.lines.clear()

    def done(self, file: str, number: int, declared: str | None) -> Part | ReadError:
        if self.size > LARGEST_ARTICLE:
            return ReadError(
                f"an article of more than {LARGEST_ARTICLE:,} bytes; split it", file=file, record=self.where
            )
        data = b"".join(self.lines)
        text, encoding = decode(data, declared=declared)
        return Part(Record(data, self.where, number, encoding), text)


def _utf8(stream: BinaryIO, file: str) -> BinaryIO:
    """The stream, or a copy in UTF-8 where it is UTF-16: that has no bytes to find lines by."""
    buffered = peekable(stream)
    if head(buffered)[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return io.BytesIO(decode(whole(buffered, file))[0].encode("utf-8", "replace"))
    return buffered

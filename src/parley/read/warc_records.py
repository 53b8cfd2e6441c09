"""A WARC's bytes -> its records one by one, whatever their lengths say.

Readers of WARC trust `Content-Length`, and one wrong number loses the rest of a file. Here a length is believed only where
the next record, or the end, stands where it says. Else the record ends where the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LARGEST_RECORD = 12_000_000
"""Bytes of a record that is held; larger ones are passed over."""
_LARGEST_HEADER = 64_000
_CHUNK = 1 << 18
_BEGINS = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
_NEXT = re.compile(rb"\r?\n(?=WARC/\d\.\d{1,2}\r?\n)")
_HEADER_END = re.compile(rb"\r?\n\r?\n|\r?\n(?=WARC/\d\.\d{1,2}\r?\n)")
"""Where a header ends: at its blank line; or, if the next record's mark comes first, nowhere."""
_LENGTH = re.compile(rb"\ncontent-length:[ \t]{0,8}(-?\d{1,18})[ \t]{0,8}\r?(?=\n)", re.IGNORECASE)
_MARK = 16
"""Bytes in which the mark of a record, its line break before it included, may be cut in two."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record's bytes, header and content; `number` counts from 1, `offset` is its place in the unpacked stream.

    `fault` says what is wrong with it, None for a sound one: "length" (the stated length was not true), "cut" (the file
    ends in it), "large" (it is too large; `data` is its beginning), "lost" (bytes that belong to no record).
    """

    number: int
    offset: int
    data: bytes
    content: int
    fault: str | None = None


class Records:
    """The records of a stream; memory holds one at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._held = bytearray()
        self._at = 0  # where `_held` begins in the stream
        self._number = 0
        self._ended = False

    def __iter__(self) -> Iterator[Record]:
        while True:
            self._to_next_line()
            if not self._held:
                return
            self._number += 1
            yield self._record() if _BEGINS.match(self._held) else self._lost()

    def _fill(self, size: int) -> None:
        """Hold at least `size` bytes, or all there are."""
        while len(self._held) < size and not self._ended:
            data = self._stream.read(max(_CHUNK, size - len(self._held)))
            self._ended = not data
            self._held += data

    def _drop(self, size: int) -> None:
        del self._held[:size]
        self._at += size

    def _to_next_line(self) -> None:
        """Pass over the line breaks between records."""
        while True:
            self._fill(_MARK)
            head = bytes(self._held[:_CHUNK] if self._held[:1] in b"\r\n" else b"")
            blank = len(head) - len(head.lstrip(b"\r\n"))
            self._drop(blank)
            if not blank:
                return

    def _record(self) -> Record:
        self._fill(_LARGEST_HEADER)
        end = _HEADER_END.search(self._held, 0, _LARGEST_HEADER)
        if end is None or end[0].count(b"\n") < 2:
            return self._lost()
        stated = _LENGTH.search(self._held, 0, end.start() + 2)
        length = int(stated[1]) if stated else -1
        begin = end.end()
        if 0 <= length <= LARGEST_RECORD:
            self._fill(begin + length + 4 + _MARK)
            if self._ends_at(begin + length):
                return self._take(begin + length, begin, None)
        return self._until_next(begin, length)

    def _ends_at(self, end: int) -> bool:
        """True where the next record, or nothing, follows after line breaks, or the two lines that end a record stand."""
        if end > len(self._held):
            return False
        if self._held[end : end + 4] == b"\r\n\r\n":
            return True
        after = bytes(self._held[end : end + 4 + _MARK]).lstrip(b"\r\n")
        return not after or _BEGINS.match(after) is not None

    def _until_next(self, begin: int, length: int) -> Record:
        """The record up to where the next one begins, for a length that is no help."""
        searched = begin
        while True:
            found = _NEXT.search(self._held, max(begin - 2, searched - _MARK))
            if found:
                end = found.start() - (2 if self._held[: found.start()].endswith(b"\r\n") else 0)
                return self._take(max(begin, end), begin, "length")
            searched = len(self._held)
            if self._ended:
                cut = length > searched - begin
                return self._take(searched, begin, "cut" if cut else "length")
            if searched - begin > LARGEST_RECORD:
                return self._pass_large(begin)
            self._fill(searched + 1)

    def _pass_large(self, begin: int) -> Record:
        """Pass over a record that is too large to hold, to the next one or the end."""
        record = Record(self._number, self._at, bytes(self._held[:begin]), begin, "large")
        while True:
            found = _NEXT.search(self._held)
            if found:
                self._drop(found.start())
                return record
            self._drop(max(0, len(self._held) - _MARK))
            if self._ended:
                self._drop(len(self._held))
                return record
            self._fill(len(self._held) + 1)

    def _take(self, end: int, begin: int, fault: str | None) -> Record:
        record = Record(self._number, self._at, bytes(self._held[:end]), begin, fault)
        self._drop(end)
        return record

    def _lost(self) -> Record:
        """Bytes that are no record, up to the next that is."""
        at = self._at
        found = _BEGINS.match(self._held)
        self._drop(found.end() if found else 0)
        while True:
            found = _NEXT.search(self._held)
            if found or self._ended:
                self._drop(found.end() if found else len(self._held))
                return Record(self._number, at, b"", 0, "lost")
            self._drop(max(0, len(self._held) - _MARK))
            self._fill(len(self._held) + 1)

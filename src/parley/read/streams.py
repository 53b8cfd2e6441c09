"""A source's bytes as a stream: a look at its beginning, its lines and its whole within limits."""

from __future__ import annotations

import io
from typing import Any, BinaryIO, cast

from parley.errors import ReadError

LARGEST_FILE = 50_000_000
"""Bytes of a file that is held whole while it is read; JSON Lines, CSV, WARC and archives are streamed and may be of any size."""
SNIFFED = 4_096
_PART = 1 << 18
_NOTHING = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
"""White space, and the bytes of byte order marks."""


def peekable(stream: BinaryIO) -> io.BufferedReader:
    """The stream with a `peek`; a reader that is given this may look at the first bytes again."""
    if hasattr(stream, "peek"):
        return cast(io.BufferedReader, stream)
    return io.BufferedReader(cast(io.RawIOBase, _Raw(stream)), buffer_size=1 << 16)


def head(stream: io.BufferedReader) -> bytes:
    """The first `SNIFFED` bytes, or all where there are fewer; nothing is consumed."""
    return stream.peek(SNIFFED)[:SNIFFED]


def whole(stream: BinaryIO, file: str, limit: int = LARGEST_FILE) -> bytes:
    """All bytes of a source; raises ReadError where there are more than `limit`, or none that mean anything."""
    parts: list[bytes] = []
    size = 0
    # A reader that is asked for the limit at once makes room for it, over every small member of an archive.
    while part := stream.read(_PART):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise ReadError(f"more than {limit:,} bytes; split it, or give it as .jsonl or .csv", file=file)
    data = b"".join(parts)
    if not data.strip(_NOTHING):
        raise ReadError("the file is empty", file=file)
    return data


class _Raw(io.RawIOBase):
    """Any object with `read(n)` as the raw side of a buffered reader."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

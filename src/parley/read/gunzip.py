"""gzip, streamed: what was packed before a break is read, and where it broke is said."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from typing import Any, BinaryIO

from parley.errors import ReadError
from parley.read.budget import Budget
from parley.read.kinds import Origin, Pages, may_be_inside, read_stream_unopened

MAGIC = b"\x1f\x8b\x08"
_CHUNK = 1 << 16
_GZIP = 31
"""zlib's word for: a gzip header, and a checksum at the end."""


class Gunzip(io.RawIOBase):
    """The bytes packed in a gzip stream of any number of members, one after the other as `gzip` and WARC files have them.

    `broken` says where and how the stream broke, None where it is whole. With `resume`, reading goes on after a broken
    member at the next one that can be told, with two line breaks between them; without, it ends there.
    """

    def __init__(self, stream: BinaryIO, budget: Budget, *, file: str, resume: bool = False) -> None:
        self._stream = stream
        self._file = file
        self._budget = budget
        self._resume = resume
        self._packed = b""
        self._zip: Any = None
        self._out = 0  # bytes that came out of the member
        self._at = 0  # bytes of the packed stream that were handed to zlib
        self._began = 0  # where the member began
        self._ended = False
        self.broken: str | None = None
        self.breaks = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            data = self._next(min(len(buffer), _CHUNK))
            if data is None:
                return 0
            if data:
                buffer[: len(data)] = data
                return len(data)

    def _next(self, size: int) -> bytes | None:
        """Some bytes, none yet, or None at the end."""
        if not self._packed and not self._ended:
            self._packed = self._stream.read(_CHUNK)
            self._ended = not self._packed
            if self._ended and self._zip is not None:
                self._break("the file ends in the middle")
        if self._ended:
            return None
        return self._inflate(size) if self._zip is not None or self._open() else b""

    def _pass(self, count: int) -> None:
        self._packed = self._packed[count:]
        self._at += count

    def _open(self) -> bool:
        """Begin a member at the bytes in hand; False where none begins there."""
        if self._at:  # tapes and some tools pad with zeros
            self._pass(len(self._packed) - len(self._packed.lstrip(b"\x00")))
        if not self._packed:
            return False
        if self._packed[:1] != MAGIC[:1]:
            self._give_up("what follows is not gzip")
            return False
        self._zip = zlib.decompressobj(_GZIP)
        self._out, self._began = 0, self._at
        return True

    def _inflate(self, size: int) -> bytes:
        try:
            data: bytes = self._zip.decompress(self._packed, size)
        except zlib.error as error:
            self._give_up(f"damaged data: {error}")
            return b"\r\n\r\n"[:size] if self._resume else b""
        left = self._zip.unused_data if self._zip.eof else self._zip.unconsumed_tail
        self._pass(len(self._packed) - len(left))
        self._out += len(data)
        self._budget.take(len(data), packed=self._at - self._began, of=self._out, file=self._file)
        if self._zip.eof:
            self._zip = None
        return data

    def _give_up(self, how: str) -> None:
        """Leave the present member; go on at the next that begins in the bytes in hand or, later, in others."""
        self._break(how)
        self._zip = None
        self._ended = not self._resume
        at = self._packed.find(MAGIC, 1)
        self._pass(at if at > 0 else len(self._packed))

    def _break(self, how: str) -> None:
        self.breaks += 1
        if self.broken is None:
            self.broken = f"gzip broke off near byte {self._at:,} ({how}); what came before was read"


def read_gzip(stream: BinaryIO, origin: Origin) -> Pages:
    """The pages of the one file that a .gz holds, by the reader for its kind."""
    budget = origin.budget or Budget(origin.file)
    inner = replace(origin, name=origin.name[:-3] if origin.name.lower().endswith(".gz") else "", budget=budget)
    unpacked = Gunzip(stream, budget, file=origin.file)
    yield from read_stream_unopened(io.BufferedReader(unpacked, _CHUNK), may_be_inside(inner))
    if unpacked.broken:
        yield ReadError(unpacked.broken, file=origin.file)

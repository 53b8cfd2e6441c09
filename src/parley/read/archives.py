"""ZIP and tar archives, streamed member by member, each by the reader for its kind. Nothing is ever unpacked to a file.

A member is called by the archive and its own name, `pile.zip/news/a.html`; the name is words to a person and leads
nowhere. Archives inside archives are read one level deep, and all that lies inside one source shares one budget.
"""

from __future__ import annotations

import io
import re
import tarfile
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any, BinaryIO, cast

from parley.errors import ReadError, Remark
from parley.read.budget import Budget
from parley.read.gunzip import MAGIC, Gunzip
from parley.read.kinds import Origin, Pages, kind_of, may_be_inside, may_hold_articles, read_stream_unopened
from parley.read.streams import head, peekable

DEEPEST_ARCHIVE = 2
"""An archive, and those inside it."""
_HELD = 32_000_000
"""Bytes of an inner ZIP that are held in memory; the rest waits in a nameless file, for a ZIP is read from its end."""
_CHUNK = 1 << 16
_LARGEST_INNER = 4_000_000_000
_LARGEST_TABLE = 150_000_000
"""Bytes of a ZIP's table of contents, which is held in memory: about a million members."""
_LARGEST_HEADER = 4_000_000
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def read_zip(stream: BinaryIO, origin: Origin) -> Pages:
    """The pages of every member of a ZIP."""
    inside, budget = _inside(origin)
    passed: Counter[str] = Counter()
    with _seekable(stream, origin) as held:
        try:
            archive = zipfile.ZipFile(_checked(held, origin))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
            raise ReadError(
                f"not a ZIP that can be opened ({error}); it may have been cut off", file=origin.file
            ) from error
        with archive:
            for info in archive.infolist():
                budget.member()
                why = "folder" if info.is_dir() else _why_passed(info.filename)
                if why:
                    passed[why] += why != "folder"
                    continue
                yield from _zip_member(archive, info, _named(inside, info.filename))
                if budget.spent:
                    return
    yield from _remark(passed, origin)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, origin: Origin) -> Pages:
    try:
        with archive.open(info) as member:
            yield from _read_member(_Metered(member, origin, info.compress_size), origin)
    except RuntimeError as error:  # zipfile's own word for a missing password
        yield ReadError(f"cannot be unpacked ({error})", file=origin.file)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError, ValueError) as error:
        yield ReadError(f"cannot be unpacked ({str(error) or type(error).__name__})", file=origin.file)


def read_tar(stream: BinaryIO, origin: Origin) -> Pages:
    """The pages of every member of a tar, packed with gzip, bzip2, xz or not at all."""
    inside, budget = _inside(origin)
    passed: Counter[str] = Counter()
    buffered = peekable(stream)
    unpacked = Gunzip(buffered, budget, file=origin.file) if head(buffered).startswith(MAGIC) else None
    metered = _Tape(io.BufferedReader(unpacked, _CHUNK) if unpacked else buffered, origin)
    try:
        with tarfile.open(fileobj=cast(BinaryIO, metered), mode="r|*") as tape:
            for member in _members(tape, metered):
                budget.member()
                why = None if member.isfile() else "folder" if member.isdir() else "link or device"
                why = why or _why_passed(member.name)
                if why:
                    passed[why] += why != "folder"
                    continue
                named = _named(inside, member.name)
                body = tape.extractfile(member)
                yield from _read_member(_Metered(body, named, member.size), named)
                if budget.spent:
                    return
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError) as error:
        if not unpacked or not unpacked.broken:
            yield ReadError(f"the tar breaks off ({error}); what came before was read", file=origin.file)
    if unpacked and unpacked.broken:
        yield ReadError(unpacked.broken, file=origin.file)
    yield from _remark(passed, origin)


def _members(tape: tarfile.TarFile, metered: _Tape) -> Iterator[tarfile.TarInfo]:
    """The members one by one; the tape's own list of them is kept empty, so that memory stays flat."""
    before = 0
    while True:
        metered.left = before + _LARGEST_HEADER
        member = tape.next()
        if member is None:
            return
        cast(Any, tape).members = []
        before = member.size
        metered.left = before + _LARGEST_HEADER
        yield member


class _Tape:
    """A tar's bytes; raises ReadError where more of them than a member has are asked for: a bomb in a header."""

    def __init__(self, stream: BinaryIO, origin: Origin) -> None:
        self._stream = stream
        self._origin = origin
        self.left = _LARGEST_HEADER

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise ReadError("a header of the tar is larger than any is; it is set aside", file=self._origin.file)
        return data


class _Metered(io.RawIOBase):
    """A member's bytes, counted against the budget."""

    def __init__(self, stream: Any, origin: Origin, packed: int) -> None:
        self._stream = stream
        self._file = origin.file
        self._budget = cast(Budget, origin.budget)
        self._packed = packed
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(min(len(buffer), _CHUNK))
        except tarfile.TarError as error:
            raise ReadError("the archive ends in this member", file=self._file) from error
        self._out += len(data)
        self._budget.take(len(data), packed=self._packed, of=self._out, file=self._file)
        buffer[: len(data)] = data
        return len(data)


def _read_member(member: _Metered, origin: Origin) -> Pages:
    buffered = peekable(cast(BinaryIO, member))
    try:
        kind = kind_of(origin.name, head(buffered))
    except ReadError as error:
        yield error
        return
    if kind is not None and kind.name in ("zip", "tar") and origin.depth >= DEEPEST_ARCHIVE:
        yield ReadError("an archive in an archive in an archive; unpack it first", file=origin.file)
        return
    yield from read_stream_unopened(buffered, origin)


def _inside(origin: Origin) -> tuple[Origin, Budget]:
    budget = origin.budget or Budget(origin.file)
    return replace(may_be_inside(origin), budget=budget), budget


def _named(origin: Origin, name: str) -> Origin:
    """The origin of a member: its name as words, without steps upwards and without signs that no name has."""
    parts = [p for p in _UNSAFE.sub("\ufffd", name.replace("\\", "/")).split("/") if p not in ("", ".", "..")]
    shown = "/".join(parts)[-400:] or "unnamed"
    return replace(origin, file=f"{origin.file}/{shown}", name=shown)


def _why_passed(name: str) -> str | None:
    parts = name.replace("\\", "/").split("/")
    if any(p.startswith(".") and p not in (".", "..") for p in parts) or parts[0] == "__MACOSX":
        return "hidden file"
    return None if may_hold_articles(name) else "other kind of file"


def _remark(passed: Counter[str], origin: Origin) -> Pages:
    told = ", ".join(f"{n} {why}{'' if n == 1 else 's'}" for why, n in passed.most_common() if n)
    if told:
        told = told.replace("other kind of files", "files of other kinds").replace(
            "link or devices", "links or devices"
        )
        yield Remark(f"passed over {told}", file=origin.file)


def _seekable(stream: BinaryIO, origin: Origin) -> Any:
    """The stream itself where it can go back; a copy of it where it cannot."""
    if stream.seekable():
        return nullcontext(stream)
    held = tempfile.SpooledTemporaryFile(max_size=_HELD)  # noqa: SIM115 - the caller closes it
    size = 0
    while data := stream.read(_CHUNK):
        size += len(data)
        if size > _LARGEST_INNER:
            held.close()
            raise ReadError(f"more than {_LARGEST_INNER:,} bytes of ZIP; unpack it first", file=origin.file)
        held.write(data)
    return held


def _checked(held: Any, origin: Origin) -> Any:
    """The ZIP; raises ReadError where its table of contents is longer than that of the most members allowed."""
    size = held.seek(0, io.SEEK_END)
    held.seek(max(0, size - 66_000))
    tail = held.read()
    at, large = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    table = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if table == 0xFFFFFFFF and large >= 0:
        table = int.from_bytes(tail[large + 40 : large + 48], "little")
    if size >= table > _LARGEST_TABLE:
        raise ReadError(f"a table of contents of {table:,} bytes; split the ZIP", file=origin.file)
    held.seek(0)
    return held

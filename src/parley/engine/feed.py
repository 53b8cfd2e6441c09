"""The pages of all sources, one after the other, and how far along they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from parley.engine import places
from parley.engine.budget import OUT_OF_TIME, SECONDS, OverBudget, within_time
from parley.errors import ReadError, Remark, UsageError
from parley.read.kinds import Origin, Pages, endings, read_stream_unopened
from parley.read.sources import STDIN, find_sources, passed_over, read_pages_unopened


class Feed:
    """Pages in the order of the sources; `share` is how much of the sources' bytes has gone by, None where nobody can tell.

    Nothing is held but the page in hand, however many sources there are: they are looked for twice, to measure and to read.
    """

    def __init__(self, sources: tuple[str, ...], columns: Mapping[str, str] | None, seconds: float = SECONDS) -> None:
        self.sources = sources
        self.columns = columns
        self.seconds = seconds
        self._whole, there = _measured(sources)
        self._gone = 0
        if not there:
            told = ", ".join(map(places.told, sources)) or "nothing at all"
            raise UsageError(f"no sources match {told}: there is no such file, or none inside")

    @property
    def share(self) -> float | None:
        """Between 0 and 1; of a packed source nobody knows before its end."""
        return min(self._gone / self._whole, 1.0) if self._whole else None

    def pages(self) -> Pages:
        """Every page, or the error in its place; first a word on what is passed over."""
        for path in passed_over(s for s in self.sources if not places.is_address(s)):
            yield Remark("passed over, it tells of its folder; name it by itself to have it read", file=str(path))
        for source, size in found(self.sources):
            before = self._gone
            for page in pages_of(source, self.columns, self.seconds):
                if not isinstance(page, ReadError):
                    self._gone = min(self._gone + len(page.data), before + size)
                yield page
            self._gone = before + size


def found(sources: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """The files that sources stand for, each with its size; those at addresses, too."""
    for source in sources:
        if places.is_address(source):
            yield from places.found(source, endings())
        else:
            yield from ((str(one), _size(str(one))) for one in find_sources([source]))


def pages_of(source: str, columns: Mapping[str, str] | None, seconds: float) -> Pages:
    """The pages of one file, wherever it is; a file that has not given its next page after so many seconds is read no further."""
    pages = _pages_of(source, columns)
    while True:
        try:
            with within_time(seconds):
                page = next(pages, None)
        except OverBudget:
            yield ReadError(OUT_OF_TIME.format(seconds), file=places.told(source))
            return
        if page is None:
            return
        yield page


def _pages_of(source: str, columns: Mapping[str, str] | None) -> Pages:
    if not places.is_address(source):
        yield from read_pages_unopened(source, columns=columns)
        return
    file = places.told(source)
    try:
        stream = places.opened(source)
    except OSError as error:
        yield ReadError(f"cannot be opened ({error.strerror or str(error)[:120]})", file=file)
        return
    with stream:
        yield from read_stream_unopened(stream, Origin(file, file.rsplit("/", 1)[-1], columns))


def _measured(sources: tuple[str, ...]) -> tuple[int | None, bool]:
    """The bytes of all sources, None where some come from a pipe; and whether there are any."""
    whole, there, known = 0, False, True
    for source, size in found(sources):
        known = known and source != STDIN
        there = there or source == STDIN or places.is_address(source) or Path(source).exists()
        whole += size
    return whole if known else None, there


def _size(source: str) -> int:
    try:
        return 0 if source == STDIN else Path(source).stat().st_size
    except OSError:
        return 0

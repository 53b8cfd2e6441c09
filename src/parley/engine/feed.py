"""The pages of all sources, one after the other, and how far along they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from parley.data import RawPage
from parley.errors import ReadError, UsageError
from parley.read.sources import STDIN, Source, find_sources, read_pages


class Feed:
    """Pages in the order of the sources; `share` is how much of the sources' bytes has gone by, None where nobody can tell.

    Nothing is held but the page in hand, however many sources there are: they are looked for twice, to measure and to read.
    """

    def __init__(self, sources: tuple[str, ...], columns: Mapping[str, str] | None) -> None:
        self._sources = sources
        self._columns = columns
        self._whole, there = _measured(sources)
        self._gone = 0
        if not there:
            raise UsageError(
                f"no sources match {', '.join(sources) or 'nothing at all'}: there is no such file, or none inside"
            )

    @property
    def share(self) -> float | None:
        """Between 0 and 1; of a packed source nobody knows before its end."""
        return min(self._gone / self._whole, 1.0) if self._whole else None

    def pages(self) -> Iterator[RawPage | ReadError]:
        """Every page, or the error in its place."""
        for source in find_sources(self._sources):
            before, size = self._gone, _size(source)
            for page in read_pages(source, columns=self._columns):
                if isinstance(page, RawPage):
                    self._gone = min(self._gone + len(page.data), before + size)
                yield page
            self._gone = before + size


def _measured(sources: tuple[str, ...]) -> tuple[int | None, bool]:
    """The bytes of all sources, None where some come from a pipe; and whether there are any."""
    whole, there, known = 0, False, True
    for source in find_sources(sources):
        known = known and source != STDIN
        there = there or source == STDIN or Path(source).exists()
        whole += _size(source)
    return whole if known else None, there


def _size(source: Source) -> int:
    try:
        return 0 if source == STDIN else Path(source).stat().st_size
    except OSError:
        return 0

"""From sources to a ledger: read, skip what is known, annotate, write, link, compare.

The stream has one writer, and everything is written in the order in which it came, one article at a time. Nothing is
held but the few articles in hand, so a million take no more memory than a thousand.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from types import FrameType
from typing import Literal

from parley._version import __version__
from parley.codebooks import load_codebook
from parley.data import Profile, RawPage, Run, row_id
from parley.dates.series import load_series
from parley.engine.dating import STATE as DATED
from parley.engine.dating import dated_by_others
from parley.engine.pool import Batch, reader
from parley.engine.worker import Failed, Start
from parley.errors import ReadError, UsageError
from parley.models import shipped
from parley.pipeline import STEPS, Settings, Step
from parley.read.sources import STDIN, find_sources, read_pages
from parley.store.ledger import Ledger
from parley.store.sheets import Sheet, now

BATCH = 16
"""Articles that pass to a worker, and into the ledger, at once."""

LONGEST_WAIT = 0.5
"""Seconds that an article that was read may wait for the next ones before it is written; so much work a kill can undo."""

LOOKED_UP = 64
"""Articles looked up in the ledger at once; builds of fewer new ones are read in this process."""

Source = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one article, or of one source that gave none."""

    what: Literal["added", "updated", "unchanged", "failed"]
    file: str
    record: str | None = None
    article: str | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    step: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `rows` counts the rows written, by kind; `interrupted` where it was asked to stop early."""

    read: int
    added: int
    updated: int
    unchanged: int
    failed: int
    rows: Mapping[str, int]
    seconds: float
    interrupted: bool = False


def build(
    sources: Source | Iterable[Source],
    ledger: str | os.PathLike[str] = "parley.db",
    *,
    profile: Profile = "accurate",
    workers: int | None = None,
    codebook: str | Iterable[str] = (),
    series: str | Iterable[str] = (),
    date: str | None = None,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Callable[[Done], None] | None = None,
    on_failure: Callable[[Done], None] | None = None,
    steps: Sequence[Step] = STEPS,
) -> BuildReport:
    """Read sources into a ledger, and link the names in it to actors.

    What is there already, read with the same settings, is left alone; so a build that was interrupted goes on where it
    stopped. An article that cannot be read is noted in the ledger with the step and the error, and the rest goes on.
    `date` and `outlet` hold for articles that do not say; `columns` names the columns of CSV files.
    """
    book = load_codebook(*_listed(codebook))
    settings = Settings(profile=profile, codebook=book, series=_listed(series), date=date, outlet=outlet)
    pages = _pages(_listed(sources), columns)
    run = _new_run(settings)
    start = Start(settings, tuple(steps), tuple(sys.path), run.settings, run.id)
    with Ledger.open(os.fspath(ledger), create=True) as held, _stoppable() as stop:
        work = _Build(held, start, run, progress or _nothing, on_failure or _nothing, stop)
        return work.run(pages, workers)


def _new_run(settings: Settings) -> Run:
    began = now()
    return Run(
        id=row_id("ru", began, os.getpid(), time.monotonic_ns()),
        parley=__version__,
        models=shipped(),
        codebooks=(*settings.codebook.names, settings.codebook.sha256),
        settings=settings.fingerprint,
        started=began,
    )


def _listed(value: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    values = [value] if isinstance(value, str | os.PathLike) else value
    return tuple(os.fspath(v) for v in values)


def _nothing(_: Done) -> None:
    return


def _pages(sources: tuple[str, ...], columns: Mapping[str, str] | None) -> Iterator[RawPage | ReadError]:
    if not any(source == STDIN or Path(source).exists() for source in find_sources(sources)):
        raise UsageError(
            f"no sources match {', '.join(sources) or 'nothing at all'}: there is no such file, or none inside"
        )
    return chain.from_iterable(read_pages(source, columns=columns) for source in find_sources(sources))


@contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second one interrupts as usual."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.getsignal(signal.SIGINT)

    def ask(_: int, __: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


class _Build:
    """One build at work."""

    def __init__(
        self,
        ledger: Ledger,
        start: Start,
        run: Run,
        progress: Callable[[Done], None],
        on_failure: Callable[[Done], None],
        stop: threading.Event,
    ) -> None:
        self.ledger = ledger
        self.start = start
        self.made = run
        self.fingerprint = run.settings
        self.progress = progress
        self.on_failure = on_failure
        self.stop = stop
        self.counts: Counter[str] = Counter()
        self.rows: Counter[str] = Counter()
        self.waiting: list[tuple[RawPage, Sheet]] = []
        self.since = 0.0

    def run(self, pages: Iterator[RawPage | ReadError], workers: int | None) -> BuildReport:
        """Everything, from the first page to the links."""
        began = time.monotonic()
        self._annotate(self._unknown(pages), workers)
        if not self.counts:
            raise UsageError("the sources hold no article")
        if not self.stop.is_set():
            self._date_by_others()
            self._resolve()
            self._compare()
        if self.counts["written"]:
            self.ledger.save_run(replace(self.made, finished=now()))
        return BuildReport(
            read=sum(self.counts[k] for k in ("added", "updated", "unchanged", "failed")),
            **{k: self.counts[k] for k in ("added", "updated", "unchanged", "failed")},
            rows=dict(self.rows),
            seconds=time.monotonic() - began,
            interrupted=self.stop.is_set(),
        )

    def _unknown(self, pages: Iterator[RawPage | ReadError]) -> Iterator[RawPage]:
        """The pages that the ledger does not hold; what cannot be read is noted on the way."""
        while not self.stop.is_set() and (some := list(islice(pages, LOOKED_UP))):
            readable = [p for p in some if isinstance(p, RawPage)]
            known = self.ledger.known([p.id for p in readable], self.fingerprint)
            for page in some:
                if isinstance(page, ReadError):
                    self._failed(Done("failed", page.file, page.record, step="read", error=str(page)))
                elif page.id in known:
                    self._done(Done("unchanged", page.file, page.source_id, page.id))
                else:
                    yield page

    def _annotate(self, pages: Iterator[RawPage], workers: int | None) -> None:
        first = list(islice(pages, LOOKED_UP))
        if not first:
            return
        auto = (
            1
            if len(first) < LOOKED_UP
            else len(os.sched_getaffinity(0))
            if hasattr(os, "sched_getaffinity")
            else os.cpu_count()
        )
        reads = reader(self.start, workers if workers is not None else auto or 1)
        try:
            for batch, answers in reads.read(self._batches(chain(first, pages))):
                for page, answer in zip(batch, answers, strict=True):
                    self._take(page, answer)
                if self.stop.is_set():
                    break
            self._write()
        finally:
            reads.close()

    def _batches(self, pages: Iterator[RawPage]) -> Iterator[Batch]:
        while not self.stop.is_set() and (batch := list(islice(pages, BATCH))):
            yield batch

    def _take(self, page: RawPage, answer: Sheet | Failed) -> None:
        """Write an article with the next ones, for a moment at most: the database asks the same for one as for some."""
        if isinstance(answer, Failed):
            self._write()
            self._failed(Done("failed", page.file, page.source_id, page.id, step=answer.step, error=answer.error))
            return
        if not self.waiting:
            self.since = time.monotonic()
        self.waiting.append((page, answer))
        if len(self.waiting) >= BATCH or time.monotonic() - self.since > LONGEST_WAIT:
            self._write()

    def _write(self) -> None:
        if not self.waiting:
            return
        self._begin()
        outcomes = self.ledger.write([sheet for _, sheet in self.waiting])
        for (page, sheet), what in zip(self.waiting, outcomes, strict=True):
            found = sheet.found if what != "unchanged" else {}
            self.rows.update(found)
            self._done(Done(what, page.file, page.source_id, page.id, rows=found))
        self.waiting.clear()

    def _begin(self) -> None:
        """A run is written with its first row: a build that finds nothing new leaves no trace."""
        if not self.counts["written"]:
            self.ledger.save_run(self.made)
            self.ledger.note(DATED, "")  # a build killed from here on leaves the rest of its work to the next
        self.counts["written"] += 1

    def _failed(self, done: Done) -> None:
        self._begin()
        self.ledger.fail(
            file=done.file,
            record=done.record,
            article=done.article,
            step=done.step or "read",
            error=done.error or "",
            run=self.made.id,
        )
        self.on_failure(done)
        self._done(done)

    def _done(self, done: Done) -> None:
        self.counts[done.what] += 1
        self.progress(done)

    def _date_by_others(self) -> None:
        """Read again what is dated by other articles of the ledger, once all are in it."""
        for reading in dated_by_others(self.ledger, self.start, changed=self.counts["written"] > 0):
            self._begin()
            self.ledger.add(reading, fingerprint=self.fingerprint, run=self.made.id, again=True)

    def _resolve(self) -> None:
        from parley.resolve.relink import link_names

        link_names(self.ledger, self.start.settings.codebook)

    def _compare(self) -> None:
        from parley.compare.references import keep_references
        from parley.compare.refresh import refresh

        keep_references(self.ledger, map(load_series, self.start.settings.series))
        refresh(self.ledger)

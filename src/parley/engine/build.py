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
from types import FrameType
from typing import Literal, TypeVar

from parley._version import __version__
from parley.codebooks import load_codebook
from parley.data import Profile, Run, row_id
from parley.engine.budget import Budget
from parley.engine.feed import Feed
from parley.engine.garbage import settle, spared
from parley.engine.into import Into, IntoLedger, IntoShards
from parley.engine.patience import explained, opened
from parley.engine.pool import Batch, Reader, each, reader
from parley.engine.worker import Failed, Several, Source, Start, recorded
from parley.errors import ReadError, Remark, UsageError
from parley.models import shipped
from parley.pipeline import STEPS, Settings, Step
from parley.read.kinds import Pages
from parley.store.opening import without_password
from parley.store.sheets import Sheet, now

_P = TypeVar("_P", Source, Source | ReadError)

BATCH = 16
"""Articles that pass to a worker, and into the ledger, at once."""

LONGEST_WAIT = 0.5
"""Seconds that an article that was read may wait for the next ones before it is written; so much work a kill can undo."""

LARGEST_BATCH = 4_000_000
"""Bytes of sources that pass at once, but for a single article that is larger."""

LOOKED_UP = 64
"""Articles looked up in the ledger at once; builds of fewer new ones are read in this process."""

Given = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one article, or of one source that gave none; `share` of the sources' bytes has gone by (0 to 1).

    "noted" is a word about a source that was read, in `error`.
    """

    what: Literal["added", "updated", "unchanged", "failed", "noted"]
    file: str
    record: str | None = None
    article: str | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    step: str | None = None
    error: str | None = None
    share: float | None = None


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


@dataclass(frozen=True, slots=True)
class Tell:
    """Who is told what: of each article, of those that failed, of what comes after reading."""

    progress: Callable[[Done], None]
    failure: Callable[[Done], None]
    stage: Callable[[str], None]


def build(
    sources: Given | Iterable[Given],
    ledger: str | os.PathLike[str] = "parley.db",
    *,
    profile: Profile = "accurate",
    workers: int | None = None,
    codebook: str | Iterable[str] = (),
    series: str | Iterable[str] = (),
    date: str | None = None,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    budget: Budget | None = None,
    compare: bool = True,
    shards: str | os.PathLike[str] | None = None,
    engine: Literal["local", "ray"] = "local",
    progress: Callable[[Done], None] | None = None,
    on_failure: Callable[[Done], None] | None = None,
    on_stage: Callable[[str], None] | None = None,
    steps: Sequence[Step] = STEPS,
) -> BuildReport:
    """Read sources into a ledger, and link the names in it to actors.

    What is there already, read with the same settings, is left alone; so a build that was interrupted goes on where it
    stopped. An article that cannot be read, or not within its `budget`, is noted in the ledger with the step and the error, and
    the rest goes on. `date` and `outlet` hold for articles that do not say; `columns` names the columns of CSV files. Without `compare`
    articles are read and nothing else; the next build does what only all of
    them together can tell.
    """
    book = load_codebook(*_listed(codebook))
    if book.referents:
        from parley.compare.usage.referents import lists_of

        lists_of(book.referents)  # what cannot be used is told before anything is read
    settings = Settings(profile=profile, codebook=book, series=_listed(series), date=date, outlet=outlet)
    budget = budget or Budget()
    feed = Feed(_listed(sources), columns, budget.seconds)
    run = new_run(settings)
    start = Start(settings, tuple(steps), tuple(sys.path), run.settings, run.id, budget)
    tell = Tell(progress or _nothing, on_failure or _nothing, on_stage or _nothing)
    with stoppable() as stop, spared():
        if engine == "ray":
            from parley.engine.ray import build as build_with_ray

            where = None if shards is not None else os.fspath(ledger)
            kept = None if shards is None else os.fspath(shards)
            return build_with_ray(feed, start, run, where, kept, workers, tell, stop, compare=compare)
        if shards is not None:
            into_shards = IntoShards(os.fspath(shards), start, run)
            return _Build(into_shards, start, tell, stop, feed, workers).run(compare=False)
        where = os.fspath(ledger)
        with explained(without_password(where)), opened(where, waiting=tell.stage) as held:
            into = IntoLedger(held, start, run, tell.stage)
            return _Build(into, start, tell, stop, feed, workers).run(compare=compare)


def new_run(settings: Settings) -> Run:
    """A run that begins now."""
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


def _nothing(_: object) -> None:
    return


@contextmanager
def stoppable() -> Iterator[threading.Event]:
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
        into: Into,
        start: Start,
        tell: Tell,
        stop: threading.Event,
        feed: Feed,
        workers: int | None,
    ) -> None:
        self.into = into
        self.start = start
        self.tell = tell
        self.stop = stop
        self.feed = feed
        self.workers = workers
        self.readers: dict[int, Reader] = {}
        self.counts: Counter[str] = Counter()
        self.rows: Counter[str] = Counter()
        self.waiting: list[tuple[Source, Sheet]] = []
        self.since = 0.0

    def run(self, *, compare: bool) -> BuildReport:
        """Everything, from the first page to the links."""
        began = time.monotonic()
        self._annotate(self.feed.pages())
        if not self.counts:
            raise UsageError("the sources hold no article")
        self.into.end(self.stop.is_set, compare=compare)
        return BuildReport(
            read=sum(self.counts[k] for k in ("added", "updated", "unchanged", "failed")),
            **{k: self.counts[k] for k in ("added", "updated", "unchanged", "failed")},
            rows=dict(self.rows),
            seconds=time.monotonic() - began,
            interrupted=self.stop.is_set(),
        )

    def _unknown(self, pages: Pages) -> Iterator[Source]:
        """The pages that are not there yet; what cannot be read is noted on the way."""
        while not self.stop.is_set() and (some := list(_some(pages, LOOKED_UP))):
            readable = [p for p in some if not isinstance(p, ReadError)]
            known = self.into.known([p.id for p in readable])
            for page in some:
                if isinstance(page, Remark):
                    self._done(Done("noted", page.file, page.record, step="read", error=str(page)))
                elif isinstance(page, ReadError):
                    self._failed(Done("failed", page.file, page.record, step="read", error=str(page)))
                elif page.id in known:
                    self._done(Done("unchanged", page.file, page.source_id, page.id))
                else:
                    yield page

    def _annotate(self, pages: Pages) -> None:
        try:
            for page, answer in self._read(pages):
                self._take(page, answer)
            self._write()
        finally:
            for reads in self.readers.values():
                reads.close()

    def _read(self, pages: Pages) -> Iterator[tuple[Source, Sheet | Failed]]:
        """What became of each page that is not there yet, in order, until the build is stopped."""
        unknown = self._unknown(pages)
        first = list(_some(unknown, LOOKED_UP))
        if first:
            reads = self._reader(few=len(first) < LOOKED_UP)
            for page, answer in each(reads, self._batches(chain(first, unknown)), self._unfolded):
                yield page, answer
                if self.stop.is_set():
                    return

    def _unfolded(self, several: Several) -> Iterator[tuple[Source, Sheet | Failed]]:
        return self._read(iter(several.pages))

    def _reader(self, *, few: bool) -> Reader:
        """Who reads: this process while articles are few, and workers from when there are many."""
        count = self.workers if self.workers is not None else max(self.readers, default=1) if few else cores()
        if count not in self.readers:
            self.readers[count] = reader(self.start, count)
            settle()
        return self.readers[count]

    def _batches(self, pages: Iterator[Source]) -> Iterator[Batch]:
        while not self.stop.is_set() and (batch := list(_some(pages, BATCH))):
            yield batch

    def _take(self, page: Source, answer: Sheet | Failed) -> None:
        """Write an article with the next ones, for a moment at most: the database asks the same for one as for some."""
        if isinstance(answer, Failed):
            self._write()
            record = recorded(page, answer)
            self._failed(Done("failed", page.file, record, page.id, step=answer.step, error=answer.error))
            return
        if not self.waiting:
            self.since = time.monotonic()
        self.waiting.append((page, answer))
        if len(self.waiting) >= BATCH or time.monotonic() - self.since > LONGEST_WAIT:
            self._write()

    def _write(self) -> None:
        if not self.waiting:
            return
        outcomes = self.into.write([sheet for _, sheet in self.waiting])
        for (page, sheet), what in zip(self.waiting, outcomes, strict=True):
            found = sheet.found if what != "unchanged" else {}
            self.rows.update(found)
            self._done(Done(what, page.file, page.source_id, page.id, rows=found))
        self.waiting.clear()

    def _failed(self, done: Done) -> None:
        self.into.fail(
            file=done.file,
            record=done.record,
            article=done.article,
            step=done.step or "read",
            error=done.error or "",
        )
        self.tell.failure(done)
        self._done(done)

    def _done(self, done: Done) -> None:
        self.counts[done.what] += 1
        self.tell.progress(replace(done, share=self.feed.share))


def _some(pages: Iterator[_P], most: int) -> Iterator[_P]:
    """The next pages, `most` of them at most, and fewer where they are long: what is in hand at once stays small."""
    size = 0
    for page in islice(pages, most):
        yield page
        size += 0 if isinstance(page, ReadError) else len(page.data)
        if size > LARGEST_BATCH:
            return


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""Shards into a ledger: as if it had been built where they were.

Loading twice changes nothing: an article that is there is left alone, and a shard that went in whole is noted and passed over, so that
a later build of the same articles is not undone either.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from parley.codebooks import load_codebook
from parley.engine import places
from parley.engine.budget import Budget
from parley.engine.dating import STATE as DATED
from parley.engine.finish import Stage, finish
from parley.engine.patience import explained, opened, patiently
from parley.engine.shards import Failure, Made, Shard, read, shards
from parley.engine.worker import Start
from parley.errors import UsageError
from parley.pipeline import STEPS, Settings, Step
from parley.store.ledger import Ledger
from parley.store.opening import without_password
from parley.store.sheets import Sheet, now
from parley.store.tally import keep

_T = TypeVar("_T")

AT_ONCE = 64
"""Articles that are written in one transaction."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading did: `passed` shards had been loaded before."""

    shards: int
    passed: int
    added: int
    updated: int
    unchanged: int
    failed: int
    seconds: float
    interrupted: bool = False


def load(
    folders: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    ledger: str | os.PathLike[str] = "parley.db",
    *,
    codebook: str | Iterable[str] = (),
    series: str | Iterable[str] = (),
    compare: bool = True,
    on_shard: Callable[[int, int], None] | None = None,
    on_stage: Stage | None = None,
    stop: threading.Event | None = None,
    start: Start | None = None,
    steps: Sequence[Step] = STEPS,
) -> LoadReport:
    """Take the shards of some folders into a ledger, then link and compare as a build does.

    For that the codebook and the series must be at hand that the shards were made with; files that are not shipped are to be named, and
    UsageError says which; or `start` has them. `on_shard` is told how many shards are done, of how many.
    """
    given = [folders] if isinstance(folders, str | os.PathLike) else folders
    found = shards([os.fspath(f) for f in given])
    if not found:
        raise UsageError(f"no shards in {', '.join(places.told(os.fspath(f)) for f in given) or 'nothing at all'}")
    books = [codebook] if isinstance(codebook, str) else list(codebook)
    dated = [series] if isinstance(series, str) else list(series)
    if compare and start is None:
        start = _start(found[-1].made, books, dated, steps)
    where = os.fspath(ledger)
    with explained(without_password(where)), opened(where, waiting=on_stage) as held:
        work = _Load(held, stop or threading.Event(), on_stage or _nothing)
        return work.run(found, start if compare else None, on_shard or _nothing_of)


def _nothing(_: str) -> None:
    return


def _nothing_of(_: int, __: int) -> None:
    return


def _start(made: Made, books: Sequence[str], series: Sequence[str], steps: Sequence[Step]) -> Start:
    """The settings that the shards were made with; raises UsageError where they are not at hand."""
    if not books:
        named = [name for name in made.codebooks if name.endswith(".toml")]
        if named:
            raise UsageError(f"the shards were made with the codebook {', '.join(named)}: name it with --codebook FILE")
    book = load_codebook(*(books or made.codebooks))
    if book.sha256 != made.codebook_sha256:
        raise UsageError(
            f"the shards were made with other codebooks ({', '.join(made.codebooks) or 'those of another version'}):"
            " name the same ones with --codebook, or load with --no-compare"
        )
    settings = Settings(
        profile=made.profile,  # type: ignore[arg-type]
        codebook=book,
        series=tuple(series),
        date=made.date,
        outlet=made.outlet,
    )
    if settings.fingerprint != made.fingerprint:
        told = f"the series {', '.join(made.series)}" if made.series and not series else f"Parley {made.run.parley}"
        raise UsageError(
            f"the shards were made with {told}, not with what is here: name the same --series, install the same version,"
            " or load with --no-compare"
        )
    return Start(settings, tuple(steps), tuple(sys.path), made.fingerprint, made.run.id, Budget())


class _Load:
    """One load at work."""

    def __init__(self, ledger: Ledger, stop: threading.Event, stage: Stage) -> None:
        self.ledger = ledger
        self.stop = stop
        self.stage = stage
        self.counts: Counter[str] = Counter()
        self.run_saved = ""

    def run(self, found: Sequence[Shard], start: Start | None, on_shard: Callable[[int, int], None]) -> LoadReport:
        began = time.monotonic()
        for number, shard in enumerate(found, 1):
            if self.stop.is_set():
                break
            self._shard(shard)
            on_shard(number, len(found))
        if start is not None and not self.stop.is_set():
            finish(
                self.ledger,
                start,
                changed=bool(self.counts["added"] or self.counts["updated"]),
                begin=lambda: None,
                stage=self.stage,
                stopped=self.stop.is_set,
            )
        self._patiently(lambda: keep(self.ledger))
        return LoadReport(
            shards=len(found),
            **{k: self.counts[k] for k in ("passed", "added", "updated", "unchanged", "failed")},
            seconds=time.monotonic() - began,
            interrupted=self.stop.is_set(),
        )

    def _shard(self, shard: Shard) -> None:
        key = f"shard {shard.name}"
        if self._patiently(lambda: self.ledger.state(key)) is not None:
            self.counts["passed"] += 1
            return
        self._save_run(shard)
        rows = read(shard)
        while not self.stop.is_set() and (some := list(islice(rows, AT_ONCE))):
            self._write([r for r in some if isinstance(r, Sheet)])
            self._fail([r for r in some if isinstance(r, Failure)], shard)
        if not self.stop.is_set():
            self._patiently(lambda: self.ledger.note(key, shard.made.run.id))

    def _write(self, sheets: Sequence[Sheet]) -> None:
        for some in _by_fingerprint(sheets):
            known = self._patiently(lambda some=some: self.ledger.known([s.article for s in some], some[0].fingerprint))  # type: ignore[misc]
            new = [s for s in some if s.article not in known]
            self.counts["unchanged"] += len(some) - len(new)
            if new:
                self.counts.update(self._patiently(lambda new=new: self.ledger.write(new)))  # type: ignore[misc]

    def _fail(self, failures: Sequence[Failure], shard: Shard) -> None:
        """Note failures, but of articles that another shard, or a build since then, could read."""
        articles = [f.article for f in failures if f.article]
        there = self._patiently(lambda: self.ledger.known(articles, shard.made.fingerprint)) if articles else set()
        for one in failures:
            if one.article in there:
                continue
            self.counts["failed"] += 1
            self._patiently(
                lambda one=one: self.ledger.fail(  # type: ignore[misc]
                    file=one.file,
                    record=one.record,
                    article=one.article,
                    step=one.step,
                    error=one.error,
                    run=shard.made.run.id,
                )
            )

    def _save_run(self, shard: Shard) -> None:
        run = shard.made.run
        if run.id != self.run_saved:
            self._patiently(lambda: self.ledger.save_run(replace(run, finished=run.finished or now())))
            self._patiently(lambda: self.ledger.note(DATED, ""))
            self.run_saved = run.id

    def _patiently(self, work: Callable[[], _T]) -> _T:
        return patiently(work, waiting=self.stage)


def _by_fingerprint(sheets: Sequence[Sheet]) -> Iterator[list[Sheet]]:
    for fingerprint in dict.fromkeys(s.fingerprint for s in sheets):
        yield [s for s in sheets if s.fingerprint == fingerprint]

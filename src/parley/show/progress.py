"""How a build is told while it runs: a bar on a terminal, lines for failures, or JSON lines for machines."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

from parley.show.pace import Glance, Pace, duration

if TYPE_CHECKING:
    from parley.engine.build import BuildReport, Done
    from parley.engine.load import LoadReport


EVERY = 60.0
"""Seconds between two lines that tell how far a build is, where there is no terminal."""


class Watcher(Protocol):
    """Is told of each article, of what comes after reading, and of the end."""

    def done(self, done: Done) -> None: ...
    def stage(self, name: str) -> None: ...
    def report(self, report: BuildReport) -> None: ...


class _Lines:
    """Failures as they come, how far it is once a minute, and one line at the end."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._told = time.monotonic()

    def done(self, done: Done) -> None:
        if done.what == "noted":
            self.line(f"note: {done.error}")
            return
        now = time.monotonic()
        self._pace.step(now, done.share)
        if done.what == "failed":
            self.line(failure_line(done))
        if now - self._told >= EVERY:
            self._told = now
            self.far(self._pace.glance())

    def far(self, glance: Glance, /) -> None:
        self.line(f"so far {glance}")

    def stage(self, name: str) -> None:
        if time.monotonic() - self._told >= EVERY or name.startswith("the database"):
            self._told = time.monotonic()
            self.line(name)

    def report(self, report: BuildReport) -> None:
        self.line(report_line(report))

    def line(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is the talk


class _Json(_Lines):
    """Each thing that happens, as one JSON object a line on stderr."""

    def done(self, done: Done) -> None:
        self._write(
            "note" if done.what == "noted" else "article",
            {k: v for k, v in asdict(done).items() if v not in (None, {}) and k != "share"},
        )
        now = time.monotonic()
        self._pace.step(now, done.share)
        if now - self._told >= EVERY / 6:
            self._told = now
            self.far(self._pace.glance())

    def far(self, glance: Glance, /) -> None:
        self._write("progress", asdict(glance))

    def stage(self, name: str) -> None:
        self._write("stage", {"stage": name})

    def report(self, report: BuildReport) -> None:
        self._write("report", asdict(report))

    def _write(self, event: str, fields: dict[str, Any]) -> None:
        record = {"event": event, "time": round(time.time(), 3), **fields}
        print(json.dumps(record, ensure_ascii=True, default=dict), file=sys.stderr, flush=True)  # noqa: T201


class _Bar(_Lines):
    """A line that counts, on a terminal."""

    def __init__(self, progress: Any) -> None:
        super().__init__()
        self._progress = progress
        self._task = progress.add_task("reading", total=None, counted="")
        self._counts: Counter[str] = Counter()

    def done(self, done: Done) -> None:
        if done.what == "noted":
            super().done(done)
            return
        self._counts[done.what] += 1
        super().done(done)
        counted = ", ".join(f"{n:,} {what}" for what, n in sorted(self._counts.items()))
        self._progress.update(self._task, advance=1, counted=f"{self._pace.glance()}  {counted}")

    def far(self, _: Glance, /) -> None:
        """The bar tells it all the time."""

    def stage(self, name: str) -> None:
        self._progress.update(self._task, counted=name)

    def line(self, text: str) -> None:
        self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def watcher(*, json_log: bool) -> Iterator[Watcher]:
    """Whoever tells how the build goes: on a terminal with a bar, elsewhere in lines."""
    if json_log:
        yield _Json()
        return
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    counted = TextColumn("{task.fields[counted]}")
    with Progress(
        SpinnerColumn(), counted, TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as progress:
        yield _Bar(progress)


def failure_line(done: Done) -> str:
    """One failure: where, at which step, and why."""
    where = f"{done.file}, {done.record}" if done.record and done.record != done.file else done.file
    if done.step == "read":
        return f"failed: {done.error}"
    return f"failed: {where}: step {done.step!r}: {done.error}"


def report_line(report: BuildReport) -> str:
    """What a build did, in one line."""
    parts = [f"{report.added} added"]
    parts += [f"{n} {word}" for n, word in ((report.updated, "updated"), (report.unchanged, "unchanged")) if n]
    parts += [f"{report.failed} failed"] if report.failed else []
    found = ", ".join(f"{n} {kind}" for kind, n in report.rows.items() if n)
    what = f"{report.read} article{'' if report.read == 1 else 's'} read: {', '.join(parts)} in {report.seconds:.1f} s"
    what += f"; {found}" if found else ""
    return f"{what}. Stopped early; the same command goes on." if report.interrupted else what


@contextmanager
def looked_at(what: str) -> Iterator[Callable[[int, int], None]]:
    """Who is told `how many, of how many` in here shows it, with the pace and the time left: as a bar on a terminal, else as a line once a minute."""
    if not sys.stderr.isatty():
        yield _counted(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(what),
        TextColumn("{task.fields[pace]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, pace="")

        def told(done: int, of: int) -> None:
            pace = bar.tasks[0].speed
            bar.update(task, completed=done, total=of, pace=f"{pace:,.0f}/s" if pace else "")

        yield told


def _counted(what: str) -> Callable[[int, int], None]:
    began = last = time.monotonic()

    def line(done: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < EVERY:
            return
        last = now
        pace = done / (now - began)
        left = f", {pace:,.0f}/s, about {duration((of - done) / pace)} left" if pace else ""
        print(f"{done:,} of {of:,} {what}{left}", file=sys.stderr, flush=True)  # noqa: T201 - this is the talk

    return line


def load_line(report: LoadReport) -> str:
    """What a load did, in one line."""
    parts = [f"{report.added} added"]
    parts += [f"{n} {word}" for n, word in ((report.updated, "updated"), (report.unchanged, "unchanged")) if n]
    parts += [f"{report.failed} failed"] if report.failed else []
    parts += [f"{report.passed} shards were in before"] if report.passed else []
    what = f"{report.shards} shard{'' if report.shards == 1 else 's'}: {', '.join(parts)} in {report.seconds:.1f} s"
    return f"{what}. Stopped early; the same command goes on." if report.interrupted else what

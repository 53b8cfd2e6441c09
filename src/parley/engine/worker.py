"""Reading articles one after the other, and the process that does so for a pool.

A worker is a process of its own, spoken to over its pipes: whatever happens to it happens to it alone, a script that
calls `parley.build` needs no guard, and when the builder is killed the worker meets the end of its input and goes too.
Only pages and sheets pass, between two processes of one user that one started; and beside them, in a small file, the name of
the step that is at work, for the builder to read when the worker no longer answers.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar

from parley.data import RawPage, Reading
from parley.engine.budget import OUT_OF_MEMORY, OUT_OF_TIME, Budget, OverBudget, within
from parley.engine.garbage import settle, spared
from parley.errors import ReadError, StepError
from parley.pipeline import Pipeline, Settings, Step
from parley.read.unopened import Unopened
from parley.store.sheets import Sheet, sheet_of

_T = TypeVar("_T")

Source = RawPage | Unopened
"""What is read into a sheet."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that a step could not get through: which step, and what it said.

    `spent` where it was past its budget: the reader was interrupted wherever it was, and is not to be used again.
    """

    step: str
    error: str
    spent: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """What a file came to that holds many articles: their pages, each to be read for itself."""

    pages: tuple[RawPage | ReadError, ...]


Answer = Sheet | Failed | Several
"""What becomes of a source."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a worker is told first: the steps, and under which fingerprint and run its rows are stored."""

    settings: Settings
    steps: tuple[Step, ...]
    path: tuple[str, ...]
    fingerprint: str
    run: str
    budget: Budget = field(default_factory=Budget)


OPENING = "read"
"""The step before all others: making a page of a source that comes unopened."""

WRITING = "sheet"
"""The step after all others: putting what was read into rows."""

At = Callable[[str], None]
"""Is told which step is at work."""


class Steps:
    """Keeps the name of the step at work."""

    def __init__(self, also: At | None = None) -> None:
        self.name = "unknown"
        self._also = also

    def __call__(self, name: str) -> None:
        self.name = name
        if self._also is not None:
            self._also(name)


def read_one(pipeline: Pipeline, page: RawPage, budget: Budget, at: At | None = None) -> Reading | Failed:
    """Read one article within its budget; whatever a step raises is told, never raised."""
    steps = Steps(at)
    return _held_to(budget, steps, lambda: pipeline.run(page, at=steps))


def answer(pipeline: Pipeline, source: Source, start: Start, at: At | None = None) -> Answer:
    """What is stored of one article: all that has to pass between processes."""
    steps = Steps(at)

    def whole() -> Sheet | Several:
        steps(OPENING)
        pages = source.opened() if isinstance(source, Unopened) else (source,)
        page = pages[0] if len(pages) == 1 else None
        if not isinstance(page, RawPage) or page.id != source.id:
            return Several(pages)
        reading = pipeline.run(page, at=steps)
        steps(WRITING)
        return sheet_of(reading, fingerprint=start.fingerprint, run=start.run)

    return _held_to(start.budget, steps, whole)


def _held_to(budget: Budget, steps: Steps, work: Callable[[], _T]) -> _T | Failed:
    try:
        with within(budget):
            return work()
    except StepError as error:
        if isinstance(error.__cause__, MemoryError):
            return Failed(error.step, OUT_OF_MEMORY.format(budget.megabytes), spent=True)
        return Failed(error.step, _told(error.__cause__ or error))
    except ReadError as error:
        return Failed(OPENING, str(error))
    except OverBudget:
        return Failed(steps.name, OUT_OF_TIME.format(budget.seconds), spent=True)
    except MemoryError:
        return Failed(steps.name, OUT_OF_MEMORY.format(budget.megabytes), spent=True)
    except Exception as error:
        return Failed(steps.name, _told(error))


def recorded(source: Source, failed: Failed) -> str | None:
    """The record that a failure is noted under: of a source that could not be opened the one that its reader names."""
    return source.where if isinstance(source, Unopened) and failed.step == OPENING else source.source_id


def _told(error: BaseException) -> str:
    """An error in one line: what, and where in Parley."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [f"{Path(f.filename).name}:{f.lineno}" for f in frames if "parley" in f.filename]
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"{what} ({inside[-1]})" if inside else what


@dataclass(frozen=True, slots=True)
class NotReady:
    """A worker's answer where the pipeline cannot be made: why."""

    error: str


def _messages(stream: BinaryIO) -> Iterator[object]:
    while True:
        try:
            yield pickle.load(stream)  # noqa: S301 - from the process that started this one, over its own pipe
        except EOFError:
            return


def main() -> None:
    """Answer each page of the lists on standard input, mostly with its sheet, until there is no more input.

    After an article past its budget the process ends: whatever was interrupted in it is not used again.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the builder decides when to stop
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up among the answers
    messages = _messages(sys.stdin.buffer)
    start = next(messages, None)
    if not isinstance(start, Start):
        return
    sys.path[:] = start.path
    try:
        pipeline = Pipeline.make(start.settings, start.steps)
    except Exception as error:
        _send(out, NotReady(_told(error)))
        return
    _send(out, None)
    at = noting(sys.argv[1] if len(sys.argv) > 1 else None)
    with spared():
        settle()
        for pages in messages:
            assert isinstance(pages, list)
            for page in pages:
                told = answer(pipeline, page, start, at)
                _send(out, told)
                if isinstance(told, Failed) and told.spent:
                    return


NAME_LENGTH = 64
"""Bytes that a step's name takes in the file that tells the one at work."""


def noting(file: str | None) -> At | None:
    """Tells an open file the step at work, in place: a killed process leaves the name of the step that it was killed in."""
    if file is None:
        return None
    number = int(file)

    def note(step: str) -> None:
        os.pwrite(number, step.encode()[:NAME_LENGTH].ljust(NAME_LENGTH), 0)

    return note


def _send(out: BinaryIO, message: object) -> None:
    pickle.dump(message, out, protocol=pickle.HIGHEST_PROTOCOL)
    out.flush()


if __name__ == "__main__":
    main()

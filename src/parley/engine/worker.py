"""Reading articles one after the other, and the process that does so for a pool.

A worker is a process of its own, spoken to over its pipes: whatever happens to it happens to it alone, a script that
calls `parley.build` needs no guard, and when the builder is killed the worker meets the end of its input and goes too.
Only pages and readings pass, between two processes of one user that one started.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from parley.data import RawPage, Reading
from parley.errors import StepError
from parley.pipeline import Pipeline, Settings, Step


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that a step could not get through: which step, and what it said."""

    step: str
    error: str


def read_one(pipeline: Pipeline, page: RawPage) -> Reading | Failed:
    """Read one article; whatever a step raises is told, never raised."""
    try:
        return pipeline.run(page)
    except StepError as error:
        return Failed(error.step, _told(error.__cause__ or error))
    except RecursionError as error:
        return Failed("unknown", _told(error))


def _told(error: BaseException) -> str:
    """An error in one line: what, and where in Parley."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [f"{Path(f.filename).name}:{f.lineno}" for f in frames if "parley" in f.filename]
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"{what} ({inside[-1]})" if inside else what


def slim(reading: Reading) -> Reading:
    """The reading without what is not stored, so that little has to pass between processes."""
    return replace(reading, page=replace(reading.page, data=b""), sentences=(), quotations=())


@dataclass(frozen=True, slots=True)
class Start:
    """What a worker is told first."""

    settings: Settings
    steps: tuple[Step, ...]
    path: tuple[str, ...]


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


def answer(pipeline: Pipeline, pages: Sequence[RawPage]) -> list[Reading | Failed]:
    """A worker's answer to some pages."""
    read = [read_one(pipeline, page) for page in pages]
    return [slim(r) if isinstance(r, Reading) else r for r in read]


def main() -> None:
    """Answer each list of pages on standard input with a list of readings, until there is no more input."""
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
    for pages in messages:
        assert isinstance(pages, list)
        _send(out, answer(pipeline, pages))


def _send(out: BinaryIO, message: object) -> None:
    pickle.dump(message, out, protocol=pickle.HIGHEST_PROTOCOL)
    out.flush()


if __name__ == "__main__":
    main()

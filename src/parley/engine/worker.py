"""Reading articles one after the other, and the process that does so for a pool.

A worker is a process of its own, spoken to over its pipes: whatever happens to it happens to it alone, a script that
calls `parley.build` needs no guard, and when the builder is killed the worker meets the end of its input and goes too.
Only pages and readings pass, between two processes of one user that one started.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from parley.data import RawPage, Reading
from parley.errors import StepError
from parley.pipeline import Pipeline, Settings, Step
from parley.store.sheets import Sheet, sheet_of


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that a step could not get through: which step, and what it said."""

    step: str
    error: str


@dataclass(frozen=True, slots=True)
class Start:
    """What a worker is told first: the steps, and under which fingerprint and run its rows are stored."""

    settings: Settings
    steps: tuple[Step, ...]
    path: tuple[str, ...]
    fingerprint: str
    run: str


def read_one(pipeline: Pipeline, page: RawPage) -> Reading | Failed:
    """Read one article; whatever a step raises is told, never raised."""
    try:
        return pipeline.run(page)
    except StepError as error:
        return Failed(error.step, _told(error.__cause__ or error))
    except RecursionError as error:
        return Failed("unknown", _told(error))


def sheet(pipeline: Pipeline, page: RawPage, start: Start) -> Sheet | Failed:
    """What is stored of one article: all that has to pass between processes."""
    read = read_one(pipeline, page)
    return read if isinstance(read, Failed) else sheet_of(read, fingerprint=start.fingerprint, run=start.run)


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
    settle()
    for pages in messages:
        assert isinstance(pages, list)
        _send(out, [sheet(pipeline, page, start) for page in pages])


def settle() -> None:
    """Spare the collector the codebooks, which stay, and have it look less often at articles, which hold no cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _send(out: BinaryIO, message: object) -> None:
    pickle.dump(message, out, protocol=pickle.HIGHEST_PROTOCOL)
    out.flush()


if __name__ == "__main__":
    main()

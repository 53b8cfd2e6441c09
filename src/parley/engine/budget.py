"""What reading one article may take, so that no text, however it is made, holds up a build or brings it down.

Time is processor time and is watched by a timer of the process, which interrupts regular expressions too; memory by a
limit on what the process may have more than before (Linux; elsewhere memory is not limited). What is past either is told as the
step that took it. A worker stuck where no timer reaches is ended by its builder (`pool.py`).
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

_AGAIN = 1.0
"""Seconds after which the timer goes off once more: an interruption inside a destructor is lost."""
_STATUS = Path("/proc/self/status")


SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Budget:
    """What one article may take: seconds of processor time, and megabytes beside what the models take."""

    seconds: float = SECONDS
    megabytes: int = 4096

    @property
    def patience(self) -> float:
        """Seconds on the clock after which a worker that has not answered is stuck, on a machine that is busy, too."""
        return 2 * self.seconds + GRACE


GRACE = 10.0

OUT_OF_MEMORY = "needed more than the {} MB that one article may take; it is set aside (--article-memory allows more)"
OUT_OF_TIME = "took longer than the {:g} s that one article may take; it is set aside (--article-seconds allows more)"


class OverBudget(BaseException):
    """An article took longer than it may; no Exception, so that no step takes it for an error of its own."""


@contextmanager
def within(budget: Budget) -> Iterator[None]:
    """Read one article in here: raises OverBudget past its time, MemoryError past its memory.

    Outside the main thread, and where the system has no such timer or limit, nothing is limited.
    """
    with _memory(budget.megabytes), within_time(budget.seconds):
        yield


@contextmanager
def within_time(seconds: float) -> Iterator[None]:
    """The same for time alone: raises OverBudget past it."""
    if not hasattr(signal, "SIGVTALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(_: int, __: FrameType | None) -> None:
        raise OverBudget

    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def _memory(megabytes: int) -> Iterator[None]:
    held = _data_held()
    if held is None:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = held + (megabytes << 20)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_held() -> int | None:
    """Bytes of data that this process has mapped; None where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        line = next(x for x in _STATUS.read_bytes().splitlines() if x.startswith(b"VmData"))
    except (OSError, StopIteration):
        return None
    return int(line.split()[1]) << 10

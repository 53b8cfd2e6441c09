"""Several worker processes, fed in turn, answering in the order in which they were asked.

At most a few batches a worker are on their way at any time, so memory stays flat however long the input.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Protocol

from parley.data import RawPage
from parley.engine.worker import Failed, NotReady, Start, sheet
from parley.errors import ParleyError
from parley.pipeline import Pipeline
from parley.store.sheets import Sheet

Batch = Sequence[RawPage]
Answer = list[Sheet | Failed]

AHEAD = 2
"""Batches on their way for each worker: one in hand, one waiting."""


class Reader(Protocol):
    """Reads batches of pages, in order."""

    def read(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Answer]]: ...
    def close(self) -> None: ...


class Here:
    """Reads in this process."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._pipeline = Pipeline.make(start.settings, start.steps)

    def read(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Answer]]:
        for batch in batches:
            for page in batch:
                yield [page], [sheet(self._pipeline, page, self._start)]

    def close(self) -> None:
        return


class Worker:
    """One worker process, started when first asked and again when it has died."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, batch: Batch) -> Answer:
        """The answer to a batch. Where the process dies on it, each page is asked alone, to find the one it dies of."""
        answer = self._ask(batch)
        if answer is None and len(batch) == 1:
            return [Failed("unknown", "the worker process died while reading this article")]
        if answer is None:
            return [one for page in batch for one in self.ask([page])]
        return answer

    def _ask(self, batch: Batch) -> Answer | None:
        try:
            pipe_in, pipe_out = self._pipes()
            pickle.dump(list(batch), pipe_in, protocol=pickle.HIGHEST_PROTOCOL)
            pipe_in.flush()
            answer: Answer = pickle.load(pipe_out)  # noqa: S301 - from the process that we started
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            return None
        return answer

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            # one thread each: the workers are the parallelism, and more threads than cores only wait
            env = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
            command = [sys.executable, "-c", "from parley.engine.worker import main; main()"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)  # noqa: S603
            assert self._process.stdin
            assert self._process.stdout
            pickle.dump(self._start, self._process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
            ready = pickle.load(self._process.stdout)  # noqa: S301 - from the process that we started
            if isinstance(ready, NotReady):
                self.close()
                raise ParleyError(f"the steps cannot be made ready: {ready.error}")
        assert self._process.stdin
        assert self._process.stdout
        return self._process.stdin, self._process.stdout

    def close(self) -> None:
        """End the process."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        self._process = None


class Pool:
    """Reads in several worker processes at once."""

    def __init__(self, start: Start, workers: int) -> None:
        self._own = threading.local()
        self._workers: list[Worker] = []
        self._start = start
        self._size = workers
        self._threads = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="parley-worker")

    def _ask(self, batch: Batch) -> Answer:
        worker = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = Worker(self._start)
            self._workers.append(worker)
        answer: Answer = worker.ask(batch)
        return answer

    def read(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Answer]]:
        waiting: deque[tuple[Batch, Future[Answer]]] = deque()
        for batch in batches:
            waiting.append((batch, self._threads.submit(self._ask, batch)))
            if len(waiting) > AHEAD * self._size:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close()


def reader(start: Start, workers: int) -> Reader:
    """Whoever reads with that many workers: one reads here."""
    if workers < 1:
        raise ParleyError(f"{workers} workers read nothing; give 1 or more")
    return Here(start) if workers == 1 else Pool(start, workers)

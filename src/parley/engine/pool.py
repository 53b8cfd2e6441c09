"""Several worker processes, fed in turn, answering in the order in which they were asked.

At most a few batches a worker are on their way at any time, so memory stays flat however long the input. A worker that dies, is past
an article's budget or no longer answers costs the article in hand, told with the step that had it; another takes its place.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Protocol

from parley.engine.budget import OUT_OF_TIME
from parley.engine.worker import NAME_LENGTH, Answer, Failed, NotReady, Several, Source, Start, answer
from parley.errors import ParleyError
from parley.pipeline import Pipeline
from parley.store.sheets import Sheet

Batch = Sequence[Source]
Answers = list[Answer]

AHEAD = 2
"""Batches on their way for each worker: one in hand, one waiting."""

LOOK = 0.2
"""Seconds between two looks at whether a worker is stuck."""

DIED = "the worker process died while reading this article, twice"


class Reader(Protocol):
    """Reads batches of pages, in order."""

    def read(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Answers]]: ...
    def close(self) -> None: ...


class Here:
    """Reads in this process."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._pipeline = Pipeline.make(start.settings, start.steps)

    def read(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Answers]]:
        for batch in batches:
            for page in batch:
                told = answer(self._pipeline, page, self._start)
                if isinstance(told, Failed) and told.spent:
                    self._pipeline = Pipeline.make(self._start.settings, self._start.steps)
                yield [page], [told]

    def close(self) -> None:
        return


class Worker:
    """One worker process, started when first asked and again when it has died."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._process: subprocess.Popen[bytes] | None = None
        # without a name, so that nothing of it is left where this process is killed
        self._step = tempfile.TemporaryFile(prefix="parley-", buffering=0) if hasattr(os, "pread") else None  # noqa: SIM115
        self._lock = threading.Lock()
        self._since: float | None = None
        self._stuck = self._left = False

    def ask(self, batch: Batch) -> Answers:
        """The answers to a batch, one a page, whatever becomes of the process meanwhile."""
        answers: Answers = []
        died: Source | None = None
        while len(answers) < len(batch):
            if self._answer(batch[len(answers) :], answers):
                continue
            page = batch[len(answers)]
            if self._stuck:
                answers.append(Failed(self._at_work(), OUT_OF_TIME.format(self._start.budget.patience)))
            elif page is died:
                answers.append(Failed(self._at_work(), DIED))
            died = page  # asked once more: the process may have been killed for what others did
        return answers

    def _answer(self, pages: Batch, answers: Answers) -> bool:
        """Add the answers to some pages, as many as the process gives; False where it died over the next one."""
        self._stuck = False
        try:
            pipe_in, pipe_out = self._pipes()
            pickle.dump(list(pages), pipe_in, protocol=pickle.HIGHEST_PROTOCOL)
            pipe_in.flush()
            for _ in pages:
                self._watch(time.monotonic())
                told: Answer = pickle.load(pipe_out)  # noqa: S301 - from the process that we started
                self._watch(None)
                answers.append(told)
                if isinstance(told, Failed) and told.spent:
                    self.close()
                    break
        except (EOFError, OSError, pickle.UnpicklingError):
            self._watch(None)
            self.close()
            return False
        return True

    def _watch(self, since: float | None) -> None:
        with self._lock:
            self._since = since

    def look(self, now: float) -> None:
        """End the process where an article has it longer than any may; called from another thread."""
        with self._lock:
            if self._since is not None and now - self._since > self._start.budget.patience and self._process:
                self._stuck, self._since = True, None
                self._process.kill()

    def _at_work(self) -> str:
        """The step that had the last article when the process ended."""
        said = os.pread(self._step.fileno(), NAME_LENGTH, 0) if self._step else b""
        return said.strip().decode("utf-8", "replace") or "unknown"

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            self._begin()
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise EOFError
        return process.stdin, process.stdout

    def _begin(self) -> None:
        if self._left:
            raise ParleyError("the build was stopped")
        # one thread each: the workers are the parallelism, and more threads than cores only wait
        env = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
        told = (self._step.fileno(),) if self._step else ()
        command = [sys.executable, "-c", "from parley.engine.worker import main; main()", *map(str, told)]
        process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, pass_fds=told
        )
        self._process = process
        assert process.stdin
        assert process.stdout
        try:
            pickle.dump(self._start, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            ready = pickle.load(process.stdout)  # noqa: S301 - from the process that we started
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.close()
            raise ParleyError("a worker process ended before it was ready; is there memory enough for it?") from error
        if isinstance(ready, NotReady):
            self.close()
            raise ParleyError(f"the steps cannot be made ready: {ready.error}")

    def close(self) -> None:
        """End the process."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()

    def leave(self) -> None:
        """End the process for good."""
        self._left = True
        self.close()
        if self._step is not None:
            self._step.close()


class Pool:
    """Reads in several worker processes at once."""

    def __init__(self, start: Start, workers: int) -> None:
        self._own = threading.local()
        self._workers: list[Worker] = []
        self._start = start
        self._size = workers
        self._threads = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="parley-worker")
        self._closed = threading.Event()
        threading.Thread(target=self._look, name="parley-watch", daemon=True).start()

    def _look(self) -> None:
        while not self._closed.wait(LOOK):
            for worker in tuple(self._workers):
                worker.look(time.monotonic())

    def _ask(self, batch: Batch) -> Answers:
        worker = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = Worker(self._start)
            self._workers.append(worker)
        answers: Answers = worker.ask(batch)
        return answers

    def read(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Answers]]:
        waiting: deque[tuple[Batch, Future[Answers]]] = deque()
        for batch in batches:
            waiting.append((batch, self._threads.submit(self._ask, batch)))
            if len(waiting) > AHEAD * self._size:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()

    def close(self) -> None:
        self._closed.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.leave()


def reader(start: Start, workers: int) -> Reader:
    """Whoever reads with that many workers: one reads here."""
    if workers < 1:
        raise ParleyError(f"{workers} workers read nothing; give 1 or more")
    return Here(start) if workers == 1 else Pool(start, workers)


Unfold = Callable[[Several], Iterator[tuple[Source, Sheet | Failed]]]


def each(reads: Reader, batches: Iterable[Batch], unfold: Unfold) -> Iterator[tuple[Source, Sheet | Failed]]:
    """Every article with what became of it, in order; those of a file that holds several come in its place, as `unfold` has them read."""
    for batch, answers in reads.read(batches):
        for source, told in zip(batch, answers, strict=True):
            if isinstance(told, Several):
                yield from unfold(told)
            else:
                yield source, told

"""Many machines: Ray Data hands out files to readers and pages to workers, and each worker writes its own shards (extra `ray`).

Nothing of what is read passes through the machine that started the build; it is told how many articles there were. Each of Ray's
actors has a worker process as the local engine has them, which loads the models once and holds articles to their budget, so what
is read is the same, bit for bit. A shard is named by what it holds: where Ray does a batch again because a machine was lost, it writes the
same file again.
"""

from __future__ import annotations

import logging
import os
import pickle
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.data import RawPage, Run
from parley.engine import places
from parley.engine.build import BuildReport, Done, Tell, cores
from parley.engine.feed import Feed, found, pages_of
from parley.engine.into import known_in, packed
from parley.engine.patience import opened
from parley.engine.pool import Pool, each
from parley.engine.shards import Failure, Made, write
from parley.engine.worker import Failed, Source, Start, recorded
from parley.errors import ReadError, Remark, UsageError
from parley.read.sources import STDIN
from parley.read.unopened import Unopened
from parley.store.sheets import Sheet

if TYPE_CHECKING:
    import numpy as np

Block = dict[str, "np.ndarray[Any, Any]"]
"""Some rows as Ray Data hands them on: a column of each name."""

SHARD = 128
"""Articles of a shard: what a worker has in hand at once, and what is read again where its machine is lost."""

_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # Ray would tell its makers that it runs
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # what goes wrong with an article is told by us
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


def build(
    feed: Feed,
    start: Start,
    run: Run,
    ledger: str | None,
    kept: str | None,
    workers: int | None,
    tell: Tell,
    stop: threading.Event,
    *,
    compare: bool,
) -> BuildReport:
    """Read into the shards of `kept`, or into shards of its own that are loaded into `ledger` and then gone."""
    if any(source == STDIN for source in feed.sources):
        raise UsageError("Ray's workers cannot read standard input: write it to a file first")
    folder = kept if kept is not None else _beside(ledger or "")
    began = time.monotonic()
    counts, rows = _read(feed, start, run, folder, None if kept else ledger, workers, tell, stop)
    if not sum(counts.values()):
        raise UsageError("the sources hold no article")
    if kept is None and ledger is not None and not stop.is_set():
        from parley.engine.load import load

        load([folder], ledger, start=start, compare=compare, on_stage=tell.stage, stop=stop)
        if not stop.is_set():
            shutil.rmtree(folder, ignore_errors=True)
    return BuildReport(
        read=sum(counts[k] for k in ("added", "updated", "unchanged", "failed")),
        **{k: counts[k] for k in ("added", "updated", "unchanged", "failed")},
        rows=dict(rows),
        seconds=time.monotonic() - began,
        interrupted=stop.is_set(),
    )


def _beside(ledger: str) -> str:
    """Where the shards of a ledger wait that Ray fills; of one on a server, in this folder."""
    return f"{ledger}.shards" if "://" not in ledger else "parley.shards"


def _read(
    feed: Feed,
    start: Start,
    run: Run,
    folder: str,
    ledger: str | None,
    workers: int | None,
    tell: Tell,
    stop: threading.Event,
) -> tuple[Counter[str], Counter[str]]:
    """Let Ray read everything into shards; what every article came to is told as it comes in."""
    ray, ours = _started(workers)
    from ray.data import ActorPoolStrategy

    size = workers or max(int(ray.cluster_resources().get("CPU", 1)) - 1, 1)
    absolute = folder if places.is_address(folder) else str(Path(folder).resolve())
    known = known_in(folder, start.fingerprint) | _known_in_ledger(ledger, start.fingerprint)
    counts: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    try:
        files: list[dict[str, Any]] = [{"source": s, "size": n} for s, n in found(feed.sources)]
        pages = ray.data.from_items(files, override_num_blocks=len(files)).map_batches(
            _pages_of_files,
            batch_size=1,
            num_cpus=0.1,
            fn_kwargs={"columns": feed.columns, "here": str(Path.cwd()), "seconds": feed.seconds},
        )
        told = pages.map_batches(
            _Annotate,
            batch_size=SHARD,
            compute=ActorPoolStrategy(size=size),
            num_cpus=1,
            fn_constructor_args=(_Task(start, Made.of(start, run), absolute, frozenset(known)),),
        )
        whole, gone = sum(f["size"] for f in files), 0
        for row in told.iter_rows():
            if stop.is_set():
                break
            gone += row["bytes"]
            done = replace(pickle.loads(row["done"]), share=min(gone / whole, 1.0) if whole else None)  # noqa: S301
            counts[done.what] += 1
            rows.update(done.rows)
            if done.what == "failed":
                tell.failure(done)
            tell.progress(done)
    finally:
        if ours:
            ray.shutdown()
    return counts, rows


def _started(workers: int | None) -> tuple[Any, bool]:
    """Ray, and whether it is ours to end: started here, joined where RAY_ADDRESS says, or as the calling program has it.

    Raises UsageError where it is not installed.
    """
    os.environ.update({k: v for k, v in _QUIET.items() if k == "RAY_USAGE_STATS_ENABLED" or k not in os.environ})
    try:
        import ray
    except ImportError as error:
        raise UsageError("the engine 'ray' needs Ray: pip install 'parley-ledger[ray]'") from error
    ours = not ray.is_initialized()
    if not ours:
        pass
    elif os.environ.get("RAY_ADDRESS"):
        ray.init(log_to_driver=False, logging_level=logging.ERROR)
    else:
        count = (workers or cores()) + 1  # one more for reading files, which takes little
        ray.init(
            num_cpus=count,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
            object_store_memory=512 << 20,
        )
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    return ray, ours


def _known_in_ledger(ledger: str | None, fingerprint: str) -> set[bytes]:
    if ledger is None or ("://" not in ledger and not Path(ledger).exists()):
        return set()
    with opened(ledger) as held:
        return {packed(id) for id in held.all_known(fingerprint)}


# --- on the machines that read --------------------------------------------------------------------------------------


def _pages_of_files(block: Block, columns: Mapping[str, str] | None, here: str, seconds: float) -> Iterator[Block]:
    """The pages of some files, a few at a time."""
    import numpy as np

    os.chdir(here)  # where paths are meant from
    for source in block["source"]:
        some: list[bytes] = []
        for page in pages_of(str(source), columns, seconds):
            some.append(pickle.dumps(_told(page), protocol=pickle.HIGHEST_PROTOCOL))
            if len(some) >= SHARD:
                yield {"page": np.array(some, dtype=object)}
                some = []
        if some:
            yield {"page": np.array(some, dtype=object)}


Told = Source | Failure | Done


def _told(page: Source | ReadError) -> Told:
    """A page, or what a reader could not read, or only remarks."""
    if not isinstance(page, ReadError):
        return page
    if isinstance(page, Remark):
        return Done("noted", page.file, page.record, step="read", error=str(page))
    return Failure(page.file, page.record, None, "read", str(page))


@dataclass(frozen=True, slots=True)
class _Task:
    """What an actor has to know."""

    start: Start
    made: Made
    folder: str
    known: frozenset[bytes]


class _Annotate:
    """One actor: a worker process of its own, models loaded once, and shards."""

    def __init__(self, task: _Task) -> None:
        self._task = task
        self._known = task.known
        self._pool = Pool(task.start, 1)

    def __call__(self, block: Block) -> Block:
        """Read some pages into a shard; what became of each comes back."""
        import numpy as np

        pages = [pickle.loads(one) for one in block["page"]]  # noqa: S301 - from this build's own readers
        some = _Some()
        for page, answer in self._read(pages, some):
            some.take(page, answer)
        write(self._task.folder, some.sheets, some.failures, self._task.made)
        return {
            "done": np.array([pickle.dumps(d) for d in some.done], dtype=object),
            "bytes": np.array([some.size.get(d.article or "", 0) for d in some.done], dtype=np.int64),
        }

    def _read(self, pages: Iterable[Told], some: _Some) -> Iterator[tuple[Source, Sheet | Failed]]:
        """What became of each page that is not there yet; the others are noted."""
        new: list[Source] = []
        for page in pages:
            if isinstance(page, Failure):
                some.fail(page)
            elif isinstance(page, Done):
                some.done.append(page)
            elif packed(page.id) in self._known:
                some.done.append(Done("unchanged", page.file, page.source_id, page.id))
            else:
                new.append(page)
            if isinstance(page, RawPage | Unopened):
                some.size[page.id] = len(page.data)
        if new:
            yield from each(self._pool, [new], lambda several: self._read(map(_told, several.pages), some))


@dataclass(slots=True)
class _Some:
    """What became of the pages of one block."""

    sheets: list[Sheet] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    size: dict[str, int] = field(default_factory=dict)

    def take(self, page: Source, answer: Sheet | Failed) -> None:
        if isinstance(answer, Failed):
            self.fail(Failure(page.file, recorded(page, answer), page.id, answer.step, answer.error))
        else:
            self.sheets.append(answer)
            self.done.append(Done("added", page.file, page.source_id, page.id, rows=answer.found))

    def fail(self, failure: Failure) -> None:
        self.failures.append(failure)
        self.done.append(
            Done("failed", failure.file, failure.record, failure.article, step=failure.step, error=failure.error)
        )

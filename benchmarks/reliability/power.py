"""Cut the power under a ledger, as far as that can be done without a plug, and count what is lost and what is damaged.

    python -m benchmarks.reliability.power [--moments 12] [--stops 6] [--seed 1] [--write]

SQLite runs with a write-ahead log and `synchronous=FULL`: a transaction has ended when its part of the log is on the disk. After a power cut
the file may hold anything in pages that the log still holds, and the log anything after its last transaction. A build is held still at random moments
(SIGSTOP), its file and log are copied, and each copy is harmed in all these ways: the log ends at a frame or inside one, a frame is zeros
though later ones are there, the file's pages are zeros. The same once more as if the disk had lied about the log: then all of it that was
not yet carried over into the file may be harmed so, and articles are lost, but nothing may be damaged. PostgreSQL keeps its own `synchronous_commit=on` and `fsync=on`; its server is stopped as by `pg_ctl stop -m immediate` in the middle
of a build, which does not shut anything down in order, and started again.

Each ledger is then opened, every page, hash and span is checked, and a build into some of them must end at the ledger of an undisturbed one.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.reliability.kills import Build, Undisturbed, rows
from benchmarks.reliability.report import put
from benchmarks.reliability.stores import running
from parley.engine.build import build
from parley.errors import ParleyError
from parley.store.ledger import Ledger

HEADER, FRAME = 32, 24
"""Bytes of the head of a write-ahead log, and of each frame before its page."""
MOST_FRAMES = 30
"""Frames of one log at whose ends it is cut."""


@dataclass(slots=True)
class Tally:
    """What was done to one store, and what came of it."""

    store: str
    modes: str
    cuts: int = 0
    told: int = 0
    missing: int = 0
    most_missing: int = 0
    unsound: int = 0
    rebuilt: int = 0
    different: int = 0
    may_lose: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """True where no ledger was damaged, nothing was lost that may not be, and each that was built on came out as it should."""
        return not (self.unsound or self.different or (self.missing and not self.may_lose))

    def look(self, ledger: str, stored: set[str]) -> None:
        """Open a ledger after a cut, and note what it lacks of the articles that were told as stored."""
        self.cuts += 1
        try:
            with Ledger.open(ledger) as held:
                there = {str(row["id"]) for row in held.articles()}
                wrong = list(held.check())
        except ParleyError as error:  # where not even the tables had reached the disk there is no ledger: all is missing, nothing damaged
            there, wrong = set(), [] if "holds no ledger" in str(error) else [str(error)]
        self.unsound += bool(wrong)
        self.problems += wrong[:3]
        lost = len(stored - there)
        self.told += len(stored)
        self.missing += lost
        self.most_missing = max(self.most_missing, lost)

    def build_on(self, ledger: str, whole: Undisturbed) -> None:
        """Build into a ledger after a cut: it must come out as an undisturbed one."""
        build(whole.source, ledger, profile="rules", workers=1)
        self.rebuilt += 1
        self.different += rows(ledger) != whole.rows


def harmed(log: bytes, done: int, page: int, choose: random.Random) -> Iterator[bytes]:
    """A log as a power cut may leave it; the first `done` frames are on the disk for sure."""
    size = FRAME + page
    frames = (len(log) - HEADER) // size
    ends = list(range(min(done, frames), frames + 1))
    yield log + choose.randbytes(size // 2)
    yield log + choose.randbytes(2 * size)
    for end in sorted(choose.sample(ends, min(len(ends), MOST_FRAMES))):
        yield log[: HEADER + end * size]
        if end < frames:
            yield log[: HEADER + end * size + choose.randrange(1, size)]  # a torn frame
            at = HEADER + end * size
            yield log[:at] + bytes(size) + log[at + size :]  # a frame that was not written, though later ones were


def carried(shared: bytes) -> int:
    """The frames that were carried over into the file, or were about to be: the log is forced to the disk before that. As its index says."""
    return max(struct.unpack_from("=I", shared, at)[0] for at in (96, 128)) if len(shared) >= 132 else 0


def committed(shared: bytes) -> int:
    """The frames up to the end of the last transaction, which `synchronous=FULL` has forced to the disk."""
    return int(struct.unpack_from("=I", shared, 16)[0]) if len(shared) >= 132 else 0


def torn(file: bytes, log: bytes, page: int, done: int) -> bytes:
    """The file with zeros in the pages that were carried over from the log and perhaps not yet on the disk."""
    out = bytearray(file)
    for number in range(done):
        at = (struct.unpack_from(">I", log, HEADER + number * (FRAME + page))[0] - 1) * page
        if at + page <= len(out):
            out[at : at + page] = bytes(page)
    return bytes(out)


def sqlite(moments: int, articles: int, seed: int) -> tuple[Tally, Tally]:
    """Copy a ledger and its log at random moments of builds, and harm the copies."""
    modes = "journal_mode=WAL, synchronous=FULL"
    honest, lying = Tally("sqlite", modes), Tally("sqlite on a disk that lies", modes, may_lose=True)
    choose = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="parley-power-") as name:
        folder = Path(name)
        whole = Undisturbed.build(folder, articles, str(folder / "whole.db"))
        for moment in range(moments):
            ledger = folder / f"{moment}.db"
            at_work = Build(whole.source, str(ledger), 1)
            time.sleep(choose.uniform(0.1, 0.9) * whole.seconds)
            with suppress(ProcessLookupError):
                os.kill(at_work.pid, signal.SIGSTOP)
            time.sleep(0.2)  # what it has told is heard
            stored = set(at_work.stored)
            taken = {end: _bytes(ledger, end) for end in ("", "-wal", "-shm")}
            with suppress(ProcessLookupError):
                os.kill(at_work.pid, signal.SIGCONT)
            at_work.kill(0.0)
            if len(taken[""]) < 100 or len(taken["-wal"]) < HEADER:
                continue
            for tally, sure in ((honest, committed(taken["-shm"])), (lying, carried(taken["-shm"]))):
                _cut(tally, folder / "cut.db", taken, sure, stored, choose, whole)
            good = honest.good and lying.good
            print(f"sqlite: moment {moment + 1}, {honest.cuts + lying.cuts} cuts, good so far: {good}", flush=True)
    return honest, lying


def _cut(
    tally: Tally,
    place: Path,
    taken: dict[str, bytes],
    sure: int,
    stored: set[str],
    choose: random.Random,
    whole: Undisturbed,
) -> None:
    file, log = taken[""], taken["-wal"]
    page, done = struct.unpack_from(">I", log, 8)[0], carried(taken["-shm"])
    for number, left in enumerate(harmed(log, sure, page, choose)):
        for end in ("", "-wal", "-shm"):
            Path(f"{place}{end}").unlink(missing_ok=True)
        place.write_bytes(torn(file, left, page, done) if number % 2 else file)
        Path(f"{place}-wal").write_bytes(left)
        tally.look(str(place), stored)
        if number % 23 == 0:
            tally.build_on(str(place), whole)


def _bytes(ledger: Path, end: str) -> bytes:
    path = Path(f"{ledger}{end}")
    return path.read_bytes() if path.exists() else b""


def postgresql(stops: int, articles: int, seed: int) -> Tally:
    """Stop the server at once in the middle of builds, and start it again; the build is ended with it."""
    import psycopg

    choose = random.Random(seed)
    with running() as server, tempfile.TemporaryDirectory(prefix="parley-power-") as name:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            modes = [
                f"{name}={connection.execute(f'SHOW {name}'.encode()).fetchone()[0]}"  # type: ignore[index]
                for name in ("fsync", "synchronous_commit", "full_page_writes")
            ]
            for number in range(stops + 1):
                connection.execute(f"CREATE DATABASE p{number}".encode())
        tally = Tally("postgresql", ", ".join(modes))
        places = [server.get_uri().replace("/postgres?", f"/p{n}?") for n in range(stops + 1)]
        whole = Undisturbed.build(Path(name), articles, places[0])
        for place in places[1:]:
            at_work = Build(whole.source, place, 1)
            moment = choose.uniform(0.3, 0.9) * whole.seconds
            stopper = threading.Timer(moment, os.kill, (server.get_pid(), signal.SIGQUIT))
            stopper.start()
            stopper.join()
            stored = set(at_work.stored)
            at_work.kill(0.0)
            _again(server)
            tally.look(place, stored)
            tally.build_on(place, whole)
            print(f"postgresql: {tally.cuts} stops, good so far: {tally.good}", flush=True)
    return tally


def _again(server: Any) -> None:
    """Start a server that was stopped, however long the machine takes over it."""
    for _ in range(40):
        time.sleep(1.0)
        with warnings.catch_warnings(), suppress(subprocess.SubprocessError, AssertionError):
            warnings.simplefilter("ignore")
            server.ensure_postgres_running()
            return
    raise SystemExit("the server does not come back")


def table(tallies: Sequence[Tally]) -> str:
    """The figures as a table for docs/reliability.md."""
    lines: list[tuple[str, Sequence[object]]] = [
        ("modes", [t.modes for t in tallies]),
        ("power cuts", [t.cuts for t in tallies]),
        ("ledgers with a damaged page, span or hash afterwards", [t.unsound for t in tallies]),
        ("articles told as stored before the cuts, added up", [f"{t.told:,}" for t in tallies]),
        ("of them not there afterwards, to be read again", [f"{t.missing:,}" for t in tallies]),
        ("most of them in one cut", [t.most_missing for t in tallies]),
        ("ledgers built on after the cut", [t.rebuilt for t in tallies]),
        ("of them other than an undisturbed one", [t.different for t in tallies]),
    ]
    head = "| | " + " | ".join(t.store for t in tallies) + " |\n|---|" + "---:|" * len(tallies)
    return "\n".join([head, *(f"| {what} | " + " | ".join(map(str, told)) + " |" for what, told in lines)])


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=12, help="moments at which a SQLite ledger is copied")
    parser.add_argument("--stops", type=int, default=6, help="times that the PostgreSQL server is stopped")
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    given = parser.parse_args(argv)
    tallies = [*sqlite(given.moments, given.articles, given.seed)] if given.moments else []
    tallies += [postgresql(given.stops, given.articles, given.seed)] if given.stops else []
    print(table(tallies))
    for tally in tallies:
        print(*tally.problems[:20], sep="\n")
    if given.write:
        put("power", table(tallies))
    return 0 if all(t.good for t in tallies) else 1


if __name__ == "__main__":
    sys.exit(main())

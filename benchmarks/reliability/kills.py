"""Kill builds at random moments and count what is lost, and what is there twice.

    python -m benchmarks.reliability.kills [--kills 200] [--store sqlite|postgresql|both] [--seed 1] [--add FILE] [--write]
    python -m benchmarks.reliability.kills --early --kills 200 --store postgresql

Each build is the command line (`parley build --json-log`) in a process forked from one that has imported it, over short articles of which some are undated, some copies and some broken lines. It is
killed (SIGKILL) at a random moment and started again, until one gets through before it is killed. After each kill the ledger is
looked over, and must hold every article that the killed build had told as stored. After each build that got through, `parley doctor`
must find nothing, and every row must be as in a ledger that was built without being disturbed. `--write` puts the figures into
docs/reliability.md. With `--early` up to three builds are at one ledger at once, and are killed in their first third of a second or in the first
second: while its tables are made, or while others wait for that. Several runs, with different seeds, add up in the file of `--add`; with `--kills 0` it is only read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from benchmarks.reliability.articles import written
from benchmarks.reliability.report import put
from benchmarks.reliability.stores import STORES, places
from parley.errors import ParleyError
from parley.export import jsonl
from parley.pipeline import Pipeline, Settings
from parley.show.doctor import checkup
from parley.store.ledger import Ledger

BEFORE = "before the first article"
READING = "reading"
AT_MOST = 0.85
"""The latest moment of a kill, as a share of the time that an undisturbed build takes: one that goes on has less to do."""
FIRST = (0.35, 0.35, 1.0)
"""Seconds in which builds are killed early, of which one is chosen each time."""
FEW = 4
"""Articles of a pile whose builds are killed early."""
WORKERS = (1, 1, 1, 1, 2)
"""Worker processes of a build, of which one is chosen each time."""


@dataclass(slots=True)
class Tally:
    """What was done to one store, and what came of it."""

    store: str
    articles: int
    kills: int = 0
    builds: int = 0
    stored: int = 0
    lost: int = 0
    unsound: int = 0
    different: int = 0
    doctor: int = 0
    at: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """True where nothing was lost, doubled or damaged."""
        return not (self.lost or self.unsound or self.different or self.doctor)


class Build:
    """A build that runs in a process forked from this one, which has everything imported: the command line from there on."""

    def __init__(self, source: Path, ledger: str, workers: int) -> None:
        told, tell = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _be_a_build(source, ledger, workers, tell)
        os.close(tell)
        self.returncode: int | None = None
        self.stored: set[str] = set()
        self.at = BEFORE
        self.strange: list[str] = []
        self._told = os.fdopen(told, "rb")
        self._reader = threading.Thread(target=self._listen)
        self._reader.start()

    def _listen(self) -> None:
        with self._told:
            for line in self._told:
                try:
                    told = json.loads(line)
                except ValueError:
                    self.strange.append(line.decode("utf-8", "replace"))  # the line that the kill cut in two
                    continue
                if told["event"] == "article":
                    self.at = READING
                    if told["what"] in ("added", "updated", "unchanged"):
                        self.stored.add(told["article"])
                elif told["event"] == "stage":
                    self.at = told["stage"]

    def kill(self, after: float) -> bool:
        """Kill it after so many seconds; False where it was through before."""
        until = time.monotonic() + after
        while self.returncode is None and time.monotonic() < until:
            time.sleep(0.002)
            self._wait(os.WNOHANG)
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)
            self._wait(0)
        self._reader.join()
        return self.returncode == -signal.SIGKILL

    def _wait(self, how: int) -> None:
        pid, status = os.waitpid(self.pid, how)
        if pid:
            self.returncode = os.waitstatus_to_exitcode(status)


def _be_a_build(source: Path, ledger: str, workers: int, tell: int) -> None:
    """The command line, in this process, which ends with it."""
    code = 70
    try:
        os.dup2(tell, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        command = ["parley", "build", str(source), "-l", ledger, "--profile", "rules"]
        sys.argv = [*command, "--workers", str(workers), "--json-log"]
        from parley.cli import main as command_line

        command_line()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def ready() -> None:
    """Import and load here what every build needs, once for all of them."""
    import parley.cli
    import parley.compare.refresh
    import parley.resolve.relink
    import parley.store.migrate  # noqa: F401
    from parley.compare.registry import comparisons

    comparisons()
    Pipeline.make(Settings(profile="rules"))


def rows(ledger: str) -> str:
    """A hash of every row that a ledger exports, but for those that say when it was made."""
    digest = hashlib.sha256()
    with Ledger.open(ledger) as held:
        for row in jsonl.all_rows(held):
            if row["row"] != "run":
                digest.update(jsonl.line(row))
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A pile, and what became of a build of it that nothing disturbed: its seconds, its exit code, and a hash of the ledger's rows."""

    source: Path
    seconds: float
    code: int
    rows: str

    @classmethod
    def build(cls, folder: Path, articles: int, ledger: str) -> Undisturbed:
        """Write so many articles into a folder, and read them into a ledger; what all builds need is loaded first."""
        ready()
        source = written(folder / "articles.jsonl", articles, sentences=3)
        began = time.monotonic()
        build = Build(source, ledger, 1)
        build.kill(600)
        if build.at == BEFORE:
            raise SystemExit(f"the undisturbed build came to nothing: {build.returncode} {build.strange[-5:]}")
        return cls(source, time.monotonic() - began, build.returncode or 0, rows(ledger))


def kills(
    store: str, count: int, articles: int, *, seed: int = 1, most: float = 1e9, told: Callable[[str], None] = print
) -> Tally:
    """Kill builds `count` times, or for `most` seconds."""
    rng = random.Random(seed)
    tally = Tally(store, articles)
    with tempfile.TemporaryDirectory(prefix="parley-kills-") as name, places(store, Path(name)) as place:
        whole = Undisturbed.build(Path(name), articles, place())
        until = time.monotonic() + most
        while tally.kills < count and time.monotonic() < until:
            ledger = place()
            _one(ledger, whole, tally, count, rng)
            different = _differs(ledger, whole)
            if different:
                tally.different += 1
                tally.told.append(f"after {tally.kills} kills {different}")
            if store == "sqlite":
                Path(ledger).unlink()
            told(f"{store}: {tally.kills} kills, {tally.builds} builds got through, good so far: {tally.good}")
    return tally


def early(store: str, count: int, *, seed: int = 1, told: Callable[[str], None] = print) -> Tally:
    """Kill builds in their first moments, several at one ledger, `count` times; then let some get through at once."""
    rng = random.Random(seed)
    tally = Tally(store, FEW)
    with tempfile.TemporaryDirectory(prefix="parley-kills-") as name, places(store, Path(name)) as place:
        whole = Undisturbed.build(Path(name), FEW, place())
        while tally.kills < count:
            ledger = place()
            for last in (*(False,) * 10, True):
                many = [Build(whole.source, ledger, 1) for _ in range(rng.choice((1, 1, 2, 3)))]
                for build in many:
                    _ended(build, build.kill(600.0 if last else rng.choice(FIRST) * rng.random()), whole, tally)
                _look(ledger, set().union(*(build.stored for build in many)), tally)
            tally.doctor += _doctor(ledger)
            if different := _differs(ledger, whole):
                tally.different += 1
                tally.told.append(f"after {tally.kills} kills {different}")
            told(f"{store}: {tally.kills} early kills, {tally.builds} builds got through, good so far: {tally.good}")
    return tally


def _ended(build: Build, killed: bool, whole: Undisturbed, tally: Tally) -> None:  # what kill() gave
    if killed:
        tally.kills += 1
        tally.at[build.at] += 1
        return
    tally.builds += 1
    if build.returncode != whole.code:
        tally.told.append(f"a build ended with {build.returncode}: {build.strange[-3:]}")
        tally.unsound += 1


def _differs(ledger: str, whole: Undisturbed) -> str:
    """What is other in a ledger than in the undisturbed one; nothing where nothing is."""
    try:
        return "" if rows(ledger) == whole.rows else "a ledger differs"
    except ParleyError as error:
        return f"there is no ledger: {error}"


def _one(ledger: str, whole: Undisturbed, tally: Tally, count: int, rng: random.Random) -> None:
    """Kill builds into one ledger until one gets through, or enough were killed."""
    stored: set[str] = set()
    while True:
        build = Build(whole.source, ledger, rng.choice(WORKERS))
        enough = tally.kills >= count
        killed = build.kill(600.0 if enough else rng.uniform(0.0, whole.seconds * AT_MOST))
        stored |= build.stored
        _ended(build, killed, whole, tally)
        _look(ledger, stored, tally)
        if not killed:
            tally.doctor += _doctor(ledger)
            return


def _look(ledger: str, stored: set[str], tally: Tally) -> None:
    try:
        with Ledger.open(ledger) as held:
            there = {str(row["id"]) for row in held.articles()}
            problems = list(held.check())
    except ParleyError as error:
        if stored:
            problems, there = [str(error)], set()
        else:
            return  # killed before there was a ledger
    tally.stored = max(tally.stored, len(stored))
    tally.lost += len(stored - there)
    tally.unsound += bool(problems)
    tally.told += problems


def _doctor(ledger: str) -> int:
    return int(any(good is False for good, _ in checkup(ledger)))


def table(tallies: Sequence[Tally]) -> str:
    """The figures as a table for docs/reliability.md."""
    moments = sorted({m for t in tallies for m in t.at}, key=lambda m: (m != BEFORE, m != READING, m))
    names = ["| | " + " | ".join(t.store for t in tallies) + " |", "|---|" + "---:|" * len(tallies)]

    def line(what: str, value: Callable[[Tally], object]) -> str:
        return f"| {what} | " + " | ".join(str(value(t)) for t in tallies) + " |"

    return "\n".join(
        [
            *names,
            line("articles in the pile", lambda t: t.articles),
            line("builds killed", lambda t: t.kills),
            *(line(f"of them {m}", lambda t, m=m: t.at[m]) for m in moments),  # type: ignore[misc]
            line("builds that got through, and were compared row by row", lambda t: t.builds),
            line("articles told as stored and not there afterwards", lambda t: t.lost),
            line("ledgers with a damaged page, span or hash after a kill", lambda t: t.unsound),
            line("ledgers that differ from an undisturbed one", lambda t: t.different),
            line("ledgers that `parley doctor` finds fault with", lambda t: t.doctor),
        ]
    )


def added(file: Path, tallies: Sequence[Tally]) -> list[Tally]:
    """All runs that a file holds, these included, one tally a store."""
    with file.open("a", encoding="utf-8") as out:
        # not asdict(): it makes a Counter of pairs out of a Counter
        out.writelines(json.dumps({f.name: getattr(t, f.name) for f in fields(t)}) + "\n" for t in tallies)
    sums: dict[str, Tally] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        one = Tally(**json.loads(line))
        one.at = Counter(one.at)
        if one.store not in sums:
            sums[one.store] = one
            continue
        whole = sums[one.store]
        for name in ("kills", "builds", "lost", "unsound", "different", "doctor", "told"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        whole.at.update(one.at)
    return [sums[s] for s in STORES if s in sums]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--store", choices=(*STORES, "both"), default="both")
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no further ledger after so long")
    parser.add_argument("--add", type=Path, help="add this run's figures to those of this file, and show all of them")
    parser.add_argument("--early", action="store_true", help="kill in the first moments, up to three builds at once")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    given = parser.parse_args(argv)
    stores = STORES if given.store == "both" else (given.store,)
    tallies = [
        early(s, given.kills, seed=given.seed)
        if given.early
        else kills(s, given.kills, given.articles, seed=given.seed, most=given.seconds)
        for s in stores
        if given.kills
    ]
    if given.add:
        tallies = added(given.add, tallies)
    print(table(tallies))
    for tally in tallies:
        print(*tally.told, sep="\n")
    if given.write:
        put("early" if given.early else "kills", table(tallies))
    return 0 if all(t.good for t in tallies) else 1


if __name__ == "__main__":
    sys.exit(main())

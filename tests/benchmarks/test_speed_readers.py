"""The script that has people read during a build: every answer is counted, and half a row would be."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.speed.readers import Waited, waited
from parley.data import Reading
from parley.store.ledger import Ledger


def test_a_reader_is_asked_until_the_work_is_done(tmp_path: Path, reading: Callable[..., Reading]) -> None:
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="ru_1")

    def work() -> bool:
        time.sleep(0.5)
        return True

    found = waited("x", str(tmp_path / "x.db"), 1, work)
    assert found.took
    assert found.torn == 0
    assert found.build >= 0.5


def test_figures_are_told_as_a_row() -> None:
    some = Waited("a build", 2, build=12.0, took=[float(n) for n in range(1, 101)], torn=1)
    assert some.line() == "| a build | 2 | 12 s | 100 | 50 ms | 96 ms | 1 |"
    assert Waited("nobody", 0).line() == "| nobody | 0 |  | 0 | 0 ms | 0 ms | 0 |"

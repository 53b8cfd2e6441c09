"""The script that fuzzes: it finds a crash where there is one, and the same seed gives the same runs."""

from __future__ import annotations

import random

import pytest

from benchmarks.reliability import fuzz


def test_a_few_runs_of_every_target_pass() -> None:
    tallies = fuzz.run(1, seed=5)
    assert [t.failures for t in tallies if t.failures] == []
    assert len(tallies) > 30
    assert sum(t.out for t in tallies) > 100


def test_a_crash_is_counted_and_the_runs_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(choose: random.Random) -> object:
        return iter([("reader: x", lambda: 1 // 0)])

    monkeypatch.setattr(fuzz, "targets", broken)
    (tally,) = fuzz.run(3, seed=1)
    assert (tally.runs, len(tally.failures)) == (3, 3)
    assert "ZeroDivisionError" in tally.failures[0]


def test_a_reader_that_gives_up_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.read.text.page_from_bytes", lambda *_, **__: 1 // 0)
    with pytest.raises(AssertionError, match="gave up"):
        fuzz.read("a.txt", b"Talks.")


def test_the_same_seed_gives_the_same_files() -> None:
    one, two = (fuzz.damaged(b"Talks go on." * 9, random.Random(4), [b"x"]) for _ in range(2))
    assert one == two

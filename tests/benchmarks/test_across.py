"""What comparing finds is pinned as the rows are: every figure has a floor, and a floor whose figure is gone fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality import gate
from benchmarks.quality.across import TASKS, of_actors


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "floors.json"
    monkeypatch.setattr(gate, "FLOORS", path)
    return path


def test_every_task_has_floors() -> None:
    pinned = gate.load_floors()["across"]["floors"]
    assert {name.split(".")[0] for name in pinned} == set(TASKS)


def test_the_actor_lists_hold_their_floors() -> None:
    assert gate.pinned("across", {"actors": of_actors}, set(), update=False, lower=False) == 0


def test_floors_are_raised_and_hold(floors: Path) -> None:
    def pinned(score: float, **how: bool) -> int:
        options = {"update": False, "lower": False} | how
        return gate.pinned("across", {"copies": lambda: {"copies.recall": score}}, set(), **options)

    assert pinned(0.9, update=True) == 0
    assert pinned(0.895) == 0
    assert pinned(0.8) == 1
    assert pinned(0.8, update=True) == 1
    assert gate.load_floors() == {"across": {"floors": {"copies.recall": 0.9}}}
    assert pinned(0.8, lower=True) == 1
    assert pinned(0.8) == 0


def test_what_is_not_at_hand_is_skipped_and_told(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.pinned("across", {"copies": lambda: None}, set(), update=False, lower=False) == 0
    assert "copies: skipped" in capsys.readouterr().out

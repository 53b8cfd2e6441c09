"""The script that cuts the power: it harms only what a power cut may, finds what is lost, and tells damage."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from benchmarks.reliability import power

PAGE = 512


def log(frames: int) -> bytes:
    head = struct.pack(">8I", 0x377F0682, 3007000, PAGE, 0, 0, 0, 0, 0)
    return head + b"".join(struct.pack(">6I", n + 1, 0, 0, 0, 0, 0) + bytes([n + 1]) * PAGE for n in range(frames))


def test_what_is_on_the_disk_for_sure_is_left_alone() -> None:
    whole = log(9)
    sure = whole[: power.HEADER + 4 * (power.FRAME + PAGE)]
    harmed = list(power.harmed(whole, 4, PAGE, random.Random(1)))
    assert (
        len(harmed) == 2 + 3 * 5 + 1
    )  # with rubbish behind; at, inside and without each of five frames; and at the end
    assert all(left.startswith(sure) for left in harmed)
    assert len(set(harmed)) == len(harmed)
    assert power.torn(b"\x07" * PAGE * 6, whole, PAGE, 2) == bytes(2 * PAGE) + b"\x07" * PAGE * 4


@pytest.mark.slow
def test_a_cut_ledger_is_whole_and_can_be_built_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(power, "MOST_FRAMES", 3)
    honest, lying = power.sqlite(2, 12, seed=3)
    assert honest.good
    assert lying.good
    assert honest.missing == 0


def test_damage_and_loss_are_told(tmp_path: Path) -> None:
    tally = power.Tally("sqlite", "none")
    (tmp_path / "x.db").write_bytes(b"SQLite format 3\x00" + bytes(5_000))
    tally.look(str(tmp_path / "x.db"), {"ar_1"})
    assert (tally.cuts, tally.unsound, tally.missing) == (1, 1, 1)
    assert not tally.good
    assert "| power cuts | 1 |" in power.table([tally])

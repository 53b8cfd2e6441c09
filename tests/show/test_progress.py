"""How far something is: told once a minute where there is no terminal, with the pace and the time left."""

from __future__ import annotations

import time

import pytest

from parley.show.progress import EVERY, looked_at


def test_a_line_a_minute_tells_the_pace_and_what_is_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 1.0, EVERY, EVERY + 1, 2 * EVERY])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    with looked_at("rows written") as told:
        for done in (0, 600, 900, 1_200):
            told(done, 3_000)
    assert capsys.readouterr().err.splitlines() == [
        "600 of 3,000 rows written, 10/s, about 4 min left",
        "1,200 of 3,000 rows written, 10/s, about 3 min left",
    ]


def test_nothing_done_yet_is_told_without_a_pace(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, EVERY])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    with looked_at("articles looked at") as told:
        told(0, 3_000)
    assert capsys.readouterr().err == "0 of 3,000 articles looked at\n"

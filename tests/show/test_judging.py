"""Judging at a terminal: by single keys, with what was said before in sight."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from parley.data import Reading
from parley.errors import UsageError
from parley.show.judging import Session, changes_of, log_table, lost_table, said, with_words
from parley.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "x.db", create=True) as held:
        held.add(reading(), fingerprint="f1", run="r1")
        yield held


def sit(ledger: Ledger, keys: str, *lines: str, order: str = "confidence", layer: str | None = None) -> tuple[int, str]:
    """A sitting with these keys and lines typed; how many judgements, and what was on the screen."""
    typed, written = iter(keys), iter(lines)
    out = io.StringIO()
    console = Console(file=out, width=100, highlight=False, markup=False)

    def key() -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    sitting = Session(
        ledger, by="Ana", show=console.print, key=key, line=lambda _: next(written), order=order, layer=layer
    )
    return sitting.run(), out.getvalue()


def test_keys_confirm_reject_and_correct_what_the_queue_gives(ledger: Ledger) -> None:
    first, second, third = ledger.queue(limit=3)
    count, shown = sit(
        ledger, "cxe", "not so", "place=Port Amity" if third["row"] in ("figure", "event") else "", "", ""
    )
    assert count >= 2
    assert "c confirm" in shown
    assert [ledger.row(r["id"])["judged"]["why"] for r in (first, second)] == ["", "not so"]  # type: ignore[index]
    assert {e["act"] for e in ledger.judgements()} >= {"confirm", "reject"}


def test_undo_goes_back_to_the_row_and_q_stops(ledger: Ledger) -> None:
    first = ledger.queue(limit=1)[0]
    count, _ = sit(ledger, "cucq")
    assert count == 3
    assert [(e["act"], e["stands"]) for e in ledger.judgements(first["id"])] == [
        ("confirm", False),
        ("undo", True),
        ("confirm", True),
    ]


def test_the_whole_queue_can_be_left_through(ledger: Ledger) -> None:
    count, shown = sit(ledger, "n" * 20)
    assert count == 0
    assert shown.count("c confirm") == 7
    assert sit(ledger, "?u", layer="events")[1].count("undo what you said last") == 1


def test_a_mistake_is_told_and_the_row_stays(ledger: Ledger) -> None:
    count, shown = sit(ledger, "ec", "stance=likes", "", "", layer="positions")
    assert count == 1
    assert "it can be demands" in shown
    assert ledger.positions()[0]["status"] == "confirmed"


def test_what_somebody_else_says_meanwhile_is_shown_before_anything_is_written(ledger: Ledger) -> None:
    figure = ledger.queue(layer="figures", limit=1)[0]["id"]
    keys = iter("xxq")
    out = io.StringIO()

    def key() -> str:
        if not list(ledger.judgements(figure)):  # Ana looks at the row, and Ben is quicker
            ledger.judge(figure, "correct", by="Ben", changes={"place": "Port Amity"})
        return next(keys)

    show = Console(file=out, width=100, highlight=False, markup=False).print
    sitting = Session(ledger, by="Ana", show=show, key=key, line=lambda _: "not so", layer="figures")
    assert sitting.run() == 1
    assert out.getvalue().count("was changed while you looked at it") == 1
    told, now = out.getvalue().split("was changed while you looked at it")
    assert "Port Amity" not in told
    assert "corrected by Ben" in now
    assert [(e["by"], e["act"]) for e in ledger.judgements(figure)] == [("Ben", "correct"), ("Ana", "reject")]


def test_rows_that_a_build_took_away_are_passed_over(ledger: Ledger, reading: Callable[..., Reading]) -> None:
    empty = replace(reading(), statements=(), figures=(), positions=(), events=(), wording=())
    shown: list[object] = []

    def key() -> str:
        ledger.add(empty, fingerprint="f2", run="r2")
        return "n"

    sitting = Session(ledger, by="Ana", show=shown.append, key=key, line=lambda _: "")
    assert sitting.run() == 0
    assert len(shown) == 2  # the first row, and the keys


def test_corrections_are_written_as_fields() -> None:
    assert changes_of("figure", ["value=32", "place=", "population=women and children"]) == {
        "value": 32,
        "place": None,
        "population": "women and children",
    }
    assert changes_of("statement", ["content=3:9,12:15"]) == {"content": [[3, 9], [12, 15]]}
    with pytest.raises(UsageError, match="one of span, value"):
        changes_of("figure", ["23"])


def test_what_was_said_is_told_in_words(ledger: Ledger, reading: Callable[..., Reading]) -> None:
    position = ledger.positions()[0]
    ledger.judge(position["id"], "correct", by="Ana", changes={"party": "Veyra", "since": None}, why="see above")
    ledger.judge(position["id"], "reject", by="Ben")
    ledger.judge(position["id"], "undo", by="Ben")
    entries = list(ledger.judgements())
    assert said(entries[0]) == "corrected party to “Veyra”, since to nothing: see above"
    out = io.StringIO()
    console = Console(file=out, width=100, highlight=False, markup=False)
    row = ledger.row(position["id"])
    assert row
    console.print(with_words(ledger, row))
    console.print(log_table(entries))
    console.print(lost_table([e | {"told": "gone"} for e in entries[:1]]))
    shown = out.getvalue()
    for words in ("corrected by Ana", "Parley has", "party “Calvera”", "(undone)", "position “the dam is returned”"):
        assert words in shown

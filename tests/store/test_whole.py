"""Articles come whole, in order, with the machine's rows beside people's words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from parley.data import Reading
from parley.store import whole
from parley.store.ledger import Ledger
from parley.store.schema import FINDINGS

MakeReading = Callable[..., Reading]


def test_every_article_comes_once_with_all_its_rows(
    ledger_place: str, reading: MakeReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "SOME", 2)
    with Ledger.open(ledger_place, create=True) as ledger:
        for n in range(5):  # two of one place: the same file name in two folders
            ledger.add(reading(file=f"{n}/a.txt", source_id=f"{n % 4}"), fingerprint="f", run="r")
        found = list(ledger.whole())
        assert sorted(w.article["id"] for w in found) == sorted(a["id"] for a in ledger.articles())
        for one in found:
            assert one.text == ledger.text(one.article["id"])
            assert one.run == "r"
            for kind in FINDINGS:
                method = kind if kind == "wording" else f"{kind}s"
                rows = list(getattr(ledger, method)(article=one.article["id"]))
                assert sorted(rows, key=repr) == sorted(one.found[kind], key=repr)


def test_the_machines_row_stands_beside_a_persons_word(ledger_place: str, reading: MakeReading) -> None:
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="r")
        figure, event = ledger.figures()[0], ledger.events()[0]
        ledger.judge(figure["id"], "correct", by="Ana", changes={"value": 24})
        ledger.judge(event["id"], "reject", by="Ben")
        (one,) = ledger.whole()
        assert set(one.machine) == {figure["id"], event["id"]}
        assert one.machine[figure["id"]] == figure | {"judged": None}
        assert one.machine[event["id"]]["row_status"] == "machine"
        assert one.found["figure"][0]["value"] == 24
        assert one.machine == {i: ledger.machine_row(i) for i in one.machine}


def test_a_ledger_without_articles_has_none(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        assert list(ledger.whole()) == []
        assert list(ledger.whole("ar_none")) == []


def test_what_is_written_meanwhile_does_not_come_in_half(
    ledger_place: str, reading: MakeReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "SOME", 1)
    with Ledger.open(ledger_place, create=True) as ledger, Ledger.open(ledger_place) as builder:
        for n in (1, 2):
            ledger.add(reading(file=f"{n}.txt", source_id=str(n)), fingerprint="f", run="r")
        found = ledger.whole()
        first = next(found)
        builder.add(reading(file="3.txt", source_id="3"), fingerprint="f", run="r")
        last = list(found)
        assert len([first, *last]) == 2
        assert len(list(ledger.whole())) == 3

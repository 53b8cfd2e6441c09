"""Judgements go from ledger to ledger by file without loss."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from parley.data import Reading, Span
from parley.errors import UsageError
from parley.export.carried import read, save, write
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]


def below(line: str, reading: Reading) -> Reading:
    """The reading of the same file with a line more above: other bytes, another id, every span further down."""
    text = line + reading.page.text
    page = replace(reading.page, text=text, data=text.encode(), sha256=sha256(text.encode()).hexdigest())

    def moved(value: Any) -> Any:
        if isinstance(value, Span):
            return Span.of(text, value.start + len(line), value.end + len(line))
        if isinstance(value, tuple):
            return tuple(map(moved, value))
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed = {f.name: moved(getattr(value, f.name)) for f in fields(value)}
        if "article" in changed and isinstance(changed["article"], str):
            changed["article"] = page.id
        return type(value)(**changed)

    article = replace(moved(reading.article), id=page.id, sha256=page.sha256, text=text)
    layers = {
        k: moved(getattr(reading, k)) for k in ("dates", "statements", "figures", "positions", "events", "wording")
    }
    ids = {old.id: new.id for old, new in zip(reading.statements, layers["statements"], strict=True)}
    for kind in ("figures", "positions", "events"):
        layers[kind] = tuple(replace(r, statement=ids.get(r.statement, r.statement)) for r in layers[kind])
    return replace(reading, page=page, article=article, **layers)


def judged(ledger: Ledger) -> None:
    figure, position, event = ledger.figures()[0], ledger.positions()[0], ledger.events()[0]
    ledger.judge(figure["id"], "correct", by="Ana", changes={"value": 24.5, "place": "Fennick “market”"}, why="näher\n")
    ledger.judge(position["id"], "reject", by="Ben")
    ledger.judge(event["id"], "confirm", by="Ana")
    ledger.judge(event["id"], "undo", by="Ana")


def test_a_file_carries_everything_to_another_ledger(ledger_place: str, tmp_path: Path, reading: MakeReading) -> None:
    with Ledger.open(tmp_path / "here.db", create=True) as here, Ledger.open(ledger_place, create=True) as there:
        for one in (here, there):
            one.add(reading(), fingerprint="f1", run="r1")
        judged(here)
        assert save(here.carried(), str(tmp_path / "j.jsonl")) == 4
        assert there.take_in(read(str(tmp_path / "j.jsonl"))) == {"new": 4, "known": 0, "lost": 0}
        for kind in ("articles", "statements", "figures", "positions", "events", "wording", "dates"):
            assert list(getattr(here, kind)()) == list(getattr(there, kind)())
        assert list(here.judgements()) == list(there.judgements())
        again = io.BytesIO()
        write(there.carried(), again)
        assert again.getvalue() == (tmp_path / "j.jsonl").read_bytes()
        assert there.take_in(read(str(tmp_path / "j.jsonl"))) == {"new": 0, "known": 4, "lost": 0}


def test_what_comes_before_its_article_waits_for_it(ledger_place: str, tmp_path: Path, reading: MakeReading) -> None:
    with Ledger.open(tmp_path / "here.db", create=True) as here, Ledger.open(ledger_place, create=True) as there:
        here.add(reading(), fingerprint="f1", run="r1")
        judged(here)
        told = there.take_in(here.carried())
        assert told == {"new": 4, "known": 0, "lost": 3}
        assert [e["told"] for e in there.lost_judgements()] == [
            "its article is not in this ledger: Envoy says road will open"
        ] * 2
        # the same record of a file of that name, with a line more above and another model's id
        moved = below("CORRECTED AT NOON\n", reading())
        there.add(moved, fingerprint="f1", run="r1")
        assert there.lost_judgements() == []
        assert [f["status"] for f in there.figures()] == ["corrected", "machine"]
        assert there.figures()[0]["value"] == 24.5
        assert list(there.check()) == []
        assert {e["state"] for e in there.judgements()} == {"moved"}


def test_two_ledgers_that_exchange_files_show_the_same(tmp_path: Path, reading: MakeReading) -> None:
    with Ledger.open(tmp_path / "a.db", create=True) as a, Ledger.open(tmp_path / "b.db", create=True) as b:
        for one, by, place in ((a, "Ana", "Toven"), (b, "Ben", "Adrim")):
            one.add(reading(), fingerprint="f1", run="r1")
            one.judge(one.events()[0]["id"], "correct", by=by, changes={"place": place})
        a.take_in(list(b.carried()))
        b.take_in(list(a.carried()))
        assert list(a.events()) == list(b.events())
        assert (a.events()[0]["place"], a.events()[0]["judged"]["disputed"]) == ("Adrim", True)
        a.judge(a.events()[0]["id"], "undo", by="Ana")
        assert a.events()[0]["place"] == "Toven"


def test_what_is_no_judgement_is_refused_with_its_line(tmp_path: Path, reading: MakeReading) -> None:
    path = tmp_path / "j.jsonl"
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        ledger.add(reading(), fingerprint="f1", run="r1")
        judged(ledger)
        lines = [json.loads(line) for line in _lines(ledger)]
        path.write_text('{"row":"run"}\n\nno json\n', encoding="utf-8")
        with pytest.raises(UsageError, match=r"line 3: this is no JSON"):
            ledger.take_in(read(str(path)))
        path.write_text("[1]\n", encoding="utf-8")
        with pytest.raises(UsageError, match=r"line 1: this is no row"):
            list(read(str(path)))
        forged = lines[0] | {"why": "something else"}
        with pytest.raises(UsageError, match=r"not what it was"):
            ledger.take_in([forged])
        with pytest.raises(UsageError, match=r"it has no case"):
            ledger.take_in([{k: v for k, v in lines[0].items() if k != "case"}])
        with pytest.raises(UsageError, match="cannot be read"):
            list(read(str(tmp_path / "none")))
        assert len(ledger.judgements()) == 4


def _lines(ledger: Ledger) -> list[bytes]:
    out = io.BytesIO()
    write(ledger.carried(), out)
    return out.getvalue().splitlines()

"""FollowTheMoney: entities that its own library reads back, each pointing at entities that are there."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from parley.data import Actor, Link, Reading
from parley.errors import UsageError
from parley.export import ftm
from parley.store.ledger import Ledger
from parley.store.rows import name_key


@pytest.fixture
def ledger(tmp_path: Path, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "l.db", create=True) as held:
        held.add(reading(url="https://herald.example/1", language="en"), fingerprint="f", run="r")
        melk = Actor("ac_1", "Oran Melk", "person", "envoy", "Calvera", ("Oran Melk", "Melk"))
        link = Link(name_key("Oran Melk", "Calvera"), "ac_1", "positive", 1.0, "same", "the same name")
        held.replace_actors([melk, Actor("ac_2", "Veyra", "organisation")], [link], by="parley", state=("s", "1"))
        yield held


def entities(ledger: Ledger) -> list[dict[str, Any]]:
    pytest.importorskip("followthemoney", reason="followthemoney is not installed: pip install 'parley-ledger[ftm]'")
    out = io.BytesIO()
    count = ftm.write(ledger, out)
    made = [json.loads(line) for line in out.getvalue().splitlines()]
    assert count == len(made)
    return made


def test_the_library_reads_every_entity_back_as_it_is(ledger: Ledger) -> None:
    made = entities(ledger)
    model: Any = import_module("followthemoney").model
    for entity in made:
        proxy = model.get_proxy(entity, cleaned=False)
        assert {k: sorted(v) for k, v in proxy.to_dict()["properties"].items()} == {
            k: sorted(v) for k, v in entity["properties"].items()
        }
        assert proxy.schema.name == entity["schema"]


def test_every_entity_that_is_pointed_at_is_there_and_fits(ledger: Ledger) -> None:
    made = entities(ledger)
    model: Any = import_module("followthemoney").model
    known = {e["id"]: model.get(e["schema"]) for e in made}
    pointed = 0
    for entity in made:
        for name, values in entity["properties"].items():
            prop = model.get(entity["schema"]).get(name)
            if prop.type.name == "entity":
                for value in values:
                    pointed += 1
                    assert known[value].is_a(prop.range), (entity, name)
    assert pointed >= 10


def test_rows_become_notes_events_and_mentions(ledger: Ledger) -> None:
    by_schema: dict[str, list[dict[str, Any]]] = {}
    for entity in entities(ledger):
        by_schema.setdefault(entity["schema"], []).append(entity["properties"])
    (article,) = by_schema["Article"]
    assert article["publishedAt"] == ["2031-03-03"]
    assert article["language"] == ["eng"]
    assert by_schema["Person"][0]["position"] == ["envoy"]
    assert by_schema["Mention"][0] == {
        "document": by_schema["Note"][0]["proof"],
        "resolved": ["ac-1"],
        "name": ["The envoy Oran Melk"],
    }
    assert "ac-2" in by_schema["Event"][0]["involved"]
    notes = {n["description"][0]: n for n in by_schema["Note"]}
    assert notes["“the road will open” … if the dam is returned"]["entity"] == ["ac-1"]
    assert "the ministry" in notes["At least 23 militants"]["namesMentioned"]
    assert [u["role"] for u in by_schema["UnknownLink"]] == [["side"]]


def test_a_persons_word_is_carried_and_a_rejected_row_left_out(ledger: Ledger) -> None:
    figure, position = ledger.figures()[0], ledger.positions()[0]
    ledger.judge(figure["id"], "confirm", by="Ana", why="seen")
    ledger.judge(position["id"], "reject", by="Ben")
    made = {e["id"]: e["properties"] for e in entities(ledger)}
    note = made[figure["id"].replace("_", "-")]
    assert "judged:confirmed" in note["keywords"]
    assert any(n.startswith("confirmed by Ana") and n.endswith("seen") for n in note["notes"])
    assert position["id"].replace("_", "-") not in made


def test_without_the_library_it_says_how_to_get_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    ftm._model.cache_clear()
    with pytest.raises(UsageError, match=r"pip install 'parley-ledger\[ftm\]'"):
        ftm.save(ledger, tmp_path / "x")
    assert list(tmp_path.glob("x*")) == []

"""Label Studio: tasks whose regions stand on the rows' characters, and a configuration that offers all that occurs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from exported import Shelf, pieces_of, readings, shelf
from hypothesis import given, settings
from lxml import etree

from parley.data import Reading
from parley.errors import UsageError
from parley.export import labelstudio
from parley.store.ledger import Ledger


@pytest.fixture(scope="module")
def kept() -> Iterator[Shelf]:
    with shelf() as held:
        yield held


@pytest.fixture
def ledger(tmp_path: Path, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "l.db", create=True) as held:
        for n in range(3):
            held.add(reading(source_id=str(n), file=f"{n}.txt"), fingerprint="f", run="r")
        yield held


def tasks(folder: Path) -> list[dict[str, Any]]:
    return [t for p in sorted(folder.glob("tasks-*.json")) for t in json.loads(p.read_bytes())]


def results(task: dict[str, Any], of: str, type: str) -> list[dict[str, Any]]:
    return [r for made in task.get(of, ()) for r in made["result"] if r["type"] == type]


def test_regions_fields_and_relations_of_each_row(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labelstudio, "A_FILE", 2)
    assert labelstudio.save(ledger, tmp_path / "out") == 27
    found = tasks(tmp_path / "out")
    assert len(found) == 3
    for task in found:
        assert "annotations" not in task
        assert 0 < task["predictions"][0]["score"] < 1
        regions = {r["id"]: r for r in results(task, "predictions", "labels")}
        for region in regions.values():
            assert task["data"]["text"][region["value"]["start"] : region["value"]["end"]] == region["value"]["text"]
        assert [r["value"]["labels"][0] for r in regions.values()][:5] == [
            "Content",
            "Content",
            "Content",
            "Source",
            "Cue",
        ]
        related = {
            (r["labels"][0], regions[r["to_id"]]["value"]["text"]) for r in results(task, "predictions", "relation")
        }
        assert ("said by", "The envoy Oran Melk") in related
        assert ("goes on", "if the dam is returned") in related
        assert any(name == "in statement" for name, _ in related)
        said = {(r["from_name"], tuple(r["value"]["text"])) for r in results(task, "predictions", "textarea")}
        assert {("statement_speaker", ("Oran Melk",)), ("event_actors", ("Calvera", "Veyra"))} <= said
        assert {("figure_value", ("23",)), ("figure_value", ("85%",))} <= said


def test_people_and_machine_are_told_apart(ledger: Ledger, tmp_path: Path) -> None:
    figure, event, position = ledger.figures()[0], ledger.events()[0], ledger.positions()[0]
    ledger.judge(
        figure["id"], "correct", by="Ana", why="näher", changes={"category": "injured", "span": "23 militants"}
    )
    ledger.judge(event["id"], "reject", by="Ben")
    ledger.judge(position["id"], "confirm", by="Ana")
    labelstudio.save(ledger, tmp_path / "out")
    (task,) = [t for t in tasks(tmp_path / "out") if t["data"]["article"] == figure["article"]]
    by_people = {r["id"]: r for r in results(task, "annotations", "labels")}
    assert set(by_people) == {figure["id"], position["id"]}
    assert by_people[figure["id"]]["value"]["text"] == "23 militants"
    assert by_people[figure["id"]]["meta"]["text"][0].startswith("corrected by Ana")
    assert "score" not in by_people[figure["id"]]
    by_machine = {r["id"]: r for r in results(task, "predictions", "labels")}
    assert by_machine[figure["id"]]["value"]["text"] == "At least 23 militants"
    assert by_machine[event["id"]]["meta"]["text"][0].startswith("rejected by Ben")
    assert task["data"]["rejected"] == [event["id"]]


def test_the_configuration_offers_all_that_occurs(ledger: Ledger, tmp_path: Path) -> None:
    ledger.judge(ledger.figures()[0]["id"], "correct", by="Ana", changes={"category": 'a "<b>&'})
    labelstudio.save(ledger, tmp_path / "out")
    config = etree.fromstring((tmp_path / "out" / "labels.xml").read_bytes())
    labels = {e.get("value") for e in config.iter("Label")}
    relations = {e.get("value") for e in config.iter("Relation")}
    offered = {e.get("name"): {c.get("value") for c in e} for e in config.iter("Choices")}
    controls = {e.get("name") for e in config.iter("TextArea")}
    assert config.find("Text").get("value") == "$text"
    for task in tasks(tmp_path / "out"):
        for of in ("predictions", "annotations"):
            assert {r["value"]["labels"][0] for r in results(task, of, "labels")} <= labels
            assert {r["labels"][0] for r in results(task, of, "relation")} <= relations
            assert {r["from_name"] for r in results(task, of, "textarea")} <= controls
            assert all(set(r["value"]["choices"]) <= offered[r["from_name"]] for r in results(task, of, "choices"))


def test_an_empty_ledger_and_a_folder_of_other_things(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        assert labelstudio.save(ledger, tmp_path / "out") == 0
        assert [p.name for p in (tmp_path / "out").iterdir()] == ["labels.xml"]
        (tmp_path / "out" / "x.txt").write_text("x")
        with pytest.raises(UsageError, match="holds other files"):
            labelstudio.save(ledger, tmp_path / "out")


@settings(max_examples=60)
@given(reading=readings())
def test_every_offset_reads_the_rows_own_characters(kept: Shelf, reading: Reading) -> None:
    whole = kept.whole(reading)
    task = labelstudio.task_of(whole, labelstudio.Config())
    found: dict[str, list[str]] = {}
    for region in results(task, "predictions", "labels"):
        value = region["value"]
        assert list(task["data"]["text"])[value["start"] : value["end"]] == list(value["text"])
        found.setdefault(region["id"].partition("-")[0], []).append(value["text"])
    assert found == pieces_of(whole)

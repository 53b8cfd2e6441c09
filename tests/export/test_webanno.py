"""Web Annotations: valid JSON-LD that fetches nothing, every selector on the row's own characters, people's words kept apart."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from exported import Shelf, pieces_of, readings, shelf
from hypothesis import given, settings
from pyld import jsonld

from parley.data import Reading
from parley.export import webanno
from parley.export.sentences import sentence
from parley.store.ledger import Ledger

OA = "http://www.w3.org/ns/oa#"


def written(ledger: Ledger, **options: Any) -> dict[str, Any]:
    out = io.BytesIO()
    count = webanno.write(ledger, out, **options)
    made: dict[str, Any] = json.loads(out.getvalue())
    assert count == made["total"] == len(made["first"]["items"])
    return made


def bundled(url: str, _: Any = None) -> dict[str, Any]:
    """A loader of contexts that knows the one that is shipped, and nothing else."""
    assert url == webanno.CONTEXT, f"{url} was to be fetched"
    return {"contextUrl": None, "documentUrl": url, "document": webanno.context()}


@pytest.fixture(scope="module")
def kept() -> Iterator[Shelf]:
    with shelf() as held:
        yield held


@pytest.fixture
def judged(tmp_path: Path, reading: Callable[..., Reading]) -> Any:
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        ledger.add(reading(url="https://herald.example/1"), fingerprint="f", run="r")
        ledger.judge(ledger.figures()[0]["id"], "correct", by="Ana", why="näher", changes={"value": 24})
        ledger.judge(ledger.events()[0]["id"], "reject", by="Ben")
        yield ledger


def test_each_row_is_an_annotation_of_its_words(judged: Ledger) -> None:
    found = {a["id"]: a for a in written(judged)["first"]["items"]}
    for kind in ("statements", "figures", "positions", "events", "wording", "dates"):
        for row in getattr(judged, kind)():
            made = found[webanno.iri(row["id"])]
            assert made["type"] == "Annotation"
            assert made["body"][0]["value"] == sentence(row)
            assert made["body"][1]["parley:row"] == row["row"]
            targets = made["target"] if isinstance(made["target"], list) else [made["target"]]
            for target in targets:
                quote, position = target["selector"]
                text = judged.text(row["article"])
                assert text[position["start"] : position["end"]] == quote["exact"]
                assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
                assert target["source"] == "https://herald.example/1"
                assert target["state"] == {"type": "TimeState", "cached": webanno.iri(row["article"])}


def test_a_persons_word_is_an_annotation_of_the_row(judged: Ledger) -> None:
    found = {a["id"]: a for a in written(judged)["first"]["items"]}
    corrected = found[webanno.iri(judged.figures()[0]["id"]) + ":judged"]
    assert corrected["motivation"] == "editing"
    assert corrected["creator"] == {"type": "Person", "name": "Ana"}
    assert corrected["body"][0]["value"] == "näher"
    rejected = found[webanno.iri(judged.events()[0]["id"]) + ":judged"]
    assert (rejected["motivation"], rejected["creator"]["name"]) == ("moderating", "Ben")
    assert rejected["body"][0]["parley:status"] == "rejected"


@pytest.mark.parametrize("offline", [True, False])
def test_it_is_json_ld_that_fetches_nothing(judged: Ledger, offline: bool) -> None:
    def refuse(url: str, _: Any = None) -> Any:
        raise AssertionError(f"{url} was to be fetched")

    made = written(judged, offline=offline)
    (graph,) = jsonld.expand(made, {"documentLoader": refuse if offline else bundled})
    assert graph["@id"] == webanno.COLLECTION
    (page,) = graph["http://www.w3.org/ns/activitystreams#first"]
    (items,) = page["http://www.w3.org/ns/activitystreams#items"]
    assert len(items["@list"]) == made["total"]
    for item in items["@list"]:
        assert item["@type"] == [OA + "Annotation"]
        assert item[OA + "hasTarget"]
        assert all(m["@id"].startswith(OA) for m in item[OA + "motivatedBy"])
    quads = jsonld.to_rdf(made, {"documentLoader": refuse if offline else bundled})
    said = {q["predicate"]["value"] for q in quads["@default"]}
    assert {OA + "exact", OA + "start", "urn:parley:field:category", "urn:parley:field:stance"} <= said


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.example/ <b>", "file:///etc/passwd", None])
def test_only_addresses_of_the_web_are_sources(
    tmp_path: Path, reading: Callable[..., Reading], url: str | None
) -> None:
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        ledger.add(reading(url=url), fingerprint="f", run="r")
        article = webanno.iri(ledger.articles()[0]["id"])
        targets = [a["target"] for a in written(ledger)["first"]["items"]]
        sources = {
            t["source"]
            for target in targets
            for t in (target if isinstance(target, list) else [target])
            if t != article
        }
        assert sources == {article}


def test_an_empty_ledger_is_an_empty_collection(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        assert written(ledger)["first"]["items"] == []
        assert webanno.save(ledger, tmp_path / "x.jsonld") == 0


@settings(max_examples=40)
@given(reading=readings())
def test_every_position_reads_the_rows_own_characters(kept: Shelf, reading: Reading) -> None:
    whole = kept.whole(reading)
    found: dict[str, list[str]] = {}
    for made in webanno.annotated(kept.ledger, whole.article["id"]):
        targets = made["target"] if isinstance(made["target"], list) else [made["target"]]
        for target in targets:
            if "selector" in target:
                quote, position = target["selector"]
                assert whole.text[position["start"] : position["end"]] == quote["exact"]
                found.setdefault(made["id"].removeprefix("urn:parley:"), []).append(quote["exact"])
    assert found == pieces_of(whole)

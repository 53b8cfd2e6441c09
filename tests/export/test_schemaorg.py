"""schema.org: what is quoted and claimed, by whom and where; no ClaimReview unless a person judged the row."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from parley.data import Reading
from parley.export import schemaorg
from parley.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path, reading: Callable[..., Reading]) -> Any:
    with Ledger.open(tmp_path / "l.db", create=True) as held:
        held.add(reading(url="https://herald.example/1"), fingerprint="f", run="r")
        yield held


def graph(ledger: Ledger, **options: Any) -> list[dict[str, Any]]:
    out = io.BytesIO()
    count = schemaorg.write(ledger, out, **options)
    made = json.loads(out.getvalue())
    assert count == len(made["@graph"])
    nodes: list[dict[str, Any]] = made["@graph"]
    return nodes


def of(type: str, nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [n for n in nodes if n["@type"] == type]


def test_articles_quotations_and_claims_name_each_other(ledger: Ledger) -> None:
    nodes = graph(ledger)
    (article,) = of("NewsArticle", nodes)
    assert article["@id"] == "https://herald.example/1"
    assert article["datePublished"] == "2031-03-03"
    assert article["publisher"] == {"@type": "Organization", "name": "Herald"}
    (quotation,) = of("Quotation", nodes)
    assert quotation["text"] == "“the road will open” … if the dam is returned"
    assert quotation["spokenByCharacter"]["name"] == "Oran Melk"
    assert quotation["isPartOf"] == {"@id": article["@id"]}
    claims = {c["text"]: c for c in of("Claim", nodes)}
    assert claims["At least 23 militants"]["about"] == [
        {"@type": "QuantitativeValue", "name": "killed", "value": 23, "description": "at_least"}
    ]
    assert claims["At least 23 militants"]["author"]["name"] == "the ministry"
    assert claims["the dam is returned"]["isBasedOn"] == {"@id": quotation["@id"]}
    assert {c["appearance"]["@id"] for c in claims.values()} == {article["@id"]}
    (event,) = of("Event", nodes)
    assert (event["startDate"], [c["name"] for c in event["contributor"]]) == ("2031-03", ["Calvera", "Veyra"])


def test_no_review_without_a_person(ledger: Ledger) -> None:
    assert not {"ClaimReview", "Review"} & {n["@type"] for n in graph(ledger)}


def test_a_review_is_a_persons_and_about_the_attribution(ledger: Ledger) -> None:
    figure, statement = ledger.figures()[0], ledger.statements(kind="mixed")[0]
    ledger.judge(figure["id"], "confirm", by="Ana", why="it says so")
    ledger.judge(statement["id"], "confirm", by="Ben")
    nodes = graph(ledger)
    (review,) = of("ClaimReview", nodes)
    assert review["author"] == {"@type": "Person", "name": "Ana"}
    assert review["itemReviewed"] == {"@id": f"urn:parley:{figure['id']}"}
    assert "not whether it is true" in review["reviewAspect"]
    assert review["reviewRating"]["alternateName"] == "Attribution confirmed"
    assert "ratingValue" not in review["reviewRating"]
    assert [r["author"]["name"] for r in of("Review", nodes)] == ["Ben"]
    ledger.judge(figure["id"], "undo", by="Ana")
    assert not of("ClaimReview", graph(ledger))


def test_a_rejected_row_is_left_out_with_its_review(ledger: Ledger) -> None:
    before = len(graph(ledger))
    ledger.judge(ledger.figures()[0]["id"], "reject", by="Ana")
    after = graph(ledger)
    assert len(after) == before - 1
    assert not of("ClaimReview", after)


def test_what_is_only_claimed_is_no_event(ledger: Ledger) -> None:
    ledger.judge(ledger.events()[0]["id"], "correct", by="Ana", changes={"status": "denied"})
    nodes = graph(ledger)
    assert not of("Event", nodes)
    assert [
        c["keywords"] for c in of("Claim", nodes) if c.get("about", {}) == {"@type": "Event", "name": "talks_held"}
    ] == ["denied"]


def test_it_is_json_ld_that_need_fetch_nothing(ledger: Ledger) -> None:
    def refuse(url: str, _: Any = None) -> Any:
        raise AssertionError(f"{url} was to be fetched")

    out = io.BytesIO()
    schemaorg.write(ledger, out, offline=True)
    made = json.loads(out.getvalue())
    expanded = jsonld.expand(made, {"documentLoader": refuse})
    types = {t for node in expanded for t in node["@type"]}
    assert {"https://schema.org/NewsArticle", "https://schema.org/Quotation", "https://schema.org/Claim"} <= types
    assert len(expanded) == len(made["@graph"])

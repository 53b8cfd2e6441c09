"""The copies of the sample corpus, on both databases: all that were planted, whose words they are, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from parley import build
from parley.compare.copying import candidates, copies
from parley.compare.copying.copies import kept
from parley.store.ledger import Ledger

SAMPLE = Path(__file__).resolve().parents[3] / "src" / "parley" / "sample"
FILES = ("0[0-9]*", "1[0-3]*", "3[0-3]*", "articles.jsonl")


@pytest.fixture(scope="module")
def ledger(module_ledger_place: str) -> Iterator[Ledger]:
    codebooks = [str(SAMPLE / name) for name in ("sides.toml", "outlets.toml")]
    build([str(SAMPLE / f) for f in FILES], module_ledger_place, profile="rules", codebook=codebooks, workers=1)
    with Ledger.open(module_ledger_place) as held:
        yield held


WIRE = "cws-20310309-90442"
PLANTED = {
    (WIRE, "09_ledger_wire_copy"): "whole",
    (WIRE, "10_clipharbour_wire_copy"): "whole",
    (WIRE, "11_plumbline_morning_after"): "excerpt",
    ("31_ledger_exchange", "33_clipharbour_home"): "excerpt",
}


def test_planted_copies_are_found_with_their_origin_and_nothing_else(ledger: Ledger) -> None:
    found = ledger.copies()
    told = {tuple(r["source_ids"]): r["kind"] for r in found if r["articles"][0]}
    assert told == PLANTED
    assert all(r["rule"] == "credit" for r in found if r["articles"][0])


def test_copies_of_one_wire_have_it_from_the_wire_and_come_last(ledger: Ledger) -> None:
    found = ledger.copies()
    assert [r["rule"] for r in found] == ["credit"] * 4 + ["third"] * 3
    assert all(r["articles"][0] is None for r in found[4:])


def test_passages_hold_the_same_words(ledger: Ledger) -> None:
    for row in ledger.copies():
        assert 0 < row["contained"] <= 1
        left, right = (ledger.text(id) for id in row["between"])
        for a, b in row["passages"]:
            assert left[slice(*a)].split()[0] == right[slice(*b)].split()[0]
            assert row["articles"][1] == row["between"][1]


def test_an_article_says_what_it_is_a_copy_of(ledger: Ledger) -> None:
    articles = {a["source_id"]: a for a in ledger.articles()}
    copies = {k: a["copy_of"] for k, a in articles.items() if a["copy_of"]}
    assert copies == dict.fromkeys(("09_ledger_wire_copy", "10_clipharbour_wire_copy"), articles[WIRE]["id"])


def test_copies_can_be_asked_of_one_outlet_or_article(ledger: Ledger) -> None:
    assert len(ledger.copies(outlet="plumbline")) == 3
    [one] = [a["id"] for a in ledger.articles() if a["source_id"] == "33_clipharbour_home"]
    assert [r["source_ids"][1] for r in ledger.copies(article=one)] == ["33_clipharbour_home"]


def test_what_was_set_aside_is_not_an_articles_own() -> None:
    row = {
        "text": "0123456789",
        "body_start": 1,
        "body_stop": 9,
        "dropped": [{"start": 3, "stop": 5}, {"start": 0, "stop": 2}],
    }
    assert kept(row) == [(2, 3), (5, 9)]
    assert kept({**row, "body_start": None, "dropped": []}) == [(0, 10)]


def told(ledger: Ledger) -> set[tuple[str, ...]]:
    """Every copy of a ledger, as stored."""
    return {(r["id"], *r["between"], r["kind"], r["why"], str(r["passages"])) for r in ledger.copies()}


@pytest.mark.parametrize("at_once", [1, 5])
def test_the_same_copies_are_found_however_many_articles_are_looked_at_together(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    before = told(ledger)
    monkeypatch.setattr(copies, "MATCHED", at_once)
    monkeypatch.setattr(copies, "PAIRS", 2)
    monkeypatch.setattr(copies, "VERSION", f"once more, {at_once}")
    copies.refresh(ledger)
    assert told(ledger) == before
    monkeypatch.setattr(copies, "MATCHED", 100)
    monkeypatch.setattr(candidates, "ROOM", 5)
    monkeypatch.setattr(copies, "VERSION", f"and in little room, {at_once}")
    copies.refresh(ledger)
    assert told(ledger) == before


def test_what_was_killed_between_sketching_and_matching_is_found_the_next_time(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(ledger)
    monkeypatch.setattr(copies, "VERSION", "killed")
    while copies._sketch(ledger, []):
        pass
    assert told(ledger) == set()
    copies.refresh(ledger)
    assert told(ledger) == before

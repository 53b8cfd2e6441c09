"""Explaining what comparing found: why, and each row with its sentence, its outlet and its date."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from parley.engine.build import build
from parley.engine.sample import sample
from parley.show.results import explained_result, is_result, named, result
from parley.store.ledger import Ledger


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The sample corpus, read with rules."""
    files = sample()
    place: Path = tmp_path_factory.mktemp("results") / "l.db"
    build(files.sources, place, profile="rules", workers=1, codebook=files.codebooks, series=files.series)
    with Ledger.open(place) as ledger:
        yield ledger


def told(ledger: Ledger, id: str) -> str:
    found = result(ledger, id)
    assert found is not None, id
    out = io.StringIO()
    Console(file=out, width=200).print(explained_result(ledger, *found))
    return out.getvalue()


def test_a_disagreement_is_told_with_the_sentences_of_both_sides(held: Ledger) -> None:
    row = next(r for r in held.disagreements() if r["type"] == "figures" and "Fennick" in r["why"])
    text = " ".join(told(held, row["id"]).split())
    assert row["why"] in text
    assert "Compass Wire, 9 March 2031" in text
    assert "Meruvia's health ministry said ⟦17 people⟧ were killed" in text
    assert "⟦nine people⟧ had died in Fennick" in text


def test_a_copy_is_told_with_what_both_print(held: Ledger) -> None:
    row = next(r for r in held.copies() if r["kind"] == "excerpt")
    text = told(held, row["id"])
    assert row["why"] in text
    assert "Compass Wire, 9 March 2031" in text
    assert "17 people were killed" in text


@pytest.mark.parametrize(
    "kind",
    ["series", "shifts", "matrix", "utterances", "timeline", "wording_shares", "doubt", "heard", "passives", "missing"],
)
def test_every_result_is_explained_by_its_id_and_by_its_first_letters(held: Ledger, kind: str) -> None:
    rows = held.missing(outlet="Herald") if kind == "missing" else getattr(held, kind)()
    assert rows
    for row in rows[:3]:
        text = told(held, row["id"])
        assert row["id"] in text
        cited = held.by_ids(named(row)).values()
        articles = held.by_ids(str(r.get("article", r["id"])) for r in cited if r["row"] != "actor").values()
        assert any((a["outlet"] or "outlet unknown") in text for a in articles)
        found = result(held, row["id"][:13])
        assert found is not None
        assert found[1]["id"] == row["id"]


def test_a_stance_that_has_been_given_up_is_explained_too(held: Ledger) -> None:
    now = {r["id"] for r in held.matrix()}
    old = next(r for r in held.found("stance") if r["id"] not in now)
    assert old["stance"] in told(held, old["id"])


@pytest.mark.parametrize("id", ["re_nothing", "cp_nothing", "mi_nothing", "di_nothing"])
def test_what_is_not_there_is_none(held: Ledger, id: str) -> None:
    assert is_result(id)
    assert result(held, id) is None

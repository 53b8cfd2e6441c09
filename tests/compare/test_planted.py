"""The cases planted in the sample corpus (its README lists them) are found, and no false alarm stands above them.

The corpus is read with rules alone, and once more with the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from parley.compare.base import Row
from parley.engine.build import build
from parley.engine.sample import sample
from parley.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted case: articles that the result must name (by the beginning of their ids), and words its reason must hold."""

    name: str
    type: str
    articles: tuple[str, ...]
    words: tuple[str, ...] = ()


WIRE = "cws-20310309-90442"
PLANTED = (
    Planted("Melk, 7 March", "quotes", ("cws-20310307-90311", "05_", "06_", "07_"), ("here",)),
    Planted("Castel, 22 March", "quotes", ("cws-20310322-91077", "24_", "25_", "26_"), ("year", "in Dunmere")),
    Planted("Korr, 9 March", "quotes", (WIRE, "12_")),
    Planted("killed in Meruvia", "figures", ("28_", "12_"), ("people killed", "running count")),
    Planted("killed in Fennick", "figures", (WIRE,), ("17", "9")),
    Planted("Calverans killed", "figures", ("17_",), ("Veyra", "1,300")),
    Planted("soldiers near Orlen", "figures", ("cws-20310320-91004",), ("3", "7")),
    Planted("detainees released", "figures", ("31_",), ("180", "177")),
    Planted("share of armed men", "figures", ("plumb-0408",), ("60%", "1/3")),
    Planted("a strike day's cost", "figures", ("38_",), ("1,200,000",)),
    Planted("the shells of 5 April", "events", ("cws-20310405-91488", "35_", "36_", "cws-20310411-91655")),
    Planted("the market of 9 March", "events", (WIRE, "12_")),
    Planted("the workshop that was a dairy", "events", ("05_", "06_")),
    Planted("Calvera, the dam", "positions", ("15_",), ("Calvera on territory", "demands", "conditional")),
    Planted("Veyra, the deal", "positions", ("26_", "27_"), ("Veyra on deal", "a no became a yes")),
    Planted("Calvera, the deal, no", "positions", ("27_", "28_"), ("Calvera on deal", "rejects from 2031-03-25")),
    Planted("Calvera, the deal, yes", "positions", ("29_",), ("Calvera on deal", "accepts from 2031-03-27")),
    Planted("Veyra, monitors", "positions", ("cws-20310322-91077",), ("Veyra on monitoring", "accepts")),
    Planted("Veyra, prisoners", "positions", ("24_",), ("Veyra on prisoners", "conditional")),
    Planted("dockers' pay", "positions", ("38_", "41_"), ("Dockers' Union on pay", "accepts")),
)
LOOSELY = [replace(case, articles=case.articles[:1]) for case in PLANTED]
"""The same, where part of the articles will do: a planted case told in part is no false alarm."""


@pytest.fixture(
    scope="module", params=["rules", *(pytest.param(p, marks=pytest.mark.model) for p in ("fast", "accurate"))]
)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Row]]:
    """The disagreements of the sample corpus."""
    files = sample()
    place = tmp_path_factory.mktemp("planted") / "l.db"
    build(files.sources, place, profile=request.param, workers=1, codebook=files.codebooks, series=files.series)
    with Ledger.open(place) as ledger:
        yield ledger.disagreements()


def is_found(case: Planted, row: Row) -> bool:
    return (
        row["type"] == case.type
        and all(any(a.startswith(start) for a in row["articles"]) for start in case.articles)
        and all(word in row["why"] for word in case.words)
    )


@pytest.mark.parametrize("case", PLANTED, ids=lambda c: c.name)
def test_it_is_found(found: list[Row], case: Planted) -> None:
    there = any(is_found(case, row) for row in found)
    assert there, [r["why"] for r in found if r["type"] == case.type]


def test_no_false_alarm_is_among_the_first_ten(found: list[Row]) -> None:
    strange = [row["why"] for row in found[:10] if not any(is_found(case, row) for case in LOOSELY)]
    assert strange == []


def test_each_stands_with_the_sentences_of_both_sides(found: list[Row]) -> None:
    for row in found:
        assert len(row["sides"]) > 1, row["why"]
        assert all(side["sentences"] for side in row["sides"]), row["why"]

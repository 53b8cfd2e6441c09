"""Comparing again gives the same as comparing once, whatever came when; only what changed is looked at."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.codebooks import load_codebook
from parley.compare import refresh as refreshing
from parley.compare.base import Comparison, Found, Pile, Row, Told
from parley.compare.refresh import refresh
from parley.data import Actor, Link, Reading
from parley.resolve.relink import link_names
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]


def items(told: Told) -> Iterable[tuple[str, Row]]:
    for row in told.figures:
        yield row["category"], {"id": row["id"], "value": row["value"]}
    for statement in told.statements:
        who = told.speaker(statement)
        if who:
            yield who.key, {"id": statement["id"], "name": who.name}


def results(block: str, items: Sequence[Row], pile: Pile) -> Iterable[Found]:
    n, m = pile.independent(i["article"] for i in items)
    row = {"block": block, "items": items, "outlets": n, "independent": m}
    yield Found("toy", row, rests=[i["id"] for i in items], weight=len(items))


TOY = {"toy": Comparison("toy", "1", items, results)}


def found(ledger: Ledger) -> list[Row]:
    refresh(ledger, rules=TOY)
    return ledger.found("toy")


@pytest.fixture
def ledger(ledger_place: str) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        yield held


def add(ledger: Ledger, made: Reading, fingerprint: str = "f") -> None:
    ledger.add(made, fingerprint=fingerprint, run="r")


def test_results_stand_in_the_ledger_with_what_they_rest_on(ledger: Ledger, reading: MakeReading) -> None:
    add(ledger, reading(file="1.txt", source_id="1"))
    [killed] = [r for r in found(ledger) if r["block"] == "killed"]
    [item] = killed["items"]
    assert list(killed)[:2] == ["row", "id"]
    assert ledger.found("toy", row=item["id"]) == [killed]
    assert ledger.figures(category="killed")[0]["id"] == item["id"]


def test_an_article_that_is_read_again_or_goes_takes_its_items_along(ledger: Ledger, reading: MakeReading) -> None:
    first, second = (reading(file=f"{n}.txt", source_id=str(n)) for n in "12")
    add(ledger, first)
    add(ledger, second)
    assert {len(r["items"]) for r in found(ledger) if r["block"] == "killed"} == {2}
    emptied = Reading(second.page, second.article)
    add(ledger, emptied, "g")
    assert {len(r["items"]) for r in found(ledger) if r["block"] == "killed"} == {1}
    with ledger._writing() as connection:
        connection.exec_driver_sql("DELETE FROM article")
    assert found(ledger) == []


def test_a_name_that_comes_to_mean_somebody_moves_what_they_said(ledger: Ledger, reading: MakeReading) -> None:
    add(ledger, reading(file="1.txt", source_id="1"))
    assert "oran melk" in {r["block"] for r in found(ledger)}
    link = Link("oran melk [calvera]", "ac_1", "positive", 1.0, "exact", "")
    ledger.replace_actors([Actor("ac_1", "Oran Melk", "person")], [link], by="parley", state=("x", "y"))
    assert "ac_1" in {r["block"] for r in found(ledger)}
    assert "oran melk" not in {r["block"] for r in found(ledger)}


def test_nothing_is_looked_at_where_nothing_changed(
    ledger: Ledger, reading: MakeReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(ledger, reading(file="1.txt", source_id="1"))
    before = found(ledger)

    def forbidden(*_: Any) -> Any:
        raise AssertionError

    rules = {"toy": Comparison("toy", "1", forbidden, forbidden)}
    refresh(ledger, rules=rules)
    assert ledger.found("toy") == before


def test_other_rules_compare_everything_anew(ledger: Ledger, reading: MakeReading) -> None:
    add(ledger, reading(file="1.txt", source_id="1"))
    found(ledger)
    refresh(ledger, rules={"toy": Comparison("toy", "2", lambda _: (), results)})
    assert ledger.found("toy") == []
    found(ledger)
    refresh(ledger, rules={})
    assert ledger.found("toy") == []


def test_whatever_stops_it_the_next_one_does_the_rest(
    ledger: Ledger, reading: MakeReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "ARTICLES", 1)
    monkeypatch.setattr(refreshing, "BLOCKS", 1)
    for n in range(3):
        add(ledger, reading(file=f"{n}.txt", source_id=str(n)))
    whole = found(ledger)
    with ledger.comparing() as desk:
        desk.begin("other rules", ["toy"])
    calls = 0
    rng = random.Random(3)
    while True:
        calls += 1

        def stopping(*given: Any) -> Any:
            if rng.random() < 0.3:
                raise KeyboardInterrupt
            return results(*given)

        def stopping_items(told: Told) -> Any:
            if rng.random() < 0.3:
                raise KeyboardInterrupt
            return items(told)

        try:
            refresh(ledger, rules={"toy": Comparison("toy", "1", stopping_items, stopping)})
        except KeyboardInterrupt:
            continue
        break
    assert calls > 1
    assert ledger.found("toy") == whole


@given(st.permutations(range(4)), st.lists(st.booleans(), min_size=4, max_size=4))
@settings(max_examples=6)
def test_the_order_of_articles_and_the_number_of_refreshes_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, reading: MakeReading, order: list[int], pauses: list[bool]
) -> None:
    outcomes = []
    for turn, stops in ((range(4), [False] * 4), (order, pauses)):
        path: Path = tmp_path_factory.mktemp("order") / "l.db"
        with Ledger.open(path, create=True) as ledger:
            for n, stop in zip(turn, stops, strict=True):
                add(ledger, reading(file=f"{n}.txt", source_id=str(n)))
                if stop:
                    link_names(ledger, load_codebook())
                    found(ledger)
            link_names(ledger, load_codebook())
            outcomes.append((found(ledger), [{**p, "articles": 0} for p in ledger.copied()]))
    assert outcomes[0] == outcomes[1]

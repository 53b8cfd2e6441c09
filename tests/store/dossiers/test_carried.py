"""A dossier goes from ledger to ledger without loss, and nothing that is none gets in; on both databases."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_visitors import visitor

from parley.data import Reading
from parley.errors import UsageError
from parley.store.dossiers.carried import carried, take_in
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]


def collected(ledger: Ledger, reading: MakeReading) -> None:
    """Two dossiers: one with a row of every kind, a heading, notes, an order of its own, and one taken out; and one taken away."""
    ledger.add(reading(), fingerprint="f1", run="r1")
    kinds: list[Any] = [ledger.statements(), ledger.figures(), ledger.positions(), ledger.events(), ledger.wording()]
    ids = [rows[0]["id"] for rows in [*kinds, ledger.dates(), ledger.articles()]]
    entries = ledger.dossier_add("Über “alles”", ids, note="check\nthis", by="Ana", make=True)
    ledger.dossier_heading("Über “alles”", "What they count")
    ledger.dossier_move(entries[2]["id"], -2)
    ledger.dossier_take_out(entries[1]["id"])
    ledger.dossier_change("Über “alles”", note="For Monday")
    ledger.dossier_make("Old")
    ledger.dossier_remove("Old")


def test_everything_arrives_in_a_ledger_that_has_none_of_the_articles(
    ledger_place: str, tmp_path: Path, reading: MakeReading
) -> None:
    with Ledger.open(tmp_path / "here.db", create=True) as here, Ledger.open(ledger_place, create=True) as there:
        collected(here, reading)
        rows = [json.loads(json.dumps(row)) for row in carried(here)]
        assert take_in(there, rows) == {"new": len(rows), "known": 0}
        assert list(carried(there)) == list(carried(here))
        assert take_in(there, rows) == {"new": 0, "known": len(rows)}
        assert list(carried(there)) == list(carried(here))
        shown = there.dossier("Über “alles”")["list"]
        assert {e["state"] for e in shown if e["kind"] != "heading"} == {"lost"}
        page = visitor(there).get(f"/dossier/{there.dossiers()[0]['id']}").text
        assert "At least 23 militants" in page
        there.add(reading(), fingerprint="f1", run="r1")
        again = there.dossier("Über “alles”")["list"]
        assert [e["state"] for e in again] == [e["state"] for e in here.dossier("Über “alles”")["list"]]
        there.dossier_put_back("Über “alles”")
        there.dossier_restore("Old")


def test_one_dossier_can_be_carried_alone(tmp_path: Path, reading: MakeReading) -> None:
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        collected(ledger, reading)
        assert {r["name"] for r in carried(ledger, "Über “alles”") if r["row"] == "dossier"} == {"Über “alles”"}


def test_both_may_go_on_with_a_dossier_and_what_was_changed_last_stands(tmp_path: Path, reading: MakeReading) -> None:
    with Ledger.open(tmp_path / "a.db", create=True) as one, Ledger.open(tmp_path / "b.db", create=True) as two:
        collected(one, reading)
        take_in(two, carried(one))
        name = "Über “alles”"
        one.dossier_heading(name, "From the one")
        one.dossier_change(name, note="earlier")
        two.dossier_heading(name, "From the other")
        two.dossier_change(name, note="later")
        from_one, from_two = list(carried(one)), list(carried(two))
        take_in(two, from_one)
        take_in(one, from_two)
        for ledger in (one, two):
            held = ledger.dossier(name)
            assert held["note"] == "later"
            assert {"From the one", "From the other"} <= {e["heading"] for e in held["list"]}
        assert {json.dumps(r) for r in carried(one)} == {json.dumps(r) for r in carried(two)}


def test_another_dossier_of_that_name_keeps_it(tmp_path: Path, reading: MakeReading) -> None:
    with Ledger.open(tmp_path / "a.db", create=True) as one, Ledger.open(tmp_path / "b.db", create=True) as two:
        collected(one, reading)
        two.dossier_make("ÜBER “ALLES”")
        take_in(two, carried(one))
        assert {d["name"] for d in two.dossiers()} == {"ÜBER “ALLES”", "Über “alles” (2)"}


DAMAGE: Any = st.sampled_from([None, 0, "", "x", [], {}, [1], {"a": 1}, -(2**40), 1.5, True])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_what_is_damaged_is_refused_whole_or_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, reading: MakeReading, data: st.DataObject
) -> None:
    rows = _held(tmp_path_factory, reading)
    path: list[Any] = [data.draw(st.integers(0, len(rows) - 1))]
    target: Any = rows[path[0]]
    while isinstance(target, dict | list) and target:
        keys = list(target) if isinstance(target, dict) else list(range(len(target)))
        path.append(data.draw(st.sampled_from(keys)))
        target = target[path[-1]]
        if data.draw(st.booleans()):
            break
    inner: Any = rows
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = data.draw(DAMAGE)
    with Ledger.open(tmp_path_factory.mktemp("damaged") / "x.db", create=True) as ledger:
        try:
            take_in(ledger, rows)
        except UsageError:
            assert not list(carried(ledger))
            return
        client = visitor(ledger)
        for head in ledger.dossiers():
            assert client.get(f"/dossier/{head['id']}").status_code == 200


_KEPT: list[Any] = []


def _held(folder: pytest.TempPathFactory, reading: MakeReading) -> list[Any]:
    if not _KEPT:
        with Ledger.open(folder.mktemp("whole") / "x.db", create=True) as ledger:
            collected(ledger, reading)
            _KEPT.extend(carried(ledger))
    return copy.deepcopy(_KEPT)

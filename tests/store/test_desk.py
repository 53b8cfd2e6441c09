"""What comparing is told of changes, and that each transaction leaves the ledger whole, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.data import Reading
from parley.resolve.judgements import decided
from parley.store import schema as t
from parley.store.desk import Block, Desk
from parley.store.ledger import Ledger
from parley.store.rows import Row
from parley.store.shelves import Part

MakeReading = Callable[..., Reading]


@pytest.fixture
def ledger(ledger_place: str, reading: MakeReading) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        for n in "12":
            held.add(reading(file=f"{n}.txt", source_id=n), fingerprint="f", run="r")
        yield held


def keep_all(desk: Desk) -> list[str]:
    waiting = desk.waiting(9)
    desk.keep(waiting, {a: {("toy", "b"): [{"n": n}]} for n, a in enumerate(waiting)})
    return waiting


def test_articles_wait_until_they_are_kept_and_again_when_read_again(ledger: Ledger, reading: MakeReading) -> None:
    with ledger.comparing() as desk:
        first, second = keep_all(desk)
        assert desk.waiting(9) == []
    ledger.add(reading(file="2.txt", source_id="2"), fingerprint="g", run="r")
    with ledger.comparing() as desk:
        assert desk.waiting(9) == [second]
        desk.forget_gone()
        assert [i["article"] for i in desk.items([("toy", "b")])["toy", "b"]] == [first]


def test_items_come_in_the_order_of_articles(ledger: Ledger) -> None:
    with ledger.comparing() as desk:
        waiting = keep_all(desk)
        assert desk.items([("toy", "b"), ("toy", "c")]) == {
            ("toy", "b"): [{"article": a, "n": n} for n, a in enumerate(waiting)],
            ("toy", "c"): [],
        }
        assert desk.touched(9) == [("toy", "b")]


def test_blocks_are_made_some_at_a_time_by_what_they_hold(ledger: Ledger) -> None:
    with ledger.comparing() as desk:
        waiting = desk.waiting(9)
        brought: dict[Block, list[Row]] = {("toy", block): [{"n": 1}] for block in "abcd"}
        desk.keep(waiting, {waiting[0]: brought, waiting[1]: {("toy", "a"): [{"n": 2}]}})
        every = desk.touched(9)
        assert [block for _, block in every] == ["a", "b", "c", "d"]
        assert desk.touched(9, 1) == every[:1]
        assert desk.touched(9, 3) == every[:2]
        assert desk.touched(9, 9) == every
        assert desk.touched(3, 9) == every[:3]


def test_results_take_the_place_of_those_of_their_block(ledger: Ledger) -> None:
    def found(key: str) -> dict[str, object]:
        return {"kind": "toy", "key": key, "row": {"z": 1, "a": 2}, "rests": ["st_1"], "date": None, "weight": 1.0}

    with ledger.comparing() as desk:
        desk.replace({("toy", "b"): [found("1"), found("2"), found("2")], ("toy", "c"): [found("1")]})
    assert len(ledger.found("toy")) == 3
    assert list(ledger.found("toy")[0]) == ["row", "id", "z", "a"]
    with ledger.comparing() as desk:
        desk.replace({("toy", "b"): []})
    assert len(ledger.found("toy", row="st_1")) == 1
    assert ledger.found("toy", row="st_2") == []


def test_what_is_done_at_a_desk_is_written_whole_or_not_at_all(ledger: Ledger) -> None:
    def killed() -> None:
        with ledger.comparing() as desk:
            keep_all(desk)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    with ledger.comparing() as desk:
        assert len(desk.waiting(9)) == 2
        assert desk.touched(9) == []


def test_other_rules_for_copies_forget_them(ledger: Ledger) -> None:
    with ledger.comparing() as desk:
        desk.begin_copies("1")
        keep_all(desk)
        new = desk.unsketched(9)
        desk.keep_sketches([{"article": a, "words": 1, "hashes": b"1234"} for a in new])
        desk.shelves.put(Part(1, 0, 2, 1, 0), [(0, b"12345678")])
        desk.begin_copies("1")
        assert (desk.unsketched(9), len(desk.shelves.parts())) == ([], 1)
        desk.begin_copies("2")
        assert (desk.unsketched(9), desk.unmatched(9), desk.shelves.parts()) == (new, {}, [])
        assert len(desk.waiting(9)) == 2


def test_articles_are_held_against_the_others_once_and_are_known_by_their_numbers(ledger: Ledger) -> None:
    with ledger.comparing() as desk:
        new = desk.unsketched(9)
        desk.keep_sketches([{"article": a, "words": 1, "hashes": b"1234"} for a in new])
        first, second = sorted(new)
        assert desk.unmatched(9) == dict.fromkeys((first, second), b"1234")
        desk.number([first], 7)
        assert desk.unmatched(9) == {second: b"1234"}
        assert desk.numbered([6, 7, 8]) == {7: first}


LINKS = st.lists(
    st.fixed_dictionaries(
        {
            "left": st.sampled_from("xyz"),
            "right": st.sampled_from(["ac_1", "ac_2"]),
            "judgement": st.sampled_from(["positive", "negative", "unsure"]),
            "by": st.sampled_from(["parley", "ana"]),
            "score": st.sampled_from([0.5, 1.0]),
        }
    ),
    max_size=5,
    unique_by=lambda link: (link["left"], link["right"], link["by"]),
)


@given(st.lists(LINKS, min_size=2, max_size=3))
@settings(max_examples=30)
def test_whom_names_meant_is_whom_they_are_judged_to_mean(
    tmp_path_factory: pytest.TempPathFactory, turns: list[list[dict[str, Any]]]
) -> None:
    """Whatever was judged before, by machine or people: names that the database passes over mean what they meant."""
    with Ledger.open(tmp_path_factory.mktemp("meant") / "l.db", create=True) as held:
        with held._writing() as connection:
            actors: list[dict[str, Any]] = [
                {"id": id, "name": id, "kind": "person", "aliases": []} for id in ("ac_1", "ac_2")
            ]
            connection.execute(t.actor.insert(), actors)
        for links in turns:
            with held._writing() as connection:
                connection.execute(t.link.delete())
                rows = [{"id": str(n), "rule": "", "detail": "", **link} for n, link in enumerate(links)]
                if rows:
                    connection.execute(t.link.insert(), rows)
                Desk(connection).forget_renamed()
                meant = {row.key: row.actor.split("\t")[0] for row in connection.execute(t.meant.select())}
            assert meant == decided(links)

"""Nobody overrules somebody unawares: what was seen is held against what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from parley.data import Actor, Link, Reading
from parley.errors import Overtaken
from parley.store import reviewing
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]


@pytest.fixture
def ledger(ledger_place: str, reading: MakeReading) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        held.add(reading(), fingerprint="f1", run="r1")
        yield held


def mark(ledger: Ledger, row: str) -> str:
    return reviewing.marks(ledger, [row])[row]


def test_who_saw_the_row_as_it_is_may_judge_it_and_who_saw_it_before_may_not(ledger: Ledger) -> None:
    id = ledger.events()[0]["id"]
    seen = mark(ledger, id)
    ledger.judge(id, "correct", by="Ana", changes={"place": "Dunmere"}, seen=seen)
    with pytest.raises(Overtaken, match="while you looked at it"):
        ledger.judge(id, "correct", by="Ben", changes={"place": "Orlen"}, seen=seen)
    assert len(ledger.judgements(id)) == 1
    ledger.judge(id, "correct", by="Ben", changes={"place": "Orlen"}, seen=mark(ledger, id))
    assert ledger.row(id)["judged"]["disputed"]  # type: ignore[index]


def test_a_confirmation_changes_the_mark_though_the_row_reads_the_same(ledger: Ledger) -> None:
    id = ledger.figures()[0]["id"]
    seen = mark(ledger, id)
    ledger.judge(id, "confirm", by="Ana")
    with pytest.raises(Overtaken):
        ledger.judge(id, "reject", by="Ben", seen=seen)


def test_a_build_that_reads_the_same_changes_no_mark_and_one_that_reads_otherwise_does(
    ledger: Ledger, reading: MakeReading
) -> None:
    made = reading()
    id = ledger.events()[0]["id"]
    seen = mark(ledger, id)
    surer = tuple(replace(e, confidence=0.99) for e in made.events)
    ledger.add(replace(made, events=surer), fingerprint="f2", run="r2")
    assert mark(ledger, id) == seen
    elsewhere = tuple(replace(e, place="Orlen") for e in made.events)
    ledger.add(replace(made, events=elsewhere), fingerprint="f3", run="r3")
    assert mark(ledger, id) != seen


def test_of_all_who_saw_the_same_one_is_taken_and_the_others_are_told(ledger_place: str, ledger: Ledger) -> None:
    id = ledger.statements()[0]["id"]
    seen = mark(ledger, id)

    def sit(name: str) -> bool:
        with Ledger.open(ledger_place) as mine:
            try:
                mine.judge(id, "correct", by=name, changes={"venue": name}, seen=seen)
            except Overtaken:
                return False
        return True

    with ThreadPoolExecutor(4) as together:
        assert sorted(together.map(sit, ("Ana", "Ben", "Cem", "Dee"))) == [False, False, False, True]
    assert len(ledger.judgements(id)) == 1


def test_actors_and_utterances_have_marks_too(ledger: Ledger) -> None:
    people = (Actor("ac_melk", "Oran Melk", "person"), Actor("ac_pell", "Ana Pell", "person"))
    links = (Link("oran melk [calvera]", "ac_melk", "positive", 1.0, "exact", "his name"),)
    ledger.replace_actors(people, links, by="parley", state=("actors", "x"))
    seen = mark(ledger, "ac_melk")
    ledger.judge("ac_melk", "correct", by="Ana", changes={"role": "envoy"}, seen=seen)
    with pytest.raises(Overtaken):
        ledger.judge("ac_melk", "merge", by="Ben", others=["ac_pell"], seen=seen)
    first, second = [s["id"] for s in ledger.statements()]
    together = reviewing.utterance_mark(ledger, second)
    ledger.judge(first, "merge", by="Ana", others=[second], seen=reviewing.utterance_mark(ledger, first))
    with pytest.raises(Overtaken):
        ledger.judge(second, "merge", by="Ben", others=[first], seen=together)


def test_rows_that_are_not_here_have_no_mark(ledger: Ledger) -> None:
    assert reviewing.marks(ledger, ["st_none", "nonsense", "ac_none"]) == {}

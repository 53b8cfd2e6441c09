"""Utterances as people put them together or apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from parley.compare.speech.together import as_judged, tellings
from parley.data import Reading
from parley.errors import UsageError
from parley.store.ledger import Ledger


@pytest.fixture
def ledger(ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        for n, outlet in enumerate(("Herald", "Post", "Wire")):
            one = reading(file=f"{n}.txt", source_id=f"{n}.txt", outlet=outlet, published=f"2031-03-0{n + 3}")
            held.add(replace(one, statements=one.statements[:1]), fingerprint="f1", run="r1")
        held.refresh()
        yield held


def test_utterances_are_put_together_and_taken_apart(ledger: Ledger) -> None:
    before = ledger.utterances()
    ids = [s["id"] for s in ledger.statements()]
    if not before:  # one speaker's words in three outlets; whether comparing sees them as one is its own affair
        ledger.judge(ids[0], "merge", by="Ana", others=ids[1:])  # pragma: no cover
    [one] = ledger.utterances()
    assert (set(one["statements"]), one["outlets"]) == (set(ids), 3)
    assert one["status"] == "machine"
    ledger.judge(one["id"], "split", by="Ana", others=[ids[2]], why="on another day")
    [left] = ledger.utterances()
    assert (left["statements"], left["outlets"], left["status"]) == (ids[:2], 2, "corrected")
    assert (left["judged"]["by"], left["why"]) == ("Ana", "Ana took it apart: on another day")
    ledger.judge(one["id"], "merge", by="Ben", others=[ids[2]])
    [whole] = ledger.utterances()
    assert (set(whole["statements"]), whole["outlets"], whole["first"]) == (set(ids), 3, ids[0])
    assert ledger.judgements(one["id"])[1]["stands"]
    ledger.judge(one["id"], "undo", by="Ben")
    ledger.judge(one["id"], "undo", by="Ana")
    assert ledger.utterances() == before


def test_an_utterance_is_split_by_some_of_its_statements(ledger: Ledger) -> None:
    [one] = ledger.utterances()
    for others in (["st_none"], one["statements"]):
        with pytest.raises(UsageError, match="some of its statements"):
            ledger.judge(one["id"], "split", by="Ana", others=others)
    with pytest.raises(UsageError, match="no utterance"):
        ledger.judge("re_none", "merge", by="Ana", others=one["statements"])
    with pytest.raises(UsageError, match="made of statements"):
        ledger.judge(one["id"], "confirm", by="Ana")


def test_statements_are_found_by_their_words_when_their_ids_are_others(
    ledger: Ledger, reading: Callable[..., Reading]
) -> None:
    [one] = ledger.utterances()
    ids = one["statements"]
    ledger.judge(one["id"], "split", by="Ana", others=[ids[2]])
    again = reading(file="2.txt", source_id="2.txt", outlet="Wire", published="2031-03-05")
    ledger.add(replace(again, statements=(replace(again.statements[0], cue=None),)), fingerprint="f2", run="r2")
    ledger.refresh()
    assert [len(u["statements"]) for u in ledger.utterances()] == [2]
    assert as_judged(ledger, [])[:1] == []


def test_statements_that_stand_alone_are_put_together_under_their_own_ids(
    ledger: Ledger, reading: Callable[..., Reading]
) -> None:
    [one] = ledger.utterances()
    other = reading(file="9.txt", source_id="9.txt", outlet="Gazette", published="2033-01-01")
    ledger.add(replace(other, statements=other.statements[1:]), fingerprint="f1", run="r1")
    ledger.refresh()
    [alone] = [s["id"] for s in ledger.statements() if s["id"] not in one["statements"]]
    assert alone not in tellings(ledger, [alone])
    said = ledger.judge(alone, "merge", by="Ana", others=[one["statements"][0]])
    assert set(tellings(ledger, [alone])[alone]["statements"]) == {alone, *one["statements"]}
    assert ledger.row(alone)["status"] == "machine", "the statement itself was not judged"  # type: ignore[index]
    with pytest.raises(UsageError, match="one utterance already"):
        ledger.judge(one["id"], "merge", by="Ben", others=[alone])
    ledger.judge(alone, "split", by="Ben", others=[alone])
    assert alone not in tellings(ledger, [alone])
    for id in (ledger.judgements()[-1]["id"], said["id"]):
        ledger.judge(id, "undo", by="Ana")
    assert [e["stands"] for e in ledger.judgements()][:2] == [False, False]
    assert ledger.utterances()[0]["statements"] == one["statements"]


def test_an_utterance_that_only_a_person_sees_can_be_judged_again(
    ledger: Ledger, reading: Callable[..., Reading]
) -> None:
    [one] = ledger.utterances()
    first, second, third = one["statements"]
    ledger.judge(one["id"], "split", by="Ana", others=[second, third])
    [own] = ledger.utterances()
    assert set(own["statements"]) == {second, third}
    ledger.judge(own["id"], "merge", by="Ana", others=[first])
    assert {len(u["statements"]) for u in ledger.utterances()} == {3}

"""Who is whom, as people judged it: it stands over Parley's links and is laid over them again whenever names are linked anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from parley.data import Actor, Link, Reading
from parley.errors import UsageError
from parley.store.ledger import Ledger

MELK, PELL = Actor("ac_melk", "Oran Melk", "person", "envoy", "Calvera"), Actor("ac_pell", "Ana Pell", "person")
LINKS = (
    Link("oran melk [calvera]", "ac_melk", "positive", 1.0, "exact", "his name"),
    Link("the envoy", "ac_melk", "positive", 0.7, "role", "his role"),
    Link("ana pell", "ac_pell", "positive", 1.0, "exact", "her name"),
)


@pytest.fixture
def ledger(ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        held.add(reading(), fingerprint="f1", run="r1")
        linked(held)
        yield held


def linked(ledger: Ledger, actors: tuple[Actor, ...] = (MELK, PELL), links: tuple[Link, ...] = LINKS) -> None:
    """Names linked as by a build."""
    ledger.replace_actors(actors, links, by="parley", state=("actors", "x"))


def speaker(ledger: Ledger) -> Any:
    [said] = [s for s in ledger.statements() if s["speaker"]]
    return said["speaker"]["id"]


def names(ledger: Ledger) -> dict[str, str]:
    return {a["name"]: a["status"] for a in ledger.actors()}


def test_actors_merged_mean_one_and_undoing_parts_them(ledger: Ledger) -> None:
    before, links = list(ledger.actors()), list(ledger.links())
    assert speaker(ledger) == "ac_melk"
    ledger.judge("ac_pell", "merge", by="Ana", others=["ac_melk"], why="a pen name")
    assert speaker(ledger) == "ac_pell"
    assert names(ledger) == {"Ana Pell": "corrected", "Oran Melk": "rejected"}
    merged = ledger.by_ids(["ac_pell"])["ac_pell"]
    assert merged["aliases"] == ["Oran Melk"]
    linked(ledger)
    assert speaker(ledger) == "ac_pell"
    assert ledger.row("ac_melk")["judged"]["why"] == "the same as Ana Pell: a pen name"  # type: ignore[index]
    ledger.judge("ac_pell", "undo", by="Ben")
    assert list(ledger.actors()) == before
    assert list(ledger.links()) == links
    assert [(e["act"], e["stands"]) for e in ledger.judgements()] == [("merge", False), ("undo", True)]


def test_a_name_split_off_is_somebody_else(ledger: Ledger) -> None:
    ledger.judge("ac_melk", "split", by="Ana", others=["Oran Melk"], why="another Melk")
    new = speaker(ledger)
    assert new not in ("ac_melk", None)
    other = ledger.row(new)
    assert other
    assert (other["name"], other["side"], other["status"]) == ("Oran Melk", "Calvera", "corrected")
    linked(ledger)
    assert speaker(ledger) == new
    ledger.judge("ac_melk", "undo", by="Ana")
    assert speaker(ledger) == "ac_melk"
    assert names(ledger) == {"Ana Pell": "machine", "Oran Melk": "machine"}


def test_an_actor_can_be_corrected_confirmed_and_rejected(ledger: Ledger) -> None:
    ledger.judge("ac_melk", "correct", by="Ana", changes={"role": "negotiator", "side": None})
    ledger.judge("ac_pell", "confirm", by="Ana")
    linked(ledger)
    assert {a["name"]: (a["role"], a["side"], a["status"]) for a in ledger.actors()} == {
        "Oran Melk": ("negotiator", None, "corrected"),
        "Ana Pell": (None, None, "confirmed"),
    }
    assert ledger.machine_row("ac_melk")["role"] == "envoy"  # type: ignore[index]
    ledger.judge("ac_melk", "reject", by="Ben")
    assert speaker(ledger) is None
    assert ledger.actors().to_arrow().column("status").to_pylist() == ["confirmed", "rejected"]


def test_who_is_not_here_any_more_is_lost_and_waits(ledger: Ledger, tmp_path: Path) -> None:
    ledger.judge("ac_pell", "merge", by="Ana", others=["ac_melk"])
    linked(ledger, (MELK,), LINKS[:2])
    assert [(e["act"], e["told"]) for e in ledger.lost_judgements()] == [("merge", "no actor Ana Pell is here")]
    renamed = Actor("ac_new", "Ana Pell", "person")
    linked(ledger, (MELK, renamed), (*LINKS[:2], Link("ana pell", "ac_new", "positive", 1.0, "exact", "x")))
    assert ledger.lost_judgements() == []
    assert speaker(ledger) == "ac_new"
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        assert other.take_in(ledger.carried())["lost"] == 1
        linked(other)
        assert names(other) == {"Ana Pell": "corrected", "Oran Melk": "rejected"}


def test_what_cannot_be_is_refused(ledger: Ledger) -> None:
    for act, others, told in (
        ("merge", ["ac_none"], "no other actor"),
        ("merge", [], "name at least one more"),
        ("split", ["Talia Wren"], "its names are oran melk"),
    ):
        with pytest.raises(UsageError, match=told):
            ledger.judge("ac_melk", act, by="Ana", others=others)  # type: ignore[arg-type]
    assert len(ledger.judgements()) == 0

"""People have the last word: it is kept beside the machine's rows, told apart, undone, and never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from parley.data import Basis, Reading, Span, Speaker
from parley.errors import UsageError
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]


@pytest.fixture
def ledger(ledger_place: str, reading: MakeReading) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        held.add(reading(), fingerprint="f1", run="r1")
        yield held


def only(rows: Any) -> Any:
    [row] = rows
    return row


def rebuilt(ledger: Ledger, reading: Reading, fingerprint: str = "f2") -> None:
    """The article read again, as by another model."""
    ledger.add(reading, fingerprint=fingerprint, run="r2")


def test_the_four_are_told_apart_in_every_row(ledger: Ledger, reading: MakeReading) -> None:
    one, other = ledger.statements()
    position, wording = only(ledger.positions()), only(ledger.wording())
    assert {r["status"] for r in (one, other, position, wording)} == {"machine"}
    assert one["judged"] is None
    ledger.judge(one["id"], "confirm", by="Ana")
    ledger.judge(other["id"], "reject", by="Ana", why="nobody says so")
    ledger.judge(position["id"], "correct", by="Ben", changes={"stance": "rejects"}, why="read on")
    assert [s["status"] for s in ledger.statements()] == ["confirmed", "rejected"]
    shown = only(ledger.positions(stance="rejects", status="corrected"))
    assert shown["id"] == position["id"]
    assert {k: shown["judged"][k] for k in ("by", "why", "kept", "disputed")} == {
        "by": "Ben",
        "why": "read on",
        "kept": False,
        "disputed": False,
    }
    assert ledger.machine_row(position["id"]) == position
    assert ledger.row(wording["id"]) == wording


def test_every_field_can_be_corrected_and_the_machines_row_comes_back(ledger: Ledger, reading: MakeReading) -> None:
    before = list(ledger.statements())
    text = ledger.text(before[1]["article"])
    said = only(s for s in before if s["speaker"])
    changes = {"speaker": {"name": "Talia Wren", "role": "spokeswoman", "side": "Veyra"}, "said_on": "2031-03-02"}
    ledger.judge(said["id"], "correct", by="Ana", changes=changes | {"content": ["the road will open"], "cue": None})
    shown = only(ledger.statements(speaker="wren"))
    start = text.index("the road will open")
    assert (shown["content"], shown["cue"], shown["said_on"]) == ([[start, start + 18]], None, "2031-03-02")
    assert shown["speaker"] == {"id": None, "name": "Talia Wren", "role": "spokeswoman", "side": "Veyra"}
    assert list(ledger.check()) == []
    ledger.judge(said["id"], "undo", by="Ben", why="she does not speak here")
    assert list(ledger.statements()) == before
    acts = [(e["act"], e["by"], e["stands"]) for e in ledger.judgements(said["id"])]
    assert acts == [("correct", "Ana", False), ("undo", "Ben", True)]
    ledger.judge(ledger.judgements(said["id"])[1]["id"], "undo", by="Ana")
    assert only(ledger.statements(speaker="wren")) == shown


def test_an_event_keeps_its_own_status_apart_from_whose_word_it_is(ledger: Ledger) -> None:
    event = only(ledger.events())
    ledger.judge(
        event["id"], "correct", by="Ana", changes={"status": "planned", "actors": ["Calvera"], "date": "2031-04"}
    )
    shown = only(ledger.events(status="planned", row_status="corrected"))
    assert len(ledger.events(row_status="machine")) == 0
    assert (shown["row_status"], shown["actors"], shown["date"]) == ("corrected", ["Calvera"], "2031-04")


def test_an_article_and_a_date_can_be_corrected(ledger: Ledger, reading: MakeReading) -> None:
    article, date = ledger.articles()[0], ledger.dates()[1]
    ledger.judge(article["id"], "correct", by="Ana", changes={"outlet": "Post", "published": "2031-03-04"})
    ledger.judge(date["id"], "correct", by="Ana", changes={"value": "2031-02-24"})
    rebuilt(ledger, reading())
    shown = ledger.articles()[0]
    assert (shown["outlet"], shown["published"], shown["status"]) == ("Post", "2031-03-04", "corrected")
    assert shown["published_basis"] == [{"rule": "judged", "span": None, "detail": "Ana said so"}]
    assert [(d["value"], d["status"]) for d in ledger.dates()][1] == ("2031-02-24", "corrected")
    ledger.judge(article["id"], "undo", by="Ana")
    assert ledger.articles()[0] == article


def test_a_word_survives_a_rebuild_and_a_model_that_finds_the_row_elsewhere(
    ledger: Ledger, reading: MakeReading
) -> None:
    first = reading()
    figure = ledger.figures()[0]
    ledger.judge(figure["id"], "correct", by="Ana", changes={"claimant": "the health ministry"})
    rebuilt(ledger, first)
    assert ledger.figures()[0]["claimant"] == "the health ministry"
    longer = Span.of(first.article.text, figure["span"][0], figure["span"][1] + 5)
    rebuilt(ledger, replace(first, figures=(replace(first.figures[0], span=longer, claimant="nobody"),)), "f3")
    shown = only(ledger.figures())
    assert shown["id"] != figure["id"]
    assert (shown["claimant"], shown["span"], shown["status"]) == ("the health ministry", figure["span"], "corrected")
    assert shown["judged"]["differs"] == ["text", "claimant"]
    entry = only(ledger.judgements(shown["id"]))
    assert (entry["state"], entry["about"], entry["row_now"]) == ("moved", figure["id"], shown["id"])
    assert [r["id"] for r in ledger.queue("disagreement")][:1] == [shown["id"]]
    assert only([ledger.machine_row(shown["id"])])["claimant"] == "nobody"
    assert ledger.row(figure["id"]) == shown
    assert ledger.judge(figure["id"], "undo", by="Ana")["about"] == shown["id"]
    assert only(ledger.figures())["claimant"] == "nobody"


def test_a_confirmed_row_that_a_model_finds_no_more_is_still_shown(ledger: Ledger, reading: MakeReading) -> None:
    first = reading()
    figure, other = ledger.figures()
    ledger.judge(figure["id"], "confirm", by="Ana")
    ledger.judge(other["id"], "reject", by="Ana")
    rebuilt(ledger, replace(first, figures=()))
    shown = only(ledger.figures())
    assert shown["judged"].pop("kept") is True
    assert {k: v for k, v in shown.items() if k not in ("status", "judged")} == {
        k: v for k, v in figure.items() if k not in ("status", "judged")
    }
    assert {e["state"] for e in ledger.judgements(other["id"])} == {"agreed"}
    assert {r["row"] for r in ledger.search("militants")} == {"article", "figure", "wording"}
    rebuilt(ledger, replace(first, figures=()), "f3")
    assert len(ledger.figures()) == 1
    rebuilt(ledger, first, "f4")
    assert [(f["id"], f["status"]) for f in ledger.figures()] == [
        (figure["id"], "confirmed"),
        (other["id"], "rejected"),
    ]
    rebuilt(ledger, replace(first, figures=()), "f5")
    ledger.judge(figure["id"], "undo", by="Ana")
    assert len(ledger.figures()) == 0
    ledger.judge(ledger.judgements(figure["id"])[1]["id"], "undo", by="Ana")
    assert len(ledger.figures()) == 1


def test_a_rejected_row_stays_rejected_and_another_reading_of_its_words_does_not(
    ledger: Ledger, reading: MakeReading
) -> None:
    first = reading()
    ledger.judge(only(ledger.positions())["id"], "reject", by="Ana")
    rebuilt(ledger, replace(first, positions=(replace(first.positions[0], stance="accepts"),)))
    assert only(ledger.positions())["status"] == "machine"
    rebuilt(ledger, first, "f3")
    assert only(ledger.positions())["status"] == "rejected"


def test_two_people_correct_one_row_and_nothing_is_lost(ledger: Ledger) -> None:
    id = only(ledger.events())["id"]
    ledger.judge(id, "correct", by="Ana", changes={"place": "Port Amity", "date": "2031-03-01"})
    later = ledger.judge(id, "correct", by="Ben", changes={"place": "Toven"})
    assert [(o["by"], o["changes"]) for o in later["over"]] == [("Ana", {"place": "Port Amity", "date": "2031-03-01"})]
    shown = only(ledger.events())
    assert (shown["place"], shown["date"], shown["judged"]["by"]) == ("Toven", "2031-03-01", "Ben")
    assert shown["judged"]["disputed"]
    assert [r["id"] for r in ledger.queue("disagreement")][:1] == [id]
    ledger.judge(id, "undo", by="Ben")
    assert only(ledger.events())["place"] == "Port Amity"
    assert len(ledger.judgements(id)) == 3


def test_the_queue_gives_what_nobody_judged_the_least_sure_first(ledger: Ledger) -> None:
    everything = ledger.queue()
    assert len(everything) == 7
    assert [r["confidence"] for r in everything] == sorted(r["confidence"] for r in everything)
    paged: list[Any] = []
    while page := ledger.queue(after=paged[-1]["id"] if paged else None, limit=2):
        paged += page
    assert paged == everything
    layers = [r["row"] for r in ledger.queue("layer")]
    assert layers == ["statement", "statement", "figure", "figure", "position", "event", "wording"]
    ledger.judge(everything[0]["id"], "confirm", by="Ana")
    assert ledger.queue() == everything[1:]
    assert {r["row"] for r in ledger.queue(layer="figures")} == {"figure"}


@pytest.mark.parametrize(
    ("act", "more", "told"),
    [
        ("correct", {}, "nothing to correct"),
        ("correct", {"changes": {"stance": "likes"}}, "it can be demands, proposes"),
        ("correct", {"changes": {"speaker": "x"}}, "they have span, party"),
        ("correct", {"changes": {"span": [3, 3]}}, "no place in the article"),
        ("correct", {"changes": {"span": "words that are not there"}}, "does not hold the words"),
        ("correct", {"changes": {"since": "last May"}}, "a date such as"),
        ("correct", {"changes": {"party": None}}, "cannot be empty"),
        ("undo", {}, "nothing that was said"),
        ("merge", {"others": ["po_1"]}, "cannot"),
        ("praise", {}, "is no judgement"),
    ],
)
def test_what_cannot_be_said_is_refused_and_leaves_no_trace(
    ledger: Ledger, act: Any, more: dict[str, Any], told: str
) -> None:
    position = only(ledger.positions())
    with pytest.raises(UsageError, match=told):
        ledger.judge(position["id"], act, by="Ana", **more)
    with pytest.raises(UsageError, match="who says so"):
        ledger.judge(position["id"], "confirm", by=" ")
    with pytest.raises(UsageError, match="no row"):
        ledger.judge("po_none", "confirm", by="Ana")
    assert len(ledger.judgements()) == 0
    assert only(ledger.positions()) == position


def test_a_speaker_given_by_name_gets_the_side_that_the_article_knows(ledger: Ledger) -> None:
    unnamed = only(s for s in ledger.statements() if not s["speaker"])
    ledger.judge(unnamed["id"], "correct", by="Ana", changes={"speaker": "Oran Melk"})
    assert [s["speaker"] and s["speaker"]["side"] for s in ledger.statements()] == ["Calvera", "Calvera"]


def test_exported_columns_hold_whose_word_it_is(ledger: Ledger) -> None:
    ledger.judge(only(ledger.wording())["id"], "confirm", by="Ana", why="seen")
    for kind in ("articles", "statements", "figures", "positions", "events", "wording", "dates"):
        rows = getattr(ledger, kind)()
        assert rows.to_arrow().column_names == list(rows[0])[1:]
    told = ledger.wording().to_arrow().to_pylist()[0]["judged"]
    assert (told["by"], told["why"], told["kept"]) == ("Ana", "seen", False)


def test_a_speaker_of_a_rebuilt_row_has_a_basis_that_says_who_said_so(ledger: Ledger, reading: MakeReading) -> None:
    first = reading()
    said = only(s for s in ledger.statements() if s["speaker"])
    ledger.judge(said["id"], "correct", by="Ana", changes={"speaker": "Senn Idrow"})
    other = replace(first.statements[0], speaker=Speaker("He", None, None, None, Basis("r", "d")))
    rebuilt(ledger, replace(first, statements=(other,)))
    speaker = ledger.reading(first.article.id).statements[0].speaker
    assert speaker == Speaker("Senn Idrow", None, None, None, Basis("judged", "Ana said so"))


def test_a_name_that_a_person_gives_is_linked_by_the_next_build(ledger: Ledger) -> None:
    with ledger.linking() as desk:
        assert "oran melk [calvera]" in desk.changed()
    said = only(s for s in ledger.statements() if s["speaker"])
    ledger.judge(said["id"], "correct", by="Ana", changes={"speaker": "Talia Wren"})
    with ledger.linking() as desk:
        assert "talia wren" in desk.changed()

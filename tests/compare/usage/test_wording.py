"""How often outlets use which word: counts, intervals, copies once, sentences where there is too little."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tellings import compared, read, tell

from parley.compare.base import Found, Row, Told
from parley.compare.copying.independent import Pair
from parley.compare.refresh import refresh
from parley.compare.registry import ask, comparisons
from parley.compare.usage.wording import COMPARISONS, QUESTIONS, VOICES, with_false_alarms
from parley.store.frames import COLUMNS, to_arrow
from parley.store.ledger import Ledger

[WORDING] = COMPARISONS


def article(n: int, outlet: str | None, words: list[str], **about: Any) -> Told:
    text = " ".join(f"On day {i} the {word} took bridge number {n} in the valley." for i, word in enumerate(words, 1))
    return tell(text, outlet=outlet, name=f"{n}.txt", **about)


def shares(found: list[Found]) -> dict[tuple[Any, ...], Row]:
    rows = [f.row for f in found if f.kind == "wording_share"]
    return {(r["referent"], r["term"], r["outlet"], r["voice"]): r for r in rows}


def test_a_share_counts_the_words_for_one_thing_by_outlet_and_voice() -> None:
    tolds = [article(n, "Herald", ["rebels", "rebels", "fighters", "gunmen"]) for n in range(4)]
    found = shares(compared(WORDING, tolds))
    row = found["fighters", "rebels", "Herald", "outlet"]
    assert (row["n"], row["of"], row["articles"], row["share"]) == (8, 16, 4, 0.5)
    assert row["interval"] == [0.28, 0.72]
    assert row["by_article"] == [0.5, 0.5]
    assert len(row["rows"]) == 8
    assert all(i.startswith("wo_") for i in row["rows"])
    plain = found["fighters", "fighters", "Herald", "outlet"]
    assert plain["rows"] == [t.id for t in tolds]
    assert "rebels" in row["examples"][0]["text"]
    assert {e["row"] for e in row["examples"]} <= set(row["rows"])
    assert [e["row"] for e in plain["examples"]] == [e["article"] for e in plain["examples"]]


@pytest.mark.parametrize(("articles", "words"), [(2, 9), (9, 1)])
def test_below_ten_mentions_or_three_articles_there_are_sentences_and_no_rates(articles: int, words: int) -> None:
    tolds = [article(n, "Herald", ["rebels"] * words) for n in range(articles)]
    row = shares(compared(WORDING, tolds))["fighters", "rebels", "Herald", "outlet"]
    assert row["interval"] is row["share"] is row["by_article"] is row["overuse"] is None
    assert row["n"] == articles * words
    assert len(row["examples"]) >= min(3, articles)


def test_what_is_copied_counts_once_and_for_the_first() -> None:
    first = article(1, "Herald", ["rebels"] * 4, published="2031-03-05")
    again = article(2, "Ledger", ["rebels"] * 4, published="2031-03-06")
    whole = [0, len(first.text)]
    pair = Pair(first.id, again.id, [[whole, whole]])
    for order in ((first, again), (again, first)):
        found = shares(compared(WORDING, list(order), [pair]))
        assert {k[2] for k in found} == {"Herald"}


def pulling(extra: int) -> list[Told]:
    tolds = []
    for n in range(12):
        outlet = ("Herald", "Ledger", "Courier")[n % 3]
        words = ["terrorists"] * 4 + ["fighters"] if outlet == "Herald" else ["fighters"] * 4 + ["terrorists"]
        words += ["gunmen"] * extra
        told = article(n, outlet, words)
        event: dict[str, Any] = {
            "type": "armed_action",
            "status": "actual",
            "date": "2031-03-05",
            "date_precision": "day",
        }
        event |= {"actors": ["Veyra"], "place": None, "row_status": "machine"}
        tolds.append(Told(told.article, told.text, wording=told.wording, events=[event]))
    return tolds


def test_over_use_is_told_against_the_others_for_the_same_events() -> None:
    rows = with_false_alarms([f.row for f in compared(WORDING, pulling(0)) if f.kind == "wording_share"])
    by_key = {(r["term"], r["outlet"]): r["overuse"] for r in rows}
    more = by_key["terrorists", "Herald"]
    assert (more["n"], more["of"], more["others_n"], more["others_of"]) == (16, 20, 8, 40)
    assert more["log_odds"] > 1
    assert more["q"] < 0.05
    assert by_key["terrorists", "Ledger"]["log_odds"] < 0
    assert all(o["q"] >= o["p"] for o in by_key.values())


def test_without_an_event_in_common_nothing_is_said_of_over_use() -> None:
    tolds = [Told(t.article, t.text, wording=t.wording) for t in pulling(0)]
    assert {f.row["overuse"] for f in compared(WORDING, tolds) if f.kind == "wording_share"} == {None}


def test_the_order_of_articles_changes_no_number() -> None:
    tolds = pulling(1)
    before = shares(compared(WORDING, tolds))
    random.Random(1).shuffle(tolds)
    after = shares(compared(WORDING, tolds))
    same = ("n", "of", "interval", "share", "overuse")
    assert {k: [r[s] for s in same] for k, r in before.items()} == {k: [r[s] for s in same] for k, r in after.items()}


def test_an_article_without_an_outlet_is_counted_and_not_compared() -> None:
    found = shares(compared(WORDING, [article(n, None, ["rebels"] * 5) for n in range(4)]))
    row = found["fighters", "rebels", None, "outlet"]
    assert row["n"] == 20
    assert row["overuse"] is None


def test_a_row_in_the_table_says_who_uses_what_in_whose_voice() -> None:
    [question] = QUESTIONS
    found = shares(compared(WORDING, [article(n, "Herald", ["rebels"] * 5) for n in range(4)]))
    what, who, where = question.cells(found["fighters", "rebels", "Herald", "outlet"])
    assert what == "fighters\n“rebels”"
    assert who.startswith(f"Herald, {VOICES['outlet']}\n20 of 20: 100%")
    assert "“On day 1 the rebels took bridge number" in where


def test_a_ledger_gives_the_shares_as_they_are_promised_in_every_form(ledger_place: str) -> None:
    names = ("wording", "doubt", "heard", "passives")
    text = (
        "Norwegian guns killed 17 Albanians. Udo Marn claimed that the rebels had fled. The rebels and the regime met."
    )
    with Ledger.open(ledger_place, create=True) as ledger:
        for n in range(3):
            ledger.add(read(f"{text} Day {n}.", outlet="Herald", name=f"{n}.txt"), fingerprint="f", run="r")
        refresh(ledger, rules={n: comparisons()[n] for n in names})
        rows = ledger.wording_shares()
        assert list(rows[0])[2:10] == ["referent", "term", "outlet", "voice", "n", "of", "interval", "rows"]
        assert {r["n"] for r in rows if r["term"] == "rebels"} == {3}
        assert ledger.wording_shares(voice="headline") == ledger.wording_shares(outlet="gazette") == []
        assert ledger.wording_shares(outlet="herald", term="REBEL")
        known = ledger.by_ids(i for r in rows for i in r["rows"])
        assert {i for r in rows for i in r["rows"]} == set(known)
        for name, kind in (
            ("wording", "wording_share"),
            ("doubt", "doubt"),
            ("heard", "heard"),
            ("passives", "passive"),
        ):
            found = ask(ledger, name, {})
            assert all(list(r)[1:] == list(COLUMNS[kind]) for r in found)
            assert to_arrow(kind, found).num_rows == len(found)

"""What one outlet leaves out: looked for first, then told as not found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tellings import read

from parley.compare.base import Row
from parley.compare.refresh import refresh
from parley.compare.registry import ask, comparisons
from parley.compare.usage.missing import QUESTIONS, Own, Telling, Thing, shingles, things, window
from parley.errors import UsageError
from parley.store.ledger import Ledger

QUOTE = "“We did not come here to bargain over the water our children drink,” Oran Melk said on Thursday."
OTHERS = {
    "Herald": f"The talks in the harbour town ended without a paper. {QUOTE} Rain fell on the tents of the guards.",
    "Courier": f"{QUOTE} His delegation had packed by noon, and the boats left an hour late.",
    "Beacon": "A ferry ran aground off the island. Nobody was hurt, and by evening it was afloat again.",
}


@pytest.fixture
def ledger(ledger_place: str) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        for outlet, text in OTHERS.items():
            held.add(read(text, outlet=outlet, published="2031-03-07", name=f"{outlet}.txt"), fingerprint="f", run="r")
        refresh(held, rules={"utterances": comparisons()["utterances"]})
        yield held


def test_what_two_carry_and_the_third_does_not_is_told_as_not_found(ledger: Ledger) -> None:
    [row] = ledger.missing(outlet="beacon")
    assert list(row)[:3] == ["row", "carried_by", "window"]
    assert row["carried_by"] == 2
    assert row["window"] == ["2031-03-06", "2031-03-10"]
    assert row["outlets"] == ["Courier", "Herald"]
    assert row["why"] == "not found in this article"
    assert ledger.by_ids([row["row"]])[row["row"]]["speaker"]["name"] == "Oran Melk"
    assert ledger.missing(outlet="Beacon", least=3) == []
    assert ledger.missing(outlet="Herald") == []


def test_the_same_words_anywhere_in_an_article_are_found(ledger: Ledger) -> None:
    text = "At sea, somebody had painted “we did not come here to bargain over the water our children drink” on a hull."
    ledger.add(read(text, outlet="Beacon", published="2031-03-08", name="hull.txt"), fingerprint="f", run="r")
    assert ledger.missing(outlet="Beacon") == []


@pytest.mark.parametrize("day", ["2031-03-08", "2031", None])
def test_few_words_are_found_in_longer_ones_whether_or_not_their_day_is_known(
    ledger_place: str, day: str | None
) -> None:
    texts = {
        "Herald": ("“We will return,” Oran Melk said on Thursday in the harbour town.", "2031-03-07"),
        "Courier": ("Rain fell. “We will return,” Oran Melk said on Thursday.", "2031-03-07"),
        "Beacon": ("The ferry sailed at noon.", "2031-03-07"),
        "Beacon again": ("Somebody had painted “we will return” on the wall of the mill, in white letters.", day),
    }
    with Ledger.open(ledger_place, create=True) as held:
        for name, (text, published) in texts.items():
            made = read(text, outlet=name.removesuffix(" again"), published=published, name=f"{name}.txt")
            held.add(made, fingerprint="f", run="r")
        refresh(held, rules={"utterances": comparisons()["utterances"]})
        carried = [u for u in held.utterances() if u["independent"] >= 2]
        assert held.missing(outlet="Beacon") == []
        assert carried  # or there is nothing to be found


def test_an_outlet_without_an_article_in_those_days_misses_nothing(ledger: Ledger) -> None:
    ledger.add(
        read("The fair opened.", outlet="Lantern", published="2031-05-08", name="l.txt"), fingerprint="f", run="r"
    )
    assert ledger.missing(outlet="Lantern") == []


def test_it_is_asked_of_one_outlet_that_is_here(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="--outlet NAME"):
        ask(ledger, "missing", {})
    with pytest.raises(UsageError, match="no article of 'Gazette'"):
        ledger.missing(outlet="Gazette")
    with pytest.raises(UsageError, match="may be Beacon, Herald"):
        ledger.missing(outlet="a")


def test_a_row_in_the_table_says_what_who_and_where_it_was_looked_for(ledger: Ledger) -> None:
    [question] = QUESTIONS
    [row] = ledger.missing(outlet="Beacon")
    what, carried, where = question.cells(row)
    assert what == "utterance\nOran Melk"
    assert carried == "2 outlets, 2 independent: Courier, Herald"
    assert where == "not found in this article of Beacon, 2031-03-06 to 2031-03-10"


def test_a_series_gives_a_thing_for_each_of_its_points() -> None:
    points = [{"rows": ["fi_1", "fi_2"], "independent": 2}, {"rows": ["fi_3"], "independent": 1}]
    assert list(things("series", "figure", [{"points": points}])) == [
        Thing("figure", ("fi_1", "fi_2"), 2),
        Thing("figure", ("fi_3",), 1),
    ]


def test_a_window_needs_a_day() -> None:
    assert window(["2031-03", None]) is None
    assert window(["2031-03-01", None, "2031-02-28"]) == ("2031-02-27", "2031-03-04")


FIGURE: Row = {"row": "figure", "article": "a", "category": "killed", "value": 17, "low": 17, "high": 17}
EVENT: Row = {"row": "event", "article": "a", "type": "talks_held", "date": "2031-03-06"}


@pytest.mark.parametrize(
    ("kind", "row", "other", "told"),
    [
        ("figure", FIGURE, {}, True),
        ("figure", FIGURE, {"value": 18}, False),
        ("figure", FIGURE, {"category": "injured"}, False),
        ("event", EVENT, {}, True),
        ("event", EVENT, {"date": "2031-03-07"}, False),
        ("event", EVENT, {"date": None}, False),
    ],
)
def test_the_same_number_or_an_event_of_the_kind_and_day_is_found(kind: str, row: Row, other: Row, told: bool) -> None:
    own = Own([(None, "a")], rows={kind: {"a": [row]}})
    assert own.tells(kind, [Telling({**row, **other}, "Herald", None)], []) is told


def test_words_in_a_row_are_compared_without_case_and_marks() -> None:
    assert shingles("“We shall see,” he said. Soon") & shingles("we shall, see he said") == {"we shall see he said"}

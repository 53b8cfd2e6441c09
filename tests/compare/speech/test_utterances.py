"""Utterances of the sample corpus, of invented articles in any order, and in a ledger."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parley
from parley.compare.base import Found, Head, Pile, Row, Told
from parley.compare.speech.utterances import items, once, results
from parley.store.ledger import Ledger

SAMPLE = Path(parley.__file__).parent / "sample"


# --- by hand --------------------------------------------------------------------------------------------------------


def article(n: int, words: str, *, who: str | None = "Edda Quillan", side: str | None = "Norvale", **more: Any) -> Told:
    """An article with one statement; `published` and `said_on` among the rest."""
    id = f"ar_{n}"
    kind = "direct" if words[0] == "“" else "mixed" if "“" in words else "indirect"
    row: Row = {
        "id": f"st_{n}",
        "kind": kind,
        "speaker": {"id": None, "name": who, "role": None, "side": side} if who else None,
    }
    row |= {
        "nested": more.pop("nested", False),
        "status": more.pop("status", "machine"),
        "said_on": more.pop("said_on", None),
    }
    row |= {"content": [[0, len(words)]], "content_text": [words], "cue_text": "said"}
    days = {"published_earliest": more.pop("published", "2032-05-12"), "published_latest": more.pop("latest", None)}
    head = {"id": id, "source_id": id, "title_span": None, "outlet": f"Outlet {n}"} | more
    return Told(article=head | days, text=words, statements=[row])


def compared(told: Sequence[Told]) -> list[Found]:
    blocks: dict[str, list[Row]] = defaultdict(list)
    heads = {}
    for one in sorted(told, key=lambda t: t.id):
        a = one.article
        heads[one.id] = Head(
            one.id, one.id, one.id, None, a["outlet"], a["published_earliest"], a["published_earliest"]
        )
        for block, item in items(one):
            blocks[block].append({"article": one.id, **item})
    return [f for block, held in sorted(blocks.items()) for f in results(block, held, Pile(heads))]


GRAIN = "“We will open the port of Illin to grain ships from Monday,”"


def test_what_is_printed_once_is_no_utterance_of_several() -> None:
    assert compared([article(1, GRAIN)]) == []


def test_the_first_to_print_it_is_named_where_the_days_tell() -> None:
    [found] = compared([article(1, GRAIN, published="2032-05-13"), article(2, GRAIN, published="2032-05-12")])
    assert (found.row["first"], found.row["outlets"], found.row["speaker"]) == ("st_2", 2, "Edda Quillan")
    assert "the same words" in found.row["why"]


def test_who_printed_it_first_stays_open_where_two_may_have() -> None:
    [found] = compared([article(1, GRAIN), article(2, GRAIN)])
    assert found.row["first"] is None
    [found] = compared([article(1, GRAIN, published=None), article(2, GRAIN, published=None)])
    assert found.row["first"] is None


def test_a_quotation_of_somebody_who_cannot_be_told_joins_the_one_who_said_it() -> None:
    strange = article(2, GRAIN, who="the regime's front woman", side=None)
    told = Told(strange.article, strange.text, strange.statements, names={"norvale": "ac_n\tNorvale\tNorvale"})
    [found] = compared([article(1, GRAIN), told])
    assert found.row["statements"] == ["st_1", "st_2"]


def test_a_party_that_belongs_to_no_side_is_its_own() -> None:
    party = article(2, "it would open the port of Illin to grain ships from Monday", who="Norvale", side=None)
    told = Told(party.article, party.text, party.statements, positions=[{"party": "Norvale"}])
    [found] = compared([article(1, GRAIN), told])
    assert found.row["speaker"] == "Edda Quillan"


def test_words_of_an_undated_article_join_the_dated_ones_within_its_days() -> None:
    late = article(2, GRAIN, published="2032-04-20", latest="2032-06-20")
    [found] = compared([article(1, GRAIN), late])
    assert found.row["first"] is None


def test_what_others_say_that_he_said_and_what_was_rejected_is_left_out() -> None:
    assert compared([article(1, GRAIN), article(2, GRAIN, nested=True), article(3, GRAIN, status="rejected")]) == []


def test_two_days_of_one_phrase_stay_two_though_a_third_article_gives_no_day() -> None:
    first = article(1, GRAIN, said_on="2032-05-12", published="2032-05-12")
    again = article(2, GRAIN, said_on="2032-05-15", published="2032-05-15")
    open_day = article(3, GRAIN, published="2032-05-16")
    found = compared([first, again, open_day])
    assert [sorted(f.row["statements"]) for f in found] in ([["st_1", "st_3"]], [["st_2", "st_3"]])


PHRASES = (
    GRAIN,
    "“We will open the port of Illin to grain ships,”",
    "Illin's port would be opened to grain ships from Monday",
    "“The prisoners come home first, all 240 of them,”",
    "all 240 prisoners would have to come home first",
)
ARTICLES = st.lists(
    st.tuples(st.sampled_from(PHRASES), st.sampled_from(["Edda Quillan", "Quillan", "Norvale"]), st.integers(1, 28)),
    min_size=2,
    max_size=8,
)


@settings(max_examples=60)
@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing_and_no_statement_is_told_twice(
    drawn: list[tuple[str, str, int]], chance: random.Random
) -> None:
    told = [article(n, words, who=who, published=f"2032-05-{day:02}") for n, (words, who, day) in enumerate(drawn)]
    found = compared(told)
    said = [s for f in found for s in f.row["statements"]]
    assert len(said) == len(set(said))
    chance.shuffle(told)
    assert compared(told) == found


@settings(max_examples=30)
@given(ARTICLES)
def test_parties_swapped_give_the_same_utterances(drawn: list[tuple[str, str, int]]) -> None:
    def told(side: str) -> list[Told]:
        swap = {"Norvale": side}
        days = [f"2032-05-{day:02}" for *_, day in drawn]
        return [
            article(n, words, who=swap.get(who, who), side=side, published=days[n])
            for n, (words, who, _) in enumerate(drawn)
        ]

    here, there = compared(told("Norvale")), compared(told("Sarnike"))
    assert [f.row["statements"] for f in here] == [f.row["statements"] for f in there]


def test_each_statement_is_told_in_one_utterance() -> None:
    row = {"statements": ["a", "b"], "drift": [{"statements": ["a", "b"]}]}
    rest = {"statements": ["b", "c", "d"], "drift": [{"statements": ["b", "c"]}]}
    assert once([row, rest, {"statements": ["a", "d"], "drift": []}]) == [row, {"statements": ["c", "d"], "drift": []}]


# --- the sample corpus ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    place = str(tmp_path_factory.mktemp("utterances") / "sample.db")
    sources = [str(SAMPLE / f"*.{kind}") for kind in ("txt", "html", "jsonl")]
    books = [str(SAMPLE / "sides.toml"), str(SAMPLE / "outlets.toml")]
    parley.build(sources, ledger=place, profile="rules", codebook=books, series=f"{SAMPLE / 'series.csv'}:value")
    with Ledger.open(place) as ledger:
        yield ledger


def file_of(ledger: Ledger, statement: str) -> str:
    row = ledger.by_ids([statement])[statement]
    return str(ledger.by_ids([row["article"]])[row["article"]]["source_id"])


def drifted(ledger: Ledger, speaker: str) -> dict[str, tuple[str, list[str], list[str]]]:
    """By article, how a speaker's quotations differ from the first one."""
    rows = [d for r in ledger.utterances() if r["speaker"] == speaker for d in r["drift"]]
    return {file_of(ledger, d["statements"][1]): (d["kind"], d["removed"], d["added"]) for d in rows}


def test_the_planted_drift_is_found_and_nothing_else(sample: Ledger) -> None:
    assert drifted(sample, "Oran Melk") == {
        "06_vom_bargain": ("shortened", ["here"], []),
        "05_herald_haggle": ("changed", ["bargain"], ["haggle"]),
        "07_estmark_today_speech": ("marks", [], []),
    }
    assert drifted(sample, "Jorin Castel") == {
        "24_vom_door": ("shortened", ["in Dunmere"], []),
        "25_clipharbour_light": ("changed", ["winter"], ["year"]),
        "26_estmark_today_caves": ("marks", [], []),
    }
    [(kind, removed, added)] = drifted(sample, "Ansa Korr").values()
    assert (kind, removed[-1], added) == ("shortened", "sold him his bread and", [])
    assert {r["speaker"] for r in sample.utterances() if r["drift"]} == {"Oran Melk", "Jorin Castel", "Ansa Korr"}


def test_the_same_words_of_two_speakers_are_two_utterances(sample: Ledger) -> None:
    together = [r["statements"] for r in sample.utterances()]
    for words in ("Whoever refuses this paper", "has broken the truce, and"):
        ids = [s["id"] for s in sample.statements() if words in " ".join(s["content_text"])]
        assert len(ids) == 2
        assert not any(set(ids) <= set(group) for group in together)


def test_an_utterance_has_the_keys_that_are_promised(sample: Ledger) -> None:
    [melk] = [r for r in sample.utterances() if r["speaker"] == "Oran Melk" and len(r["drift"]) == 3]
    assert list(melk)[:8] == ["row", "id", "speaker", "statements", "outlets", "independent", "first", "drift"]
    assert (melk["row"], melk["outlets"], melk["independent"], melk["said_on"]) == ("utterance", 4, 4, "2031-03-07")
    assert file_of(sample, melk["first"]) == "cws-20310307-90311"
    assert len({s for r in sample.utterances() for s in r["statements"]}) == sum(
        len(r["statements"]) for r in sample.utterances()
    )

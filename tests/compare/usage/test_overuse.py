"""Over-use: who says a word more than the others do, for the same events."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.base import Row, Told
from parley.compare.usage.overuse import PRIOR, Corpus, Field, Use, events_of


def uses(outlet: str, words: str, *, articles: int = 4, event: str = "e") -> list[Use]:
    """A naming for each letter of `words` in each article."""
    return [
        Use(f"{outlet}{n}", outlet, word, "outlet", at, None, frozenset([event]), None)
        for n in range(articles)
        for at, word in enumerate(words)
    ]


def told(mine: list[Use], theirs: list[Use], outlet: str = "A") -> dict[str, Row]:
    return Field(mine + theirs).overuses(outlet, Counter(u.term for u in mine + theirs))


def test_the_sign_says_more_or_less_and_the_others_are_told_beside() -> None:
    mine, theirs = uses("A", "xxxy"), uses("B", "xyyy", articles=8)
    found = told(mine, theirs)
    assert found["x"]["log_odds"] > 0 > found["y"]["log_odds"]
    assert (found["x"]["n"], found["x"]["of"], found["x"]["others_n"], found["x"]["others_of"]) == (12, 16, 8, 32)
    assert found["x"]["events"] == 1


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (uses("A", "xy"), uses("B", "xy")),
        (uses("A", "xxxxxyyyyy", articles=2), uses("B", "xxxy")),
        (uses("A", "xxxy"), uses("B", "xxxy", event="another")),
    ],
)
def test_nothing_is_said_where_there_is_too_little_in_common(mine: list[Use], theirs: list[Use]) -> None:
    assert told(mine, theirs) == {}


def test_what_stands_in_one_article_only_weighs_less() -> None:
    theirs = uses("B", "xyyy", articles=8)
    even = uses("A", "xxyy", articles=6)
    lumped = uses("A", "xxxxxxxxxxxx", articles=1) + [
        u._replace(article=f"A{n}") for n, u in enumerate(uses("A", "y", articles=12), 1)
    ]
    spread, lump = (told(mine, theirs)["x"] for mine in (even, lumped))
    assert spread["log_odds"] == lump["log_odds"]
    assert abs(lump["z"]) < abs(spread["z"])


@given(st.integers(0, 30), st.integers(1, 30), st.integers(1, 30), st.integers(0, 30))
def test_swapping_the_two_turns_every_sign(a: int, b: int, c: int, d: int) -> None:
    mine, theirs = uses("A", "x" * a + "y" * b), uses("B", "x" * c + "y" * d)
    there, back = told(mine, theirs), told(mine, theirs, "B")
    for term in there.keys() & back.keys():
        assert there[term]["z"] == -back[term]["z"]


def test_a_corpus_knows_when_it_is_enough() -> None:
    assert Corpus.of(uses("A", "xyz")).enough
    assert not Corpus.of(uses("A", "xy")).enough
    assert PRIOR == 10


def test_an_event_is_known_by_type_day_and_who_or_where() -> None:
    event = {
        "type": "talks_held",
        "status": "actual",
        "date": "2031-03-06",
        "date_precision": "day",
        "row_status": "machine",
    }
    rows: list[dict[str, Any]] = [
        {**event, "actors": ["Calvera", "Veyra"], "place": None},
        {**event, "actors": [], "place": "Orlen"},
        {**event, "actors": ["Calvera"], "place": None, "status": "planned"},
        {**event, "actors": ["Calvera"], "place": None, "date": "2031", "date_precision": "year"},
        {**event, "actors": ["Calvera"], "place": None, "row_status": "rejected"},
    ]
    found = events_of(Told({}, "", events=rows))
    assert found == ["talks_held 2031-03-06 Orlen", "talks_held 2031-03-06 calvera", "talks_held 2031-03-06 veyra"]

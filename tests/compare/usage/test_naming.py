"""How far apart outlets are in naming a thing."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.usage.naming import MOST, QUESTIONS, by_chance, distances
from parley.compare.usage.overuse import Use


def uses(outlet: str, words: str, *, articles: int = 6, voice: str = "outlet") -> list[Use]:
    return [
        Use(f"{outlet}{n}", outlet, word, voice, at, f"wo_{outlet}{n}{at}", frozenset(), None)
        for n in range(articles)
        for at, word in enumerate(words)
    ]


def test_outlets_that_share_no_word_are_one_apart_and_alike_ones_none() -> None:
    [far] = distances("war", None, uses("A", "xxx") + uses("B", "yyy"))
    [near] = distances("war", None, uses("A", "xxy") + uses("B", "xxy"))
    assert far.row["distance"] == 1.0
    assert far.row["outlets"] == ["A", "B"]
    assert far.row["terms"] == {"x": [18, 0], "y": [0, 18]}
    assert far.row["by_chance"] < 1.0
    assert near.row["distance"] == 0.0
    assert near.row["interval"] == [0.0, 0.0]
    assert "no more than chance" in near.row["why"]
    assert far.weight > near.weight


def test_only_an_outlets_own_voice_counts_and_only_where_there_is_enough() -> None:
    assert not list(distances("war", None, uses("A", "xxy", voice="quoted") + uses("B", "yyx")))
    assert not list(distances("war", None, uses("A", "x") + uses("B", "yyx")))
    assert not list(distances("war", None, uses("A", "xxx") + uses("B", "xxx")))


def test_only_the_outlets_that_name_it_most_are_paired() -> None:
    many = [u for n in range(MOST + 4) for u in uses(f"O{n:02}", "xxy" if n % 2 else "xyy")]
    assert len(list(distances("war", None, many))) == MOST * (MOST - 1) // 2


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=8))
def test_what_chance_gives_is_a_distance_too(rows: list[tuple[int, int]]) -> None:
    table = np.array(rows, dtype=float)
    assert 0 <= by_chance(table, table) <= 1


def test_a_table_names_the_words_in_which_they_differ_most_first() -> None:
    [found] = distances("war", None, uses("A", "xxxz") + uses("B", "yyyz"))
    [question] = QUESTIONS
    what, who, how, words = question.cells(found.row)
    assert (what, who) == ("war", "A / B")
    assert how.startswith("0.8")
    assert words == "x 18 / 0, y 0 / 18, z 6 / 6; of 24 / 24"

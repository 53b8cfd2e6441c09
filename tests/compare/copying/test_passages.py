"""Where two texts have the same words, with what an editor changed in between."""

from __future__ import annotations

import pytest

from parley.compare.copying.passages import Run, chains, equal_words, runs
from parley.compare.copying.shingles import Worded, worded

FIFTY = " ".join(f"w{n}" for n in range(50))


def text(words: str) -> Worded:
    return worded(words, [(0, len(words))])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(FIFTY, FIFTY, [[Run(0, 50, 0, 50)]], id="the same"),
        pytest.param(FIFTY, "x y " + FIFTY, [[Run(0, 50, 2, 52)]], id="further on"),
        pytest.param(FIFTY, FIFTY.replace("w20", "z"), [[Run(0, 20, 0, 20), Run(21, 50, 21, 50)]], id="a word changed"),
        pytest.param(
            FIFTY, FIFTY.replace(" w20", ""), [[Run(0, 20, 0, 20), Run(21, 50, 20, 49)]], id="a word left out"
        ),
        pytest.param(
            FIFTY,
            FIFTY.replace("w20", "z " * 30),
            [[Run(0, 20, 0, 20)], [Run(21, 50, 50, 79)]],
            id="a paragraph put in",
        ),
        pytest.param("a b c d", "a b c d", [], id="too short"),
        pytest.param("", FIFTY, [], id="nothing"),
    ],
)
def test_passages_are_aligned(left: str, right: str, expected: list[list[Run]]) -> None:
    assert chains(runs(text(left), text(right))) == expected


def test_equal_words_between_two_edits_count_as_equal() -> None:
    left, right = text(FIFTY), text(FIFTY.replace("w20", "z").replace("w23", "z"))
    [chain] = chains(runs(left, right))
    mine, theirs = equal_words(chain, left, right)
    assert [n for n in range(50) if not mine[n]] == [20, 23] == [n for n in range(50) if not theirs[n]]

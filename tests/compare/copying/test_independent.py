"""Copies do not count twice: what is carried by how many outlets, and by how many of them by themselves."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parley.compare.base import Head, Pile
from parley.compare.copying.independent import Carried, Pair, Place

WHOLE = [[[0, 100], [0, 100]]]


def pile(outlets: dict[str, str | None], *pairs: tuple[str, str, Sequence[Sequence[Sequence[int]]]]) -> Pile:
    heads = {a: Head(a, a, a, None, outlet, None, None) for a, outlet in outlets.items()}
    by_left: dict[str, list[Pair]] = {}
    for left, right, passages in pairs:
        by_left.setdefault(left, []).append(Pair(left, right, passages))
    return Pile(heads, by_left)


@pytest.mark.parametrize(
    ("outlets", "pairs", "where", "carried"),
    [
        pytest.param({"a": "A"}, [], [], (0, 0), id="nowhere"),
        pytest.param({"a": "A", "b": "B"}, [], ["a", "b"], (2, 2), id="two reports"),
        pytest.param({"a": "A", "b": "B"}, [("a", "b", WHOLE)], ["a", "b"], (2, 1), id="a copy"),
        pytest.param({"a": "A", "b": "A"}, [], ["a", "b"], (1, 1), id="one outlet twice"),
        pytest.param(
            {"a": "A", "b": "B", "c": "C"},
            [("a", "b", WHOLE), ("b", "c", WHOLE)],
            ["a", "b", "c"],
            (3, 1),
            id="a chain",
        ),
        pytest.param(
            {"w": "W", "a": "A", "b": "A"}, [("w", "a", WHOLE)], ["w", "a", "b"], (2, 2), id="copy and own report"
        ),
        pytest.param(
            {"a1": "A", "a2": "A", "a3": "A", "b": "B", "c": "C"},
            [("a3", "b", WHOLE), ("b", "c", WHOLE), ("a3", "c", WHOLE)],
            ["a1", "a2", "a3", "b", "c"],
            (3, 2),
            id="an outlet with two reports is one witness",
        ),
        pytest.param({"a": None, "b": None}, [], ["a", "b"], (1, 1), id="outlets unknown may be one"),
        pytest.param(
            {"a": "A", "b": "B"},
            [("a", "b", WHOLE)],
            [("a", 10, 20), ("b", 10, 20)],
            (2, 1),
            id="in the passage copied",
        ),
        pytest.param(
            {"a": "A", "b": "B"}, [("a", "b", WHOLE)], [("a", 10, 20), ("b", 190, 220)], (2, 2), id="outside of it"
        ),
    ],
)
def test_independent_tellings_are_counted(
    outlets: dict[str, str | None],
    pairs: list[tuple[str, str, Sequence[Sequence[Sequence[int]]]]],
    where: list[Place],
    carried: tuple[int, int],
) -> None:
    assert pile(outlets, *pairs).independent(where) == Carried(*carried)
    assert pile(outlets, *pairs).independent(reversed(where)) == Carried(*carried)

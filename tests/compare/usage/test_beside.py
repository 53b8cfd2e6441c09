"""Sides stand next to each other."""

from __future__ import annotations

from typing import Any

from parley.compare.base import Row
from parley.compare.usage.beside import OTHERS, beside, others_told, rate_told


def row(side: str, n: int, of: int, **about: Any) -> Row:
    return {"outlet": "Herald", "side": side, "kind": "x", "n": n, "of": of, "interval": None, **about}


def test_each_side_stands_beside_the_others_of_its_outlet() -> None:
    rows = [row("A", 1, 9), row("B", 0, 8), row("C", 2, 7, outlet="Ledger")]
    told = beside(rows, "kind")
    assert [r["side"] for r in told] == ["A", "C"]
    assert told[0]["others"] == [["B", 0, 8]]
    assert told[1]["others"] == []
    assert [others_told(r) for r in told] == ["other sides: B 0 of 8", "other sides: none"]


def test_only_the_others_of_which_most_is_told_are_named() -> None:
    rows = [row(f"S{n}", 1, n) for n in range(1, 20)]
    for told in beside(rows, "kind"):
        assert len(told["others"]) == OTHERS
        assert told["side"] not in [o[0] for o in told["others"]]
        assert told["others"][0][2] in (18, 19)


def test_a_rate_is_told_with_its_interval() -> None:
    assert rate_told(row("A", 8, 16, interval=[0.28, 0.72], share=0.5)) == "8 of 16: 50% (28% to 72%)"

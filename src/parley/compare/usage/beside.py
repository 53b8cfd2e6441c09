"""Shares of several sides next to each other: each with how the same outlet treats the others, and in words for a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from parley.compare.base import Row
from parley.store.words import fold

OTHERS = 5
"""Other sides that stand beside one, those of which most is told."""


def beside(rows: Iterable[Row], kind: str) -> list[Row]:
    """The rows that say something, each with `others`: side, n, of, by the same outlet in the same `kind`."""
    known = list(rows)
    groups: dict[tuple[str | None, str], list[Row]] = defaultdict(list)
    for row in known:
        groups[row["outlet"], row[kind]].append(row)
    most = {key: sorted(group, key=lambda r: (-r["of"], r["side"]))[: OTHERS + 1] for key, group in groups.items()}
    told = [row for row in known if row["n"] or row["interval"]]
    for row in told:
        others = [r for r in most[row["outlet"], row[kind]] if r["side"] != row["side"]]
        row["others"] = [[r["side"], r["n"], r["of"]] for r in others[:OTHERS]]
    return told


def bears(name: str | None, words: str | None) -> bool:
    """True where a name holds the words asked for, whatever the case, or none are asked for; as filters of rows do.

    >>> bears("Adrim Herald", "herald"), bears(None, "herald"), bears(None, None)
    (True, False, True)
    """
    return words is None or fold(words) in fold(name or "")


def rate_told(row: Row) -> str:
    """A share in words.

    >>> rate_told({"n": 1, "of": 4, "interval": None})
    '1 of 4 (too few for a rate)'
    """
    told = f"{row['n']} of {row['of']}"
    if row["interval"] is None:
        return f"{told} (too few for a rate)"
    low, high = row["interval"]
    return f"{told}: {row['share']:.0%} ({low:.0%} to {high:.0%})"


def others_told(row: Row) -> str:
    """How the other sides fare, in words."""
    return "other sides: " + ("; ".join(f"{side} {n} of {of}" for side, n, of in row["others"]) or "none")

"""Whole articles of stories that no codebook knows, with the positions a reader found before any code read them.

Measured, not matched row by row: a row is found where party and issue agree and the words overlap; the floor is what was
measured when it was set, less a little for what moves elsewhere.
"""

from __future__ import annotations

from functools import cache

from cases import GOLDEN

import parley
from parley.data import Position

FLOOR = 0.66
PRECISE = 0.7


@cache
def articles() -> tuple[tuple[str, str, tuple[tuple[str, str, str, str], ...]], ...]:
    """(name, text, rows as party, issue, stance, words)."""
    out = []
    for path in sorted((GOLDEN / "positions_told").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if not line.startswith("=> ")).strip()
        rows = []
        for line in lines:
            if line.startswith("=> "):
                told, _, words = line[3:].partition(" [")
                party, issue, stance = told.rsplit(" ", 2)
                rows.append((party, issue, stance, words.rstrip("]")))
        out.append((path.stem, text, tuple(rows)))
    return tuple(out)


def hits(text: str, rows: tuple[tuple[str, str, str, str], ...], found: list[Position]) -> int:
    left, right = list(found), 0
    for party, issue, _, words in rows:
        start = text.index(words)
        match = next(
            (
                p
                for p in left
                if p.issue == issue
                and (p.party in party or party in p.party)
                and p.span.start < start + len(words)
                and start < p.span.end
            ),
            None,
        )
        if match is not None:
            left.remove(match)
            right += 1
    return right


def test_positions_of_stories_that_nobody_knows_are_found() -> None:
    asked = told = right = 0
    for _, text, rows in articles():
        found = list(parley.analyse(text, profile="rules").positions)
        asked, told, right = asked + len(rows), told + len(found), right + hits(text, rows, found)
    assert 2 * right / (asked + told) >= FLOOR
    assert right / told >= PRECISE


def test_every_row_stands_in_its_article() -> None:
    for name, text, rows in articles():
        assert rows, name
        assert all(words in text for *_, words in rows), name

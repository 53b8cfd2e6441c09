"""Positions from the clauses that a model marks: whose they are, on whose word, and what they hang on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cases import Case, clauses_of, golden, read_until

from parley.annotate.lines import lines
from parley.annotate.positions_model import ALONE, OPEN, by_model
from parley.data import Clause, Position, Reading

CASES = [c for c in golden("clauses") if c.name.startswith("positions")]


def told(row: Position) -> str:
    by = f" by={row.said_by}" if row.said_by else ""
    price = f" if=[{row.condition}]" if row.condition else ""
    return f"{row.party}: {row.issue} {row.stance} [{row.span.text}]{by}{price}"


def rows(case: Case) -> tuple[Reading, list[Position]]:
    text, _, marks = case.text.partition("\n~ ")
    reading = read_until("allegiance", text)
    reading = replace(reading, clauses=clauses_of(reading, marks))
    return reading, by_model(reading, lines(reading), [])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_golden(case: Case) -> None:
    assert [told(p) for p in rows(case)[1]] == [e for e in case.expected if e]


def clause(reading: Reading, words: str, share: float) -> Clause:
    start = reading.text.index(words)
    return Clause("position", reading.span(start, start + len(words)), share, (("rejects", 1.0),), (("deal", 1.0),))


def test_what_the_rules_find_stands_only_where_the_model_leaves_it_open() -> None:
    reading = read_until("allegiance", "Varnia rejected the deal on Friday. The Ostrel Front accepted the deal.")
    ruled = [
        Position("a", clause(reading, words, 1.0).span, party, "deal", "rejects")
        for words, party in (("rejected the deal", "Varnia"), ("accepted the deal", "Ostrel Front"))
    ]
    reading = replace(reading, clauses=(clause(reading, "rejected the deal", OPEN),))
    assert [r.party for r in by_model(reading, lines(reading), ruled)] == ["Varnia"]


def test_an_unsure_clause_alone_is_no_row() -> None:
    reading = read_until("allegiance", "Varnia, its minister said, would sit this one out.")
    reading = replace(reading, clauses=(clause(reading, "would sit this one out", ALONE / 2),))
    assert by_model(reading, lines(reading), []) == []

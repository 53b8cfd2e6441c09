"""Events from the clauses that a model marks: doers, day, place and status."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cases import Case, clauses_of, golden, read_until

from parley.annotate.clauses_model import TYPES
from parley.annotate.events_model import by_model, plover_of
from parley.annotate.lines import lines
from parley.data import Event

CASES = [c for c in golden("clauses") if c.name.startswith("events")]


def told(row: Event) -> str:
    by = f" by={', '.join(row.actors)}" if row.actors else ""
    return f"{row.type} {row.status} [{row.span.text}]{by}{f' on={row.date}' if row.date else ''}"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_golden(case: Case) -> None:
    text, _, marks = case.text.partition("\n~ ")
    reading = read_until("allegiance", text)
    found = by_model(lines(reading), clauses_of(reading, marks), [])
    assert [told(t.row) for t in found] == list(case.expected)


@pytest.mark.parametrize("type", TYPES)
def test_every_type_has_a_code(type: str) -> None:
    assert plover_of(type).type.isupper()


def test_what_the_rules_tell_without_the_model_falls() -> None:
    reading = read_until("allegiance", "Varnia accepted the truce on Friday.")
    [clause] = clauses_of(reading, "event accept_proposal actual [Varnia accepted the truce] of [Varnia]")
    [told_once] = by_model(lines(reading), [clause], [])
    assert by_model(lines(reading), [replace(clause, chance=0.0)], [told_once]) == []
    assert by_model(lines(reading), [clause], [told_once]) == [told_once]

"""Everything that is compared, and everything that can be asked: a module in `compare/`, and a line here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from parley.compare.speech.together import as_judged
from parley.errors import UsageError

if TYPE_CHECKING:
    from parley.compare.base import Comparison, Question, Row
    from parley.store.ledger import Ledger

MODULES: tuple[str, ...] = (
    "parley.compare.copying.copies",
    "parley.compare.speech.utterances",
    "parley.compare.figures.series",
    "parley.compare.positions.shifts",
    "parley.compare.positions.matrix",
    "parley.compare.usage.wording",
    "parley.compare.usage.naming",
    "parley.compare.usage.doubt",
    "parley.compare.usage.heard",
    "parley.compare.usage.passives",
    "parley.compare.usage.missing",
    "parley.compare.events.timeline",
    "parley.compare.disputes.contradictions",
    "parley.compare.disputes.whereabouts",
    "parley.compare.disputes.disagreements",
)
"""Modules with `COMPARISONS`, `QUESTIONS` or both."""


@cache
def comparisons() -> Mapping[str, Comparison]:
    """What is compared, by name."""
    return {c.name: c for module in MODULES for c in getattr(import_module(module), "COMPARISONS", ())}


@cache
def questions() -> Mapping[str, Question]:
    """What can be asked, by name."""
    return {q.name: q for module in MODULES for q in getattr(import_module(module), "QUESTIONS", ())}


def signature() -> str:
    """The rules by which articles are compared, in one text: with other rules everything is compared anew."""
    rules = sorted((c.name, c.version) for c in comparisons().values())
    return hashlib.sha256(repr(rules).encode()).hexdigest()


def ask(ledger: Ledger, name: str, asked: Mapping[str, Any]) -> list[Row]:
    """The answer to a question; raises UsageError where it cannot be asked so."""
    if name not in questions():
        raise UsageError(f"{name!r} cannot be asked; there are {', '.join(questions())}")
    question = questions()[name]
    given = {k: v for k, v in asked.items() if v is not None}
    strange = [k for k in given if k not in question.asks]
    if strange:
        takes = ", ".join(question.asks) or "no options"
        raise UsageError(f"{name} cannot be chosen by {', '.join(strange)}; it takes {takes}")
    found = question.read(ledger, **given)
    return as_judged(ledger, found) if question.row == "utterance" else found

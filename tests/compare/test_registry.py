"""What is compared can be asked: of the ledger, by the command, in exports."""

from __future__ import annotations

import inspect

import pytest

from parley.cli import showing
from parley.compare.registry import ask, comparisons, questions, signature
from parley.errors import UsageError
from parley.store.across import Across
from parley.store.frames import COLUMNS
from parley.store.ledger import Ledger


def test_every_question_is_asked_by_a_method_and_by_the_command() -> None:
    methods = {n.replace("wording_shares", "wording") for n, _ in inspect.getmembers(Across) if not n.startswith("_")}
    assert set(questions()) <= methods
    assert set(questions()) <= {*showing.ACROSS, "matrix", "wording"}
    options = inspect.signature(showing.show).parameters
    assert {a for q in questions().values() for a in q.asks} <= set(options)


def test_every_row_that_is_exported_has_its_columns() -> None:
    assert {q.row for q in questions().values()} <= set(COLUMNS)


def test_rules_have_names_of_their_own_and_a_version() -> None:
    assert all(name == c.name and c.version for name, c in comparisons().items())
    assert signature() == signature()


def test_a_question_that_cannot_be_asked_so_says_what_can(tmp_path: object) -> None:
    with Ledger.open(f"{tmp_path}/l.db", create=True) as ledger:
        assert ledger.copies() == []
        with pytest.raises(UsageError, match="cannot be chosen by claimant"):
            ledger.copies(claimant="x")
        with pytest.raises(UsageError, match="there are copies"):
            ask(ledger, "rumours", {})

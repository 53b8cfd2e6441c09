"""Answers are kept until the ledger changes."""

from __future__ import annotations

from parley.data import Run
from parley.store.ledger import Ledger
from parley.web.answers import KEPT, Answers


def test_an_answer_is_made_once_until_a_build_has_run(small_ledger: Ledger) -> None:
    answers = Answers(small_ledger)
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [answers.kept("x", make), answers.kept("x", make)] == [1, 1]
    small_ledger.save_run(Run(id="ru_2", parley="0", models=(), codebooks=(), settings="", started="2031"))
    assert answers.kept("x", make) == 2


def test_no_more_than_some_answers_are_held(small_ledger: Ledger) -> None:
    answers = Answers(small_ledger)
    for n in range(KEPT + 5):
        answers.kept(n, lambda: 0)
    assert len(answers._held) == KEPT

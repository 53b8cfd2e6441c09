"""Answers are kept until the ledger changes."""

from __future__ import annotations

import pytest
from web_visitors import visitor

from parley.data import Run
from parley.store.ledger import Ledger
from parley.web import answers as answering
from parley.web.answers import KEPT, Answers, Shelf


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
    assert len(answers._held.held) == KEPT


def test_searches_are_kept_until_there_is_no_room_for_the_places_they_found() -> None:
    shelf = Shelf(10, len)
    for key, value in (("a", "xxxx"), ("b", "xxxx"), ("b", "xx"), ("c", "xxxxx")):
        shelf.put(key, value)
    assert list(shelf.held) == ["b", "c"]
    shelf.put("huge", "x" * 50)
    assert list(shelf.held) == ["huge"]


def test_a_page_is_told_where_it_shows_a_part_of_the_results(
    web_ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Answers(web_ledger).part("series") is None
    assert visitor(web_ledger).get("/figures").text.count("there are more") == 0
    monkeypatch.setattr(answering, "MOST", 2)
    monkeypatch.setattr(answering, "LOOKED_AT", {"series": 3})
    assert Answers(web_ledger).part("series") == "the 3 weightiest results"
    assert Answers(web_ledger).part("timeline") == "the 2 newest results"
    for page in ("/figures", "/timeline", "/wording", "/positions", "/across?what=utterances"):
        assert "there are more" in visitor(web_ledger).get(page).text, page

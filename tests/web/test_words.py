"""What the pages say in words holds for every row of the sample."""

from __future__ import annotations

from parley.store.ledger import Ledger
from parley.web import words
from parley.web.pages.lines import lines, lines_of


def test_every_row_has_somebody_who_says_so_and_a_sentence_with_its_words(web_ledger: Ledger) -> None:
    for rows in (
        web_ledger.statements,
        web_ledger.figures,
        web_ledger.positions,
        web_ledger.events,
        web_ledger.wording,
    ):
        for line in lines(web_ledger, rows(limit=40)):
            assert line.who
            assert line.what
            marked = "".join(text for text, mark in line.sentence if mark)
            text = web_ledger.text(line.row["article"])
            assert marked == "".join(text[s:e] for s, e in sorted(words.spans_of(line.row)))


def test_tellings_of_one_utterance_are_one_line_with_every_rendering(web_ledger: Ledger) -> None:
    utterance = max(web_ledger.found("utterance"), key=lambda u: len(u["statements"]))
    rows = list(web_ledger.by_ids(utterance["statements"]).values())
    (line,) = lines(web_ledger, rows, fold=True)
    assert {r.row["id"] for r in line.renderings} == set(utterance["statements"])
    assert line.renderings[0].first


def test_rows_that_are_gone_are_left_out(web_ledger: Ledger) -> None:
    assert lines_of(web_ledger, ["st_0000"]) == []


def test_what_differs_is_told_by_words() -> None:
    pieces = words.differing("no family will wait another winter", "no family will wait another year")
    assert [text for text, differs in pieces if differs] == ["year"]
    assert words.left_out("a b", "a b c") == ""

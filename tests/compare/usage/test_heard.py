"""Whom an outlet lets speak, how much and how early."""

from __future__ import annotations

from tellings import compared, tell

from parley.compare.base import Row, Told
from parley.compare.copying.independent import Pair
from parley.compare.usage.heard import COMPARISONS, QUESTIONS

[HEARD] = COMPARISONS
SIDES = {"Aldan Reve": "Calvera", "Talia Wren": "Veyra"}


def article(n: int, outlet: str = "Herald") -> Told:
    text = (
        f"“The road was closed for {n} long days and nights,” Talia Wren said. Rain fell on the hills and the valley.\n"
        "Aldan Reve said that the dam was safe."
    )
    return tell(text, outlet=outlet, name=f"{outlet}{n}.txt", sides=SIDES)


def rows(tolds: list[Told], pairs: list[Pair] | None = None) -> dict[tuple[str, str], Row]:
    return {(f.row["outlet"], f.row["side"]): f.row for f in compared(HEARD, tolds, pairs or ())}


def test_a_sides_share_is_of_the_words_that_the_outlet_quotes() -> None:
    found = rows([article(n) for n in range(1, 8)])
    veyra, calvera = found["Herald", "Veyra"], found["Herald", "Calvera"]
    assert (veyra["n"], veyra["of"], veyra["articles"]) == (7, 14, 7)
    assert veyra["words"] + calvera["words"] == veyra["of_words"]
    assert veyra["share"] > 0.5 > calvera["share"]
    assert veyra["direct"] == 1.0
    assert calvera["direct"] == 0.0
    assert veyra["speakers"] == {"Talia Wren": veyra["words"]}


def test_who_comes_first_and_how_far_down_is_told() -> None:
    found = rows([article(n) for n in range(1, 8)])
    veyra, calvera = found["Herald", "Veyra"], found["Herald", "Calvera"]
    assert (veyra["first"], calvera["first"]) == (7, 0)
    assert veyra["first_at"] == 0.0
    assert calvera["first_at"] > 0.5


def test_a_reprint_is_the_choice_of_the_outlet_that_prints_it_but_counts_there_once() -> None:
    one, two, other = article(1), article(2), article(1, "Ledger")
    whole = [0, len(one.text)]
    pairs = [Pair(one.id, two.id, [[whole, whole]]), Pair(one.id, other.id, [[whole, whole]])]
    found = rows([one, two, other], pairs)
    assert found["Herald", "Veyra"]["n"] == 1
    assert found["Ledger", "Veyra"]["n"] == 1


def test_of_few_statements_there_is_no_rate_and_the_statements_are_named() -> None:
    row = rows([article(1)])["Herald", "Veyra"]
    assert row["interval"] is row["share"] is row["by_article"] is None
    [question] = QUESTIONS
    assert list(question.cites(row)) == row["rows"]
    cells = question.cells(row)
    assert cells[0] == "Herald\nVeyra"
    assert "too few for a rate" in cells[1]
    assert cells[2] == "first in 1 of 1 articles; begins 0% down (median)"

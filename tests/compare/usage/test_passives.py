"""How outlets tell that people were killed or hurt, by the victims' side."""

from __future__ import annotations

from tellings import compared, tell

from parley.compare.base import Row, Told
from parley.compare.usage.passives import COMPARISONS, QUESTIONS

[PASSIVES] = COMPARISONS
SIDES = {"Norway": "Norway", "Albania": "Albania"}


def article(n: int, one: str = "Norwegians", two: str = "Albanians", doer: str = "Norwegian") -> Told:
    text = f"At least {n + 20} {one} were killed on Sunday. {doer} guns killed {n + 40} {two} in the market."
    return tell(text, name=f"{n}.txt", sides=SIDES)


def counted(tolds: list[Told]) -> dict[tuple[str, str], Row]:
    return {(f.row["side"], f.row["form"]): f.row for f in compared(PASSIVES, tolds)}


def test_each_sides_victims_are_told_with_or_without_a_doer() -> None:
    found = counted([article(n) for n in range(12)])
    passive, named = found["Norway", "passive"], found["Albania", "named"]
    assert (passive["n"], passive["of"], passive["share"]) == (12, 12, 1.0)
    assert (named["n"], named["of"]) == (12, 12)
    assert found["Albania", "passive"]["n"] == 0
    assert all(i.startswith("fi_") for i in passive["rows"])


def test_swapping_the_sides_mirrors_the_shares() -> None:
    mirrored = counted([article(n, "Albanians", "Norwegians", "Albanian") for n in range(12)])
    plain = counted([article(n) for n in range(12)])
    swap = {"Norway": "Albania", "Albania": "Norway"}
    assert {(swap[s], f): r["n"] for (s, f), r in mirrored.items()} == {k: r["n"] for k, r in plain.items()}


def test_of_few_there_is_no_rate_and_the_table_shows_the_other_side() -> None:
    row = counted([article(1)])["Norway", "passive"]
    assert row["interval"] is row["share"] is None
    [question] = QUESTIONS
    cells = question.cells({**row, "others": [["Albania", 0, 1]]})
    assert cells == (
        "victims of Norway",
        "Herald\nnobody did it (“were killed”)",
        "1 of 1 (too few for a rate)\nother sides: Albania 0 of 1",
        "2031-03-05: “At least 21 Norwegians were killed on Sunday.”",
    )


def test_what_is_quoted_is_not_the_outlets_form() -> None:
    told = tell("“At least 20 Norwegians were killed on Sunday,” Udo Marn said.", sides=SIDES)
    assert counted([told]) == {}

"""Verbs that doubt what is said, or take it for true, by the side that speaks."""

from __future__ import annotations

import pytest
from tellings import compared, tell

from parley.annotate.language.phrases import Phrases
from parley.clean.tokens import tokens
from parley.codebooks import lexicon
from parley.compare.base import Told
from parley.compare.usage.doubt import COMPARISONS, KINDS, QUESTIONS, verb_of

[DOUBT] = COMPARISONS
SIDES = {"Aldan Reve": "Calvera", "Talia Wren": "Veyra"}


def article(n: int, outlet: str = "Herald", verbs: tuple[str, str] = ("claimed", "said")) -> Told:
    one, two = verbs
    text = (
        f"Talia Wren {one} that the road was closed for {n} days. Aldan Reve {two} that the dam was safe at level {n}."
    )
    return tell(text, outlet=outlet, name=f"{outlet}{n}.txt", sides=SIDES)


@pytest.mark.parametrize("verb", lexicon("doubt")["verb"], ids=lambda v: str(v["term"]))
def test_each_verb_is_found_in_its_example(verb: dict[str, object]) -> None:
    example, patterns = str(verb["example"]), verb["patterns"]
    assert isinstance(patterns, list)
    assert verb["kind"] in KINDS
    assert Phrases((p, None) for p in patterns).find([t.lower for t in tokens(example, 0, len(example))])


@pytest.mark.parametrize(
    ("cue", "verb"),
    [("said", None), ("has claimed", ("claimed", "doubting")), ("pointed out", ("pointed out", "granting"))],
)
def test_a_cue_has_a_listed_verb_or_none(cue: str, verb: tuple[str, str] | None) -> None:
    assert verb_of(cue) == verb


def test_each_sides_words_are_counted_by_outlet_and_kind() -> None:
    found = compared(DOUBT, [article(n) for n in range(12)])
    rows = {(f.row["side"], f.row["verbs"]): f.row for f in found}
    veyra, calvera = rows["Veyra", "doubting"], rows["Calvera", "doubting"]
    assert (veyra["n"], veyra["of"], veyra["articles"], veyra["terms"]) == (12, 12, 12, {"claimed": 12})
    assert veyra["interval"] == [0.7575, 1.0]
    assert len(veyra["rows"]) == 12
    assert (calvera["n"], calvera["of"], calvera["rows"]) == (0, 12, [])


def test_swapping_the_speakers_mirrors_the_shares() -> None:
    swapped = compared(DOUBT, [article(n, verbs=("said", "claimed")) for n in range(12)])
    rows = {(f.row["side"], f.row["verbs"]): f.row["n"] for f in swapped}
    assert rows["Calvera", "doubting"] == 12
    assert rows["Veyra", "doubting"] == 0


def test_of_few_statements_there_is_no_rate() -> None:
    [row] = [f.row for f in compared(DOUBT, [article(1)]) if f.row["n"]]
    assert row["interval"] is row["share"] is row["by_article"] is None


def test_a_row_in_the_table_stands_beside_the_other_sides() -> None:
    [question] = QUESTIONS
    [row] = [f.row for f in compared(DOUBT, [article(1)]) if f.row["n"]]
    cells = question.cells({**row, "others": [["Calvera", 0, 1]]})
    assert cells == (
        "words of Veyra",
        "Herald, doubting verbs\n1 of 1 (too few for a rate)",
        "other sides: Calvera 0 of 1",
        "claimed 1",
    )

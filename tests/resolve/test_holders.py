"""Whom an office means on a day."""

from __future__ import annotations

from typing import Any

import pytest

from parley.codebooks import ActorEntry, Codebook, lexicon
from parley.resolve.holders import Owners, Term, holder, office

OWNERS = Owners(Codebook((), "", actors=(ActorEntry("Ondra", "government", "Ondra", demonyms=("Ondran",)),)))


@pytest.mark.parametrize(
    ("words", "side", "expected"),
    [
        ("Ondran foreign minister", None, ("Ondra", "foreign minister")),
        ("Ondra's top diplomat", None, ("Ondra", "foreign minister")),
        ("the premier of Ondra", None, ("Ondra", "premier")),
        ("Prime Minister", "Ondra", ("Ondra", "premier")),
        ("its chief negotiator", "Veyra", ("Veyra", "chief negotiator")),
        ("former Ondran president", None, None),
        ("deputy prime minister", "Ondra", None),
        ("vice president", "Ondra", None),
        ("presidential aide", "Ondra", None),
        ("president of the dockers' club", "Ondra", None),
        ("minister", "Ondra", None),
        ("President", None, None),
    ],
)
def test_which_office_words_name(words: str, side: str | None, expected: tuple[str, str] | None) -> None:
    assert office(words, side, OWNERS) == expected


TERMS = [Term("a", "2031-01-02", "2031-02-01"), Term("b", "2031-06-01", "2031-06-09")]


@pytest.mark.parametrize(
    ("day", "who"),
    [
        ("2031-01-15", "a"),
        ("2030-12-25", "a"),
        ("2031-04-01", None),
        ("2031-06-05", "b"),
        ("2032-05-01", "b"),
        ("2034-01-01", None),
        ("2031-06", None),
        (None, None),
    ],
)
def test_who_holds_an_office_on_a_day(day: str | None, who: str | None) -> None:
    assert holder(TERMS, day)[0] == who


def test_the_only_holder_is_meant_in_articles_without_a_day() -> None:
    assert holder(TERMS[:1], None)[0] == "a"
    assert holder([], "2031-01-01")[0] is None


@pytest.mark.parametrize("row", lexicon("organs")["office"], ids=lambda r: str(r["class"]))
def test_all_words_of_an_office_are_one_office(row: dict[str, Any]) -> None:
    assert {office(word, "Ondra", OWNERS) for word in row["words"]} == {("Ondra", row["class"])}

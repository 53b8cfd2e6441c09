"""Organs of governments and movements, by whatever an article calls them."""

from __future__ import annotations

from typing import Any

import pytest

from parley.codebooks import ActorEntry, Codebook, lexicon
from parley.resolve.holders import Owners
from parley.resolve.organs import body, folded, is_letters, organ_of

BOOK = Codebook(
    (),
    "",
    actors=(
        ActorEntry("Ondra", "government", "Ondra", demonyms=("Ondran",), capital="Varn"),
        ActorEntry("Kell", "government", "Kell", demonyms=("Kellish",), capital="Varn"),
        ActorEntry("Veyra", "organisation", "Veyra"),
    ),
)
OWNERS = Owners(BOOK)


@pytest.mark.parametrize(
    ("name", "side", "expected"),
    [
        ("Ondra's interior ministry", None, ("Ondra", "interior ministry")),
        ("the Ondran Ministry of the Interior", None, ("Ondra", "interior ministry")),
        ("Ministry of the Interior of Ondra", None, ("Ondra", "interior ministry")),
        ("interior ministry", "Ondra", ("Ondra", "interior ministry")),
        ("interior ministry", None, (None, "interior ministry")),
        ("the defense ministry in Varn", "Kell", ("Kell", "defence ministry")),
        ("the defense ministry in Varn", None, (None, "defence ministry")),
        ("the armed wing of Veyra", None, ("Veyra", "armed wing")),
        ("Veyra's military wing", None, ("Veyra", "armed wing")),
        ("Tessel's armed wing", "Tessel", ("Tessel", "armed wing")),
        ("dockers' union", None, (None, None)),
    ],
)
def test_whose_organ_a_name_means(name: str, side: str | None, expected: tuple[str | None, str | None]) -> None:
    found = body(name, side, OWNERS)
    assert (found.owner, found.organ) == expected


@pytest.mark.parametrize(
    ("name", "side", "itself"),
    [
        ("the Ondran government", None, True),
        ("the Veyra movement", None, True),
        ("the Veyra resistance movement", None, True),
        ("Ondra liberation movement", None, False),
        ("the Tessel movement", "Tessel", True),
        ("Veyra Valley Growers", None, False),
    ],
)
def test_a_body_under_the_noun_for_what_it_is(name: str, side: str | None, itself: bool) -> None:
    assert body(name, side, OWNERS).itself is itself


def test_letters_are_those_of_the_words() -> None:
    assert body("Northern Metal Workers' Union", None, OWNERS).letters == "NMWU"
    assert [is_letters(x) for x in ("NMWU", "N.M.W.U.", "Adrim", "UN")] == [True, True, False, False]


@pytest.mark.parametrize("row", lexicon("organs")["organ"], ids=lambda r: str(r["class"]))
def test_all_words_of_an_organ_are_one_organ(row: dict[str, Any]) -> None:
    assert {organ_of(word) for word in row["words"]} == {row["class"]}
    assert any(f" {folded(word)}" in f" {folded(str(row['example']))}" for word in row["words"])

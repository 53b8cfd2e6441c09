"""Whose side words name, as the article itself tells."""

from __future__ import annotations

import pytest
from tellings import tell

from parley.compare.base import Told
from parley.compare.usage.sided import Sides


def told(**about: object) -> Told:
    article = tell("Words.", sides={"Calvera": "Calvera", "Oran Melk": "Veyra", "the Brigades": "Veyra"})
    return Told(article.article, str(about.pop("text", "Words.")), names=article.names, **about)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("Calveran", "Calvera"),
        ("Calverans", "Calvera"),
        ("Oran Melk", "Veyra"),
        ("the Brigades", "Veyra"),
        ("Norwegian", "Norway"),
        ("Oslo", "Norway"),
        ("calveran", None),
        ("Calveraway", None),
        ("us", None),
        ("March", None),
    ],
)
def test_a_side_is_named_by_names_and_words_made_from_them(words: str, side: str | None) -> None:
    assert Sides(told()).of_text(words) == side


def test_an_adjective_is_learned_from_what_the_article_says_of_a_speaker() -> None:
    said = [{"source_text": "the Meruvian ministry", "speaker": {"side": "Veyra"}}]
    assert Sides(told(statements=said)).of_text("Meruvian fighters") == "Veyra"
    senior = [{"source_text": "Senior officials", "speaker": {"side": "Veyra"}}]
    assert Sides(told(statements=senior, text="a senior official")).of_text("Senior fighters") is None


def test_a_word_that_two_sides_bear_names_neither() -> None:
    rows = [{"text": "Meruvian rebels", "referent": side} for side in ("Veyra", "Calvera")]
    assert Sides(told(wording=rows)).of_text("Meruvian rebels") is None

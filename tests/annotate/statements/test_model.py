"""What a model finds, as the step takes it: one source and one cue."""

from __future__ import annotations

import pytest

from parley.annotate.statements.attribution.spans import Attribution
from parley.annotate.statements.model import _as_it_stands


def source(text: str, pieces: tuple[str, ...], cue: str) -> str | None:
    """The source that stands for pieces found in a text."""

    def pair(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    found = _as_it_stands(text, Attribution(tuple(map(pair, pieces)), (pair(cue),), ((0, 1),), 0.5)).source
    return text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("text", "pieces", "cue", "whole"),
    [
        ("Oran Melk, of the Salt Union, said no.", ("Oran Melk", "of the Salt Union"), "said", "Oran Melk, of the Salt Union"),
        ("The fund has not enough money left, the union says.", ("The fund", "the union"), "says", "the union"),
        ("The director rejected the call. She said no.", ("The director", "She"), "said", "She"),
        ("It was then said to have been reported by the harbour office.", ("It", "the harbour office"), "reported by", "the harbour office"),
        ("Rain fell, it was said.", (), "was said", None),
    ],
)  # fmt: skip
def test_pieces_apart_are_not_one_source(text: str, pieces: tuple[str, ...], cue: str, whole: str | None) -> None:
    assert source(text, pieces, cue) == whole

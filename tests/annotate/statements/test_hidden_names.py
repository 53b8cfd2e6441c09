"""Names are hidden from the model, and every range finds its way there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.statements.hidden_names import STAND_IN, hide, name_words


def names_of(text: str) -> list[tuple[int, int]]:
    return name_words(text, [(0, len(text))])


def test_names_are_hidden_and_offices_are_not() -> None:
    text = "Prime Minister Aldan Reve's office and the Orlen Ministry spoke."
    assert hide(text, names_of(text)).text == (
        f"Prime Minister {STAND_IN} {STAND_IN}'s office and the {STAND_IN} Ministry spoke."
    )


def test_two_texts_that_differ_in_names_look_the_same() -> None:
    left, right = "Calvera said no to Veyra.", "Ostermark said no to Ny."
    assert hide(left, names_of(left)).text == hide(right, names_of(right)).text


@given(st.text(alphabet="Ab cD'’.-", max_size=60))
def test_every_range_of_the_new_text_comes_from_the_old(text: str) -> None:
    hidden = hide(text, names_of(text))
    for at in range(len(hidden.text)):
        start, end = hidden.back((at, at + 1))
        assert 0 <= start < end <= len(text)
        assert hidden.text[at] == text[start:end] or hidden.text[at] in STAND_IN


@given(st.text(alphabet="Ab cD'’.-", max_size=60), st.data())
def test_a_block_that_cuts_no_name_goes_there_and_back(text: str, data: st.DataObject) -> None:
    names = names_of(text)
    hidden = hide(text, names)
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    if start == end or any(a < cut < b for a, b in names for cut in (start, end)):
        return
    assert hidden.back(hidden.into((start, end))) == (start, end)

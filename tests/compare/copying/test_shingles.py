"""Words become the same numbers everywhere, and texts that share twelve words in a row share a hash."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.compare.copying.shingles import SHINGLE, WINDOW, numbered, numbers, sketch, worded

TRUCE = 9_492_658_155_127_223_309
WORDS = st.lists(st.sampled_from([f"w{n}" for n in range(40)]), max_size=60)


def test_words_are_the_same_in_any_case_and_between_any_marks() -> None:
    one, two = "The road — “will” OPEN, he said", "the road will open; he SAID"
    assert numbers(one, [(0, len(one))]).tolist() == numbers(two, [(0, len(two))]).tolist()


def test_numbers_are_the_same_on_every_machine() -> None:
    assert numbered(["truce"]).tolist() == [TRUCE]


@given(st.text(max_size=200), st.data())
def test_words_stand_where_they_are_said_to(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    spans = [(0, cut), (cut, len(text))]
    found = worded(text, spans)
    assert (
        found.words.tolist()
        == numbered([text[a:b].lower() for a, b in zip(found.starts, found.ends, strict=True)]).tolist()
    )
    if "İ" not in text:  # its small form is two characters, one of which is no letter
        assert found.words.tolist() == numbers(text, spans).tolist()


@given(WORDS, WORDS, WORDS, WORDS)
def test_texts_that_share_words_in_a_row_share_a_hash(a: list[str], b: list[str], c: list[str], d: list[str]) -> None:
    shared = [f"s{n}" for n in range(SHINGLE + WINDOW - 1)]
    one, two = sketch(numbered(a + shared + b)), sketch(numbered(c + shared + d))
    assert set(one.tolist()) & set(two.tolist())


def test_a_text_of_a_few_words_has_no_shingle() -> None:
    assert len(sketch(numbered(["one", "two"]))) == 0
    assert worded("", []).size == 0

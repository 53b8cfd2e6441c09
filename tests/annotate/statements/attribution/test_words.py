"""The fast model: words as numbers, and what it finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.annotate.statements.attribution.texts import split_blocks
from parley.annotate.statements.attribution.words import Numbered, Vocabulary, WordTagger
from parley.clean.tokens import tokens

WORDS = Vocabulary(["said", "the", "backed", "'"])


@pytest.mark.parametrize(
    ("word", "like"), [("SAID", "said"), ("Iran-backed", "backed"), ("’", "'"), ("12", "45,514"), ("zorpling", "ping")]
)
def test_words_that_are_one_to_the_model(word: str, like: str) -> None:
    assert WORDS.number(word) == WORDS.number(like)


@given(st.text(min_size=1, max_size=12).filter(lambda word: not word.isspace()), st.booleans())
def test_every_word_has_a_number_within_the_table(word: str, name: bool) -> None:
    assert 0 <= WORDS.number(word, name=name) < WORDS.separator


def test_all_names_are_one_word() -> None:
    rows = []
    for text in ("Reve met Idrow.", "Tolm met Sarn."):
        numbered = Numbered(WORDS)
        numbered.add(text, tokens(text, 0, len(text)), names=frozenset(text.replace(".", "").split()) - {"met"})
        rows.append(numbered.arrays["ids"].tolist())
    assert rows[0] == rows[1]


@pytest.fixture(scope="module")
def model() -> WordTagger:
    return WordTagger()


def found(model: WordTagger, text: str) -> list[tuple[str, ...]]:
    paragraphs = [tokens(text, *block) for block in split_blocks(text)]
    return [
        tuple(" ... ".join(text[start:end] for start, end in spans) for spans in (one.source, one.cue, one.content))
        for one in model.attributions(text, paragraphs)
    ]


@pytest.mark.model
def test_plain_attributions_are_found(model: WordTagger) -> None:
    assert found(model, "The port will stay closed until Friday, the harbour master said.") == [
        ("the harbour master", "said", "The port will stay closed until Friday,")
    ]
    ((source, _, content),) = found(
        model, '"If the guns stop," the general said, "we will open the road the same day."'
    )
    assert source == "the general"
    assert "guns stop" in content
    assert "open the road" in content


@pytest.mark.model
@pytest.mark.parametrize("text", ["", "\n\n", "The market opened at nine. Rain fell on Tuesday."])
def test_a_text_without_speech_yields_nothing(model: WordTagger, text: str) -> None:
    assert found(model, text) == []


@pytest.mark.model
@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["“", "”", '"', " said ", "the minister", "\n\n", ".", "é\u00a0", "\x00", "他说"]), max_size=40
    )
)
def test_spans_lie_in_the_text_in_order(model: WordTagger, pieces: list[str]) -> None:
    text = "".join(pieces)
    paragraphs = [tokens(text, *block) for block in split_blocks(text)]
    for one in model.attributions(text, paragraphs):
        assert 0 <= one.confidence <= 1
        for spans in (one.source, one.cue, one.content):
            assert list(spans) == sorted(spans)
            assert all(0 <= start < end <= len(text) for start, end in spans)

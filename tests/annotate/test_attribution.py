"""The attribution model: what it finds, and what must always hold."""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.annotate import attribution as module
from parley.annotate.attribution import (
    CLOSING,
    INSIDE,
    OPENING,
    OUTSIDE,
    SINGLE,
    UNCLOSED,
    Attribution,
    AttributionModel,
    quote_states,
    split_blocks,
    windows,
    without_leading_that,
)
from parley.errors import ModelMissing


@pytest.fixture(scope="module")
def model() -> AttributionModel:
    return AttributionModel.load()


def words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " ... ".join(text[start:end] for start, end in spans)


def found(model: AttributionModel, text: str) -> list[tuple[str, str, str]]:
    return [
        (words(text, one.source), words(text, one.cue), words(text, one.content)) for one in model.attributions(text)
    ]


# ---------------------------------------------------------------- without the model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a "b" c', [OUTSIDE, OUTSIDE, OPENING, INSIDE, CLOSING, OUTSIDE, OUTSIDE]),
        ("“b", [OPENING, UNCLOSED]),
        ("b” c", [OUTSIDE, CLOSING, OUTSIDE, OUTSIDE]),
        ("''b''", [OPENING, OPENING, INSIDE, CLOSING, CLOSING]),
        ("a 'b' c", [OUTSIDE, OUTSIDE, SINGLE, SINGLE, SINGLE, OUTSIDE, OUTSIDE]),
        ("he's", [OUTSIDE] * 4),
    ],
)
def test_each_character_knows_its_quotation_marks(text: str, expected: list[int]) -> None:
    assert quote_states(text).tolist() == expected


def test_paragraphs_are_parted_by_blank_lines_or_else_by_line_ends() -> None:
    assert split_blocks("one\ntwo\n\nthree") == [(0, 7), (9, 14)]
    assert split_blocks("one\ntwo") == [(0, 3), (4, 7)]
    assert split_blocks(" \n ") == []


@given(st.lists(st.integers(1, 700), max_size=12), st.integers(10, 256))
def test_windows_cover_every_token_once_and_fit(lengths: list[int], size: int) -> None:
    edges = np.cumsum([0, *lengths]).tolist()
    packed = windows(list(itertools.pairwise(edges)), size=size)
    assert [at for start, end in packed for at in range(start, end)] == list(range(edges[-1]))
    assert all(0 < end - start <= size - 2 for start, end in packed)


def test_a_leading_that_can_be_left_out() -> None:
    text = "He said that it rained."
    one = Attribution(((0, 2),), ((3, 7),), ((8, 22),), 0.9)
    assert words(text, without_leading_that(text, one).content) == "it rained"


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"manifest\.json is missing.*Reinstall"):
        AttributionModel.load(tmp_path)


# ---------------------------------------------------------------- with the model


@pytest.mark.model
def test_a_file_that_is_not_the_manifests_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(module.MODELS / module.DEFAULT_MODEL, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["linker.onnx"]["sha256"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelMissing, match=r"linker\.onnx is not the file its manifest names"):
        AttributionModel.load(folder)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The port will stay closed until Friday, the harbour master said.",
            "the harbour master",
            "said",
            "The port will stay closed until Friday",
        ),
        (
            '"We will not sign this paper," Karim Haddad told reporters in Geneva.',
            "Karim Haddad",
            "told reporters",
            '"We will not sign this paper,"',
        ),
        (
            "According to the health ministry, nine people were wounded.",
            "the health ministry",
            "According to",
            "nine people were wounded",
        ),
        ("Hamas says mediators have not replied", "Hamas", "says", "mediators have not replied"),
    ],
)
def test_plain_attributions_are_found(model: AttributionModel, text: str, source: str, cue: str, content: str) -> None:
    ((who, how, what),) = found(model, text)
    assert (who, what.strip(' ,".')) == (source, content.strip(' ,".'))
    assert set(cue.split()) & set(how.split())


@pytest.mark.model
def test_a_quotation_interrupted_by_its_source_is_one_attribution(model: AttributionModel) -> None:
    text = '"If the guns stop," the general said, "we will open the road the same day."'
    ((source, _, content),) = found(model, text)
    assert source == "the general"
    assert "guns stop" in content
    assert "open the road" in content


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["", "\n\n", "Ceasefire takes hold in northern valley", "The market opened at nine. Rain fell on Tuesday."]
)
def test_a_text_without_speech_yields_nothing(model: AttributionModel, text: str) -> None:
    assert model.attributions(text) == []


@pytest.mark.model
def test_only_the_given_blocks_are_read(model: AttributionModel) -> None:
    text = "The mayor said the bridge is safe.\n\nThe union said the bridge is closed."
    (one,) = model.attributions(text, blocks=[(36, len(text))])
    assert words(text, one.source) == "The union"


@pytest.mark.model
def test_a_text_reads_alike_whatever_was_read_before(model: AttributionModel) -> None:
    text = "The mayor said the bridge is safe. The union denied that talks had begun."
    before = model.attributions(text)
    model.attributions("The minister told reporters that nothing was signed. " * 60)
    assert model.attributions(text) == before == AttributionModel.load().attributions(text)


@pytest.mark.model
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "“",
                "”",
                '"',
                "''",
                " said ",
                "the minister",
                "\n\n",
                " that talks are over",
                ".",
                "é\u00a0",
                "\x00",
                "\u202e",
                "他说",
                " according to ",
                "x" * 300,
            ]
        ),
        max_size=40,
    )
)
def test_spans_lie_in_the_text_in_order_and_hold_words(model: AttributionModel, pieces: list[str]) -> None:
    text = "".join(pieces)
    for one in model.attributions(text):
        assert one.content
        assert one.cue
        assert 0 <= one.confidence <= 1
        for spans in (one.source, one.cue, one.content):
            assert list(spans) == sorted(spans)
            assert all(0 <= start < end <= len(text) for start, end in spans)
            edges = [at for span in spans for at in span if 0 < at < len(text)]
            assert not any(text[at - 1].isalnum() and text[at].isalnum() for at in edges), "a span cuts a word"

"""The accurate model: what it finds, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.annotate.statements.attribution.model import AttributionModel


@pytest.fixture(scope="module")
def model() -> AttributionModel:
    return AttributionModel.load()


def words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " ... ".join(text[start:end] for start, end in spans)


def found(model: AttributionModel, text: str) -> list[tuple[str, str, str]]:
    return [
        (words(text, one.source), words(text, one.cue), words(text, one.content)) for one in model.attributions(text)
    ]


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


@pytest.mark.model
def test_a_copied_paragraph_is_read_once_and_alike(model: AttributionModel, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The quay will reopen at dawn, the harbour master of Tolm said."
    first = model.attributions(text)
    monkeypatch.setattr(model, "_run", lambda *_: pytest.fail("read twice"))
    assert model.attributions(text) == first

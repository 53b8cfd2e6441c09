"""Speakers: pronouns, descriptions, capitals and papers resolved to names, each with its basis."""

from __future__ import annotations

import pytest
from cases import Case, golden, reading_of
from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.mentions import make as make_mentions
from parley.annotate.parties.step import make as make_parties
from parley.annotate.statements.step import make as make_statements
from parley.codebooks import lexicon
from parley.data import Profile, Reading
from parley.pipeline import Settings, analyse
from parley.resolve.names import compare
from parley.resolve.speakers import make

settings = Settings(profile="rules")
steps = [make_mentions(settings), make_parties(settings), make_statements(settings), make(settings)]


def read(text: str) -> Reading:
    reading = reading_of(text)
    for step in steps:
        reading = step(reading)
    return reading


@pytest.mark.parametrize("case", golden("speakers"), ids=lambda c: c.name)
def test_golden(case: Case) -> None:
    """A line for each statement that is not nested: `source: speaker`, or `source: speaker [side]`; `-` for none."""
    lines = []
    for s, told in zip([s for s in read(case.text).statements if not s.nested], case.expected, strict=True):
        name = s.speaker.name if s.speaker else "-"
        side = f" [{s.speaker.side}]" if s.speaker and s.speaker.side and told.endswith("]") else ""
        lines.append(f"{s.source.text if s.source else '-'}: {name}{side}")
    assert lines == list(case.expected)


@pytest.mark.parametrize("table", ["office", "paper", "pair", "fighters"])
def test_each_word_for_speakers_is_triggered_by_its_example(table: str) -> None:
    """The last statement of each example is not left as printed."""
    for row in lexicon("speakers")[table]:
        speaker = read(row["example"]).statements[-1].speaker
        assert speaker is not None
        assert speaker.basis is not None
        assert speaker.basis.rule != "as_printed", row["example"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_every_speaker_has_a_basis(text: str) -> None:
    speakers = [s.speaker for s in read(text).statements if s.speaker]
    assert all(s.basis is not None and s.basis.rule and s.basis.detail for s in speakers)


@pytest.mark.parametrize("profile", ["rules", "fast"])
def test_a_possessive_without_an_owner_is_no_name(profile: Profile) -> None:
    for text in ("“We go on,” said ’s aide.", "'s aides said on Monday that the road would open."):
        assert all(s.speaker and s.speaker.basis for s in analyse(text, profile=profile).statements)


def test_every_basis_points_at_the_article() -> None:
    reading = read("A senior Hamas official said no. Ghazi Hamad told AFP that he was ready. He added: “Soon.”")
    for s in reading.statements:
        assert s.speaker is not None
        assert s.speaker.basis is not None
        span = s.speaker.basis.span
        assert span is not None
        assert reading.text[span.start : span.end] == span.text


def test_a_long_article_takes_bounded_time() -> None:
    """Ten thousand statements in one paragraph."""
    assert len(read("“No, never,” he said. " * 10_000).statements) == 10_000


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ("the Kell Union", "Kell Union", "same"),
        ("Vahl", "Dara Vahl", "surname"),
        ("D. Vahl", "Dara Vahl", "initials"),
        ("Hossam Bardan", "Hossam Badran", "spelling"),
        ("Ghazi Hamad", "Hamas", "different"),
        ("Ghazi Hamad", "Osama Hamdan", "different"),
        ("", "Dara Vahl", "different"),
    ],
)
def test_names_are_compared_by_the_surest_rule(left: str, right: str, rule: str) -> None:
    assert compare(left, right).rule == rule
    assert compare(right, left).rule == rule

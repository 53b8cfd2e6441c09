"""Headlines that name their speaker without a verb."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cases import reading_of
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley.annotate.statements.headlines import headline_statements

BODY = "\n\nDara Vahl, who leads the delegation, said on Monday that both teams had met for an hour before noon.\n"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (
            "Kell rebels head to Orlo for talks: army spokesman",
            ("army spokesman", "Kell rebels head to Orlo for talks"),
        ),
        ("Kell rebels head to Orlo for talks:army spokesman", ("army spokesman", "Kell rebels head to Orlo for talks")),
        ("Rail strike to go on until pay rises - union", ("union", "Rail strike to go on until pay rises")),
        ("Both teams will meet again on Friday: Vahl", ("Vahl", "Both teams will meet again on Friday")),
        ("Vahl to Harbour News: rebels accept the truce", ("Vahl", "rebels accept the truce")),
    ],
)
def test_the_speaker_stands_without_a_verb(title: str, told: tuple[str, str]) -> None:
    said = parley.analyse(title + BODY, profile="rules").statements[0]
    assert said.source is not None
    assert (said.source.text, said.content[0].text) == told


@pytest.mark.parametrize(
    "title",
    [
        "Back to work: dockers end strike after nine days",
        "Road to peace: how the two sides met",
        "Both teams will meet again on Friday - Herald",
        "Peace at last: a timeline",
    ],
)
def test_a_colon_alone_is_no_speaker(title: str) -> None:
    assert len(parley.analyse(title + BODY, profile="rules").statements) == 1


@given(st.text(alphabet="ab :-–to.V“”\n", min_size=1, max_size=120))
def test_what_is_found_lies_in_the_title(title: str) -> None:
    reading = reading_of(title)
    titled = replace(reading, article=replace(reading.article, title=reading.span(0, len(title))))
    for raw in headline_statements(titled, []):
        assert raw.source is not None
        assert all(0 <= start < end <= len(title) for start, end in (raw.source, *raw.content))

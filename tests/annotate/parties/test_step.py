"""Parties that no codebook knows: who they are, who belongs to them, and that both sides are read alike."""

from __future__ import annotations

import time

import pytest
from cases import Case, golden, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

import parley
from parley.annotate.mentions import make as make_mentions
from parley.annotate.parties.step import annotate
from parley.codebooks import lexicon
from parley.data import Reading
from parley.pipeline import Settings

mentions = make_mentions(Settings())
ENTRIES = [
    (table, number, row)
    for table in (
        "head",
        "company",
        "union",
        "bloc",
        "movement",
        "place",
        "media",
        "act",
        "between",
        "lead",
        "portfolio",
        "sent",
        "own_foe",
    )
    for number, row in enumerate(lexicon("parties")[table])
]


def read(text: str) -> Reading:
    return annotate(mentions(reading_of(text)))


@pytest.mark.parametrize("case", golden("parties"), ids=lambda c: c.name)
def test_golden(case: Case) -> None:
    """Each line `span | kind | name | side` is found."""
    found = {(m.span.text, m.kind, m.name, m.side or "-") for m in read(case.text).mentions}
    for line in case.expected:
        assert tuple(part.strip() for part in line.split("|")) in found, sorted(found)


@pytest.mark.parametrize(("table", "number", "row"), ENTRIES, ids=lambda v: str(v) if not isinstance(v, dict) else "")
def test_each_entry_has_an_example_that_triggers_it(table: str, number: int, row: dict[str, str]) -> None:
    text = row["example"]
    assert any(word in text.lower() for word in row["words"])
    sides = {m.side for m in read(text).mentions} - {None}
    assert (row["party"] in sides) if "party" in row else not sides


@pytest.mark.parametrize(("left", "right"), [("Orvanda", "Belmark"), ("Belmark", "Orvanda")])
def test_both_sides_are_read_alike(left: str, right: str) -> None:
    text = (
        "Talks between {0} and {1} ended. {0}'s army rejected the plan. A {1} official said the {0} movement was late. "
        "{1}'s Ada Vahl met Ilo Marsh of {0}."
    )
    swap = {left: right, right: left}
    here = [(m.kind, m.span.start, m.side) for m in read(text.format(left, right)).mentions]
    there = [(m.kind, m.span.start, swap.get(m.side or "")) for m in read(text.format(right, left)).mentions]
    assert here == there


def test_a_side_that_is_known_stays() -> None:
    text = (
        "The Israeli military, Hamas official Osama Hamdan and Ondra's army were at the talks between Ondra and Hamas."
    )
    before = mentions(reading_of(text))
    after = annotate(before)
    known = {m.span.pair: m.side for m in before.mentions if m.side}
    assert known
    assert all(m.side == known[m.span.pair] for m in after.mentions if m.span.pair in known)


def test_an_article_of_a_megabyte_takes_time_in_proportion() -> None:
    piece = "Ondra's army and the Tessel movement, who, the Ondran envoy, said, in Fennick, and Ada Vahl of Tessel's, "
    reading = mentions(reading_of(piece * 400))
    start = time.process_time()
    annotate(reading)
    assert time.process_time() - start < 3


@given(
    st.lists(
        st.sampled_from(
            ["Ondra", "Ondran", "Tessel", "'s", "’s", "the", "army", "movement", "of", ",", "official", "and", "said", "who",
             "leads", "in", "Fennick", "Union", "Local", "12", "’", "Workers", "Ada", "Vahl", ".", "between", "talks", "“"]
        ),
        max_size=40,
    )
)  # fmt: skip
@settings(deadline=None)  # the first text waits for the codebooks
def test_spans_slice_back_and_nothing_is_lost(words: list[str]) -> None:
    before = mentions(reading_of(" ".join(words)))
    after = annotate(before)
    assert all(after.text[m.span.start : m.span.end] == m.span.text for m in after.mentions)
    assert annotate(before) == after


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Syrian army said it had withdrawn.", "Syria"),
        ("The Turkish Foreign Ministry said the talks had failed.", "Turkey"),
        ("Syrian rebels said they would attack.", None),
        ("The Syrian opposition said the truce had collapsed.", None),
        ("The Syrian Observatory for Human Rights said 20 people were killed.", None),
        ("The Palestinian Center for Human Rights said 12 people were killed.", None),
        ("The Turkish Red Crescent said it had sent food.", None),
        ("The Iran Chamber of Commerce said the duties hurt.", None),
        ("The Free Syrian Army said it had withdrawn.", "Free Syrian Army"),
    ],
)
def test_who_is_of_a_nation_and_not_its_government_is_not_on_its_side(text: str, side: str | None) -> None:
    [said] = parley.analyse(f"News of the day\n\n{text}\n\nIt rained. The shops were full.", profile="rules").statements
    assert said.speaker is not None
    assert said.speaker.side == side

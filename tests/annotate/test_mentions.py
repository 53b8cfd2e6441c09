"""Names and descriptions: what they are, whose side they are on."""

from __future__ import annotations

import pytest
from cases import Case, golden, reading_of
from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.mentions import make
from parley.codebooks import lexicon, load_codebook
from parley.pipeline import Settings

find = make(Settings())


@pytest.mark.parametrize("case", golden("mentions"), ids=lambda c: c.name)
def test_golden(case: Case) -> None:
    """Each line `span | kind | name | side` is found; `no WORDS` is not."""
    found = {(m.span.text, m.kind, m.name, m.side or "-") for m in find(reading_of(case.text)).mentions}
    for line in case.expected:
        if line.startswith("no "):
            assert line[3:] not in {f[0] for f in found}
        else:
            assert tuple(part.strip() for part in line.split("|")) in found


@pytest.mark.parametrize("entry", load_codebook().actors, ids=lambda e: e.name)
def test_every_known_actor_is_found_by_its_name(entry: object) -> None:
    name, side = entry.name, entry.side  # type: ignore[attr-defined]
    mentions = find(reading_of(f"On Monday, {name} said that the talks would go on.")).mentions
    assert any(m.actor == name and m.side == side for m in mentions), [(m.span.text, m.actor) for m in mentions]


@pytest.mark.parametrize("row", [*lexicon("titles")["title"], *lexicon("titles")["role"]], ids=lambda r: r["example"])
def test_titles_and_roles_have_an_example_that_is_found(row: dict[str, str]) -> None:
    assert find(reading_of(row["example"])).mentions


@pytest.mark.parametrize(("left", "right"), [("Orvanda", "Belmark"), ("Belmark", "Orvanda")])
def test_both_sides_are_read_alike(left: str, right: str) -> None:
    """Swapping two parties' names in the text swaps them in the mentions, and nothing else."""
    text = "A senior {0} official met {1} workers. The {0} Union rejected the plan of the {1} Council."
    kinds = [(m.kind, m.span.start) for m in find(reading_of(text.format(left, right))).mentions]
    swapped = [(m.kind, m.span.start) for m in find(reading_of(text.format(right, left))).mentions]
    assert kinds == swapped


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_spans_slice_back(text: str) -> None:
    reading = find(reading_of(text))
    assert all(reading.text[m.span.start : m.span.end] == m.span.text for m in reading.mentions)


@given(
    st.lists(
        st.sampled_from(["Hamas", "Israeli", "official", "the", "of", "Mr.", "said", ",", "(PA)", "’s", "Ali", "."]),
        max_size=40,
    )
)
def test_any_order_of_name_words_is_read(words: list[str]) -> None:
    reading = find(reading_of(" ".join(words)))
    assert reading.mentions == find(reading_of(" ".join(words))).mentions


def test_a_long_line_takes_bounded_time() -> None:
    """A quarter of a million characters on one line."""
    find(reading_of("The Hamas official Osama Hamdan of the ministry and " * 5000))

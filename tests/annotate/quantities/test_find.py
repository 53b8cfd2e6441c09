"""find_quantities: what is printed, its value, qualifier, unit and change; and what is no quantity."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from cases import line_cases
from hypothesis import given
from hypothesis import strategies as st

from parley import find_dates, find_quantities
from parley.annotate.quantities.numbers import words_hold_number
from parley.clean.tokens import tokens
from parley.codebooks import lexicon
from parley.data import Quantity


def number(value: float | str | None) -> str:
    return f"{round(value, 4):.15g}" if isinstance(value, int | float) else ""


def told(q: Quantity) -> str:
    """A quantity as the golden files write it."""
    value = number(q.value) if q.value is not None else f"{number(q.low)}..{number(q.high)}"
    return " ".join(p for p in (f"[{q.span.text}]", value, q.qualifier, q.unit or "", q.change or "") if p)


@pytest.mark.parametrize(
    ("title", "sentence", "expected"), line_cases("quantities"), ids=[c[0] for c in line_cases("quantities")]
)
def test_golden(title: str, sentence: str, expected: list[str]) -> None:
    assert [told(q) for q in find_quantities(sentence)] == expected


@given(st.text(alphabet=st.sampled_from("0123456789.,-–/ :%$€ammkbn \u00a0abtodzen’'\"()½" + "Ab"), max_size=80))
def test_spans_slice_back_and_bounds_are_in_order(text: str) -> None:
    found = find_quantities(text)
    for q in found:
        assert text[q.span.start : q.span.end] == q.span.text
        assert q.value is not None or q.low is not None
        assert q.low is None or q.high is None or q.low <= q.high
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert found == find_quantities(text)


WORDS = [
    "In",
    "Since",
    "of",
    "on",
    "March",
    "October",
    "Oct.",
    "3",
    "12",
    "28",
    "2016",
    "2000",
    "2,016",
    "40%",
    "$5",
    "one",
    "three",
    "dozens",
    "half",
    "a",
    "third",
    "two-thirds",
    "twenty-five",
    "few",
    "people",
    "soldiers",
    "to",
    "and",
    "or",
    ",",
    ".",
    ";",
    "-",
    "–",
    "killed",
    "the",
    "were",
    "million",
    "bn",
    "7",
    "at",
    "least",
    "nearly",
    "between",
    "1990s",
    "21st",
    "10:30",
    "3.5",
    "per",
    "cent",
    "lakh",
    "crore",
    "up",
    "by",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_the_quick_look_at_a_sentence_misses_no_quantity(words: list[str]) -> None:
    text = " ".join(words)
    if not words_hold_number([t.lower for t in tokens(text, 0, len(text))], text):
        assert find_quantities(text) == []


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_bounds_lie_around_the_value_whatever_the_words(words: list[str]) -> None:
    for q in find_quantities(" ".join(words)):
        if isinstance(q.value, int | float):
            assert q.low is None or q.low <= q.value
            assert q.high is None or q.value <= q.high


@given(st.text(max_size=120))
def test_no_text_whatever_raises(text: str) -> None:
    assert all(text[q.span.start : q.span.end] == q.span.text for q in find_quantities(text))


@given(st.integers(min_value=0, max_value=10**9))
def test_digits_read_as_their_value_with_and_without_commas(value: int) -> None:
    for printed in (f"{value:,}", f"{value:,}".replace(",", "\u00a0")):
        (q,) = find_quantities(f"They moved {printed} loaves.")
        assert q.value == value


def test_no_break_space_reads_as_a_space() -> None:
    assert [(q.value, q.qualifier) for q in find_quantities("at least\u00a037,000\u00a0people")] == [
        (37000, "at_least")
    ]


@pytest.mark.parametrize("unit", ["9", "9,", "9.", "one ", "1 111 ", "at least ", "a ", "-", "half ", "to 5 ", "$"])
def test_a_long_line_takes_bounded_time(unit: str) -> None:
    text = unit * (30_000 // len(unit))
    start = time.process_time()
    find_quantities(text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("table", ["qualifier", "vague", "unit", "change", "magnitude"])
def test_every_codebook_entry_is_triggered_by_its_example(table: str) -> None:
    for row in lexicon("quantities")[table]:
        found = find_quantities(row["example"])
        assert found, row
        if table == "qualifier":
            assert row["qualifier"] in {q.qualifier for q in found}, row
        if table == "vague":
            assert {q.qualifier for q in found} == {"vague"}, row
        if table == "unit":
            assert row["code"] in {q.unit for q in found}, row
        if table == "change":
            assert row["direction"] in {q.change for q in found}, row


@pytest.mark.parametrize("book", ["quantities", "figures"])
def test_every_word_list_has_an_example_that_holds_one_of_its_words(book: str) -> None:
    for row in lexicon(book)["words"]:
        example = row["example"].lower()
        assert any(word.lower() in example for word in row["words"]), row["name"]


def test_newsquant(shared: Path) -> None:
    """The published development set: values with their qualifier class; floor below what is reached, to catch a fall."""
    import json

    classes = {
        "at_least": ">",
        "more_than": ">",
        "up_to": "<",
        "less_than": "<",
        "nearly": "~",
        "approximately": "~",
        "vague": "~",
    }
    hit = found = gold = 0
    for line in (shared / "bench" / "newsquant" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        left = [(q["value"], q["change"]) for q in row["gold"]]
        gold += len(left)
        for q in find_quantities(row["text"]):
            value = [q.low, q.high] if q.qualifier == "between" else q.value if q.value is not None else q.low
            pair = (value, q.change or classes.get(q.qualifier, "="))
            found += 1
            match = next((g for g in left if g[1] == pair[1] and (g[0] == value or near(g[0], value))), None)
            if match is not None:
                left.remove(match)
                hit += 1
    assert 2 * hit / (found + gold) >= 0.80


def near(a: object, b: object) -> bool:
    return isinstance(a, int | float) and isinstance(b, int | float) and abs(a - b) <= 1e-5 * max(abs(a), abs(b))


@pytest.mark.parametrize("sign", ["①", "²", "⑴", "٣", "Ⅳ"])
def test_signs_that_only_look_like_numbers_break_nothing(sign: str) -> None:
    for text in (f"one in {sign} people", f"{sign} in {sign} of {sign} people", f"1{sign} people, {sign}0 to {sign}"):
        assert all(text[q.span.start : q.span.end] == q.span.text for q in find_quantities(text))
        dated = f"{text} on {sign} March"
        assert all(dated[d.span.start : d.span.end] == d.span.text for d in find_dates(dated))

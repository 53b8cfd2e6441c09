"""The figures step: category, value, span, population, claimant, parts; and what is no figure."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from cases import line_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.annotate.figures.coins import coins
from parley.annotate.figures.grammar import classify
from parley.annotate.figures.step import annotate
from parley.annotate.quantities.find import measure
from parley.clean.tokens import tokens
from parley.codebooks import lexicon
from parley.data import Article, Figure, RawPage, Reading, Sentence, Span, Speaker, Statement


def reading(text: str, *, title: str | None = None) -> Reading:
    """A reading of one paragraph, cut at full stops, with nothing found in it yet."""
    page = RawPage(file="a.txt", source_id="a", data=b"", sha256="0", media="text", text=text)
    article = Article(id="ar_1", file="a.txt", source_id="a", sha256="0", text=text, title_text=title)
    cuts = [0, *(m.end() for m in re.finditer(r"(?<=[a-z)\]A-Z0-9%n])\.\s+(?=[A-Z])", text)), len(text)]
    pairs = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    spans = [Span.of(text, a, len(text[:b].rstrip())) for a, b in pairs]
    sentences = tuple(Sentence(s, 1, False, tokens(text, s.start, s.end)) for s in spans)
    return Reading(page=page, article=article, sentences=sentences)


def figures(text: str, *, title: str | None = None) -> tuple[Figure, ...]:
    return annotate(reading(text, title=title)).figures


def told(figure: Figure, expected: str) -> str:
    """A figure as the golden files write it, with the optional fields that the expected line names."""
    value = figure.value if figure.value is not None else f"{figure.low:g}.."
    parts = [figure.category, str(value), figure.qualifier, f"[{figure.span.text}]"]
    parts += [f"of=[{figure.population}]"] if "of=" in expected else []
    parts += [f"by=[{figure.claimant}]"] if "by=" in expected else []
    parts += ["part"] if figure.part_of or ("part" in expected.split("]")[-1] and figure.method == "subset") else []
    return " ".join(parts)


@pytest.mark.parametrize(
    ("title", "text", "expected"), line_cases("figures"), ids=[c[0] for c in line_cases("figures")]
)
def test_golden(title: str, text: str, expected: list[str]) -> None:
    found = sorted((f for f in figures(text) if f.category != "other"), key=lambda f: f.span.start)
    lines = [told(f, line) for f, line in zip(found, expected, strict=False)]
    assert (lines, [f.span.text for f in found[len(expected) :]]) == (expected, [])


def test_a_part_names_its_whole() -> None:
    whole, part = figures("Six people, including two women, were killed.")
    assert part.part_of == whole.id


def test_the_claimant_is_the_speaker_of_the_statement_that_holds_the_figure() -> None:
    text = "The medics said that 12 people were killed."
    bare = reading(text)
    said = Statement(
        article="ar_1",
        content=(bare.span(21, 42),),
        kind="indirect",
        source=bare.span(0, 10),
        speaker=Speaker("the medics"),
    )
    (figure,) = annotate(replace(bare, statements=(said,))).figures
    assert (figure.claimant, figure.statement) == ("the medics", said.id)


def test_a_chain_makes_the_cited_one_the_claimant() -> None:
    text = "The agency said that 12 people were killed, citing the interior ministry."
    bare = reading(text)
    said = Statement(
        article="ar_1",
        content=(bare.span(21, 42),),
        kind="indirect",
        source=bare.span(0, 10),
        speaker=Speaker("the agency"),
    )
    (figure,) = annotate(replace(bare, statements=(said,))).figures
    assert (figure.claimant, figure.via) == ("interior ministry", "the agency")


def test_without_a_statement_the_outlet_counts_itself() -> None:
    (figure,) = figures("Rockets killed 12 people.")
    assert figure.claimant is None


def test_a_title_tells_what_the_body_does_not() -> None:
    bare = reading("Bomb Kills 12 Soldiers at Gate. The blast killed 12 soldiers. Forty were hurt.")
    titled = replace(bare, sentences=(replace(bare.sentences[0], in_title=True, paragraph=0), *bare.sentences[1:]))
    assert [(f.category, f.value, f.span.start > 30) for f in annotate(titled).figures] == [
        ("killed", 12, True),
        ("injured", 40, True),
    ]
    alone = replace(titled, sentences=titled.sentences[:1])
    assert [f.value for f in annotate(alone).figures] == [12]


def test_the_headlines_number_stands_first() -> None:
    found = figures("In March 40 people were killed. On Monday a bomb killed 12 people.", title="Bomb kills 12")
    assert [f.value for f in found] == [12, 40]


def test_a_toll_since_then_is_cumulative_and_a_plain_deed_an_incident() -> None:
    assert figures("So far 40 people have been killed.")[0].scope == "cumulative"
    assert figures("The bomb killed 40 people.")[0].scope == "incident"


def test_a_toll_that_rises_says_so() -> None:
    assert figures("The death toll rose to 112.")[0].change == "up"


def test_a_rise_from_one_number_to_another_is_no_range() -> None:
    (figure,) = figures("The death toll rose from 80 to 120.")
    assert (figure.value, figure.qualifier) == (120, "exact")


_NAMES = ("Calveran", "Meruvian")


def test_both_sides_are_read_alike() -> None:
    text = "The {0} army killed 12 {1} fighters, and {1} rockets wounded 30 {0} soldiers."
    one, other = (figures(text.format(*names)) for names in (_NAMES, _NAMES[::-1]))
    assert [(f.category, f.value, f.method) for f in one] == [(f.category, f.value, f.method) for f in other]


@pytest.mark.parametrize("row", lexicon("figures")["trigger"], ids=lambda r: r["category"])
def test_every_category_is_triggered_by_its_example(row: dict[str, str]) -> None:
    assert row["category"] in {f.category for f in figures(row["example"])}


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "12",
                "35%",
                "two",
                "people",
                "were",
                "killed",
                "and",
                "wounded",
                ",",
                ".",
                "in",
                "Orlen",
                "of",
                "the",
                "including",
                "$5m",
                "soldiers",
                "who",
                "died",
                "toll",
                "rose",
                "to",
                "not",
                "[",
                "]",
                "'",
                "others",
            ]
        ),
        max_size=30,
    )
)
def test_any_words_give_figures_that_slice_back(words: list[str]) -> None:
    text = " ".join(words)
    found = figures(text)
    ids = {f.id for f in found}
    for f in found:
        assert text[f.span.start : f.span.end] == f.span.text
        assert f.value is not None or f.low is not None
        assert 0 <= f.confidence <= 1
        assert f.part_of is None or f.part_of in ids
    assert found == figures(text)


@pytest.mark.parametrize(
    "unit", ["12 people ", "killed ", "killed 12 and ", "12, ", "including two ", "the toll of ", "[ 5 men "]
)
def test_a_long_sentence_takes_bounded_time(unit: str) -> None:
    measured = measure(unit * (20_000 // len(unit)))
    start = time.process_time()
    classify(measured)
    assert time.process_time() - start < 5


def test_a_noun_after_millions_is_money_where_the_text_speaks_of_costs_and_says_it_twice() -> None:
    twice = "The strike costs 12 million dukats a day, the port said. Each driver gets a bonus of 2,400 dukats."
    assert [(f.category, f.population) for f in figures(twice)] == [("money", "dukats"), ("money", "dukats")]
    assert coins("The plan costs $12 million dukats.") == frozenset()
    assert coins("They paid for 12 million tonnes, then for 14 million tonnes.") == frozenset()


@pytest.mark.parametrize("unit", ["killed 12 and ", "in the town of Tesh 12 people "])
def test_a_long_sentence_of_figures_is_read_in_bounded_time(unit: str) -> None:
    long = reading((unit * (12_000 // len(unit))).rstrip())
    start = time.process_time()
    assert len(annotate(long).figures) <= 60
    assert time.process_time() - start < 5

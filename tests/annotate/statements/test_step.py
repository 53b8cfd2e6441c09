"""Statements: source, cue, content and kind; joining, nesting, and what the sentence says around them."""

from __future__ import annotations

import pytest
from cases import Case, golden, reading_of
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley.annotate.mentions import make as make_mentions
from parley.annotate.statements.rules import RawAttribution
from parley.annotate.statements.step import StatementFinder, make
from parley.codebooks import lexicon
from parley.data import Reading, Span, Statement
from parley.pipeline import Settings

AROUND = ("to ", "at ", "via ")

settings = Settings(profile="rules")
mentions, statements = make_mentions(settings), make(settings)


def read(text: str) -> Reading:
    return statements(mentions(reading_of(text)))


def line_of(statement: Statement) -> str:
    """`source | cue | content || content | kind`, with `-` for none and `nested` in front where it is."""
    words = [
        _text(statement.source),
        _text(statement.cue),
        " || ".join(" ".join(c.text.split()) for c in statement.content),
    ]
    return ("nested " if statement.nested else "") + " | ".join([*words, statement.kind])


def _text(span: Span | None) -> str:
    return "-" if span is None else " ".join(span.text.split())


@pytest.mark.parametrize("case", golden("statements"), ids=lambda c: c.name)
def test_golden(case: Case) -> None:
    """All statements of the case, in order; `none` where there must be none; `to`, `at`, `via` lines tell the circumstances."""
    found = read(case.text).statements
    around = {f"{k} {v}" for s in found for k, v in (("to", s.addressee), ("at", s.venue), ("via", s.via)) if v}
    told = [x for x in case.expected if x != "none" and not x.startswith(AROUND)]
    assert [line_of(s) for s in found] == told
    assert {x for x in case.expected if x.startswith(AROUND)} <= around


@pytest.mark.parametrize("row", lexicon("cues")["verb"], ids=lambda r: r["lemma"])
def test_each_cue_is_triggered_by_its_example(row: dict[str, str]) -> None:
    found = read(row["example"]).statements
    head = row["lemma"].split()[0]
    cues = [s.cue.text.lower() for s in found if s.cue]
    forms = [f.split()[0] for f in row.get("forms", [])]
    assert any(c.startswith((head.rstrip("e")[:4], *forms)) for c in cues), cues


@pytest.mark.parametrize("row", [*lexicon("cues")["phrase"], *lexicon("cues")["passive"]], ids=lambda r: r["words"])
def test_each_phrase_is_triggered_by_its_example(row: dict[str, str]) -> None:
    assert any(s.cue and s.cue.text.lower() == row["words"] for s in read(row["example"]).statements)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_spans_slice_back(text: str) -> None:
    reading = read(text)
    for s in reading.statements:
        for span in (*s.content, *([s.source] if s.source else []), *([s.cue] if s.cue else [])):
            assert reading.text[span.start : span.end] == span.text != ""


WORDS = [
    "Hamas",
    "he",
    "said",
    "that",
    "“",
    "”",
    ",",
    ".",
    "told",
    "reporters",
    "and",
    "has",
    "no",
    "plan",
    ":",
    "\n\n",
    "who",
    "to",
]


@given(st.lists(st.sampled_from(WORDS), max_size=50))
def test_any_order_of_speech_words_is_read_the_same_twice(words: list[str]) -> None:
    text = " ".join(words)
    found = read(text).statements
    assert found == read(text).statements
    assert len({s.id for s in found}) == len(found)
    assert all(s.nested_in in {t.id for t in found} for s in found if s.nested)


def raw(text: str, source: str, cue: str, content: str) -> RawAttribution:
    def pair(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return RawAttribution(pair(source), pair(cue), (pair(content),), 0.9)


def test_a_finder_that_is_no_rule_is_finished_alike() -> None:
    """Whatever finds source, cue and content: trimming, kinds and nesting are the step's."""
    text = "Vahl said that the army called the plan “dead”."
    found = [
        raw(text, "Vahl", "said", "that the army called the plan “dead”."),
        raw(text, "the army", "called", "the plan “dead”"),
    ]
    reading = StatementFinder(lambda _: found, method="model")(reading_of(text))
    assert [line_of(s) for s in reading.statements] == [
        "Vahl | said | the army called the plan “dead” | mixed",
        "nested the army | called | the plan “dead” | mixed",
    ]
    assert {s.method for s in reading.statements} == {"model"}


def test_a_long_line_takes_bounded_time() -> None:
    """A quarter of a million characters on one line, with marks that never close."""
    read("“Hamas said, who told the ministry that " * 6000)


@pytest.mark.parametrize("case", golden("captions"), ids=lambda c: c.name)
def test_a_caption_states_nothing(case: Case) -> None:
    found = parley.analyse(case.text, profile="rules").statements
    assert [line_of(s).rpartition(" | ")[0] for s in found] == list(case.expected)

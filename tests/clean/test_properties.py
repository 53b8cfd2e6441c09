"""What must always hold of an article and its sentences, whatever the text."""

from __future__ import annotations

import json
import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.clean.dateline import find_dateline
from parley.clean.junk import look
from parley.clean.masthead import has_media_word, in_line, is_name
from parley.clean.sentences import LONGEST, split
from parley.clean.tokens import Remembered, pattern, tokens
from parley.codebooks import lexicon, load_codebook
from parley.data import Reading, Token
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_bytes, page_from_text

PIPELINE = Pipeline.make(Settings(), STEPS[:2])
ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("PARLEY_SHARED", ROOT / ".." / "shared"))

PIECES = st.sampled_from(
    [
        "The talks failed on Monday, officials said.",
        "“We will go.” She left.",
        "PORT AMITY, March 4 (CWS) --",
        "Share",
        "Also Read: Rain in Kell",
        "By Dara Venn",
        "# *Talks resume*",
        "---",
        "Talks resume in Port Amity",
        "© 2031 The Post",
        '"stray',
        "‘never’ (he said. Then",
        "…",
        "\u202eabc\u200f",
        "\x00",
        "\ufeff",
        "3 May 2031",
        "- a list item;",
        "[TEXT] U.S. Gen. No. 4",
    ]
)
TEXTS = st.lists(
    st.tuples(PIECES, st.sampled_from(["\n", "\n\n", "\r\n", " ", "", "\u2028", "\u00a0"])), max_size=14
).map(lambda parts: "".join(a + b for a, b in parts)) | st.text(max_size=200)


def _read(text: str, title: str | None = None) -> Reading:
    return PIPELINE.run(page_from_text(text, title=title))


def _check(reading: Reading) -> None:
    text, article = reading.text, reading.article
    spans = [d.span for d in article.dropped] + [s.span for s in reading.sentences]
    spans += [q.outer for q in reading.quotations] + [q.inner for q in reading.quotations] + list(article.kept())
    spans += [s for s in (article.title, article.body, article.dateline) if s is not None]
    assert all(text[s.start : s.end] == s.text for s in spans)
    assert all(text[t.start : t.end] == t.text for s in reading.sentences for t in s.tokens)
    body = [s.span for s in reading.sentences if not s.in_title]
    assert all(a.end <= b.start for a, b in pairwise(body))
    assert not any(s.overlaps(d.span) for s in body for d in article.dropped)
    assert all(article.body is not None and article.body.holds(s) for s in body)
    for sentence in reading.sentences:
        assert sentence.span.text.strip() == sentence.span.text != ""
        assert "".join("".join(t.text for t in sentence.tokens).split()) == "".join(sentence.span.text.split())


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_spans_slice_back_and_nothing_overlaps(text: str) -> None:
    _check(_read(text))


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert _read(text) == _read(text)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_no_word_of_the_body_falls_between_sentences(text: str) -> None:
    reading = _read(text)
    kept = "".join(c for span in reading.article.kept() for c in span.text if c.isalnum())
    said = "".join(c for s in reading.sentences if not s.in_title for c in s.span.text if c.isalnum())
    assert kept == said


@given(TEXTS, st.booleans())
def test_what_is_remembered_of_other_texts_changes_no_token(text: str, warm: bool) -> None:
    if warm:
        tokens(text.replace(".", " "), 0, len(text))
    found = tokens(text, 0, len(text))
    assert [(t.start, t.end) for t in found] == [m.span(1) for m in pattern().finditer(text)]
    assert [Token.of(text, t.start, t.end) for t in found] == list(found)


def test_what_is_remembered_is_forgotten_before_there_is_too_much_of_it() -> None:
    made: list[str] = []

    def loud(word: str) -> str:
        made.append(word)
        return word.upper()

    words = Remembered(loud)
    words.most = 2
    assert [words[word] for word in ("a", "b", "a", "c", "a")] == ["A", "B", "A", "C", "A"]
    assert made == ["a", "b", "c", "a"]
    assert set(words) == {"c", "a"}


@given(st.text(alphabet="ab .!?()[]\"'“”‘’\n", max_size=120))
@settings(max_examples=200, deadline=None)
def test_sentences_and_tokens_lose_no_letter(text: str) -> None:
    pieces = split(text)
    assert "".join("".join(text[a:b] for a, b in pieces).split()) == "".join(text.split())
    found = tokens(text, 0, len(text))
    assert "".join(t.text for t in found) == "".join(text.split())


def _cleaned(reading: Reading) -> str:
    kept = "\n\n".join(s.text.strip() for s in reading.article.kept() if s.text.strip())
    return f"{reading.article.title_text}\n\n{kept}"


def _seeds() -> list[Path]:
    return sorted((SHARED / "seeds").glob("*.txt"))


@pytest.mark.parametrize("path", _seeds() or [None], ids=lambda p: p.stem[:3] if p else "none")
def test_cleaning_what_is_clean_drops_nothing(path: Path | None) -> None:
    if path is None:
        pytest.skip("the seed articles are not here")
    first = PIPELINE.run(page_from_bytes(path.read_bytes(), file=path.name, source_id=path.stem))
    _check(first)
    again = _read(_cleaned(first))
    assert again.article.title_text == first.article.title_text
    assert again.article.dropped == ()
    words = "".join(s.text for s in first.article.kept()).split()
    assert "".join(s.text for s in again.article.kept()).split() == words


def test_the_seed_articles_have_their_title_outlet_and_body() -> None:
    gold_file = SHARED / "seeds" / "gold.json"
    if not gold_file.exists():
        pytest.skip("the seed articles are not here")
    both = kept_size = gold_size = 0
    for gold in json.loads(gold_file.read_text(encoding="utf-8")):
        path = SHARED / "seeds" / gold["file"]
        article = PIPELINE.run(page_from_bytes(path.read_bytes(), file=path.name, source_id=path.stem)).article
        assert article.title_text == gold["meta"]["title"]
        assert gold["meta"]["outlet"] in (None, article.outlet)
        kept = {i for span in article.kept() for i in range(span.start, span.end)}
        wanted = set(range(*gold["meta"]["body"]))
        both, kept_size, gold_size = both + len(kept & wanted), kept_size + len(kept), gold_size + len(wanted)
    assert 2 * both / (kept_size + gold_size) >= 0.98


HOSTILE = [
    "a" * 40_000,
    "a " * 4_000,
    '" ' * 60_000,
    "‘a " * 40_000,
    "(" * 4_000,
    "(a. " * 40_000,
    "a. " * 60_000,
    "“" * 40_000,
    "\n" * 4_000,
    "a\n" * 4_000,
    "A, " * 40_000,
    "By " * 40_000,
    "https://" * 4_000,
    "A.B." * 40_000,
    "'s" * 60_000,
    "1," * 60_000,
    "- " * 60_000,
    "Share\n" * 10_000,
    "The talks failed, they said on Monday.\n" * 4_000,
    "x" * 70 + ("\n" + "word " * 13 + "word") * 4_000,
]


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_takes_bounded_time(text: str) -> None:
    started = time.process_time()
    _read(text)
    _read("Talks resume\n\nThe talks failed.\n\n" + text, title="Talks resume")
    assert time.process_time() - started < 4


@given(
    st.lists(st.sampled_from(["word", "a, ", "b; ", " ", "\n", "x" * 700, "“", "(", "No."]), max_size=60),
    st.integers(1, 9),
)
def test_a_sentence_without_end_is_parted_and_loses_no_character(parts: list[str], times: int) -> None:
    text = "".join(parts) * times
    found = split(text)
    assert all(0 < end - start <= LONGEST for start, end in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())


def test_a_sentence_is_parted_behind_a_clause_else_a_word_else_anywhere() -> None:
    clauses = "a river, " * 400
    assert [text for a, b in split(clauses) if not (text := clauses[a:b]).endswith(",")] == []
    assert all(clauses[a:b].startswith("a river") for a, b in split(clauses))
    words = "river " * 600
    assert {words[a:b].split()[0] for a, b in split(words)} == {"river"}
    assert split("x" * 4_500) == [(0, LONGEST), (LONGEST, 2 * LONGEST), (2 * LONGEST, 4_500)]


@given(st.text(max_size=120))
@settings(max_examples=100, deadline=None)
def test_a_dateline_is_a_prefix(text: str) -> None:
    line = find_dateline(text, 0, len(text))
    assert line is None or (line.start == 0 and line.end <= len(text))


@pytest.mark.parametrize("entry", lexicon("junk")["junk"], ids=lambda e: e["example"][:40])
def test_each_junk_example_triggers_its_entry(entry: dict[str, object]) -> None:
    assert look(str(entry["example"])) == (entry["reason"], entry.get("tail", False))


@pytest.mark.parametrize("entry", lexicon("mastheads")["named"], ids=lambda e: e["example"][:40])
def test_each_line_that_names_an_outlet_gives_its_name(entry: dict[str, object]) -> None:
    name, weight = in_line(str(entry["example"])) or ("", 0)
    assert name.removeprefix("The ") == str(entry["gives"]).removeprefix("The ")
    assert weight == entry["weight"]


def test_names_are_told_from_buttons_and_sections() -> None:
    book = lexicon("mastheads")
    assert has_media_word(book["media"]["example"])
    assert not is_name(book["buttons"]["example"])
    assert in_line(book["not_names"]["example"]) is None


@pytest.mark.parametrize("entry", load_codebook().outlets, ids=lambda e: e.name)
def test_each_outlet_is_found_by_its_domain_code_and_name(entry: object) -> None:
    from parley.clean.outlet import Outlets, by_code_known, by_domain, by_name

    outlets = Outlets.of(load_codebook())
    name, domains, codes = entry.name, entry.domains, entry.codes  # type: ignore[attr-defined]
    assert all(by_domain(f"https://www.{d}/2031/talks", outlets) == name for d in domains)
    assert all(by_code_known(c, outlets) == name for c in codes)
    assert by_name(name, outlets) == name


def _abbreviations() -> list[tuple[str, str]]:
    book = lexicon("abbreviations")
    return [(kind, e["example"]) for kind in ("title", "numbered", "either") for e in book[kind]]


@pytest.mark.parametrize(("kind", "example"), _abbreviations())
def test_each_abbreviation_example_is_one_sentence(kind: str, example: str) -> None:
    assert len(split(example)) == 1


def test_the_words_that_begin_sentences_do() -> None:
    assert len(split(lexicon("abbreviations")["starters"]["example"])) == 2
    assert len(split(lexicon("abbreviations")["asking"]["example"])) == 1

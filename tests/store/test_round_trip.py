"""Storing and loading is identity for any reading, whatever characters it holds, on both databases."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parley.data import (
    Article,
    Basis,
    Dropped,
    Event,
    Figure,
    Plover,
    Position,
    RawPage,
    Reading,
    Span,
    Speaker,
    Statement,
    Timex,
    Wording,
)
from parley.export.jsonl import line
from parley.read.text import page_from_text
from parley.store.ledger import Ledger
from parley.store.words import storable

ODD = "“”’‘…\u00a0\u202e\u200f\ufeff\x00\x07\r\n\t\ud800\U0001f54a\u0301é中ا%_\\'\"{}[]"
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec=None)), min_size=1, max_size=80)
some_text = st.one_of(st.none(), st.text(st.one_of(st.sampled_from(ODD), st.characters(codec=None)), max_size=12))
words = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec=None)), max_size=12)
dates = st.one_of(st.none(), st.sampled_from(["2031", "2031-03", "2031-03-04"]))
numbers = st.one_of(st.none(), st.integers(-(10**15), 10**15).map(float), st.floats(-1e9, 1e9).map(lambda x: x + 0.0))
values = st.one_of(st.none(), st.integers(-(10**15), 10**15), st.sampled_from(["85%", "1/3"]), st.just(2.5))
share = st.floats(0, 1).map(lambda x: x + 0.0)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading that steps could make."""
    page = page_from_text(draw(texts), title=draw(some_text), outlet=draw(some_text), published=draw(dates))
    page = replace(page, file=draw(words), source_id=draw(words), authors=tuple(draw(st.lists(words, max_size=2))))

    def span() -> Span:
        start, end = sorted((draw(st.integers(0, len(page.text))), draw(st.integers(0, len(page.text)))))
        return Span.of(page.text, start, end)

    def maybe() -> Span | None:
        return span() if draw(st.booleans()) else None

    def basis() -> Basis:
        return Basis(draw(words), draw(words), maybe())

    def many(make: Any) -> tuple[Any, ...]:
        made = [make() for _ in range(draw(st.integers(0, 2)))]
        return tuple({m.id: m for m in made}.values())

    quality: dict[str, Any] = {"confidence": draw(share), "method": draw(words), "statement": draw(some_text)}
    judged: dict[str, Any] = {k: v for k, v in quality.items() if k != "statement"}
    article = Article(
        **{k: getattr(page, k) for k in ("id", "file", "source_id", "sha256", "text")},
        title=maybe(),
        title_text=draw(some_text),
        outlet=draw(some_text),
        authors=page.authors,
        dateline=maybe(),
        published=draw(dates),
        published_latest=draw(dates),
        published_basis=tuple(basis() for _ in range(draw(st.integers(0, 2)))),
        body=maybe(),
        dropped=tuple(Dropped(span(), "other", draw(words)) for _ in range(draw(st.integers(0, 2)))),
    )
    speaker = Speaker(draw(words), None, draw(some_text), draw(some_text), basis()) if draw(st.booleans()) else None
    return Reading(
        page=page,
        article=article,
        dates=many(lambda: Timex(span(), "DATE", draw(words), page.id)),
        statements=many(
            lambda: Statement(
                page.id, (span(), span()), "mixed", maybe(), maybe(), speaker, nested=draw(st.booleans()), **judged
            )
        ),
        figures=many(
            lambda: Figure(page.id, span(), draw(values), "vague", "killed", draw(numbers), draw(numbers), **quality)
        ),
        positions=many(lambda: Position(page.id, span(), draw(words), draw(words), "demands", **quality)),
        events=many(
            lambda: Event(
                page.id,
                span(),
                draw(words),
                "actual",
                tuple(draw(st.lists(words, max_size=2))),
                Plover("CONSULT"),
                **quality,
            )
        ),
        wording=many(lambda: Wording(page.id, span(), "outlet", draw(words), **quality)),
    )


def kept(value: Any) -> Any:
    """A value with what no database holds replaced, as the ledger promises."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, tuple):
        return tuple(kept(v) for v in value)
    if isinstance(value, bytes) or not hasattr(value, "__dataclass_fields__"):
        return value
    return replace(value, **{f: kept(getattr(value, f)) for f in value.__dataclass_fields__})


@pytest.fixture(scope="module")
def sqlite_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("round") / "trip.db", create=True) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def postgres_ledger(postgres_server: str) -> Iterator[Ledger]:
    with Ledger.open(postgres_server, create=True) as ledger:
        yield ledger


_counter = itertools.count()
"""Settings that are never the same, so that each reading replaces the one before it of the same page."""


def round_trip(ledger: Ledger, reading: Reading) -> None:
    ledger.add(reading, fingerprint=f"f{next(_counter)}", run="r")
    loaded = ledger.reading(reading.article.id)
    assert loaded == kept(reading)
    assert loaded.page.data == reading.page.data
    for rows in (ledger.articles(article=reading.article.id), ledger.statements(article=reading.article.id)):
        for row in rows:
            assert json.loads(line(row)) == row


relaxed = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
plain_page = page_from_text("a\x00b\ud800")
plain = Reading(
    plain_page, Article(plain_page.id, plain_page.file, plain_page.source_id, plain_page.sha256, plain_page.text)
)


@relaxed
@given(reading=readings())
@example(reading=plain)
def test_what_is_stored_is_loaded_sqlite(sqlite_ledger: Ledger, reading: Reading) -> None:
    round_trip(sqlite_ledger, reading)


@pytest.mark.postgres
@settings(relaxed, max_examples=30)
@given(reading=readings())
@example(reading=plain)
def test_what_is_stored_is_loaded_postgres(postgres_ledger: Ledger, reading: Reading) -> None:
    round_trip(postgres_ledger, reading)


def test_a_page_keeps_what_its_source_said(sqlite_ledger: Ledger) -> None:
    page = RawPage(
        "f.html", "1", b"<p>x", "h", "html", "x", "utf-8", ((0, 1),), "t", "o", "u", ("a",), "2031", "meta", "en"
    )
    reading = Reading(page, Article(page.id, page.file, page.source_id, page.sha256, page.text))
    sqlite_ledger.add(reading, fingerprint="f", run="r")
    assert sqlite_ledger.reading(page.id).page == page

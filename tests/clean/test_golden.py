"""The layer's golden pairs: tests/golden/clean/*.txt, which need no Python to add to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from parley.clean.quotes import quotations
from parley.clean.sentences import split
from parley.clean.tokens import tokens
from parley.data import Article
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "clean"
PIPELINE = Pipeline.make(Settings(), STEPS[:2])


def _pairs(name: str) -> Iterator[tuple[list[str], list[str]]]:
    """(input lines, expected lines) of the cases in a file whose cases are parted by blank lines."""
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    for case in text.split("\n\n"):
        rows = [row for row in case.splitlines() if row and not row.startswith("# ")]
        given = [row for row in rows if not row.startswith("=>")]
        if given:
            yield given, [row.removeprefix("=>").strip() for row in rows if row.startswith("=>")]


def _articles() -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """(name, text, [(field, expected)]) of the cases in articles.txt, layouts.txt and the crawled pages."""
    files = [GOLDEN / "articles.txt", GOLDEN / "layouts.txt", *sorted(GOLDEN.glob("crawled_*.txt"))]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    for case in re.split(r"^================ ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = case.partition("\n")
        source = rest.split("\n=> ", 1)[0]
        wanted = [row.removeprefix("=> ") for row in rest.splitlines() if row.startswith("=> ")]
        yield name, source, [(row.split(" ", 1)[0], row.split(" ", 1)[1]) for row in wanted]


ARTICLES = list(_articles())
TITLED = {name: source for name, source, wanted in ARTICLES if ("title", "-") not in wanted}


def _says(article: Article, field: str) -> str:
    values = {
        "title": article.title_text,
        "outlet": article.outlet,
        "url": article.url,
        "place": article.dateline_place,
        "authors": "; ".join(article.authors) or None,
    }
    return values[field] or "-"


@pytest.mark.parametrize(("name", "source", "wanted"), ARTICLES, ids=[a[0] for a in ARTICLES])
def test_an_article_is_told_from_its_page(name: str, source: str, wanted: list[tuple[str, str]]) -> None:
    article = PIPELINE.run(page_from_text(source)).article
    assert article.body is not None
    kept = "".join(span.text for span in article.kept())
    for field, expected in wanted:
        if field == "body":
            first, last = expected.split(" ... ")
            assert article.body.text.startswith(first), f"body begins {article.body.text[:60]!r}"
            assert article.body.text.endswith(last), f"body ends {article.body.text[-60:]!r}"
        elif field == "keep":
            assert expected in kept
        elif field == "drop":
            reason, start = expected.split(" ", 1)
            found = [d for d in article.dropped if d.span.text.startswith(start)]
            assert [d.reason for d in found] == [reason], f"{start!r} is dropped as {[d.reason for d in found]}"
            assert not any(found[0].span.overlaps(span) for span in article.kept())
        else:
            assert _says(article, field) == expected


@pytest.mark.parametrize("source", TITLED.values(), ids=TITLED)
def test_cleaning_what_is_clean_drops_nothing(source: str) -> None:
    first = PIPELINE.run(page_from_text(source)).article
    kept = "\n\n".join(span.text.strip() for span in first.kept() if span.text.strip())
    again = PIPELINE.run(page_from_text(f"{first.title_text or ''}\n\n{kept}", title=first.title_text)).article
    assert again.title_text == first.title_text
    assert again.dropped == ()
    assert again.body is not None
    assert again.body.text == kept


@pytest.mark.parametrize(("given", "wanted"), list(_pairs("sentences")))
def test_a_paragraph_is_cut_into_its_sentences(given: list[str], wanted: list[str]) -> None:
    assert [given[0][a:b] for a, b in split(given[0])] == wanted


@pytest.mark.parametrize(("given", "wanted"), list(_pairs("quotations")))
def test_quotation_marks_are_paired(given: list[str], wanted: list[str]) -> None:
    found = []
    goes_on = False
    for number, paragraph in enumerate(given, 1):
        here = quotations(paragraph, 0, len(paragraph), paragraph=number, goes_on=goes_on)
        goes_on = any(not q.closed and q.outer.end == len(paragraph) for q in here)
        found += [f"{q.depth} {'closed' if q.closed else 'open'} {q.outer.text}" for q in here]
    assert found == wanted


@pytest.mark.parametrize(("given", "wanted"), list(_pairs("tokens")))
def test_a_line_is_cut_into_tokens(given: list[str], wanted: list[str]) -> None:
    found = tokens(given[0], 0, len(given[0]))
    assert " ".join(t.text.replace("\u00a0", "␣") for t in found) == wanted[0]

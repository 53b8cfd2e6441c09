"""BibTeX is read again with pybtex: every field says what the article said, whatever is in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from dossiers import NASTY
from hypothesis import given as any_of
from hypothesis import strategies as st

from parley.export.dossier.bibtex import bibtex, tex, url
from parley.export.dossier.sheet import Sheet, Source
from parley.show.citing import line

pybtex = pytest.importorskip("pybtex.database")


def read(text: str) -> Any:
    return pybtex.parse_string(text, "bibtex").entries


TEX = {"textbackslash": "\\", "textbraceleft": "", "textbraceright": "", "textasciicircum": "^", "textasciitilde": "~"}
"""What LaTeX prints for its commands; braces are left out of what is compared."""


def said(field: str) -> str:
    """What LaTeX prints for a field."""
    plain = re.sub(r"\{\\(text\w+)\}", lambda m: TEX[m[1]], field.replace("{}", ""))
    assert not re.search(r"(?<!\\)[$&#%_^~]", plain.replace("^", "").replace("~", "")), (
        "a sign that LaTeX would act upon"
    )
    return re.sub(r"\\([$&#%_])", r"\1", plain).replace("{", "").replace("}", "")


def test_an_article_is_read_again_as_it_was(sheet: Sheet) -> None:
    [(key, entry)] = read(bibtex(sheet)).items()
    assert key.startswith("herald2031envoy-")
    assert entry.type == "article"
    assert entry.fields["title"] == "{Envoy says road will open}"
    assert (entry.fields["journal"], entry.fields["date"], entry.fields["month"]) == ("Herald", "2031-03-03", "March")
    [author] = entry.persons["author"]
    assert (author.first_names, author.last_names) == (["Ruth"], ["Salter"])
    assert sheet.quotes[0].article["sha256"] in entry.fields["annote"]
    assert "characters 134-155" in entry.fields["annote"]


def test_hostile_fields_stay_in_their_fields(hostile_sheet: Sheet) -> None:
    entries = read(bibtex(hostile_sheet))
    assert len(entries) == 1
    [entry] = entries.values()
    told = line(NASTY)
    for text in (entry.fields["title"], entry.fields["journal"]):
        assert "\\input{" not in text
        assert "\\end{" not in text
        assert said(text).split() == told.replace("{", "").replace("}", "").split()
    assert set(entry.fields) <= {"title", "journal", "year", "date", "month", "url", "annote"}
    assert len(entry.persons["author"]) == 2  # “Ana and Ben” is one byline
    assert entry.fields["url"].startswith("https://herald.example/")
    assert not set(entry.fields["url"]) & set('{}\\" \n<>')


@any_of(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_text_breaks_out_of_its_field(text: str) -> None:
    escaped = tex(text)
    depth = 0
    for c in escaped:
        depth += (c == "{") - (c == "}")
        assert depth >= 0
    assert depth == 0
    [entry] = read(f"@misc{{k,\n  title = {{{{{escaped}}}}},\n  note = {{after}}\n}}\n").values()
    assert entry.fields["note"] == "after"


def test_articles_of_one_outlet_day_and_title_have_keys_of_their_own(sheet: Sheet) -> None:
    [source] = sheet.sources
    first = sheet.quotes[0]
    others = [replace(first, article={**source.article, "id": f"ar_aaaa{n}"}) for n in range(5)]
    entries = read(bibtex(Sheet("Roads", "", "", list(others))))
    assert len(entries) == 5


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (None, ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("https://a.example/x%20y", "https://a.example/x%20y"),
        ("HTTP://a.example/é", "HTTP://a.example/%C3%A9"),
    ],
)
def test_only_addresses_of_the_web_are_told(address: str | None, told: str) -> None:
    assert url(address) == told


def test_what_is_not_known_is_left_out_and_a_missing_title_is_said(sheet: Sheet) -> None:
    bare = dict.fromkeys(("title", "outlet", "url", "language", "published", "published_earliest", "published_latest"))
    article = {**sheet.quotes[0].article, **bare, "published_precision": None, "authors": []}
    [entry] = read(bibtex(Sheet("R", "", "", [replace(sheet.quotes[0], article=article)]))).values()
    assert dict(entry.fields).keys() == {"title", "annote"}
    assert entry.fields["title"] == "{[no title]}"


def test_an_interval_is_told_as_one(sheet: Sheet) -> None:
    days = {"published": None, "published_precision": "interval", "published_earliest": "2031-03-03"}
    article = {**sheet.quotes[0].article, **days, "published_latest": "2031-03-05"}
    assert Source(article).article["published_precision"] == "interval"
    [entry] = read(bibtex(Sheet("R", "", "", [replace(sheet.quotes[0], article=article)]))).values()
    assert (entry.fields["date"], entry.fields["year"]) == ("2031-03-03/2031-03-05", "2031")

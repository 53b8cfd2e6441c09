"""Markdown says what the dossier says, and nothing in it is markup: held against a reader of CommonMark."""

from __future__ import annotations

import html
import re

from hypothesis import given as any_of
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from parley.export.dossier.markdown import escaped, markdown
from parley.export.dossier.sheet import Quote, Sheet


def read(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def plain(rendered: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", rendered)).split())


@any_of(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80))
def test_any_line_says_in_markdown_just_what_it_says(text: str) -> None:
    words = " ".join(text.split())
    rendered = read(escaped(text))
    told = html.escape(words, quote=False).replace('"', "&quot;")
    assert rendered == (f"<p>{told}</p>\n" if words else "")


def test_the_dossier_has_title_headings_quotes_and_footnotes(sheet: Sheet) -> None:
    text = markdown(sheet)
    rendered = read(text)
    assert rendered.startswith("<h1>Roads</h1>\n<p>For Monday</p>\n<p>see there</p>\n<h2>")
    assert "<strong>At least 23 militants</strong> were killed, the ministry said.[^" in rendered
    for quote in sheet.quotes:
        assert text.count(f"[^{quote.number}]") == 2
        assert f"\n[^{quote.number}]: {escaped(quote.citation)}\n" in text


def test_nothing_hostile_becomes_markup(hostile_sheet: Sheet) -> None:
    rendered = read(markdown(hostile_sheet))
    assert set(re.findall(r"<(\w+)", rendered)) <= {"h1", "h2", "p", "blockquote", "strong", "br"}
    assert "href" not in re.sub(r"&[a-z]+;[^<]*", "", rendered)
    quote = next(q for q in hostile_sheet.quotes if isinstance(q, Quote))
    assert plain(f"<p>{html.escape(quote.who)}</p>") in plain(rendered)

"""Web pages in the layouts that content systems print; every page in pages/ carries the same four paragraphs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from parley.data import RawPage
from parley.errors import ReadError
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.html import page_from_html
from parley.read.sources import read_pages
from parley.read.visible import visible_text

PAGES = Path(__file__).parent / "pages"
PIPELINE = Pipeline.make(Settings(), STEPS[:2])
FIRST, LAST = "Negotiators from Kell and Marren", "the health ministry in Toven."

# file, title, outlet, authors, published, the rule that gave the date
WANTED = [
    ("wordpress", "Kell truce talks enter third day", "The Straits Post", ("Ila Marsh",), "2031-03-04", "meta article:published_time"),
    ("newsroom_jsonld", "Kell talks: no way forward yet", "Marren Broadcasting", ("Orrin Vale", "Dara Venn"), "2031-03-04", "JSON-LD datePublished"),
    ("drupal_agency", "Kell, Marren extend talks by two days, café by café", "Ambrova News Agency", (), "2031-03-04", "meta dcterms.date"),
    ("table_layout", "Talks go on, and on, in Port Amity", "The Kell Courier", ("Tom Hale",), None, None),
    ("magazine_divs", "The long third day", "Plumb", ("Imre Vant",), None, None),
    ("amp_mobile", "Kell talks drag on as Friday deadline looms", "Quay Daily", ("Jo Reyes",), "2031-03-04", "JSON-LD datePublished"),
]  # fmt: skip


def _page(name: str) -> RawPage:
    (page,) = read_pages(PAGES / f"{name}.html")
    assert isinstance(page, RawPage)
    return page


@pytest.mark.parametrize(
    ("name", "title", "outlet", "authors", "published", "rule"), WANTED, ids=[w[0] for w in WANTED]
)
def test_a_page_gives_its_article(
    name: str, title: str, outlet: str, authors: tuple[str, ...], published: str | None, rule: str | None
) -> None:
    page = _page(name)
    article = PIPELINE.run(page).article
    assert (article.title_text, article.outlet, article.authors) == (title, outlet, authors)
    assert (page.published, page.published_rule) == (published, rule)
    assert article.title is not None
    assert article.body is not None
    assert article.title.text == title
    assert article.body.text.startswith(FIRST)
    assert article.body.text.endswith(LAST)


@pytest.mark.parametrize("name", [w[0] for w in WANTED])
def test_what_is_around_the_article_is_dropped_with_a_reason(name: str) -> None:
    page = _page(name)
    article = PIPELINE.run(page).article
    kept = "".join(span.text for span in article.kept())
    for junk in (
        "Share",
        "Sport",
        "ADVERTISEMENT",
        "Buy a boat",
        "Teachers win",
        "cookies",
        "By ",
        "mark my words",
        "Also read",
    ):
        assert junk not in kept
    assert all(page.text[d.span.start : d.span.end] == d.span.text for d in article.dropped)


@pytest.mark.parametrize("name", [w[0] for w in WANTED])
def test_main_ranges_hold_the_article_and_lie_in_order(name: str) -> None:
    page = _page(name)
    assert page.main
    assert all(a < b for a, b in page.main)
    assert all(x[1] <= y[0] for x, y in zip(page.main, page.main[1:], strict=False))
    main = "".join(page.text[a:b] for a, b in page.main)
    assert "21 days" in main
    assert "Privacy" not in main


def test_hidden_text_is_not_visible() -> None:
    assert "hidden paragraph" not in _page("magazine_divs").text
    assert "never seen" not in _page("wordpress").text


def _visible(source: str) -> str:
    from lxml import html

    return visible_text(html.document_fromstring(source))


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<p>One\n  two</p><p>Three</p>", "One two\nThree"),
        ("<p>A<b>B</b> C <i>D</i>.</p>", "AB C D."),
        ("<div>a<br>b<br><br>c</div>", "a\nb\nc"),
        ("<p>37&nbsp;000 dead</p>", "37\u00a0000 dead"),
        ("<ul><li>x</li><li>y</li></ul>z", "x\ny\nz"),
        ("<p>a<script>no</script>b</p><template>no</template>", "ab"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("<p hidden>no</p><p style='display: none'>no</p><p>yes</p>", "yes"),
    ],
)
def test_visible_text_is_what_a_browser_shows(source: str, wanted: str) -> None:
    assert _visible(source) == wanted


def test_200000_nested_divs_are_set_aside_at_once() -> None:
    data = b"<html><body>" + b"<div>" * 200_000 + b"The talks failed." + b"</div>" * 200_000
    with pytest.raises(ReadError, match="nested deeper"):
        page_from_html(data, file="deep.html", source_id="deep")


def test_a_page_too_large_is_set_aside() -> None:
    with pytest.raises(ReadError, match="bytes of HTML"):
        page_from_html(b"<p>" + b"a" * 10_000_001, file="big.html", source_id="big")


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        b"<html><body><p>The talks failed. &b; &c;</p></body></html>"
    )
    text = page_from_html(bomb, file="bomb.html", source_id="bomb").text
    assert "hahaha" not in text
    assert "root:" not in text


@pytest.mark.parametrize(
    "junk", [b"\x00" * 50, b"\xff\xfe\xfd", b"<" * 5000, b"<!--" * 500, b"<p>" + b"&#0;&#x110000;" * 20]
)
def test_broken_pages_are_read_or_set_aside(junk: bytes) -> None:
    data = b"<html><body><p>The talks failed on Monday, officials said.</p>" + junk + b"</body></html>"
    try:
        page = page_from_html(data, file="x.html", source_id="x")
    except ReadError:
        return
    assert "The talks failed" in page.text or junk.startswith(b"\xff")


def test_the_declared_charset_is_used() -> None:
    page = page_from_html(
        '<html><head><meta charset="windows-1251"></head><body><p>Переговоры продолжаются.</p></body></html>'.encode(
            "cp1251"
        ),
        file="ru.html",
        source_id="ru",
    )
    assert page.text == "Переговоры продолжаются."
    assert page.encoding == "windows-1251"


def test_a_page_of_more_tags_than_any_has_is_set_aside() -> None:
    with pytest.raises(ReadError, match="500,001 tags are more than the 500,000"):
        page_from_html(b"<b>" * 500_001 + b"Talks.", file="a.html", source_id="a")


def test_many_tags_cost_seconds_at_most() -> None:
    began = time.process_time()
    page = page_from_html(b"<html>" + b"<a href=x>y</a>" * 100_000, file="a.html", source_id="a")
    assert page.main == ()
    assert time.process_time() - began < 10

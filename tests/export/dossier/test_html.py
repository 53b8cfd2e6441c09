"""One HTML file that needs nothing else, in which nothing hostile is more than text."""

from __future__ import annotations

from lxml import html as lxml_html

from parley.export.dossier.html import html
from parley.export.dossier.sheet import Sheet


def test_every_quote_leads_to_its_note_and_back(sheet: Sheet) -> None:
    page = lxml_html.fromstring(html(sheet))
    for quote in sheet.quotes:
        [article] = page.xpath(f"//article[@id='q{quote.number}']")
        assert quote.words in article.xpath("string(.//blockquote)")
        assert article.xpath(".//sup/a/@href") == [f"#n{quote.number}"]
        [note] = page.xpath(f"//li[@id='n{quote.number}']")
        assert quote.citation in note.text_content()
        assert note.xpath("./a/@href") == [f"#q{quote.number}"]
    assert page.xpath("//mark/text()").count("At least 23 militants") == 1


def test_it_asks_for_nothing_and_runs_nothing(hostile_sheet: Sheet) -> None:
    text = html(hostile_sheet)
    page = lxml_html.fromstring(text)
    assert {e.tag for e in page.iter() if isinstance(e.tag, str)} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "article", "bdi", "blockquote"),
        *("mark", "sup", "a", "ol", "li"),
    }
    names = {name for e in page.iter() for name in e.attrib}
    assert names <= {
        "lang",
        "charset",
        "name",
        "content",
        "http-equiv",
        "id",
        "class",
        "dir",
        "href",
        "value",
        "aria-label",
    }
    assert all(h.startswith("#") for h in page.xpath("//@href"))
    assert "default-src 'none'" in text.split("<title>")[0]
    assert text.count("<style>") == 1


def test_an_empty_dossier_says_so(sheet: Sheet) -> None:
    assert "Nothing has been collected yet." in html(Sheet("Roads", "", "2031-03-03", []))

"""Word, RTF and LibreOffice: the paragraphs that a reader of the document sees, and a title only where it is printed."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Sequence

import pytest
from held import LAST, TITLE, errors, pages, read, sample

from parley.read import documents
from parley.read.documents import Splitter
from parley.read.kinds import Pages


def without(name: str, member: str, **changes: bytes) -> bytes:
    """A sample with one member of its ZIP replaced, or taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample(name))) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename != member:
                new.writestr(info, old.read(info))
            elif "by" in changes:
                new.writestr(info, changes["by"])
    return out.getvalue()


@pytest.mark.parametrize("name", ["word.docx", "word.rtf", "writer.odt"])
def test_the_paragraphs_in_order(name: str) -> None:
    (page,) = pages(read(sample(name), name))
    lines = page.text.split("\n")
    assert (page.title, lines[0], lines[1], lines[2]) == (TITLE, TITLE, "By Tilda Marn", "March 4, 2031")
    assert "“We came with a paper and we go home with a paper,”" in page.text
    assert (page.media, page.data, page.published) == ("document", sample(name), None)


def test_word_with_tracked_changes_tables_and_controls() -> None:
    (page,) = pages(read(sample("word.docx"), "w.docx"))
    assert "The ministry declined to comment." in page.text.split("\n")
    assert "Lorries waiting\n214\n" in page.text
    assert "Mediators from the Straits League" in page.text


def test_links_show_their_words_and_headers_nothing() -> None:
    text = pages(read(sample("word.rtf"), "w.rtf"))[0].text
    assert text.split("\n")[-1] == "More on the talks"
    assert LAST in text
    assert "HYPERLINK" not in text
    assert "The Kell Gazette" not in text  # the running header


def test_libreoffice_spaces_tabs_breaks_and_deletions() -> None:
    text = pages(read(sample("writer.odt"), "w.odt"))[0].text
    assert text.endswith("More:\tthe talks in\nbrief")
    assert "struck out" not in text


def test_properties_alone_give_no_title() -> None:
    data = sample("word.docx")
    assert pages(read(data, "w.docx"))[0].title != "Press template 2029"
    renamed = sample("word.rtf").replace(b"{\\title " + TITLE.encode(), b"{\\title Document1")
    assert pages(read(renamed, "w.rtf"))[0].title is None


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "w.doc", "save it as .docx"),
        (b"PK\x03\x04 word/", "w.docx", "not a document that can be opened"),
        (without("word.docx", "word/document.xml"), "w.docx", "not a DOCX"),
        (without("word.docx", "word/document.xml", by=b"<w:doc"), "w.docx", "not a DOCX"),
        (without("writer.odt", "content.xml"), "w.odt", "not an ODT"),
        (without("writer.odt", "content.xml", by=b"<a>"), "w.odt", "not an ODT"),
        (without("writer.odt", "content.xml", by=b"<a/>"), "w.odt", "holds no text"),
        (b"{\\rtf1 }", "w.rtf", "holds no text"),
        (b"no rtf", "w.rtf", "does not begin with"),
        (b"{\\rtf1{\\fonttbl{\\f0 A;}" + b"\\f1" * 60_000, "w.rtf", "table of fonts"),
        (b"{\\rtf1 \\u9999999999 x}", "w.rtf", "damaged"),
    ],
)
def test_what_is_damaged_is_named(data: bytes, name: str, told: str) -> None:
    (error,) = errors(read(data, name))
    assert error.startswith(f"{name}: ")
    assert told in error


def test_a_doc_is_read_by_what_it_is() -> None:
    assert LAST in pages(read(sample("word.rtf"), "w.doc"))[0].text
    assert pages(read(b"<html><p>The talks failed.</p></html>", "w.doc"))[0].text == "The talks failed."


def test_a_document_that_is_a_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("word/document.xml", b"0" * 301_000_000)
    (error,) = errors(read(out.getvalue(), "w.docx"))
    assert "unpacks to 301,000,000 bytes" in error


def test_entities_are_not_expanded() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    body = b'<x xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><t:p>Talks &a;&f; end.</t:p></x>'
    (page,) = pages(read(without("writer.odt", "content.xml", by=laughs + body), "w.odt"))
    assert page.text == "Talks  end."


@pytest.mark.parametrize(
    "body",
    [
        b"{\\field{\\*\\fldinst{" * 40_000,
        b'{\\field{\\*\\fldinst{ HYPERLINK "' * 30_000,
        b"{" * 600_000,
        b"\\'e9" * 300_000,
        b"\\f1" * 300_000,
        b"\\u-10179?" * 100_000,
    ],
)
def test_hostile_rtf_takes_time_in_proportion(body: bytes) -> None:
    began = time.process_time()
    assert len(read(b"{\\rtf1 Talks. " + body, "w.rtf")) == 1
    assert time.process_time() - began < 15


def lines_of(lines: Sequence[str]) -> bool:
    return "MANY" in lines


def split_lines(lines: Sequence[str], file: str) -> Pages:
    from parley.read.text import page_from_text

    yield from (page_from_text(line, file=file) for line in lines if line and line != "MANY")


def test_a_document_of_many_articles_goes_to_its_splitter(monkeypatch: pytest.MonkeyPatch) -> None:
    functions = {"x:looks": lines_of, "x:split": split_lines}
    monkeypatch.setattr(documents, "_function", functions.__getitem__)
    monkeypatch.setattr(documents, "SPLITTERS", (Splitter("x", "x:looks", "x:split"),))
    assert [p.text for p in pages(read(b"{\\rtf1 MANY\\par One.\\par Two.}", "w.rtf"))] == ["One.", "Two."]
    assert len(pages(read(b"{\\rtf1 Few\\par One.\\par Two.}", "w.rtf"))) == 1

"""The DOCX is opened again with a reader: quotes in the text, and real footnotes that cite them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from parley.export.dossier.docx import docx
from parley.export.dossier.sheet import Quote, Sheet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def footnotes(document: Any) -> dict[int, str]:
    """The footnotes of a document by their ids, as a reader finds them: by the relation of the document to their part."""
    root = etree.fromstring(document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES).blob)
    return {int(n.get(f"{W}id")): "".join(n.itertext()) for n in root if n.get(f"{W}type") is None}


def style(paragraph: Any) -> str:
    return str(paragraph.style.name)


def referred(paragraph: Any) -> list[int]:
    return [int(r.get(f"{W}id")) for r in paragraph._p.iter(f"{W}footnoteReference")]


def test_every_quote_stands_there_with_the_footnote_that_cites_it(sheet: Sheet) -> None:
    document = Document(io.BytesIO(docx(sheet)))
    notes = footnotes(document)
    quoted = [p for p in document.paragraphs if style(p) == "Quote"]
    assert len(quoted) == len(sheet.quotes) == len(notes)
    for paragraph, quote in zip(quoted, sheet.quotes, strict=True):
        assert paragraph.text == quote.words
        assert referred(paragraph) == [quote.number]
        assert notes[quote.number].strip() == quote.citation
        assert quote.article["sha256"] in notes[quote.number]


def test_title_headings_notes_and_marks_are_there(sheet: Sheet) -> None:
    document = Document(io.BytesIO(docx(sheet)))
    texts = [(style(p), p.text) for p in document.paragraphs]
    assert texts[:3] == [("Title", "Roads"), ("Normal", "For Monday"), ("Normal", "see there")]
    assert texts[3][0] == "Heading 1"
    assert document.core_properties.title == "Roads"
    underlined = [r.text for p in document.paragraphs if style(p) == "Quote" for r in p.runs if r.underline]
    assert "At least 23 militants" in underlined


def test_the_parts_of_the_file_know_each_other_as_word_wants_it(sheet: Sheet) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(sheet))) as file:
        assert file.testzip() is None
        types = file.read("[Content_Types].xml").decode()
        assert "/word/footnotes.xml" in types
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(file.read(name))
        settings = etree.fromstring(file.read("word/settings.xml"))
        styles = {s.get(f"{W}styleId") for s in etree.fromstring(file.read("word/styles.xml")).iter(f"{W}style")}
        marks = etree.fromstring(file.read("word/footnotes.xml"))
    order = [child.tag for child in settings]
    assert order.index(f"{W}footnotePr") < order.index(f"{W}compat")
    assert {"FootnoteText", "FootnoteReference"} <= styles
    assert [n.get(f"{W}type") for n in marks][:3] == ["separator", "continuationSeparator", None]


def test_nothing_hostile_is_more_than_text(hostile_sheet: Sheet) -> None:
    made = docx(hostile_sheet)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        for name in ("word/document.xml", "word/footnotes.xml"):
            root = etree.fromstring(file.read(name))
            tags = {etree.QName(e).localname for e in root.iter()}
            assert not tags & {"hyperlink", "object", "pict", "drawing", "fldSimple", "instrText", "altChunk", "script"}
        assert not any("vba" in name.lower() or name.startswith("word/embeddings") for name in file.namelist())
        assert b'TargetMode="External"' not in file.read("word/_rels/document.xml.rels")
    document = Document(io.BytesIO(made))
    first = next(q for q in hostile_sheet.quotes if isinstance(q, Quote))
    assert footnotes(document)[first.number].strip() == re.sub("[\ufffe\uffff]", "\ufffd", first.citation).strip()


def test_words_from_right_to_left_run_so(sheet: Sheet) -> None:
    document = Document(io.BytesIO(docx(Sheet("الطريق", "", "2031-03-03", []))))
    assert "w:bidi" in document.paragraphs[0]._p.xml
    assert document.paragraphs[0].runs[0].font.rtl

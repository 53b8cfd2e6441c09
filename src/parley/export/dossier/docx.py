"""A dossier as DOCX, with footnotes as Word keeps them: a part of their own (`footnotes.xml`), a reference in the text.

python-docx writes documents and knows no footnotes; the part is made here, its text put in by lxml, which escapes it.
"""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt
from lxml import etree

from parley.export.dossier.sheet import Heading, Quote, Sheet

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
"""The two footnotes that every document has: the rule above footnotes, and above those that go on from the page before."""


def docx(sheet: Sheet) -> bytes:
    """The dossier, a footnote for each row."""
    document = Document()
    _styles(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = sheet.name[:255], "Parley", ""
    properties.created = properties.modified = datetime.fromisoformat(sheet.changed)
    _written(document.add_paragraph(style="Title"), sheet.name)
    _note(document, sheet.note)
    for part in sheet.parts:
        if isinstance(part, Heading):
            _written(document.add_paragraph(style="Heading 1"), part.words)
        else:
            _quote(document, part)
    _add_footnotes(document, sheet.quotes)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _quote(document: Any, quote: Quote) -> None:
    who = document.add_paragraph()
    who.paragraph_format.keep_with_next = True
    _written(who, quote.who).bold = True
    _written(who, f": {quote.what}")
    said = document.add_paragraph(style="Quote")
    whole = all(marked or not words.strip() for words, marked in quote.pieces)
    for words, marked in quote.pieces:
        run = _written(said, words)
        run.italic, run.underline = False, marked and not whole
        _in_language(run, quote.language)
    said.add_run()._r.extend([_element("w:rPr", _element("w:rStyle", val="FootnoteReference")), _reference(quote)])
    where = " · ".join(x for x in (quote.where, quote.standing) if x)
    _written(document.add_paragraph(), where).font.size = Pt(9)
    if quote.told:
        _written(document.add_paragraph(), f"Careful: {quote.told}.").bold = True
    if quote.changed:
        _written(document.add_paragraph(), f"When it was collected, {'; '.join(quote.changed)}.").font.size = Pt(9)
    _note(document, quote.note)


def _note(document: Any, note: str) -> None:
    for paragraph in re.split(r"\n\s*\n", note):
        if paragraph.strip():
            _written(document.add_paragraph(), paragraph.strip("\n"))


def _written(paragraph: Any, text: str) -> Any:
    """Text at the end of a paragraph, which runs from right to left where its first letter does."""
    run = paragraph.add_run(xml_text(text))
    if _rightward(text):
        paragraph._p.get_or_add_pPr().append(_element("w:bidi"))
        run.font.rtl = True
    return run


def xml_text(text: str) -> str:
    """Text with every character that XML cannot hold as U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def _rightward(text: str) -> bool:
    return next((unicodedata.bidirectional(c) != "L" for c in text if unicodedata.bidirectional(c) in "L R AL"), False)


def _in_language(run: Any, language: str | None) -> None:
    if language and _LANGUAGE.fullmatch(language):
        run._r.get_or_add_rPr().append(_element("w:lang", val=language))


def _element(tag: str, *children: Any, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


# --- footnotes ------------------------------------------------------------------------------------------------------


def _reference(quote: Quote) -> Any:
    return _element("w:footnoteReference", id=str(quote.number))


def _styles(document: Any) -> None:
    """The styles that footnotes have in Word, which the template does not bring."""
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style, text.font.size = document.styles["Normal"], Pt(9)
    text.paragraph_format.space_after = Pt(2)
    text.element.set(qn("w:styleId"), "FootnoteText")
    reference = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    reference.element.set(qn("w:styleId"), "FootnoteReference")


def _add_footnotes(document: Any, quotes: list[Quote]) -> None:
    root = _element("w:footnotes")
    for kind, id in SEPARATORS:
        rule = _element("w:p", _element("w:r", _element(f"w:{kind}")))
        root.append(_element("w:footnote", rule, type=kind, id=str(id)))
    for quote in quotes:
        mark = _element(
            "w:r", _element("w:rPr", _element("w:rStyle", val="FootnoteReference")), _element("w:footnoteRef")
        )
        words = _element("w:t")
        words.text = f" {xml_text(quote.citation)}"
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        style = _element("w:pPr", _element("w:pStyle", val="FootnoteText"))
        root.append(_element("w:footnote", _element("w:p", style, mark, _element("w:r", words)), id=str(quote.number)))
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    rules = _element("w:footnotePr", *(_element("w:footnote", id=str(id)) for _, id in SEPARATORS))
    settings = document.settings.element
    settings.find(qn("w:compat")).addprevious(rules)  # the schema has an order

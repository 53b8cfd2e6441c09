"""PDF: the text layer as one text, sentences whole over page ends, and a word where there is no text layer."""

from __future__ import annotations

import io

import pypdf
import pytest
from held import LAST, TITLE, errors, pages, read, sample

from parley.read import pdf


def test_columns_come_one_after_the_other_with_their_words_mended() -> None:
    (page,) = pages(read(sample("columns.pdf"), "c.pdf"))
    flat = " ".join(page.text.split())
    assert flat.startswith(TITLE + " ADRIM, March 4 – Calveran negotiators left the talks")
    assert "said in a statement that it would" in flat
    assert flat.endswith(LAST)


def test_running_titles_stand_behind_the_text_and_break_no_sentence() -> None:
    (page,) = pages(read(sample("report.pdf"), "r.pdf"))
    ((start, end),) = page.main
    assert start == 0
    assert "Page 2 of 3" not in page.text[:end]
    assert page.text[end:].split("\n")[2:4] == ["The Kell Gazette Weekly Report", "Page 1 of 3"]
    flat = " ".join(page.text[:end].split())
    assert "The paper that the mediators carried between the delegations for nine days runs to four pages" in flat
    assert (page.title, page.published, page.data) == (TITLE, None, sample("report.pdf"))


def test_headings_and_paragraphs_are_parted_by_blank_lines() -> None:
    (page,) = pages(read(sample("report.pdf"), "r.pdf"))
    paragraphs = [" ".join(p.split()) for p in page.text.split("\n\n")]
    assert paragraphs[:4] == [TITLE, "By Tilda Marn", "March 4, 2031", paragraphs[3]]
    assert "What was on the table" in paragraphs
    assert paragraphs[3].startswith("ADRIM")
    assert all(p[-1] in ".”" for p in paragraphs[3:9])
    columns = pages(read(sample("columns.pdf"), "c.pdf"))[0].text.split("\n\n")
    assert columns[0] == TITLE
    assert len(columns) == 6  # where a column ends with a paragraph, nothing on the page says so


def test_a_scan_says_that_it_has_no_text_layer() -> None:
    (error,) = errors(read(sample("scanned.pdf"), "s.pdf"))
    assert error.startswith("s.pdf: no text layer: 3 pages of pictures; have its text recognised (OCR) first")


def test_a_locked_file_and_a_broken_one_are_named() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(sample("columns.pdf")))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    (error,) = errors(read(out.getvalue(), "l.pdf"))
    assert "locked with a password" in error
    (error,) = errors(read(b"%PDF-1.7\njunk", "b.pdf"))
    assert error.startswith("b.pdf: not a PDF that can be read")


def test_a_file_that_takes_too_long_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST", 0.0)
    (error,) = errors(read(sample("report.pdf"), "r.pdf"))
    assert "set aside" in error


@pytest.mark.parametrize(
    ("lines", "mended"),
    [
        (["The negotia-", "tors met."], ["The negotiators", "met."]),
        (["a cease-", "fire. The cease-fire holds"], ["a cease-fire.", "The cease-fire holds"]),
        (["north-", "Korea"], ["north-", "Korea"]),
        (["from 10-", "12 March"], ["from 10-", "12 March"]),
        (["he said -", "and left"], ["he said -", "and left"]),
        (["end-", "ed."], ["ended."]),
    ],
)
def test_words_parted_at_a_line_s_end(lines: list[str], mended: list[str]) -> None:
    assert pdf._mended([lines]) == [mended]

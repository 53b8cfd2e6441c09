"""A dossier is read as it was collected: words in their sentence, footnotes in order, and what became of rows said aloud."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from dossiers import MakeReading

from parley.export.dossier.sheet import Heading, Quote, Sheet, sheet_of
from parley.store.ledger import Ledger


def by_kind(sheet: Sheet, kind: str) -> Quote:
    return next(q for q in sheet.quotes if q.row["row"] == kind)


def test_every_row_has_its_words_within_their_sentence_and_a_footnote(sheet: Sheet) -> None:
    assert [type(p) for p in sheet.parts[:2]] == [Heading, Quote]
    assert [q.number for q in sheet.quotes] == list(range(1, len(sheet.quotes) + 1))
    figure = by_kind(sheet, "figure")
    assert (figure.who, figure.what) == ("the ministry", "at least 23 killed")
    assert figure.words == "At least 23 militants were killed, the ministry said."
    assert [words for words, marked in figure.pieces if marked] == ["At least 23 militants"]
    assert figure.where == "Herald, 3 March 2031"
    assert figure.citation.startswith("Herald, “Envoy says road will open”, 3 March 2031. Characters 134-155 of 01.txt")


def test_an_article_is_cited_once_with_all_its_rows(sheet: Sheet) -> None:
    [source] = sheet.sources
    assert source.quotes == sheet.quotes
    assert len(sheet.quotes) > 7


def test_what_the_ledger_has_no_more_keeps_its_sentence_as_far_as_it_was_kept(roads: Ledger, sheet: Sheet) -> None:
    before = {q.id: q for q in sheet.quotes}
    with roads._writing() as connection:
        connection.execute(sa.text("DELETE FROM article"))
    for quote in sheet_of(roads, "Roads").quotes:
        assert quote.told.startswith("its article is not in this ledger any more")
        assert quote.citation == before[quote.id].citation
        assert any(marked for _, marked in quote.pieces)
    figure = by_kind(sheet_of(roads, "Roads"), "figure")
    assert figure.words == "At least 23 militants were killed, the ministry said."


def test_what_parley_reads_otherwise_by_now_is_said(roads: Ledger, reading: MakeReading) -> None:
    newer = reading()
    other = replace(newer.figures[0], value=24, claimant="the council")
    roads.add(replace(newer, figures=(other, *newer.figures[1:])), fingerprint="f2", run="r2")
    figure = by_kind(sheet_of(roads, "Roads"), "figure")
    assert (figure.who, figure.told) == ("the council", "")
    assert figure.changed == ["value was “23”", "claimant was “the ministry”"]


def test_who_judged_a_row_is_said(roads: Ledger) -> None:
    roads.judge(roads.figures()[0]["id"], "confirm", by="Ana")
    assert by_kind(sheet_of(roads, "Roads"), "figure").standing == "confirmed by Ana"


def test_an_empty_dossier_is_a_sheet_without_parts(roads: Ledger) -> None:
    roads.dossier_make("Empty")
    assert sheet_of(roads, "Empty").parts == []

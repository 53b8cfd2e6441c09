"""What is written of an article: every column of every table, as the schema has it, for many articles as for one."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.data import Reading
from parley.export import jsonl
from parley.store import schema
from parley.store.ledger import Ledger
from parley.store.sheets import COLUMNS, sheet_of
from parley.store.words import fold

MakeReading = Callable[..., Reading]


@pytest.mark.parametrize("table", COLUMNS)
def test_a_sheet_has_every_column_of_a_table(table: str, reading: MakeReading) -> None:
    columns = {c.name for c in schema.metadata.tables[table].columns}
    assert set(COLUMNS[table]) == columns - ({"n"} if table == "passage" else set())
    rows = sheet_of(reading(), fingerprint="f", run="r").rows[table]
    assert {len(row) for row in rows} == {len(COLUMNS[table])}


def test_every_table_of_an_article_is_on_its_sheet() -> None:
    of_articles = {"source", "article", *(t.name for t in schema.metadata.tables.values() if "article" in t.c)}
    # what linking and comparing note of an article can be made again, and is no part of it
    compared = {"compared", "member", "sketch", "linked"}
    # what people said of an article is theirs, and outlives its rows
    said = {"anchored", "judged"}
    assert set(COLUMNS) == of_articles - {"failure"} - compared - said


def test_a_sheet_passes_between_processes(reading: MakeReading) -> None:
    sheet = sheet_of(reading(), fingerprint="f", run="r")
    assert pickle.loads(pickle.dumps(sheet)) == sheet


def test_many_articles_at_once_are_those_written_one_by_one(tmp_path: Path, reading: MakeReading) -> None:
    readings = [reading(file=f"{n}.txt", source_id=f"{n}.txt") for n in (1, 2, 2, 3)]
    sheets = [sheet_of(r, fingerprint="f", run="r") for r in readings]
    with Ledger.open(tmp_path / "one.db", create=True) as one, Ledger.open(tmp_path / "many.db", create=True) as many:
        assert [one.add(r, fingerprint="f", run="r") for r in readings] == many.write(sheets)
        assert many.write(sheets) == ["unchanged"] * 4
        assert many.write([sheet_of(readings[0], fingerprint="g", run="r")]) == ["updated"]
        assert list(jsonl.all_rows(one)) == list(jsonl.all_rows(many))
        assert [r["id"] for r in one.search("road")] == [r["id"] for r in many.search("road")]
        assert [r["id"] for r in one.search("litant")] == [r["id"] for r in many.search("litant")]


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_searched_by_the_words_it_has_beside_other_letters(text: str) -> None:
    assert fold(f"{text} \u00e9") == f"{fold(text)} e".strip()

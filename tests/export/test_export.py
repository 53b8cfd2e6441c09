"""What is written out is what is in the ledger, the same each time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from parley.data import Reading
from parley.export import jsonl, tables
from parley.store.frames import COLUMNS
from parley.store.ledger import Ledger


@pytest.fixture
def ledger(ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        for n in (1, 2):
            held.add(reading(file=f"{n}.txt", source_id=str(n)), fingerprint="f", run="r")
        yield held


def test_json_lines_read_back_are_the_rows(ledger: Ledger) -> None:
    out = io.BytesIO()
    assert jsonl.write(ledger, out) == len(out.getvalue().splitlines())
    assert [json.loads(x) for x in out.getvalue().splitlines()] == list(jsonl.all_rows(ledger))


def test_writing_twice_gives_the_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    for format in ("csv", "parquet"):
        for name in ("a", "b"):
            tables.export(ledger, format, tmp_path / format / name)
        first, second = (sorted((tmp_path / format / n).iterdir()) for n in ("a", "b"))
        assert [p.name for p in first] == [f"{k}.{format}" for k in sorted(jsonl.tables(ledger))]
        assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    one, two = io.BytesIO(), io.BytesIO()
    jsonl.write(ledger, one)
    jsonl.write(ledger, two)
    assert one.getvalue() == two.getvalue()


def test_it_is_told_how_many_of_how_many_rows_are_written(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "_ROWS_AT_ONCE", 1)
    told: list[tuple[int, int]] = []
    count = jsonl.save(ledger, tmp_path / "a.jsonl", told=lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == list(range(1, count + 1))
    assert all(done <= of for done, of in told)
    assert told[-1] == (count, count)


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_a_table_that_is_cut_short_is_not_there(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    monkeypatch.setattr(jsonl, "_ROWS_AT_ONCE", 1)

    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tables.export(ledger, format, tmp_path, told=stop)
    assert [p.name for p in tmp_path.glob(f"*.{format}*")] == [f"article.{format}"]


def test_spans_cut_their_text_out_of_the_article(ledger: Ledger) -> None:
    for row in jsonl.all_rows(ledger):
        if "text" in row:
            assert ledger.text(row["article"])[slice(*row["span"])] == row["text"]


def test_parquet_has_typed_columns(ledger: Ledger, tmp_path: Path) -> None:
    tables.export(ledger, "parquet", tmp_path)
    statements = pq.read_table(tmp_path / "statement.parquet")
    assert str(statements.schema.field("content").type).startswith("list<")
    assert statements.column("speaker").to_pylist()[1]["name"] == "Oran Melk"
    figures = pq.read_table(tmp_path / "figure.parquet")
    assert figures.column("value").to_pylist() == ["23", "85%"] * 2
    assert figures.column("low").to_pylist()[0] == 23.0


def test_every_key_of_every_row_has_its_column(ledger: Ledger) -> None:
    for row in jsonl.all_rows(ledger):
        assert list(row)[1:] == list(COLUMNS[row["row"]])


def test_csv_reads_back(ledger: Ledger, tmp_path: Path) -> None:
    tables.export(ledger, "csv", tmp_path)
    with (tmp_path / "statement.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert json.loads(rows[1]["content_text"]) == ["“the road will open”", "if the dam is returned"]
    assert rows[0]["speaker"] == ""

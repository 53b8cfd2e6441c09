"""Parquet files: one article a row, every row accounted for, whatever the file is like."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from parley.data import RawPage
from parley.errors import ReadError
from parley.read import parquet
from parley.read.sources import read_pages


def written(path: Path, rows: list[dict[str, Any]], **options: Any) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path, **options)
    return path


def test_rows_are_read_as_lines_of_json_are(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"a{n}",
            "text": f"Oran Melk said yes {n} times.",
            "date": dt.date(2031, 3, 4),
            "outlet": "The Plumbline",
        }
        for n in range(200)
    ]
    pages = list(read_pages(written(tmp_path / "a.parquet", rows, row_group_size=70)))
    lines = tmp_path / "a.jsonl"
    lines.write_text("".join(json.dumps(r, default=str, separators=(",", ":")) + "\n" for r in rows), encoding="utf-8")
    wanted = list(read_pages(lines))
    assert len(pages) == 200
    for page, other in zip(pages, wanted, strict=True):
        assert isinstance(page, RawPage)
        assert isinstance(other, RawPage)
        assert (page.source_id, page.text, page.published, page.outlet) == (
            *(other.source_id, other.text, other.published, other.outlet),
        )
        assert page.sha256 == other.sha256


def test_every_kind_of_value_is_kept(tmp_path: Path) -> None:
    row = {
        "text": "Words.",
        "when": dt.datetime(2031, 3, 4, 5, 6),
        "raw": b"\xff\x00",
        "many": [{"a": 1.5}],
        "no": None,
    }
    [page] = read_pages(written(tmp_path / "a.parquet", [row]))
    assert isinstance(page, RawPage)
    kept = json.loads(page.data)
    assert kept == {"text": "Words.", "when": "2031-03-04T05:06:00", "raw": "/wA=", "many": [{"a": 1.5}], "no": None}


def test_a_row_without_text_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"id": "a", "text": "Yes."}, {"id": "b", "text": None}, {"id": "c", "text": "No."}]
    pages = list(read_pages(written(tmp_path / "a.parquet", rows)))
    assert [type(p).__name__ for p in pages] == ["RawPage", "ReadError", "RawPage"]
    assert "row 2" in str(pages[1])


def test_a_row_whose_text_is_not_utf8_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    texts = pa.array([b"Yes.", b"\xffNo.", b"Perhaps."]).view(pa.string())  # as some writers do, which check nothing
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet")
    pages = list(read_pages(tmp_path / "a.parquet"))
    assert [p.text if isinstance(p, RawPage) else "" for p in pages] == ["Yes.", "", "Perhaps."]
    assert "row 2" in str(pages[1])
    assert "UTF-8" in str(pages[1])


def test_columns_go_by_other_names_where_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", [{"artikel": "Ja.", "nr": 7}])
    [page] = read_pages(path, columns={"text": "artikel", "id": "nr"})
    assert isinstance(page, RawPage)
    assert (page.text, page.source_id) == ("Ja.", "7")


@pytest.mark.parametrize("keep", [0, 3, 40, 600])
def test_a_file_cut_short_is_named(tmp_path: Path, keep: int) -> None:
    path = written(tmp_path / "a.parquet", [{"text": f"Row {n} " + "x" * n} for n in range(300)], compression="none")
    path.write_bytes(path.read_bytes()[:keep])
    [error] = read_pages(path)
    assert isinstance(error, ReadError)
    assert "a.parquet" in str(error)


def test_damage_inside_ends_the_file_with_its_row(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", [{"text": f"Row {n} " * 50} for n in range(300)], row_group_size=100)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 400] = b"\xee" * 400
    path.write_bytes(data)
    pages = list(read_pages(path))
    assert all(isinstance(p, RawPage) for p in pages[:100])
    assert isinstance(pages[-1], ReadError)


def test_a_row_group_past_the_limit_is_named_and_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[dict[str, Any]] = [{"text": "x" * 5000 if n < 5 else "short"} for n in range(10)]
    monkeypatch.setattr(parquet, "LARGEST_GROUP", 3000)
    path = written(tmp_path / "a.parquet", rows, row_group_size=5, use_dictionary=False)
    pages = list(read_pages(path))
    assert "rows 1 to 5" in str(pages[0])
    assert [p.source_id for p in pages[1:] if isinstance(p, RawPage)] == ["6", "7", "8", "9", "10"]


def test_an_empty_table_has_no_article(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "a.parquet")
    assert list(read_pages(tmp_path / "a.parquet")) == []

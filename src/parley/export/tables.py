"""Files of tables, one for each kind of row: CSV and Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.export.jsonl import Told, watched
from parley.export.places import folder_at, whole_file
from parley.store.frames import COLUMNS, arrow_schema, batches

if TYPE_CHECKING:
    from parley.store.ledger import Ledger
    from parley.store.rows import Row


def write_parquet(tables: dict[str, Iterator[Row]], folder: Path) -> int:
    """A Parquet file for each kind of row; how many rows there were."""
    import pyarrow.parquet as pq

    count = 0
    for kind, rows in tables.items():
        with (
            whole_file(folder / f"{kind}.parquet") as file,
            pq.ParquetWriter(file, arrow_schema(kind), compression="zstd") as writer,
        ):
            for batch in batches(kind, rows):
                writer.write_batch(batch)
                count += batch.num_rows
    return count


def write_csv(tables: dict[str, Iterator[Row]], folder: Path) -> int:
    """A CSV file for each kind of row, UTF-8, lists and objects as JSON; how many rows there were."""
    count = 0
    for kind, rows in tables.items():
        with whole_file(folder / f"{kind}.csv") as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            count += csv_rows(kind, rows, text)
            text.detach()
    return count


def csv_rows(kind: str, rows: Iterable[Row], file: Any) -> int:
    """Rows of one kind as CSV with a heading line."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS[kind])
    count = 0
    for row in rows:
        writer.writerow([_cell(row[name]) for name in COLUMNS[kind]])
        count += 1
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def export(ledger: Ledger, format: str, folder: Path, *, told: Told | None = None) -> int:
    """Every table of a ledger into a folder, which is made where there is none; each takes its name when it is whole."""
    folder_at(folder)
    return (write_csv if format == "csv" else write_parquet)(watched(ledger, told), folder)

"""Parquet -> RawPages: one article a row, streamed by some rows at a time.

A row is kept as JSON, its fields in the order of the columns: the bytes that Parquet holds it in are spread over the file. So the same
article in a Parquet file and in a JSON Lines file are two sources, each with its own hash.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.kinds import Origin
from parley.read.records import LARGEST_RECORD, page_from_record
from parley.read.streams import whole

_ROWS = 64
"""Rows held at a time."""

LARGEST_GROUP = 4_000_000_000
"""Bytes that a group of rows may unpack to; one is held whole while its rows are read."""


def read_parquet(stream: BinaryIO, origin: Origin) -> Iterator[RawPage | ReadError]:
    """One page a row, numbered from 1 over the whole file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    seekable = stream if stream.seekable() else io.BytesIO(whole(stream, origin.file))
    try:
        file = pq.ParquetFile(seekable, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise ReadError(f"not a Parquet file, or cut short ({_brief(error)})", file=origin.file) from error
    number = 0
    for group in range(file.num_row_groups):
        described = file.metadata.row_group(group)
        if described.total_byte_size > LARGEST_GROUP:
            where = f"rows {number + 1} to {number + described.num_rows}"
            yield ReadError(
                f"a row group of more than {LARGEST_GROUP:,} bytes; write it in smaller ones",
                file=origin.file,
                record=where,
            )
            number += described.num_rows
            continue
        try:
            for batch in file.iter_batches(_ROWS, row_groups=[group], use_threads=False):
                for row in _rows(batch):
                    number += 1
                    yield _page(row, number, origin) if row is not None else _no_text(number, origin)
        except (pa.ArrowException, OSError) as error:
            where = f"row {number + 1}"
            raise ReadError(f"damaged from here on ({_brief(error)})", file=origin.file, record=where) from error


def _rows(batch: Any) -> Iterator[dict[str, Any] | None]:
    """The rows of a batch; None in the place of one that has a text which is none: a writer may put any bytes there."""
    try:
        yield from batch.to_pylist()
    except UnicodeDecodeError:
        for at in range(batch.num_rows):
            try:
                [row] = batch.slice(at, 1).to_pylist()
            except UnicodeDecodeError:
                row = None
            yield row


def _no_text(number: int, origin: Origin) -> ReadError:
    return ReadError("a text that is not UTF-8, as Parquet wants it", file=origin.file, record=f"row {number}")


def _page(row: dict[str, Any], number: int, origin: Origin) -> RawPage | ReadError:
    record = {str(k): _plain(v) for k, v in row.items()}
    where = f"row {number}"
    try:
        data = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError) as error:
        return ReadError(f"a row that cannot be kept ({_brief(error)})", file=origin.file, record=where)
    if len(data) > LARGEST_RECORD:
        return ReadError(f"a record of more than {LARGEST_RECORD:,} bytes; split it", file=origin.file, record=where)
    return page_from_record(
        record, data=data, file=origin.file, where=where, number=number, encoding="utf-8", columns=origin.columns
    )


def _plain(value: Any) -> Any:
    """A value as JSON has it: days and times in ISO, bytes as text where they are, else in base64."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__

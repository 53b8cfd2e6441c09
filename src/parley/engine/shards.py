"""Shards: what was read, as Parquet files that any number of machines can write and one ledger takes in.

A row of a shard is an article, whole: its own fields, and for each table of the ledger a list of its rows there, columns and values as the
ledger has them. An article that failed is a row with `failed` alone. A shard is named by what it holds and appears whole or not at all,
so writing the same one twice leaves one. What made it (version, run, settings) stands in the file's own metadata.

    SELECT s.text, s.speaker FROM 'shards/*.parquet', unnest(statement) AS t(s)      -- DuckDB
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

import sqlalchemy as sa

from parley.codebooks import ALWAYS
from parley.data import Run
from parley.engine import places
from parley.engine.worker import Start
from parley.errors import LedgerError
from parley.store import schema as t
from parley.store.sheets import COLUMNS, KINDS, Sheet, Values

ENDING = ".parquet"

FORMAT = 1
"""Raised where a shard of an older Parley could no longer be taken in as it is."""

META = b"parley"

_HEAD = ("article", "fingerprint", "sha256", "file", "source_id")
_FAILED = ("file", "record", "article", "step", "error")


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read, as `Ledger.fail` notes it."""

    file: str
    record: str | None
    article: str | None
    step: str
    error: str


@dataclass(frozen=True, slots=True)
class Made:
    """What made a shard: the run, and what it was told."""

    run: Run
    fingerprint: str
    profile: str
    codebooks: tuple[str, ...]
    codebook_sha256: str
    series: tuple[str, ...]
    date: str | None
    outlet: str | None

    @classmethod
    def of(cls, start: Start, run: Run) -> Made:
        """What a build with these settings makes."""
        settings = start.settings
        return cls(
            run=run,
            fingerprint=start.fingerprint,
            profile=settings.profile,
            codebooks=tuple(n for n in settings.codebook.names if n not in ALWAYS),
            codebook_sha256=settings.codebook.sha256,
            series=tuple(PurePosixPath(s.replace("\\", "/")).name for s in settings.series),
            date=settings.date,
            outlet=settings.outlet,
        )


@dataclass(frozen=True, slots=True)
class Shard:
    """One file: where it is, how many articles and failures it holds, and what made it."""

    place: str
    made: Made
    rows: int

    @property
    def name(self) -> str:
        """Its file name, which says what it holds."""
        return PurePosixPath(self.place.replace("\\", "/")).name


# --- writing --------------------------------------------------------------------------------------------------------


def write(folder: str, sheets: Sequence[Sheet], failures: Sequence[Failure], made: Made) -> str | None:
    """Write a shard into a folder and give its name; nothing is written of nothing."""
    if not sheets and not failures:
        return None
    import pyarrow.parquet as pq

    buffer = BytesIO()
    pq.write_table(table(sheets, failures, made), buffer, compression="zstd")
    name = f"{_name(sheets, failures, made)}{ENDING}"
    places.put(folder, name, buffer.getvalue())
    return name


def _name(sheets: Sequence[Sheet], failures: Sequence[Failure], made: Made) -> str:
    digest = hashlib.blake2b(made.fingerprint.encode(), digest_size=16)
    for one in sorted([s.article for s in sheets] + [repr(f) for f in failures]):
        digest.update(one.encode("utf-8", "replace"))
    return f"part-{digest.hexdigest()}"


def table(sheets: Sequence[Sheet], failures: Sequence[Failure], made: Made) -> Any:
    """Sheets and failures as an Arrow table in the shape of a shard."""
    import pyarrow as pa

    count, bad = len(sheets), len(failures)
    types = _types()
    columns: dict[str, Any] = {
        name: pa.array([getattr(s, name) for s in sheets] + [None] * bad, pa.string()) for name in _HEAD
    }
    columns["found"] = pa.array([dict(s.found) for s in sheets] + [None] * bad, types["found"])
    failed = [asdict(f) for f in failures]
    columns["failed"] = pa.array([None] * count + failed, types["failed"])
    for name in COLUMNS:
        columns[_column(name)] = _lists([s.rows[name] for s in sheets] + [()] * bad, types[name])
    made_of = {META: json.dumps({"format": FORMAT, "schema": t.VERSION, **asdict(made)}).encode()}
    return pa.table(columns).replace_schema_metadata(made_of)


def _column(table: str) -> str:
    """The column that holds a table's rows; `article` is the id."""
    return f"{table}_row" if table == "article" else table


def _lists(rows: Sequence[Sequence[Values]], of: Any) -> Any:
    """A list of rows for each article, as Arrow has lists of structs."""
    import pyarrow as pa

    offsets = [0]
    for some in rows:
        offsets.append(offsets[-1] + len(some))
    struct = of.value_type
    flat = list(zip(*chain.from_iterable(rows), strict=True)) or [()] * struct.num_fields
    values = [pa.array(list(v), struct.field(i).type) for i, v in enumerate(flat)]
    made = pa.StructArray.from_arrays(values, fields=[struct.field(i) for i in range(struct.num_fields)])
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), made)


@cache
def _types() -> Mapping[str, Any]:
    """Arrow's type of each column that is not a plain text."""
    import pyarrow as pa

    def of(column: sa.Column[Any]) -> Any:
        kind = column.type
        if isinstance(kind, sa.Boolean):
            return pa.bool_()
        if isinstance(kind, sa.Integer):
            return pa.int64()
        if isinstance(kind, sa.Float):
            return pa.float64()
        return pa.binary() if isinstance(kind, sa.LargeBinary) else pa.string()

    types: dict[str, Any] = {
        name: pa.list_(pa.struct([(c, of(t.metadata.tables[name].c[c])) for c in columns]))
        for name, columns in COLUMNS.items()
    }
    types["found"] = pa.struct([(kind, pa.int64()) for kind in KINDS])
    types["failed"] = pa.struct([(name, pa.string()) for name in _FAILED])
    return types


# --- reading --------------------------------------------------------------------------------------------------------


def shards(folders: Sequence[str]) -> list[Shard]:
    """The shards of some folders, in the order of their runs; raises LedgerError where a file is none, or of a newer Parley."""
    found = [_shard(place) for folder in folders for place in places.listed(folder, ENDING)]
    return sorted(found, key=lambda s: (s.made.run.started, s.made.run.id, s.name))


def _shard(place: str) -> Shard:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with places.opened(place) as stream, pq.ParquetFile(stream) as file:
            meta, rows = file.schema_arrow.metadata or {}, file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise LedgerError(f"{places.told(place)} is damaged ({str(error)[:120]}); make it again") from error
    if META not in meta:
        raise LedgerError(f"{places.told(place)} is no shard: `parley build --shards` writes them")
    said = json.loads(meta[META])
    if said.pop("format") > FORMAT or said.pop("schema") > t.VERSION:
        raise LedgerError(f"{places.told(place)} was written by a newer Parley: install that version to load it")
    run = Run(**_tupled(said.pop("run")))
    return Shard(place, Made(run=run, **_tupled(said)), rows)


def _tupled(said: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}


def ids(shard: Shard) -> list[str]:
    """The articles of a shard that could be read."""
    import pyarrow.parquet as pq

    with places.opened(shard.place) as stream:
        column = pq.read_table(stream, columns=["article"]).column("article")
    return [i for i in column.to_pylist() if i is not None]


def read(shard: Shard) -> Iterator[Sheet | Failure]:
    """What a shard holds, in order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with places.opened(shard.place) as stream, pq.ParquetFile(stream) as file:
            for batch in file.iter_batches(64):
                yield from _held(batch)
    except (pa.ArrowException, OSError) as error:
        raise LedgerError(f"{places.told(shard.place)} is damaged ({str(error)[:120]}); make it again") from error


def _held(batch: Any) -> Iterator[Sheet | Failure]:
    heads = [batch.column(name).to_pylist() for name in (*_HEAD, "found", "failed")]
    rows = {name: _tuples(batch.column(_column(name))) for name in COLUMNS}
    for n, (article, fingerprint, sha256, file, source_id, found, failed) in enumerate(zip(*heads, strict=True)):
        if failed is not None:
            yield Failure(**failed)
            continue
        yield Sheet(
            article=article,
            fingerprint=fingerprint,
            sha256=sha256,
            file=file,
            source_id=source_id,
            rows={name: of[n] for name, of in rows.items()},
            found=found,
        )


def _tuples(column: Any) -> list[list[Values]]:
    """The rows of each article, as values in the order of the columns."""
    struct = column.flatten()
    values = [struct.field(i).to_pylist() for i in range(struct.type.num_fields)]
    flat: list[Values] = list(zip(*values, strict=True))
    lengths = [n or 0 for n in column.value_lengths().to_pylist()]
    out, at = [], 0
    for length in lengths:
        out.append(flat[at : at + length])
        at += length
    return out

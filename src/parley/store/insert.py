"""Writing sheets: the statements as the driver takes them, so that a row costs no more than its values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.store import schema as t
from parley.store.sheets import COLUMNS, Sheet, Values

_AT_ONCE = 240
"""Rows of `passage` that one SQLite statement inserts: older SQLites refuse more than 999 values."""


def insert(connection: Connection, sheets: Sequence[Sheet]) -> None:
    """Insert the rows of articles that are not there; of what is known of failures to read them, nothing is left."""
    dialect = connection.dialect.name
    for table in COLUMNS:
        rows = [row for sheet in sheets for row in sheet.rows[table]]
        if table == "passage" and dialect == "sqlite":
            _insert_searched(connection, rows)
        elif dialect == "postgresql" and table != "source" and rows:
            _copy(connection, table, rows)
        elif rows:
            connection.exec_driver_sql(_statement(table, dialect), rows)
    read = [(s.file, s.source_id) for s in sheets]
    if read:
        mark = _mark(dialect)
        forget = f'DELETE FROM failure WHERE file = {mark} AND ("record" = {mark} OR "record" IS NULL)'  # noqa: S608
        connection.exec_driver_sql(forget, read)


def _copy(connection: Connection, table: str, rows: Sequence[Values]) -> None:
    """Rows by COPY, which PostgreSQL takes several times as fast as INSERTs; `source` may meet a row that is there, so it is inserted."""
    columns = ", ".join(f'"{name}"' for name in COLUMNS[table])
    statement = f'COPY "{table}" ({columns}) FROM STDIN'
    cursor: Any = connection.connection.cursor()
    try:
        with cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        # as every other refusal comes, so that whoever waits for a server that is away, or tells what to do, knows it
        gone = connection.dialect.is_disconnect(error, None, None)
        base = connection.dialect.loaded_dbapi.Error
        raise sa.exc.DBAPIError.instance(
            statement, None, error, base, hide_parameters=True, connection_invalidated=gone, dialect=connection.dialect
        ) from error


def _insert_searched(connection: Connection, rows: Sequence[Values]) -> None:
    """Passages in few statements: the search indexes are written out after each, which for single rows takes most of the time."""
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        connection.exec_driver_sql(_statement("passage", "sqlite", len(some)), tuple(chain.from_iterable(some)))


def _mark(dialect: str) -> str:
    return "%s" if dialect == "postgresql" else "?"


@cache
def _statement(table: str, dialect: str, rows: int = 1) -> str:
    """The statement that inserts rows of a table, given as values in the order of COLUMNS."""
    columns = COLUMNS[table]
    names = ", ".join(f'"{name}"' for name in columns)
    values = f"({', '.join(_placeholder(table, name, dialect) for name in columns)})"
    # two builds may bring one source at once, and one source may be given under two names
    twice = " ON CONFLICT DO NOTHING" if table == "source" else ""
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([values] * rows)}{twice}'  # noqa: S608


def _placeholder(table: str, column: str, dialect: str) -> str:
    nested = isinstance(t.metadata.tables[table].c[column].type, t.Json)
    return f"{_mark(dialect)}{'::jsonb' if nested and dialect == 'postgresql' else ''}"

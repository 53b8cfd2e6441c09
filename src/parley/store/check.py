"""Looking a ledger over: every source against its hash, every span against the text it counts in."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from parley.store import schema as t

if TYPE_CHECKING:
    from parley.store.ledger import Ledger


def problems(ledger: Ledger) -> Iterator[str]:
    """One sentence for each thing that is wrong; nothing for a sound ledger."""
    with ledger._reading() as connection:
        if connection.dialect.name == "sqlite":
            for (told,) in connection.exec_driver_sql("PRAGMA quick_check"):
                if told != "ok":
                    yield f"the database file is damaged: {told}"
        ids = connection.execute(sa.select(t.article.c.id, t.article.c.sha256).order_by(t.article.c.place)).all()
        for article, sha256 in ids:
            source = connection.execute(sa.select(t.source.c.bytes).where(t.source.c.sha256 == sha256)).scalar()
            yield from _source_problems(article, sha256, source)
            text = connection.execute(sa.select(t.article.c.text).where(t.article.c.id == article)).scalar_one()
            for kind, table in {**t.FINDINGS, "dropped": t.dropped}.items():
                found = connection.execute(sa.select(table).where(table.c.article == article)).mappings()
                yield from (f"{article}: {told}" for row in found for told in _row_problems(kind, row, text))


def _source_problems(article: str, sha256: str, packed: bytes | None) -> Iterator[str]:
    if packed is None:
        yield f"{article}: its source {sha256} is not here"
        return
    try:
        data = zlib.decompress(packed)
    except zlib.error as error:
        yield f"{article}: its source {sha256} is damaged: {error}"
        return
    if hashlib.sha256(data).hexdigest() != sha256:
        yield f"{article}: its source is not what its hash {sha256} says"


def _row_problems(kind: str, row: Mapping[Any, Any], text: str) -> Iterator[str]:
    spans = [[row["start"], row["stop"], row["text"]]]
    if kind == "statement":
        spans = [*row["content"], *(s for s in (row["source"], row["cue"]) if s)]
    for start, stop, words in spans:
        if text[start:stop] != words:
            yield f"{kind} {row.get('id', row['n'])}: its span {start}-{stop} is “{text[start:stop]}”, not “{words}”"

"""What is shown, to take along: CSV, JSON Lines or Parquet, and the sources as they were read. Always as attachments."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from fastapi import FastAPI, Request
from fastapi.responses import Response, StreamingResponse
from starlette.exceptions import HTTPException

from parley.compare.registry import ask, questions
from parley.export import schemaorg, webanno
from parley.export.jsonl import line
from parley.export.tables import csv_rows
from parley.store.frames import COLUMNS, arrow_schema, batches
from parley.store.rows import Row
from parley.web.answers import Answers
from parley.web.asked import Asked, at_least
from parley.web.pages.listing import FILTERS

MEDIA = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet"}
METHODS = {
    "statements": "statement",
    "figures": "figure",
    "positions": "position",
    "events": "event",
    "wording": "wording",
    "articles": "article",
    "actors": "actor",
}
ASKED = {"actor": ("name", "side")}
"""What lists are asked that are no lists of rows of articles."""
NARROWED = {"disagreements": ("type",), "wording": ("referent",)}
"""What pages show a part of by themselves: answers of which those are taken along that have these values."""
QUESTIONS = {"wording-shares": "wording"}
"""Names of answers that would else be taken for rows."""
LINKED = {"webanno": webanno, "schemaorg": schemaorg}
"""One article as linked data: its annotations, or what is quoted and claimed in it (docs/exports.md)."""
CHUNK = 1 << 16


def add(app: FastAPI, answers: Answers) -> None:
    """Serve downloads."""

    @app.get("/download/judgements.jsonl")
    def said() -> Response:
        """What people said, as `parley export --judgements` writes it and `parley import` takes it in."""
        body = map(line, answers.ledger.carried())
        return StreamingResponse(body, media_type=MEDIA["jsonl"], headers=attachment("judgements.jsonl"))

    @app.get("/download/{name}")
    def download(name: str, request: Request) -> Response:
        what, _, form = name.rpartition(".")
        if form not in MEDIA or (what not in METHODS and QUESTIONS.get(what, what) not in questions()):
            raise HTTPException(404)
        kind, rows = _rows(answers, what, request)
        body = WRITERS[form](kind, rows)
        return StreamingResponse(body, media_type=MEDIA[form], headers=attachment(f"{what}.{form}"))

    @app.get("/linked/{article}/{form}")
    def linked(article: str, form: str) -> Response:
        row = answers.ledger.row(article)
        if form not in LINKED or row is None or row["row"] != "article":
            raise HTTPException(404)
        out = io.BytesIO()
        LINKED[form].write(answers.ledger, out, article=row["id"])
        headers = attachment(f"{row['id']}.{form}.jsonld")
        return Response(out.getvalue(), media_type="application/ld+json", headers=headers)

    @app.get("/source/{article}")
    def source(article: str) -> Response:
        row = answers.ledger.row(article)
        if row is None or row["row"] != "article":
            raise HTTPException(404)
        headers = attachment(safe_name(row["file"])) | {"x-parley-sha256": row["sha256"]}
        return Response(answers.ledger.source(row["sha256"]), media_type="application/octet-stream", headers=headers)


def attachment(name: str) -> dict[str, str]:
    """Headers by which a browser saves something and never shows it."""
    return {"content-disposition": f'attachment; filename="{name}"', "content-security-policy": "sandbox"}


def safe_name(file: str) -> str:
    """A file's own name, of plain letters only.

    >>> safe_name("../../etc/pass wd\\r\\n.html")
    'pass_wd__.html'
    """
    last = file.replace("\\", "/").rsplit("/", 1)[-1][-100:]
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "_" for c in last)
    return plain.lstrip(".") or "source"


def _rows(answers: Answers, what: str, request: Request) -> tuple[str, Iterable[Row]]:
    pairs = request.query_params.multi_items()
    if what in METHODS:
        kind = METHODS[what]
        asked = Asked.of(request.url.path, pairs, ASKED.get(kind) or (*FILTERS[kind], "text"))
        return kind, getattr(answers.ledger, what)(**asked.values)
    what = QUESTIONS.get(what, what)
    question = questions()[what]
    parts = NARROWED.get(what, ())
    asked = Asked.of(request.url.path, pairs, (*question.asks, *parts))
    options: dict[str, Any] = asked.some(*question.asks)
    if "least" in options:
        options["least"] = at_least(options["least"])
    wanted = asked.some(*parts)
    found = ask(answers.ledger, what, options)
    return question.row, (row for row in found if all(row[k] == v for k, v in wanted.items()))


def _jsonl(_: str, rows: Iterable[Row]) -> Iterator[bytes]:
    return map(line, rows)


def _csv(kind: str, rows: Iterable[Row]) -> Iterator[bytes]:
    heading = io.StringIO()
    csv.writer(heading, lineterminator="\n").writerow(COLUMNS[kind])
    yield heading.getvalue().encode()
    for row in rows:
        out = io.StringIO()
        csv_rows(kind, [row], out)
        yield out.getvalue().split("\n", 1)[1].encode()


def _parquet(kind: str, rows: Iterable[Row]) -> Iterator[bytes]:
    import pyarrow.parquet as pq

    with tempfile.TemporaryFile() as file:
        with pq.ParquetWriter(file, arrow_schema(kind), compression="zstd") as writer:
            for batch in batches(kind, rows):
                writer.write_batch(batch)
        file.seek(0)
        yield from _chunks(file)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while some := file.read(CHUNK):
        yield some


WRITERS: dict[str, Callable[[str, Iterable[Row]], Iterator[Any]]] = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}

"""Rows as Arrow tables with typed columns: what frames and Parquet files are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from parley.errors import UsageError

if TYPE_CHECKING:
    import pyarrow

    from parley.store.rows import Row

BATCH = 10_000
"""Rows of a record batch: enough to be compressed well, few enough to be held."""

_SPAN = "span"
_JUDGED = {"confidence": "number", "method": "text", "status": "text"}
_AT = {"id": "text", "article": "text", "span": _SPAN}

COLUMNS: dict[str, dict[str, str]] = {
    "article": {
        **dict.fromkeys(("id", "file", "source_id", "sha256", "title", "outlet", "url"), "text"),
        "authors": "texts",
        **dict.fromkeys(("language", "dateline_place", "published", "published_precision"), "text"),
        "published_basis": "basis",
        "body": _SPAN,
        "dropped": "dropped",
        **dict.fromkeys(("copy_of", "published_earliest", "published_latest"), "text"),
        "title_span": _SPAN,
    },
    "statement": {
        **dict.fromkeys(("id", "article"), "text"),
        **dict.fromkeys(("source", "cue"), _SPAN),
        "content": "spans",
        "kind": "text",
        "speaker": "speaker",
        **dict.fromkeys(("addressee", "venue", "said_on", "via", "nested_in"), "text"),
        "nested": "flag",
        **_JUDGED,
        **dict.fromkeys(("source_text", "cue_text"), "text"),
        "content_text": "texts",
    },
    "figure": {
        **_AT,
        "value": "value",
        **dict.fromkeys(("low", "high"), "number"),
        **dict.fromkeys(("qualifier", "category", "population", "place", "claimant", "via", "date"), "text"),
        **dict.fromkeys(("since", "until", "scope", "change", "part_of", "statement"), "text"),
        **_JUDGED,
        "text": "text",
    },
    "position": {
        **_AT,
        **dict.fromkeys(
            ("party", "issue", "stance", "said_by", "condition", "waits_for", "since", "statement"), "text"
        ),
        **_JUDGED,
        "text": "text",
    },
    "event": {
        **_AT,
        "type": "text",
        "plover": "plover",
        "status": "text",
        "actors": "texts",
        **dict.fromkeys(("date", "date_precision", "place", "statement"), "text"),
        "confidence": "number",
        **dict.fromkeys(("method", "row_status", "text"), "text"),
    },
    "wording": {**_AT, **dict.fromkeys(("voice", "term", "referent", "statement"), "text"), **_JUDGED, "text": "text"},
    "date": {**_AT, **dict.fromkeys(("type", "value", "text"), "text")},
    "actor": {**dict.fromkeys(("id", "name", "kind", "role", "side"), "text"), "aliases": "texts"},
    "link": {
        **dict.fromkeys(("id", "left", "right", "judgement"), "text"),
        "score": "number",
        **dict.fromkeys(("rule", "detail", "by"), "text"),
    },
    "run": {
        **dict.fromkeys(("id", "parley"), "text"),
        **dict.fromkeys(("models", "codebooks"), "texts"),
        **dict.fromkeys(("settings", "started", "finished"), "text"),
    },
    "failure": dict.fromkeys(("id", "file", "record", "article", "step", "error", "run", "at"), "text"),
    # what comparing gives: a module of `compare/` changes its rows and its columns here together
    "utterance": {
        **dict.fromkeys(("id", "speaker"), "text"),
        "statements": "texts",
        **dict.fromkeys(("outlets", "independent"), "number"),
        "first": "text",
        "drift": "json",
        **dict.fromkeys(("said_on", "why"), "text"),
    },
    "event_told": {
        **dict.fromkeys(("id", "date", "precision", "type"), "text"),
        "actors": "texts",
        "status": "text",
        "rows": "texts",
        **dict.fromkeys(("outlets", "independent"), "number"),
        "place": "text",
        "background": "flag",
        "planned": "json",
        "why": "text",
    },
    "disagreement": {
        **dict.fromkeys(("id", "type", "why"), "text"),
        **dict.fromkeys(("rows", "articles"), "texts"),
        "sides": "json",
        "date": "text",
        **dict.fromkeys(("outlets", "independent", "score"), "number"),
    },
    "series": {
        **dict.fromkeys(("id", "category", "population", "place", "scope", "claimant"), "text"),
        **dict.fromkeys(("points", "conflicts"), "json"),
        "since": "text",
        "reference": "json",
    },
    "stance": {
        **dict.fromkeys(("id", "party", "issue", "stance", "since"), "text"),
        "rows": "texts",
        **dict.fromkeys(("reported_by", "outlets"), "number"),
        "told": "text",
        "said_by": "texts",
        "condition": "text",
        "others": "texts",
    },
    "shift": {
        **dict.fromkeys(("id", "party", "issue", "from", "to", "date"), "text"),
        "rows": "texts",
        **dict.fromkeys(("reported_by", "outlets"), "number"),
        **dict.fromkeys(("since", "condition", "why"), "text"),
    },
    "copy": {
        **dict.fromkeys(("id", "kind"), "text"),
        "articles": "texts",
        "contained": "number",
        "passages": "json",
        **dict.fromkeys(("between", "source_ids", "outlets"), "texts"),
        **dict.fromkeys(("rule", "why"), "text"),
    },
    "wording_share": {
        **dict.fromkeys(("id", "referent", "term", "outlet", "voice"), "text"),
        **dict.fromkeys(("n", "of"), "number"),
        "interval": "json",
        "rows": "texts",
        "share": "number",
        "by_article": "json",
        "articles": "number",
        "overuse": "json",
        "side": "text",
        **dict.fromkeys(("used_by", "avoided_by"), "texts"),
        "source": "text",
        "examples": "json",
        "why": "text",
    },
    "doubt": {
        **dict.fromkeys(("id", "side", "verbs", "outlet"), "text"),
        **dict.fromkeys(("n", "of"), "number"),
        "interval": "json",
        "rows": "texts",
        "share": "number",
        "by_article": "json",
        "articles": "number",
        **dict.fromkeys(("terms", "others"), "json"),
        "why": "text",
    },
    "heard": {
        **dict.fromkeys(("id", "side", "outlet"), "text"),
        **dict.fromkeys(("n", "of"), "number"),
        "interval": "json",
        "rows": "texts",
        **dict.fromkeys(("words", "of_words", "share"), "number"),
        "by_article": "json",
        **dict.fromkeys(("direct", "first_at", "first", "articles", "of_articles"), "number"),
        "speakers": "json",
        "why": "text",
    },
    "passive": {
        **dict.fromkeys(("id", "side", "form", "outlet"), "text"),
        **dict.fromkeys(("n", "of"), "number"),
        "interval": "json",
        "rows": "texts",
        "share": "number",
        "by_article": "json",
        "articles": "number",
        **dict.fromkeys(("examples", "others"), "json"),
        "why": "text",
    },
    "missing": {
        "row": "text",
        "carried_by": "number",
        "window": "texts",
        **dict.fromkeys(("id", "kind", "what", "outlet"), "text"),
        **dict.fromkeys(("outlets", "rows", "articles"), "texts"),
        "why": "text",
    },
    "naming": {
        **dict.fromkeys(("id", "referent"), "text"),
        "outlets": "texts",
        "distance": "number",
        "interval": "json",
        "by_chance": "number",
        "side": "text",
        **dict.fromkeys(("mentions", "articles", "terms"), "json"),
        "rows": "texts",
        "why": "text",
    },
}
"""Every column of every table, with what it holds. A figure's `value` is a number or a share, so it is text here; `json` is
nested data as text."""

for _kind in ("article", "date", "actor", "utterance"):
    COLUMNS[_kind]["status"] = "text"
for _kind in ("article", "statement", "figure", "position", "event", "wording", "date", "actor", "utterance"):
    COLUMNS[_kind]["judged"] = "judged"  # whose word the row shows, where it is a person's


@cache
def _types() -> dict[str, Any]:
    import pyarrow as pa

    text, span = pa.string(), pa.list_(pa.int64(), 2)
    words = ("id", "name", "role", "side")
    return {
        "text": text,
        "value": text,
        "json": text,
        "number": pa.float64(),
        "flag": pa.bool_(),
        "span": span,
        "texts": pa.list_(text),
        "spans": pa.list_(span),
        "speaker": pa.struct([(w, text) for w in words]),
        "plover": pa.struct([("type", text), ("mode", text)]),
        "judged": pa.struct(
            [
                *((w, text) for w in ("by", "at", "why")),
                *((w, pa.bool_()) for w in ("kept", "disputed")),
                ("differs", pa.list_(text)),
            ]
        ),
        "basis": pa.list_(pa.struct([("rule", text), ("span", span), ("detail", text)])),
        "dropped": pa.list_(pa.struct([("span", span), ("reason", text)])),
    }


def arrow_schema(kind: str) -> pyarrow.Schema:
    """The Arrow schema of one kind of row."""
    import pyarrow as pa

    return pa.schema([(name, _types()[holds]) for name, holds in COLUMNS[kind].items()])


def _value(holds: str, value: Any) -> Any:
    if holds == "json":
        return None if value is None else json.dumps(value, ensure_ascii=False)
    return str(value) if holds == "value" and value is not None else value


def batches(kind: str, rows: Iterable[Row]) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa

    source = iter(rows)
    while some := list(islice(source, BATCH)):
        arrays = [
            pa.array([_value(holds, row[name]) for row in some], type=_types()[holds])
            for name, holds in COLUMNS[kind].items()
        ]
        yield pa.record_batch(arrays, schema=arrow_schema(kind))


def to_arrow(kind: str, rows: Iterable[Row]) -> pyarrow.Table:
    """Rows of one kind as an Arrow table."""
    import pyarrow as pa

    if kind not in COLUMNS:
        raise UsageError(f"{kind} rows are of several kinds and make no one table; iterate over them")
    return pa.Table.from_batches(batches(kind, rows), schema=arrow_schema(kind))

"""Small articles for tests of comparing: a text read by rule, as one article tells it to a comparison."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from parley.compare.base import Comparison, Found, Head, Pile, Row, Told
from parley.compare.copying.independent import Pair
from parley.data import Reading
from parley.pipeline import Pipeline, Settings
from parley.read.text import page_from_text
from parley.store import query, rows, schema
from parley.store.sheets import COLUMNS, sheet_of
from parley.store.words import fold

KINDS = ("statement", "figure", "position", "event", "wording")


def read(
    text: str, *, outlet: str | None = "Herald", published: str | None = "2031-03-05", name: str = "1.txt"
) -> Reading:
    """A text read by all steps, by rule, without a codebook."""
    page = replace(page_from_text(text, published=published, outlet=outlet), file=name, source_id=name)
    return Pipeline.make(Settings(profile="rules")).run(page)


def told_of_reading(reading: Reading, sides: Mapping[str, str | None] | None = None) -> Told:
    """What a reading tells, without a ledger; `sides` are names whom it is judged who they are, with their side."""
    sheet = sheet_of(reading, fingerprint="f", run="r").rows
    [head] = _rows("article", sheet["article"])
    shown: dict[str, list[Row]] = {}
    for kind in KINDS:
        held = sorted(_rows(kind, sheet[kind]), key=lambda r: (r["start"], r["n"]))
        shown[kind] = [_shown(kind, r) for r in held]
    names = {fold(name): f"ac_{fold(name)}\t{name}\t{side or ''}" for name, side in (sides or {}).items()}
    dropped = _rows("dropped", sheet["dropped"])
    layers: dict[str, Any] = dict(
        zip(("statements", "figures", "positions", "events", "wording"), shown.values(), strict=True)
    )
    return Told(rows.shown_article(head, dropped), head["text"], names=names, **layers)


def tell(text: str, *, sides: Mapping[str, str | None] | None = None, **about: Any) -> Told:
    """What a text tells."""
    return told_of_reading(read(text, **about), sides)


def _rows(kind: str, values: Iterable[Sequence[Any]]) -> list[Row]:
    table = schema.metadata.tables[kind]
    coded = {c.name for c in table.columns if isinstance(c.type, schema.Json)}
    whole = [dict(zip(COLUMNS[kind], v, strict=True)) for v in values]
    return [{k: json.loads(v) if k in coded and v is not None else v for k, v in r.items()} for r in whole]


def _shown(kind: str, row: Row) -> Row:
    if kind == "statement":
        return rows.shown_statement(row, None)
    shown: Row = next(iter(query.shown(None, kind, [row])))  # type: ignore[arg-type]
    return shown


def pile(tolds: Iterable[Told], pairs: Iterable[Pair] = ()) -> Pile:
    """What a ledger would know of some articles, in this order."""
    heads = {}
    for n, told in enumerate(tolds):
        a = told.article
        heads[told.id] = Head(
            told.id, a["source_id"], f"{n:04}", a["title"], a["outlet"], a["published_earliest"], a["published_latest"]
        )
    left: dict[str, list[Pair]] = {}
    for pair in pairs:
        left.setdefault(pair.left, []).append(pair)
    return Pile(heads, left)


def compared(comparison: Comparison, tolds: Sequence[Told], pairs: Iterable[Pair] = ()) -> list[Found]:
    """All that a comparison finds in some articles."""
    blocks: dict[str, list[Row]] = {}
    for told in tolds:
        for block, item in comparison.items(told):
            blocks.setdefault(block, []).append({"article": told.id, **json.loads(json.dumps(item))})
    known = pile(tolds, pairs)
    return [found for block, held in sorted(blocks.items()) for found in comparison.results(block, held, known)]

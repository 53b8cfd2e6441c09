"""Articles whole: each with its text and every row found in it, for formats that keep articles and not tables.

They are read some at a time, in the order of articles, so that memory does not grow with the ledger; and all of them as the
ledger stood when reading began, whatever a build or a reviewer writes meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.store import query
from parley.store import schema as t
from parley.store.rows import Row

SOME = 50
"""Articles read at a time: few enough to hold their texts, enough for each query to be worth its while."""


@dataclass(frozen=True, slots=True)
class Whole:
    """One article with all that was found in it, in the shapes of `parley export --format jsonl`.

    `text` is what spans count in; `run` the id of the build that wrote it; `found` its rows by kind, in the order of the text;
    `machine`, by row id, what Parley has where a person's word is shown (nothing where Parley finds no such row any more).
    """

    article: Row
    text: str
    run: str
    found: Mapping[str, Sequence[Row]]
    machine: Mapping[str, Row]


def wholes(connection: Connection, article: str | None = None) -> Iterator[Whole]:
    """Every article, or the one of an id, in the order of articles."""
    a = t.article.c
    last: tuple[str, str] | None = None
    while True:
        wanted = sa.select(t.article).order_by(a.place, a.id).limit(SOME)
        if article is not None:
            wanted = wanted.where(a.id == article)
        if last is not None:
            wanted = wanted.where(a.place >= last[0], sa.or_(a.place > last[0], a.id > last[1]))
        heads = connection.execute(wanted).mappings().all()
        if not heads:
            return
        yield from _some(connection, heads)
        last = heads[-1]["place"], heads[-1]["id"]


def _some(connection: Connection, heads: Sequence[Mapping[Any, Any]]) -> Iterator[Whole]:
    ids = [h["id"] for h in heads]
    machine = _machine(connection, ids)
    found: dict[str, dict[str, list[Row]]] = {i: {} for i in ids}
    beside: dict[str, dict[str, Row]] = defaultdict(dict)
    for kind, table in t.FINDINGS.items():
        wanted = sa.select(table).where(table.c.article.in_(ids)).order_by(table.c.start, table.c.n)
        raw = connection.execute(wanted).mappings().all()
        for row in query.shown(connection, kind, raw):
            found[row["article"]].setdefault(kind, []).append(row)
        judged = [{**r, **machine[r["id"]], _status(kind): "machine"} for r in raw if r["id"] in machine]
        for row in query.shown(connection, kind, judged, judged=False):
            beside[row["article"]][row["id"]] = row
    for head, shown in zip(heads, query.shown(connection, "article", heads), strict=True):
        id = head["id"]
        yield Whole(shown, head["text"], head["run"], found[id], beside.get(id, {}))


def _machine(connection: Connection, articles: Sequence[str]) -> dict[str, Row]:
    """The columns of the machine's own rows where people's words are shown, by row."""
    j = t.judged.c
    wanted = sa.select(j.row, j.machine).where(j.article.in_(articles), j.kind.in_(t.FINDINGS))
    return {row: machine for row, machine in connection.execute(wanted) if machine is not None}


def _status(kind: str) -> str:
    return "row_status" if kind == "event" else "status"

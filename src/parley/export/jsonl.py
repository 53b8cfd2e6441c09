"""JSON Lines: every row of a ledger, one object a line, in an order that does not change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from parley.compare.registry import ask, questions
from parley.export.places import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from parley.store.ledger import Ledger
    from parley.store.rows import Row


def all_rows(ledger: Ledger) -> Iterator[Row]:
    """Every row: articles first, then what was found in them kind by kind, what comparing found, actors, links, runs."""
    for rows in tables(ledger).values():
        yield from rows


def tables(ledger: Ledger) -> dict[str, Iterator[Row]]:
    """The rows of each kind, streamed, in the order in which they are exported."""
    found = {
        "article": ledger.articles(),
        "statement": ledger.statements(),
        "figure": ledger.figures(),
        "position": ledger.positions(),
        "event": ledger.events(),
        "wording": ledger.wording(),
        "date": ledger.dates(),
    }
    across = {q.row: ask(ledger, q.name, {}) for q in questions().values() if q.exported}
    last = {"actor": ledger.actors(), "link": ledger.links(), "run": ledger.runs()}
    return {kind: iter(rows) for kind, rows in (*found.items(), *across.items(), *last.items())}


def line(row: Row) -> bytes:
    """One row as its line: UTF-8, whatever the terminal speaks."""
    return json.dumps(row, ensure_ascii=False, separators=(", ", ": ")).encode("utf-8") + b"\n"


def write(ledger: Ledger, out: BinaryIO) -> int:
    """Write every row; how many there were."""
    count = 0
    for row in all_rows(ledger):
        out.write(line(row))
        count += 1
    return count


def save(ledger: Ledger, path: Path) -> int:
    """Write every row to a file; how many there were."""
    with whole_file(path) as file:
        return write(ledger, file)

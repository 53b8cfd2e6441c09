"""JSON Lines: every row of a ledger, one object a line, in an order that does not change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from parley.compare.registry import ask, questions
from parley.export.places import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from parley.store.ledger import Ledger
    from parley.store.rows import Row


Told = Callable[[int, int], None]
"""Hears how many of how many rows have been written."""

_ROWS_AT_ONCE = 1_000


def all_rows(ledger: Ledger) -> Iterator[Row]:
    """Every row: articles first, then what was found in them kind by kind, what comparing found, actors, links, runs."""
    for rows in tables(ledger).values():
        yield from rows


def tables(ledger: Ledger) -> dict[str, Iterator[Row]]:
    """The rows of each kind, in the order in which they are exported: streamed, but what one question finds, which is held while it is written."""
    found = {
        "article": ledger.articles(),
        "statement": ledger.statements(),
        "figure": ledger.figures(),
        "position": ledger.positions(),
        "event": ledger.events(),
        "wording": ledger.wording(),
        "date": ledger.dates(),
    }
    across = {q.row: _answers(ledger, q.name) for q in questions().values() if q.exported}
    last = {"actor": ledger.actors(), "link": ledger.links(), "run": ledger.runs()}
    return {kind: iter(rows) for kind, rows in (*found.items(), *across.items(), *last.items())}


def _answers(ledger: Ledger, question: str) -> Iterator[Row]:
    """What a question finds; it is asked when the first row is wanted, and let go of with the last."""
    yield from ask(ledger, question, {})


def watched(ledger: Ledger, told: Told | None) -> dict[str, Iterator[Row]]:
    """The rows of each kind; `told` hears how many have gone by, of as many as a ledger counts at once."""
    if told is None:
        return tables(ledger)
    counts = ledger.counts()
    of = sum(counts.values()) - counts["failure"]
    done = 0

    def counted(rows: Iterator[Row]) -> Iterator[Row]:
        nonlocal done
        for row in rows:
            yield row
            done += 1
            if done % _ROWS_AT_ONCE == 0:
                told(done, max(of, done))

    return {kind: counted(rows) for kind, rows in tables(ledger).items()}


def line(row: Row) -> bytes:
    """One row as its line: UTF-8, whatever the terminal speaks."""
    return json.dumps(row, ensure_ascii=False, separators=(", ", ": ")).encode("utf-8") + b"\n"


def write(ledger: Ledger, out: BinaryIO, *, told: Told | None = None) -> int:
    """Write every row; how many there were."""
    count = 0
    for rows in watched(ledger, told).values():
        for row in rows:
            out.write(line(row))
            count += 1
    return count


def save(ledger: Ledger, path: Path, *, told: Told | None = None) -> int:
    """Write every row to a file; how many there were."""
    with whole_file(path) as file:
        return write(ledger, file, told=told)

"""What people made, between ledgers: judgements and dossiers as JSON Lines, an entry a line (docs/judgements.md, docs/dossier.md)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from parley.errors import UsageError
from parley.export.jsonl import line

LONGEST = 10_000_000
"""Bytes of one line at most: no judgement is so long, and no file can make us hold more."""


CARRIED = ("judgement", "dossier", "dossier_entry")
"""Rows that are taken in."""


def save(rows: Iterable[dict[str, Any]], where: str) -> int:
    """Write rows to a file, or to standard output where it is `-`; how many there were."""
    if where == "-":
        return write(rows, sys.stdout.buffer)
    with Path(where).open("wb") as file:
        return write(rows, file)


def write(rows: Iterable[dict[str, Any]], out: BinaryIO) -> int:
    """Write rows, one a line; how many there were."""
    count = 0
    for row in rows:
        out.write(line(row))
        count += 1
    return count


def read(where: str) -> Iterator[dict[str, Any]]:
    """The entries of a file, or of standard input where it is `-`; UsageError names the line that is none.

    Rows of other kinds are passed over, so that a whole export can be given.
    """
    if where == "-":
        yield from _entries(sys.stdin.buffer, "standard input")
        return
    try:
        file = Path(where).open("rb")  # noqa: SIM115  (closed below, once it is known to be there)
    except OSError as error:
        raise UsageError(f"{where} cannot be read: {error.strerror}") from error
    with file:
        yield from _entries(file, where)


def _entries(file: BinaryIO, where: str) -> Iterator[dict[str, Any]]:
    number = 0
    while raw := file.readline(LONGEST):
        number += 1
        if not raw.strip():
            continue
        try:
            entry = json.loads(raw.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{where}, line {number}: this is no JSON: {error}") from error
        if not isinstance(entry, dict) or "row" not in entry:
            raise UsageError(f"{where}, line {number}: this is no row of a ledger")
        if entry["row"] in CARRIED:
            yield entry

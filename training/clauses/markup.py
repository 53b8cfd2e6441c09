"""Labelled text as people write it: positions, events and who holds them, marked inside the running text.

A file holds pieces divided by lines of `---`. A piece is one to several paragraphs of news. In it

- `{1 the union}` are words that name somebody, under a number that holds within the piece;
- `{P1 rejects pay| would not take a freeze}` is a clause that states a position of 1 (`P1+2`: of both; `P0`: of nobody
  whom the paragraph names);
- `{E1 strike_begins planned| will walk out on Monday}` is a clause that tells an event that 1 does;
- `{P1 rejects deal; E1 reject_proposal actual| turned the offer down}` is both at once.

Marks may stand inside one another. Lines that begin with `#` are remarks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from parley.annotate.clauses.labels import ISSUES, STANCES, STATUSES, TYPES

_OPEN = re.compile(r"\{(?:(?P<name>\d)[ ](?=\S)|(?P<rows>[PE]\d[^{}|]{0,200})\|[ ]?)")
_ROW = re.compile(r"(?P<kind>[PE])(?P<who>\d(?:\+\d)*) (?P<first>\w+) (?P<second>\w+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One label of a clause: a position (`label` its stance, `detail` its issue) or an event (type, status)."""

    kind: str
    label: str
    detail: str
    who: tuple[int, ...]
    start: int
    end: int
    optional: bool = False


@dataclass(slots=True)
class Piece:
    """A text without marks, its rows, and where each number's holders are named."""

    text: str
    rows: list[Row] = field(default_factory=list)
    named: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


class MarkupError(ValueError):
    """A piece that cannot be read; the message says where and why."""


def _rows(words: str, start: int, end: int) -> Iterator[Row]:
    for part in words.split(";"):
        match = _ROW.fullmatch(part.strip())
        if match is None:
            raise MarkupError(f"not a label: {part.strip()!r}")
        kind, first, second = match["kind"], match["first"], match["second"]
        allowed = (STANCES, ISSUES) if kind == "P" else (TYPES, STATUSES)
        for word, known in zip((first, second), allowed, strict=True):
            if word not in known:
                raise MarkupError(f"unknown word {word!r} in {part.strip()!r}; known: {', '.join(known)}")
        who = tuple(int(number) for number in match["who"].split("+"))
        yield Row(kind, first, second, who, start, end)


def parse(marked: str) -> Piece:
    """The piece that a marked text stands for."""
    out: list[str] = []
    length = at = 0
    opened: list[tuple[re.Match[str], int]] = []
    piece = Piece("")
    while at < len(marked):
        char = marked[at]
        if char == "{":
            match = _OPEN.match(marked, at)
            if match is None:
                raise MarkupError(f"neither a name nor a label: {marked[at : at + 60]!r}")
            opened.append((match, length))
            at = match.end()
            continue
        if char == "}":
            if not opened:
                raise MarkupError(f"closed but never opened: {marked[max(0, at - 60) : at + 1]!r}")
            match, start = opened.pop()
            if match["name"]:
                piece.named.setdefault(int(match["name"]), []).append((start, length))
            else:
                piece.rows.extend(_rows(match["rows"], start, length))
        else:
            out.append(char)
            length += 1
        at += 1
    if opened:
        raise MarkupError(f"opened but never closed: {opened[-1][0].group()!r}")
    piece.text = "".join(out)
    piece.rows.sort(key=lambda row: (row.start, row.end))
    missing = {number for row in piece.rows for number in row.who if number} - set(piece.named)
    if missing:
        raise MarkupError(f"numbers that name nobody: {sorted(missing)} in {piece.text[:60]!r}")
    return piece


def pieces(path: Path) -> Iterator[Piece]:
    """All pieces of a file; a piece that cannot be read is an error that names file and piece."""
    for number, block in enumerate(re.split(r"(?m)^---\s*$", path.read_text(encoding="utf8")), 1):
        marked = "\n".join(line for line in block.splitlines() if not line.startswith("#")).strip()
        if marked:
            try:
                yield parse(marked)
            except MarkupError as error:
                raise MarkupError(f"{path.name}, piece {number}: {error}") from None


def main(paths: list[str]) -> int:
    """Check files and count what they hold."""
    status = 0
    for path in paths:
        try:
            read = list(pieces(Path(path)))
        except MarkupError as error:
            print(error, file=sys.stderr)
            status = 1
            continue
        rows = [row for piece in read for row in piece.rows]
        kinds = {kind: sum(row.kind == kind for row in rows) for kind in "PE"}
        print(f"{path}: {len(read)} pieces, {kinds['P']} positions, {kinds['E']} events")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

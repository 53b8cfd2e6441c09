"""What the rules find of the marked pieces, by stance, issue and type of event: where they miss and where they err.

    python -m training.clauses.measure [--half learn|score] [--profile rules|fast]

The pieces of odd files are to learn from and may be read; those of even files are to score with. A row is found where the rules have one
that touches it, and right in what the columns name: whose it is (any of the holder's names), what it is on, and how it stands.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from benchmarks.quality.score import same_name
from parley.data import Event, Position, Reading
from parley.pipeline import Pipeline, Settings
from parley.read.text import page_from_text
from training.clauses.data import OWN
from training.clauses.markup import Piece, Row, pieces

Half = Literal["learn", "score"]


@dataclass(slots=True)
class Tally:
    """Counts of one label: rows marked, touched, right in each field and in all; rows that the rules gave it, and of them right."""

    marked: int = 0
    touched: int = 0
    party: int = 0
    label: int = 0
    detail: int = 0
    both: int = 0
    given: int = 0
    right: int = 0

    def line(self) -> str:
        """The counts as one row of a table; recall and precision are of rows right in label, detail and holder."""
        recall = self.right / self.marked if self.marked else 0.0
        precision = self.right / self.given if self.given else 0.0
        counts = (self.marked, self.touched, self.party, self.label, self.detail, self.both, self.given)
        return "".join(f"{n:8}" for n in counts) + f"{recall:9.3f}{precision:10.3f}"


@dataclass(slots=True)
class Tables:
    """A table of tallies for each question asked of the rules."""

    stance: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    issue: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    type: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(marked, found) issue of rows that touch and have the right holder."""


def read(half: Half | None, profile: Literal["rules", "fast"], folder: Path = OWN) -> Iterator[tuple[Piece, Reading]]:
    """The pieces of a half, or of both, each with what the rules read in it."""
    pipeline = Pipeline.make(Settings(profile=profile))
    for path in sorted(folder.glob("*.txt")):
        odd = int(path.stem.rpartition("_")[2]) % 2 == 1
        if half is None or odd == (half == "learn"):
            for piece in pieces(path):
                yield piece, pipeline.run(page_from_text(piece.text))


def measure(readings: Iterator[tuple[Piece, Reading]]) -> Tables:
    """Count what was found."""
    out = Tables()
    for piece, reading in readings:
        for row in piece.rows:
            names = [piece.text[start:end] for n in row.who for start, end in piece.named.get(n, ())]
            if row.kind == "P":
                _position(out, row, names, reading.positions)
            else:
                _event(out.type[row.label], row, names, reading.events)
        for position in reading.positions:
            out.stance[position.stance].given += 1
            out.issue[position.issue].given += 1
        for event in reading.events:
            out.type[event.type].given += 1
    return out


def _touching(row: Row, found: Sequence[Position] | Sequence[Event]) -> Iterator[Position | Event]:
    return (f for f in found if f.span.start < row.end and row.start < f.span.end)


def _position(out: Tables, row: Row, names: Sequence[str], found: Sequence[Position]) -> None:
    near = [p for p in _touching(row, found) if isinstance(p, Position)]
    theirs = [p for p in near if any(same_name(p.party, name) for name in names)]
    for tally in (out.stance[row.label], out.issue[row.detail]):
        tally.marked += 1
        tally.touched += bool(near)
        tally.party += bool(theirs)
        tally.label += any(p.stance == row.label for p in near)
        tally.detail += any(p.issue == row.detail for p in near)
        tally.both += any(p.stance == row.label and p.issue == row.detail for p in near)
        tally.right += any(p.stance == row.label and p.issue == row.detail for p in theirs)
    if theirs and all(p.issue != row.detail for p in theirs):
        out.confused[row.detail, theirs[0].issue] += 1


def _event(tally: Tally, row: Row, names: Sequence[str], found: Sequence[Event]) -> None:
    near = [e for e in _touching(row, found) if isinstance(e, Event)]
    same = [e for e in near if e.type == row.label]
    told = [e for e in same if e.status == row.detail]
    theirs = [e for e in told if not names or any(same_name(a, n) for a in e.actors for n in names)]
    tally.marked += 1
    tally.touched += bool(near)
    tally.party += any(same_name(a, n) for e in near for a in e.actors for n in names)
    tally.label += bool(same)
    tally.detail += any(e.status == row.detail for e in near)
    tally.both += bool(told)
    tally.right += bool(theirs)


def show(name: str, table: dict[str, Tally]) -> str:
    """A table as text, the labels that are marked most first."""
    fields = ("marked", "touched", "holder", "label", "detail", "both", "given")
    head = f"{name:22}" + "".join(f"{f:>8}" for f in fields) + f"{'recall':>9}{'precision':>10}"
    rows = sorted(table.items(), key=lambda item: -item[1].marked)
    return "\n".join([head, *(f"{label:22}{tally.line()}" for label, tally in rows)])


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", choices=["learn", "score"], help="only the files to learn from, or to score with")
    parser.add_argument("--profile", choices=["rules", "fast"], default="fast")
    options = parser.parse_args()
    tables = measure(read(options.half, options.profile))
    for name in ("stance", "issue", "type"):
        print(show(name, getattr(tables, name)), end="\n\n")
    print("issue marked -> found, where the holder is right")
    for (marked, found), count in tables.confused.most_common(20):
        print(f"{count:6}  {marked} -> {found}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Labelled clauses -> windows of word pieces, as the model sees them at run time: with the names hidden.

Two sources: pieces that people marked (`own/*.txt`, see `markup.py`), and annotated articles of Parley's own
(`benchmarks/quality/practice`, the sample corpus), whose gold has rows but not the words that name their holders.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from parley.annotate.statements.attribution.texts import WINDOW, Ints, encode, windows
from parley.annotate.statements.hidden_names import HiddenNames, hide, name_words
from parley.annotate.statements.model import paragraphs
from parley.data import Reading
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text
from training.attribution.data import token_span
from training.clauses.labels import BEGIN, INSIDE, ISSUES, STANCES, STATUSES, TYPES
from training.clauses.markup import Piece, Row, pieces

OWN = Path(__file__).resolve().parent / "own"
ROOT = Path(__file__).resolve().parents[2]
GOLD = (
    (ROOT / "benchmarks/quality/practice/gold.json", ROOT / "benchmarks/quality/practice"),
    (ROOT / "src/parley/sample/gold.json", ROOT / "src/parley/sample"),
)
NEAR = 160
"""Word pieces on either side of a clause within which its holder is looked for."""


@dataclass(slots=True)
class Clause:
    """One labelled clause of a window, in word pieces of the window."""

    kind: str  # "P" or "E"
    start: int
    end: int
    labels: list[tuple[int, int]] = field(default_factory=list)  # (stance, issue) or (type, status)
    holders: Ints | None = None  # pieces that name the holder; empty where nobody is named, None where not known


@dataclass(slots=True)
class Window:
    """Word pieces with their features, the labels of positions and of events, and the clauses."""

    ids: Ints
    features: Ints
    tags: Ints  # [tokens, 2]
    clauses: list[Clause]
    group: str  # the file or story it comes from, so that a story is never in training and in testing


def _reader() -> Pipeline:
    wanted = [step for step in STEPS if step.name in ("clean", "sentences", "publication", "mentions", "parties")]
    return Pipeline.make(Settings(profile="rules"), wanted)


@dataclass(slots=True)
class Source:
    """A text read up to its names, its rows in its own characters, and where it is from."""

    reading: Reading
    piece: Piece
    named: bool  # whether the words that name holders are known
    group: str


def read_own(folder: Path = OWN) -> Iterator[Source]:
    """All pieces that were marked by hand."""
    reader = _reader()
    for path in sorted(folder.glob("*.txt")):
        for piece in pieces(path):
            yield Source(reader.run(page_from_text(piece.text)), piece, True, path.stem)


def read_gold(gold: Path, texts: Path) -> Iterator[Source]:
    """Annotated articles; their group is the story, the letter that their names begin with."""
    reader = _reader()
    for row in json.loads(gold.read_text(encoding="utf8")):
        if not (texts / row["file"]).is_file():
            continue  # web pages and records, whose spans count in something else than the file
        text = (texts / row["file"]).read_text(encoding="utf8")
        found = [Row("P", r["stance"], r["issue"], (0,), *r["span"]) for r in row["positions"]]
        found += [Row("E", r["type"], r.get("status", "actual"), (0,), *r["span"]) for r in row["events"]]
        piece = Piece(text, sorted(found, key=lambda r: (r.start, r.end)))
        yield Source(reader.run(page_from_text(text)), piece, False, f"{gold.parent.name}-{row['file'][0]}")


def cut(source: Source, tokenizer: Tokenizer, *, size: int = WINDOW) -> Iterator[Window]:
    """The windows of a text; clauses that a window does not hold whole are left out of it."""
    reading, piece = source.reading, source.piece
    hidden = hide(reading.text, name_words(reading.text, (m.span.pair for m in reading.mentions)))
    coded = encode(hidden.text, blocks=[hidden.into(pair) for pair in paragraphs(reading)], tokenizer=tokenizer)

    def tokens(span: tuple[int, int]) -> tuple[int, int]:
        return token_span(coded, _into(hidden, span))

    clauses: dict[tuple[str, int, int], Clause] = {}
    for row in piece.rows:
        start, end = tokens((row.start, row.end))
        if start < end:
            clause = clauses.setdefault((row.kind, start, end), Clause(row.kind, start, end))
            clause.labels.append(_label(row))
            if source.named:
                spans = [tokens(s) for n in row.who for s in piece.named.get(n, ()) if n]
                places = [p for a, b in spans for p in range(a, b) if start - NEAR <= p < end + NEAR]
                known = [] if clause.holders is None else clause.holders.tolist()
                clause.holders = np.array(sorted({*known, *places}), dtype=np.int64)
    for first, last in windows(coded.paragraphs, size=size):
        inside = [c for c in clauses.values() if first <= c.start and c.end <= last]
        yield Window(
            coded.ids[first:last],
            coded.features[first:last],
            _tags(inside, first, last),
            [_shifted(c, first, last) for c in inside],
            source.group,
        )


def _into(hidden: HiddenNames, span: tuple[int, int]) -> tuple[int, int]:
    return hidden.into(span)


def _label(row: Row) -> tuple[int, int]:
    if row.kind == "P":
        return STANCES.index(row.label), ISSUES.index(row.detail)
    return TYPES.index(row.label), STATUSES.index(row.detail)


def _tags(clauses: Sequence[Clause], first: int, last: int) -> Ints:
    """Begin and inside of each clause; of two in one another the inner one is marked over the outer."""
    tags = np.zeros((last - first, 2), dtype=np.int64)
    for clause in sorted(clauses, key=lambda c: c.start - c.end):
        column = 0 if clause.kind == "P" else 1
        tags[clause.start - first : clause.end - first, column] = INSIDE
        tags[clause.start - first, column] = BEGIN
    return tags


def _shifted(clause: Clause, first: int, last: int) -> Clause:
    holders = clause.holders
    if holders is not None:
        holders = holders[(holders >= first) & (holders < last)] - first
    return Clause(clause.kind, clause.start - first, clause.end - first, clause.labels, holders)


def joined(left: Window, right: Window) -> Window:
    """Two windows as one, the second behind the first."""
    shift = len(left.ids)
    moved = [
        Clause(c.kind, c.start + shift, c.end + shift, c.labels, None if c.holders is None else c.holders + shift)
        for c in right.clauses
    ]
    return Window(
        np.concatenate((left.ids, right.ids)),
        np.concatenate((left.features, right.features)),
        np.concatenate((left.tags, right.tags)),
        [*left.clauses, *moved],
        left.group,
    )


def everything(own: Path = OWN) -> Iterator[Source]:
    """All there is to learn from."""
    yield from read_own(own)
    for gold, texts in GOLD:
        yield from read_gold(gold, texts)


def main() -> None:
    groups: dict[str, list[int]] = {}
    for source in everything():
        counts = groups.setdefault(source.group, [0, 0, 0])
        counts[0] += 1
        for row in source.piece.rows:
            counts["PE".index(row.kind) + 1] += 1
    for group, (texts, positions, events) in groups.items():
        print(f"{group}: {texts} texts, {positions} positions, {events} events")


if __name__ == "__main__":
    sys.exit(main())

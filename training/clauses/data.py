"""Labelled clauses -> windows of word pieces, as the model sees them at run time: names hidden, with the signs of Parley's lists.

Three sources: pieces that people marked (`own/*.txt`, see `markup.py`), annotated articles of Parley's own
(`benchmarks/quality/practice`, the sample corpus), and real articles (`real/*.json`, see `real.py`), whose texts are read where they are.
The last two draw the line between what is a position and what is none as the gold does; the pieces are freer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from benchmarks.quality.score import same_name
from parley.annotate.clauses.gate import asked
from parley.annotate.clauses.holders import Holders
from parley.annotate.clauses.labels import BEGIN, INSIDE, ISSUES, STANCES, STATUSES, TYPES
from parley.annotate.clauses.seen import Seen, seen
from parley.annotate.clauses.signs import signs
from parley.annotate.clauses.step import paragraphs
from parley.annotate.language.lines import lines
from parley.annotate.language.sentence_view import Pair
from parley.annotate.statements.attribution.texts import WINDOW, Ints, windows
from parley.clean.capitals import likeness
from parley.data import Article, Reading
from parley.pipeline import STEPS, Pipeline, Settings
from parley.read.text import page_from_text
from training.attribution.data import token_span
from training.clauses.markup import Piece, Row, pieces
from training.clauses.real import read_real

OWN = Path(__file__).resolve().parent / "own"
ROOT = Path(__file__).resolve().parents[2]
GOLD = (
    (ROOT / "benchmarks/quality/practice/gold.json", ROOT / "benchmarks/quality/practice"),
    (ROOT / "src/parley/sample/gold.json", ROOT / "src/parley/sample"),
)
NEAR = 160
"""Word pieces on either side of a clause within which its holder is looked for."""
UNASKED = -100
"""The tag of words whose label two readers could differ on: nothing is learned from them."""


@dataclass(slots=True)
class Clause:
    """One labelled clause of a window, in word pieces of the window."""

    kind: str  # "P" or "E"
    start: int
    end: int
    labels: list[tuple[int, int]] = field(default_factory=list)  # (stance, issue) or (type, status)
    holders: Ints | None = None  # pieces that name the holder; empty where nobody is named, None where not known
    optional: bool = False


@dataclass(slots=True)
class Window:
    """Word pieces with their features, the labels of positions and of events, the clauses, and what the rules take for clauses."""

    ids: Ints
    features: Ints
    tags: Ints  # [tokens, 2]
    clauses: list[Clause]
    group: str  # the file or story it comes from, so that a story is never in training and in testing
    ruled: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """A text as read, its rows in its own characters, and where it is from; a row's holder is a number of a piece, or a name."""

    reading: Reading
    piece: Piece
    group: str
    whole: bool  # an article, of which the title is not looked at; not a piece


def reader(profile: str = "accurate") -> Pipeline:
    """The steps that the rows rest on, without what only other layers need."""
    left = ("figures", "clauses", "wording")
    return Pipeline.make(Settings(profile=profile), [s for s in STEPS if s.name not in left])  # type: ignore[arg-type]


def read(pipeline: Pipeline, text: str) -> Reading:
    """A text as the steps see it: what is printed in capitals in its likeness."""
    page = page_from_text(text)
    shown = likeness(page, pipeline.settings.codebook)
    reading = Reading(page=shown, article=Article(page.id, page.file, page.source_id, page.sha256, shown.text))
    for _, annotate in pipeline.annotators:
        reading = annotate(reading)
    return reading


def read_own(pipeline: Pipeline, folder: Path = OWN) -> Iterator[Source]:
    """All pieces that were marked by hand."""
    for path in sorted(folder.glob("*.txt")):
        for piece in pieces(path):
            yield Source(read(pipeline, piece.text), piece, path.stem, whole=False)


def read_gold(pipeline: Pipeline, gold: Path, texts: Path) -> Iterator[Source]:
    """Annotated articles; their group is the story, the letter that their names begin with."""
    for row in json.loads(gold.read_text(encoding="utf8")):
        if not (texts / row["file"]).is_file():
            continue  # web pages and records, whose spans count in something else than the file
        text = (texts / row["file"]).read_text(encoding="utf8")
        yield gold_source(read(pipeline, text), text, row, f"{gold.parent.name}-{row['file'][0]}")


def gold_source(reading: Reading, text: str, gold: dict[str, object], group: str) -> Source:
    """An article with gold rows as the scorer has them; whose they are stands in them as names."""
    found: list[Row] = []
    piece = Piece(text)
    for kind, layer in (("P", "positions"), ("E", "events")):
        for row in gold[layer]:  # type: ignore[attr-defined]
            names = [row["party"]] if kind == "P" else list(row.get("actors") or [])
            own = [row["holder"]] if row.get("holder") else row.get("doers", ())
            for span in own:
                names += real_names(reading, span)
            number = len(piece.named) + 1 if any(names) else 0
            piece.named[number] = [p for name in names if name for p in naming(reading, name)]
            piece.named[number] += [(start, end) for start, end in own]
            first, second = (row["stance"], row["issue"]) if kind == "P" else (row["type"], row.get("status", "actual"))
            found.append(Row(kind, first, second, (number,), row["span"][0], row["span"][1], bool(row.get("optional"))))
    piece.rows = sorted(found, key=lambda r: (r.start, r.end))
    return Source(reading, piece, group, whole=True)


def real_names(reading: Reading, span: Sequence[int] | None) -> list[str]:
    """Every name that the reading has for whom some words name: their own, and the side's."""
    if not span:
        return []
    words = reading.span(*span)
    sides = Holders.of(reading, lines(reading)).named(words, None)
    return list(dict.fromkeys([" ".join(words.text.split()), *sides]))


def naming(reading: Reading, name: str) -> Iterator[Pair]:
    """Where a party is named: its own names, those of whom it has for a side, and the words for its speakers."""
    for mention in reading.mentions:
        if same_name(mention.name, name) or (mention.side and same_name(mention.side, name)):
            yield mention.span.pair
    for statement in reading.statements:
        speaker = statement.speaker
        if statement.source is None or speaker is None:
            continue
        if same_name(speaker.name, name) or (speaker.side and same_name(speaker.side, name)):
            yield statement.source.pair


def cut(source: Source, tokenizer: Tokenizer, *, size: int = WINDOW) -> Iterator[Window]:
    """The windows of a text; clauses that a window does not hold whole are left out of it."""
    reading, piece = source.reading, source.piece
    body = lines(reading, title=not source.whole)
    marks = signs(reading, body, body)
    shown = (asked(body, marks) or body) if source.whole else body
    view = seen(reading, paragraphs(shown), marks, tokenizer)
    coded = view.coded
    clauses = _clauses(view, piece)
    ruled = [("P", *tokens(view, p.span.pair)) for p in reading.positions]
    ruled += [("E", *tokens(view, e.span.pair)) for e in reading.events]
    for first, last in windows(coded.paragraphs, size=size):
        inside = [c for c in clauses if first <= c.start and c.end <= last]
        yield Window(
            coded.ids[first:last],
            view.features[first:last],
            _tags(inside, first, last),
            [_shifted(c, first, last) for c in inside],
            source.group,
            sorted({(k, a - first, b - first) for k, a, b in ruled if first <= a < b <= last}),
        )


def tokens(view: Seen, span: Pair) -> Pair:
    """The word pieces of a range of the text."""
    return token_span(view.coded, view.hidden.into(span))


def _clauses(view: Seen, piece: Piece) -> list[Clause]:
    clauses: dict[tuple[str, int, int, bool], Clause] = {}
    for row in piece.rows:
        start, end = tokens(view, (row.start, row.end))
        if start < end:
            clause = clauses.setdefault(
                (row.kind, start, end, row.optional), Clause(row.kind, start, end, optional=row.optional)
            )
            clause.labels.append(_label(row))
            spans = [tokens(view, s) for n in row.who for s in piece.named.get(n, ()) if n]
            places = [p for a, b in spans for p in range(a, b) if start - NEAR <= p < end + NEAR]
            known = [] if clause.holders is None else clause.holders.tolist()
            if places or known or not any(row.who):  # else somebody holds it whom no words near it name
                clause.holders = np.array(sorted({*known, *places}), dtype=np.int64)
    return list(clauses.values())


def _label(row: Row) -> tuple[int, int]:
    if row.kind == "P":
        return STANCES.index(row.label), ISSUES.index(row.detail)
    return TYPES.index(row.label), STATUSES.index(row.detail)


def _tags(clauses: Sequence[Clause], first: int, last: int) -> Ints:
    """Begin and inside of each clause; of two in one another the inner one is marked over the outer, one that counts over one that may be left."""
    tags = np.zeros((last - first, 2), dtype=np.int64)
    for clause in sorted(clauses, key=lambda c: (not c.optional, c.start - c.end)):
        column = 0 if clause.kind == "P" else 1
        tags[clause.start - first : clause.end - first, column] = UNASKED if clause.optional else INSIDE
        tags[clause.start - first, column] = UNASKED if clause.optional else BEGIN
    return tags


def _shifted(clause: Clause, first: int, last: int) -> Clause:
    holders = clause.holders
    if holders is not None:
        holders = holders[(holders >= first) & (holders < last)] - first
    return Clause(clause.kind, clause.start - first, clause.end - first, clause.labels, holders, clause.optional)


def joined(left: Window, right: Window) -> Window:
    """Two windows as one, the second behind the first."""
    shift = len(left.ids)
    moved = [
        Clause(
            c.kind,
            c.start + shift,
            c.end + shift,
            c.labels,
            None if c.holders is None else c.holders + shift,
            c.optional,
        )
        for c in right.clauses
    ]
    return Window(
        np.concatenate((left.ids, right.ids)),
        np.concatenate((left.features, right.features)),
        np.concatenate((left.tags, right.tags)),
        [*left.clauses, *moved],
        left.group,
        [*left.ruled, *((k, a + shift, b + shift) for k, a, b in right.ruled)],
    )


def everything(
    bench: Path | None, own: Path = OWN, *, parts: Sequence[str] = ("own", "gold", "real")
) -> Iterator[Source]:
    """All there is to learn from; of the real articles, those whose texts stand in the folder `bench`."""
    pipeline = reader()
    if "own" in parts:
        yield from read_own(pipeline, own)
    if "gold" in parts:
        for gold, texts in GOLD:
            yield from read_gold(pipeline, gold, texts)
    if "real" in parts and bench is not None:
        for text, row, group in read_real(bench):
            yield gold_source(read(pipeline, text), text, row, group)


def main() -> None:
    groups: dict[str, list[int]] = {}
    for source in everything(Path(sys.argv[1]) if sys.argv[1:] else None):
        counts = groups.setdefault(source.group, [0, 0, 0])
        counts[0] += 1
        for row in source.piece.rows:
            counts["PE".index(row.kind) + 1] += 1
    for group, (texts, positions, events) in groups.items():
        print(f"{group}: {texts} texts, {positions} positions, {events} events")


if __name__ == "__main__":
    main()

"""Labelled text -> training windows.

Two sources: a PolNeAR split (JSON Lines, given by path, never copied) and our own pieces in `own/*.txt`:

    # wire, indirect; everything after the first "# " line of a piece is text
    {s1|A spokesman for the port union} {q1|said} that {c1|talks would resume on Monday}.
    ---
    # one source, two statements
    {s1,2|She} {q1|denied} {c1|the report} and {q2|called} {c2|it "a fabrication"}.

`s` source, `q` cue, `c` content; the numbers say which attributions a piece of text belongs to. Pieces are parted by
`---`, paragraphs by blank lines. Contents are written as the annotation guide wants them, without the leading "that";
PolNeAR counts the "that" in, so reading adds it and the model learns one convention.

Run as a program, it prints what there is: `python -m training.attribution.data POLNEAR.jsonl`.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from parley.annotate.statements.attribution.spans import LABELS, LEFT, ROLES, SPAN
from parley.annotate.statements.attribution.texts import WINDOW, Encoded, Ints, encode, split_blocks, windows

OWN = Path(__file__).resolve().parent / "own"
OWN_STYLE = "parley"

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Labelled:
    """One attribution of the gold, in characters."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True)
class Document:
    text: str
    attributions: list[Labelled]
    style: str  # who annotated it: people draw the lines differently, and the model may know


def read_polnear(path: Path) -> list[Document]:
    """The articles of a PolNeAR split."""
    documents = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found = [
                Labelled(*([(int(a), int(b)) for a, b in one.get(role) or ()] for role in ROLES))
                for one in row["attributions"]
            ]
            documents.append(Document(row["text"], found, row.get("annotator", "unknown")))
    return documents


_MARK = re.compile(r"\{([sqc])([\d,]+)\|")


def read_piece(piece: str) -> Document:
    """One marked-up piece; raises ValueError with the piece where the markup is off."""
    text = ""
    spans: dict[tuple[str, str], Spans] = {}
    opened: list[tuple[str, str, int]] = []
    at = 0
    while at < len(piece):
        mark = _MARK.match(piece, at)
        if mark:
            opened.append((mark.group(1), mark.group(2), len(text)))
            at = mark.end()
        elif piece[at] == "}" and opened:
            kind, numbers, start = opened.pop()
            for number in numbers.split(","):
                spans.setdefault((number, kind), []).append((start, len(text)))
            at += 1
        else:
            text += piece[at]
            at += 1
    if opened or "{" in text or "}" in text:
        raise ValueError(f"unbalanced markup in: {piece}")
    found = []
    for number in sorted({number for number, _ in spans}):
        content = [_with_that(text, span) for span in spans.get((number, "c"), [])]
        if not content:
            raise ValueError(f"attribution {number} has no content in: {piece}")
        found.append(Labelled(spans.get((number, "s"), []), spans.get((number, "q"), []), content))
    return Document(text, found, OWN_STYLE)


def _with_that(text: str, span: tuple[int, int]) -> tuple[int, int]:
    lead = re.search(r"\bthat,? ?$", text[: span[0]])
    return (lead.start(), span[1]) if lead else span


def read_own(folder: Path = OWN) -> list[Document]:
    """All pieces of our own."""
    documents = []
    for path in sorted(folder.glob("*.txt")):
        for piece in path.read_text(encoding="utf-8").split("\n---\n"):
            lines = [line for line in piece.strip().split("\n") if not line.startswith("# ")]
            if any(line.strip() for line in lines):
                documents.append(read_piece("\n".join(lines).strip()))
    return documents


def joined(pieces: list[Document]) -> Document:
    """Several pieces one after the other, as paragraphs of one text."""
    text = ""
    found = []
    for piece in pieces:
        text += "\n\n" if text else ""
        shift = len(text)
        text += piece.text
        for one in piece.attributions:
            found.append(Labelled(*([(a + shift, b + shift) for a, b in getattr(one, role)] for role in ROLES)))
    return Document(text, found, pieces[0].style)


@dataclass
class Anchor:
    """A cue in a window, with the token ranges of its attribution (in tokens of the window)."""

    cue: tuple[int, int]
    spans: dict[str, Spans]

    def labels(self, start: int) -> Ints:
        """Labels of the neighbourhood of a cue that begins at `start`."""
        row = np.zeros(SPAN, dtype=np.int64)
        for role, spans in self.spans.items():
            begin = LABELS.index(f"B-{role}")
            for first, last in spans:
                low, high = max(first - start + LEFT, 0), min(last - start + LEFT, SPAN)
                if low < high:
                    row[low:high] = begin + 1
                    row[low] = begin if low == first - start + LEFT else begin + 1
                    if low == 0:
                        row[low] = begin
        return row


@dataclass
class Window:
    ids: Ints
    features: Ints
    tags: Ints
    style: str
    anchors: list[Anchor] = field(default_factory=list)


def token_span(coded: Encoded, span: tuple[int, int]) -> tuple[int, int]:
    """The tokens that a character range touches."""
    first = int(np.searchsorted(coded.ends, span[0], side="right"))
    last = int(np.searchsorted(coded.starts, span[1], side="left"))
    return first, last


def cut(document: Document, tokenizer: Tokenizer, *, size: int = WINDOW, first: int = WINDOW) -> list[Window]:
    """A document as training windows of at most `size` tokens; the first one of at most `first`."""
    coded = encode(document.text, blocks=split_blocks(document.text), tokenizer=tokenizer)
    tags = np.zeros(len(coded.ids), dtype=np.int64)
    anchors = []
    for one in document.attributions:
        spans = {role: [token_span(coded, span) for span in getattr(one, role)] for role in ROLES}
        spans = {role: [(a, b) for a, b in found if a < b] for role, found in spans.items()}
        for role, found in spans.items():
            begin = LABELS.index(f"B-{role}")
            for a, b in found:
                tags[a:b] = begin + 1
                tags[a] = begin
        if spans["cue"] and spans["content"]:
            anchors.append(Anchor(max(spans["cue"], key=lambda cue: cue[1] - cue[0]), spans))
    paragraphs = list(coded.paragraphs)
    head = windows(paragraphs, size=first)[:1] if first < size else []
    done = head[0][1] if head else 0
    rest = [(max(a, done), b) for a, b in paragraphs if b > done]
    result = []
    for start, end in head + windows(rest, size=size):
        window = Window(coded.ids[start:end], coded.features[start:end], tags[start:end], document.style)
        for anchor in anchors:
            if start <= anchor.cue[0] and anchor.cue[1] <= end:
                inside = {
                    role: [(max(a, start) - start, min(b, end) - start) for a, b in found if a < end and b > start]
                    for role, found in anchor.spans.items()
                }
                window.anchors.append(Anchor((anchor.cue[0] - start, anchor.cue[1] - start), inside))
        result.append(window)
    return result


def stream(
    documents: list[Document],
    own: list[Document],
    tokenizer: Tokenizer,
    *,
    rng: random.Random,
    change: Callable[[Document, random.Random], Document],
    own_share: float = 0.15,
) -> Iterator[Window]:
    """Windows without end: shuffled documents, changed on the way, with our own pieces mixed in.

    `own_share` is the share of windows (not of tokens) made of our own pieces, which are short.
    """
    while True:
        order = list(documents)
        rng.shuffle(order)
        for document in order:
            size = WINDOW if rng.random() < 0.7 else rng.randint(96, WINDOW)
            found = cut(change(document, rng), tokenizer, size=size, first=rng.randint(64, size))
            yield from found
            for _ in found:
                if own and rng.random() < own_share:
                    pieces = rng.sample(own, min(len(own), rng.choice((1, 2, 4, 6))))
                    yield from cut(change(joined(pieces), rng), tokenizer)


# Lengths of windows in a batch, [CLS] and [SEP] included. Few shapes: the CPU kernels are built anew for each.
LENGTHS = (96, 128, 160, 192, 224, WINDOW)


def batches(source: Iterator[Window], *, tokens: int) -> Iterator[tuple[int, list[Window]]]:
    """Batches of like windows, each with its padded length, so that length times windows is always `tokens`."""
    waiting: dict[int, list[Window]] = {length: [] for length in LENGTHS}
    for window in source:
        length = next(length for length in LENGTHS if len(window.ids) + 2 <= length)
        waiting[length].append(window)
        if len(waiting[length]) == tokens // length:
            yield length, waiting[length]
            waiting[length] = []


def main(paths: list[str]) -> None:
    for name, documents in [(path, read_polnear(Path(path))) for path in paths] + [("own", read_own())]:
        ones = [one for document in documents for one in document.attributions]
        print(f"{name}: {len(documents)} documents, {len(ones)} attributions")
        print("  no source", sum(not one.source for one in ones), " no cue", sum(not one.cue for one in ones))
        print("  pieces of content", dict(Counter(len(one.content) for one in ones)))
        print("  styles", dict(Counter(document.style for document in documents)))


if __name__ == "__main__":
    main(sys.argv[1:])

"""An article as it was read: junk folded with its reason, rows marked by layer, notes beside the line they belong to."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from parley.errors import LedgerError
from parley.store import browse
from parley.store.rows import Row
from parley.web import words
from parley.web.answers import Answers
from parley.web.asked import Asked

KNOWN = ("layers", "st", "fi", "po", "ev", "wo")
LAYERS = {"st": "statement", "fi": "figure", "po": "position", "ev": "event", "wo": "wording"}
NAMES = {"st": "Statements", "fi": "Figures", "po": "Positions", "ev": "Events", "wo": "Wording"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters that are marked alike: `layers` by their short names, `ids` of the rows that begin here."""

    text: str
    layers: tuple[str, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A row in the margin."""

    row: Row
    layer: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text with its notes, or something set aside with its reason."""

    pieces: list[Piece]
    notes: list[Note]
    reason: str | None = None
    text: str = ""
    title: bool = False

    @property
    def length(self) -> str:
        return words.count(len(self.text.split()), "word")


def article(answers: Answers, id: str, asked: Asked) -> dict[str, Any]:
    """The article with an id; raises LedgerError where there is none."""
    row = answers.ledger.row(id)
    if row is None or row["row"] != "article":
        raise LedgerError("there is no such article in this ledger")
    text = answers.ledger.text(row["id"])
    shown = [k for k in LAYERS if asked.get(k)] if asked.get("layers") else list(LAYERS)
    rows = browse.rows_in(answers.ledger, row["id"])
    chosen = [(k, r) for k in LAYERS if k in shown for r in rows[LAYERS[k]]]
    return {
        "title": words.flat(row["title"] or "no title"),
        "asked": asked,
        "article": row,
        "blocks": list(blocks(text, row, chosen)),
        "layers": [(k, NAMES[k], len(rows[LAYERS[k]]), k in shown) for k in LAYERS],
        "basis": row["published_basis"],
        "copies": [_copy(c, row["id"]) for c in answers.ask("copies", article=row["id"]) if row["id"] in c["articles"]],
        "heads": answers.ledger.by_ids(
            a for c in answers.ask("copies", article=row["id"]) if row["id"] in c["articles"] for a in c["articles"]
        ),
    }


def _copy(copy: Row, id: str) -> Row:
    return {**copy, "other": next((a for a in copy["articles"] if a != id), id)}


def blocks(text: str, article: Row, rows: Sequence[tuple[str, Row]]) -> Iterable[Block]:
    """The text from its first character to its last: lines, and between them what was set aside."""
    dropped = sorted((d["span"][0], d["span"][1], d["reason"]) for d in article["dropped"])
    title = article["title_span"] or [-1, -1]
    notes = sorted(((words.spans_of(r)[0][0], k, r) for k, r in rows), key=lambda n: n[0])
    marks = [(s, e, k) for k, r in rows if words.status(r) != "rejected" for s, e in words.spans_of(r)]
    at = 0
    for start, stop, reason in [*dropped, (len(text), len(text), None)]:
        if start > at:
            yield from _lines(text, at, start, marks, notes, title)
        if stop > max(start, at) and reason is not None and text[max(start, at) : stop].strip():
            yield Block([], [], reason, text[max(start, at) : stop])
        at = max(at, stop)


def _lines(
    text: str, begin: int, end: int, marks: Sequence[Any], notes: Sequence[Any], title: Sequence[int]
) -> Iterable[Block]:
    at = begin
    while at < end:
        newline = text.find("\n", at, end)
        stop = end if newline < 0 else newline
        if text[at:stop].strip():
            beside = [n for n in notes if at <= n[0] < stop or (n[0] == stop and stop == end)]
            mine = [m for m in marks if m[0] < stop and m[1] > at]
            pieces = list(_pieces(text, at, stop, mine, beside))
            yield Block(pieces, [_note(k, r) for _, k, r in beside], title=title[0] < stop and title[1] > at)
        at = stop + 1


def _pieces(text: str, begin: int, end: int, marks: Sequence[Any], notes: Sequence[Any]) -> Iterable[Piece]:
    cuts = sorted({begin, end, *(min(max(p, begin), end) for s, e, _ in marks for p in (s, e)), *(n[0] for n in notes)})
    for start, stop in itertools.pairwise(cuts):
        if start >= begin and stop <= end and stop > start:
            layers = tuple(k for k in LAYERS if any(s < stop and e > start for s, e, m in marks if m == k))
            yield Piece(text[start:stop], layers, tuple(r["id"] for at, _, r in notes if at == start))


def _note(layer: str, row: Row) -> Note:
    who, what = words.says(row)
    return Note(row, layer, who, what)

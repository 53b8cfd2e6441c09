"""Copies: whole reprints, excerpts, lightly edited wires, one passage inside a longer text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from parley.compare.base import Question, Row
from parley.compare.passages import passages
from parley.compare.shingles import Worded, sketch, worded
from parley.data import row_id

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

VERSION = "1"
"""Raised with every change of the rules here: then all articles are looked at again."""

ARTICLES = 500
"""Articles that are looked at in one transaction."""

SHARED = 25
"""Words that two articles must share to be worth telling."""


def refresh(ledger: Ledger) -> None:
    """Find the copies of articles that were not looked at yet."""
    while _look(ledger):
        pass


def _look(ledger: Ledger) -> bool:
    with ledger.comparing() as desk:
        desk.begin_copies(VERSION)
        new = desk.unsketched(ARTICLES)
        if not new:
            return False
        read = {page["id"]: page for page in desk.pages(new)}
        words = {id: worded_page(page) for id, page in read.items()}
        sketches = {id: sketch(w.words) for id, w in words.items()}
        known = {id: np.frombuffer(b, dtype=np.uint32) for id, b in desk.sketches(desk.sketched()).items()}
        near = list(_candidates(sketches, known | sketches))
        read |= {page["id"]: page for page in desk.pages({b for _, b in near} - read.keys())}
        found = [copy for a, b in near if (copy := _compared(read[a], read[b]))]
        rows = [{"article": i, "words": words[i].size, "hashes": sketches[i].tobytes()} for i in new]
        desk.keep_copies(rows, found)
    return True


def worded_page(page: Row) -> Worded:
    """The words of a stored article's own text: its body without what was set aside."""
    return worded(page["id"], page["text"], kept(page))


def kept(page: Row) -> list[tuple[int, int]]:
    """The body of a stored article without what was set aside, as spans in order."""
    start, stop = page["body_start"], page["body_stop"]
    if start is None:
        start, stop = 0, len(page["text"])
    out: list[tuple[int, int]] = []
    for hole, end in [*sorted((d["start"], d["stop"]) for d in page["dropped"]), (stop, stop)]:
        if start < min(hole, stop):
            out.append((start, min(hole, stop)))
        start = max(start, end)
    return out


def _candidates(new: dict[str, np.ndarray], all_: dict[str, np.ndarray]) -> Iterable[tuple[str, str]]:
    holders: dict[int, list[str]] = {}
    for id, hashes in all_.items():
        for h in hashes.tolist():
            holders.setdefault(h, []).append(id)
    seen: set[tuple[str, str]] = set()
    for id, hashes in new.items():
        for h in hashes.tolist():
            for other in holders[h]:
                if other != id and (min(id, other), max(id, other)) not in seen:
                    seen.add((min(id, other), max(id, other)))
                    yield id, other


def _compared(one: Row, two: Row) -> Row | None:
    left, right = sorted((one, two), key=lambda p: (p["published"] or "~", p["place"]))
    a, b = worded_page(left), worded_page(right)
    shared = [p for p in passages(a, b) if p.same >= SHARED]
    if not shared:
        return None
    same = sum(p.same for p in shared)
    shares = same / a.size, same / b.size
    kind = "whole" if min(shares) > 0.9 else "excerpt"
    first = left["id"] if left["published"] and right["published"] and left["published"] < right["published"] else None
    return {
        "id": row_id("cp", left["id"], right["id"]),
        "left": left["id"],
        "right": right["id"],
        "kind": kind,
        "origin": first,
        "left_share": shares[0],
        "right_share": shares[1],
        "passages": [
            [
                [int(a.starts[p.left]), int(a.ends[p.left_end - 1])],
                [int(b.starts[p.right]), int(b.ends[p.right_end - 1])],
            ]
            for p in shared
        ],
        "rule": "date" if first else "open",
        "detail": "the earlier one" if first else "nothing tells which was first",
    }


def read(ledger: Ledger) -> list[Row]:
    """Every two articles that share text."""
    return [_shown(pair) for pair in ledger.copied()]


def _shown(pair: Row) -> Row:
    forward = pair["origin"] != pair["right"]
    order = (pair["left"], pair["right"]) if forward else (pair["right"], pair["left"])
    contained = max(pair["left_share"], pair["right_share"])
    return {
        "row": "copy",
        "id": pair["id"],
        "kind": pair["kind"],
        "articles": [order[0] if pair["origin"] else None, order[1]],
        "contained": round(contained, 3),
        "passages": [p if forward else p[::-1] for p in pair["passages"]],
        "between": list(order),
        "rule": pair["rule"],
        "why": pair["detail"],
    }


def _cells(row: Row) -> tuple[str, ...]:
    return row["kind"], f"{row['contained']:.0%}", row["why"]


QUESTIONS: Sequence[Question] = (
    Question("copies", "copy", read, ("kind", "contained", "why"), _cells, cites=lambda row: row["between"]),
)

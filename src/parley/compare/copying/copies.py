"""Copies: whole reprints, lightly edited ones, excerpts, and one passage inside a longer text.

Only an article's own text is held against others: the body without what was set aside of it. `candidates.py` finds who may share
text, `shared.py` tells what two articles share, `origins.py` which had it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.compare.base import Question, Row
from parley.compare.copying.candidates import Crowded, near, shelve
from parley.compare.copying.origins import Signed, origin, signatures
from parley.compare.copying.shared import Own, own, share
from parley.compare.copying.shingles import numbers, sketch
from parley.data import row_id

if TYPE_CHECKING:
    from parley.compare.copying.shingles import Sketch
    from parley.store.desk import Desk
    from parley.store.ledger import Ledger

VERSION = "2"
"""Raised with every change of the rules here: then all articles are looked at again."""

ARTICLES = 1000
"""Articles that are sketched in one transaction."""

MATCHED = 10_000
"""Articles that are held against all others in one transaction: the index is opened once for all of them."""

PAIRS = 2_000
"""Pairs whose texts are held at a time."""

AHEAD = 20_000
"""Articles that are looked up at once to be looked at next, as in `compare/refresh.py`."""

_KINDS = ("whole", "edited", "excerpt")


@dataclass(frozen=True, slots=True)
class Page:
    """A stored article as copies see it."""

    place: str
    own: Own
    signed: Signed


def refresh(ledger: Ledger) -> None:
    """Find the copies of articles that were not looked at yet."""
    ahead: list[str] = []
    while _sketch(ledger, ahead):
        pass
    while _match(ledger):
        pass


def _sketch(ledger: Ledger, ahead: list[str]) -> bool:
    """Sketch the articles that come first `ahead`; False where all have a sketch."""
    with ledger.comparing() as desk:
        desk.begin_copies(VERSION)
        ahead += () if ahead else desk.unsketched(AHEAD)
        if not ahead:
            return False
        words = {
            p["id"]: numbers(p["text"], kept(p)) for p in desk.pages(desk.unsketched(ARTICLES, among=ahead[:ARTICLES]))
        }
        del ahead[:ARTICLES]
        desk.keep_sketches([{"article": i, "words": len(w), "hashes": sketch(w).tobytes()} for i, w in words.items()])
    return True


def _match(ledger: Ledger) -> bool:
    """Hold some articles that have a sketch against all others; False where all have been."""
    with ledger.comparing() as desk:
        new = desk.unmatched(MATCHED)
        if not new:
            return False
        desk.shelves.clear()
        first = max((part.stop for part in desk.shelves.parts()), default=0)
        sketches = [np.frombuffer(held, dtype=np.uint32) for held in new.values()]
        pairs, count = _near(desk, sketches, first)
        ids = list(new)[:count]
        desk.number(ids, first)
        pairs = together(pairs)
        for at in range(0, len(pairs), PAIRS):
            some = _named(desk, pairs[at : at + PAIRS])
            desk.keep_copies(copies_among(some, _pages(desk, some)))
        shelve(desk.shelves, sketches[:count], first)
    return True


def _near(desk: Desk, sketches: Sequence[Sketch], first: int) -> tuple[list[tuple[int, int]], int]:
    """Pairs of numbers of some new articles, the first so many of those given, and any others that may share text."""
    count = len(sketches)
    while True:
        try:
            return near(desk.shelves, sketches[:count], first), count
        except Crowded:
            count = (count + 1) // 2


def together(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs `(new, earlier)` so that those of one story follow each other: then each of its texts is read once.

    >>> together([(5, 1), (6, 2), (7, 5), (8, 6), (8, 7)])
    [(5, 1), (7, 5), (6, 2), (8, 6), (8, 7)]
    """
    leads: dict[int, int] = {}
    for new, earlier in sorted(pairs):
        leads.setdefault(new, leads.get(earlier, earlier))
    return sorted(pairs, key=lambda pair: (leads[pair[0]], pair))


def _named(desk: Desk, pairs: Sequence[tuple[int, int]]) -> list[tuple[str, str]]:
    """The articles of pairs of numbers, but for those of which one is gone."""
    ids = desk.numbered(number for pair in pairs for number in pair)
    return [(ids[a], ids[b]) for a, b in pairs if a in ids and b in ids]


def _pages(desk: Desk, pairs: Sequence[tuple[str, str]]) -> dict[str, Page]:
    return {row["id"]: page_of(row) for row in desk.pages({id for pair in pairs for id in pair})}


def page_of(row: Mapping[str, Any]) -> Page:
    """A stored article as copies see it."""
    spans = kept(row)
    dropped = [(d["text"], d["reason"]) for d in row["dropped"]]
    body = "\n".join(row["text"][start:stop] for start, stop in spans)
    latest = row["published_latest"] or row["published"]
    signed = signatures(row["authors"], dropped, body)
    return Page(
        place=row["place"],
        own=own(row["id"], row["text"], spans, row["outlet"]),
        signed=Signed(row["id"], row["outlet"], row["published"], latest, signed),
    )


def kept(row: Mapping[str, Any]) -> list[tuple[int, int]]:
    """The body of a stored article without what was set aside, as spans in order; all of it where no body was told apart."""
    at, stop = (0, len(row["text"])) if row["body_start"] is None else (row["body_start"], row["body_stop"])
    out: list[tuple[int, int]] = []
    for hole, end in [*sorted((d["start"], d["stop"]) for d in row["dropped"]), (stop, stop)]:
        if at < min(hole, stop):
            out.append((at, min(hole, stop)))
        at = max(at, end)
    return out


def copies_among(near: Iterable[tuple[str, str]], pages: Mapping[str, Page]) -> list[Row]:
    """The rows of those of some pairs that are copies; left is the one that comes first in the order of articles."""
    rows = []
    for pair in near:
        left, right = sorted((pages[id] for id in pair), key=lambda p: p.place)
        credited = left.signed.credits(right.signed.outlet) or right.signed.credits(left.signed.outlet)
        found = share(left.own, right.own, credited=credited)
        if found:
            first = origin(left.signed, right.signed, left_share=found.left_share, right_share=found.right_share)
            row: Row = {"id": row_id("cp", left.own.id, right.own.id), "left": left.own.id, "right": right.own.id}
            row |= {"kind": found.kind, "origin": first.id, "rule": first.rule, "detail": first.detail}
            row |= {"left_share": round(found.left_share, 3), "right_share": round(found.right_share, 3)}
            rows.append({**row, "passages": found.passages})
    return rows


# --- asked ----------------------------------------------------------------------------------------------------------


def read(ledger: Ledger, *, outlet: str | None = None, article: str | None = None) -> list[Row]:
    """Every two articles that share text: whole reprints first, then edited ones, then excerpts; last those that have it from a third."""
    pairs = ledger.copied(article)
    third = _thirds(pairs)
    shown = [_shown(pair, third.get(pair["id"])) for pair in pairs]
    wanted = [r for r in shown if _asked(r, outlet, article)]
    return sorted(wanted, key=lambda r: (r["rule"] == "third", _KINDS.index(r["kind"]), -r["contained"]))


def _asked(row: Row, outlet: str | None, article: str | None) -> bool:
    of_outlet = outlet is None or any(outlet.lower() in (o or "").lower() for o in row["outlets"])
    return of_outlet and (article is None or article in row["between"])


def _thirds(pairs: Sequence[Row]) -> dict[str, str]:
    """The pairs whose text both have from a third article, with that one: there the earlier one is no origin.

    A credit that names the other stands all the same.
    """
    taken: dict[str, dict[str, Row]] = defaultdict(dict)
    for pair in pairs:
        if pair["origin"]:
            taken[pair["left"] if pair["origin"] == pair["right"] else pair["right"]][pair["origin"]] = pair
    out = {}
    for pair in pairs:
        if pair["rule"] == "credit":
            continue
        both = taken[pair["left"]].keys() & taken[pair["right"]].keys() - {pair["left"], pair["right"]}
        for third in sorted(both):
            if _meet(pair, taken[pair["left"]][third], pair["left"]):
                out[pair["id"]] = third
                break
    return out


def _meet(one: Row, two: Row, article: str) -> bool:
    """True where two pairs share a passage of an article that is in both."""
    mine = [p[one["right"] == article] for p in one["passages"]]
    theirs = [p[two["right"] == article] for p in two["passages"]]
    return any(a[0] < b[1] and b[0] < a[1] for a in mine for b in theirs)


def _shown(pair: Row, third: str | None) -> Row:
    first = None if third else pair["origin"]
    turned = first == pair["right"]
    heads = pair["articles"][::-1] if turned else pair["articles"]
    shares = (pair["right_share"], pair["left_share"]) if turned else (pair["left_share"], pair["right_share"])
    return {
        "row": "copy",
        "id": pair["id"],
        "kind": pair["kind"],
        "articles": [first, heads[1]["id"]],
        "contained": shares[1] if first else max(shares),
        "passages": [p[::-1] if turned else p for p in pair["passages"]],
        "between": [h["id"] for h in heads],
        "source_ids": [h["source_id"] for h in heads],
        "outlets": [h["outlet"] for h in heads],
        "rule": "third" if third else pair["rule"],
        "why": "both have it from a third article" if third else pair["detail"],
    }


def _cells(row: Row) -> tuple[str, ...]:
    one, two = (o or "outlet unknown" for o in row["outlets"])
    who = f"{one} → {two}" if row["articles"][0] else f"{one} and {two}"
    return who, f"{row['kind']}, {row['contained']:.0%} of it", row["why"]


QUESTIONS: Sequence[Question] = (
    Question(
        "copies",
        "copy",
        read,
        ("whose words, in whose pages", "how much", "why"),
        _cells,
        asks=("outlet", "article"),
        cites=lambda row: row["between"],
    ),
)

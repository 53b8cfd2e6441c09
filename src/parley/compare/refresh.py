"""Bringing what was compared up to date: only articles that changed, and only blocks that they touch.

Every stage goes on where the last one that was killed stopped, some articles or blocks at a time, each time in one transaction.
What comes out depends on the articles alone, not on the order in which they came nor on how often this ran.
"""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from parley.compare.base import Comparison, Found, Head, Pile, Row, Told
from parley.compare.copying import copies
from parley.compare.copying.independent import Pair
from parley.compare.registry import comparisons, signature

if TYPE_CHECKING:
    from parley.store.desk import Block, Desk
    from parley.store.ledger import Ledger

REFERENTS = "referents"
"""The key under which a ledger notes what a user's codebook adds to the words that are compared (`Codebook.referents`)."""

ARTICLES = 200
"""Articles whose rows are held at a time."""

AHEAD = 20_000
"""Articles that are looked up at once to be compared next: looking takes as long as there are articles in the ledger."""

BLOCKS = 500
"""Blocks that are made at a time, at most."""

MEMBERS = 4_000
"""What articles bring to blocks that are made at a time, but for a block that has more by itself: blocks of outlets grow with the pile."""


def refresh(ledger: Ledger, *, rules: Mapping[str, Comparison] | None = None) -> None:
    """Compare what is new or has changed; nothing is written where nothing has."""
    known = comparisons() if rules is None else rules
    own = ledger.state(REFERENTS) or ""
    copies.refresh(ledger)
    with _uncollected(), ledger.comparing() as desk:
        by = signature() if rules is None else repr(sorted((c.name, c.version) for c in known.values()))
        desk.begin(f"{by} {hashlib.sha256(own.encode()).hexdigest()}" if own else by, known)
        desk.forget_renamed()
        desk.forget_gone()
    ahead: list[str] = []
    while _bring(ledger, known, own, ahead):
        pass
    while _make(ledger, known, own):
        pass


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave rows alone that are read and written: looking for circles among a hundred thousand of them takes a quarter of the time,
    and there are none. Between two stages they are looked for again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _bring(ledger: Ledger, known: Mapping[str, Comparison], own: str, ahead: list[str]) -> bool:
    """Note what some articles bring to which blocks, those that come first `ahead`; False where all have."""
    with _uncollected(), ledger.comparing() as desk:
        ahead += () if ahead else desk.waiting(AHEAD)
        if not ahead:
            return False
        waiting = desk.waiting(ARTICLES, among=ahead[:ARTICLES])
        del ahead[:ARTICLES]
        told = [told_of(row, own) for row in desk.told(waiting)]
        desk.keep([t.id for t in told], {t.id: brought(t, known) for t in told})
    return True


def told_of(row: Mapping[str, Any], referents: str = "") -> Told:
    """What one article tells, of its rows by kind."""
    return Told(
        article=row["article"],
        text=row["text"],
        statements=row["statement"],
        figures=row["figure"],
        positions=row["position"],
        events=row["event"],
        wording=row["wording"],
        names=row["names"],
        referents=referents,
    )


def brought(told: Told, known: Mapping[str, Comparison]) -> dict[Block, list[Row]]:
    """What an article brings to the blocks of all comparisons."""
    items: dict[Block, list[Row]] = defaultdict(list)
    for name, comparison in known.items():
        for block, item in comparison.items(told):
            items[name, block].append(item)
    return items


def _make(ledger: Ledger, known: Mapping[str, Comparison], own: str) -> bool:
    """Make the results of some blocks anew; False where all are made."""
    with _uncollected(), ledger.comparing() as desk:
        blocks = desk.touched(BLOCKS, MEMBERS)
        if blocks:
            items = desk.items(blocks)
            pile = pile_of(desk, {item["article"] for held in items.values() for item in held}, own)
            desk.replace({block: _results(known[block[0]], block[1], held, pile) for block, held in items.items()})
    return bool(blocks)


def _results(comparison: Comparison, block: str, items: Sequence[Row], pile: Pile) -> list[Row]:
    return [_plain(found) for found in comparison.results(block, items, pile)] if items else []


def _plain(found: Found) -> Row:
    return {k: getattr(found, k) for k in ("kind", "key", "row", "rests", "date", "weight")}


def pile_of(desk: Desk, articles: Iterable[str], referents: str = "") -> Pile:
    """What is known of some articles beside their rows."""
    wanted = set(articles)
    heads = {row[0]: Head(*row) for row in desk.heads(wanted)}
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for left, right, passages in desk.shared(wanted):
        pairs[left].append(Pair(left, right, passages))
    return Pile(heads, pairs, referents)

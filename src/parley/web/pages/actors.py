"""Who somebody is, across articles: names met, why they are held to be one, and what is reported of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from parley.errors import LedgerError
from parley.resolve.judgements import of_key
from parley.store import browse
from parley.store.rows import Row
from parley.store.words import fold
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.pages.lines import lines

MOST = 500
EACH = 12
MANY = 10_000
"""Articles that are counted; of somebody who is named in more it is enough to know that."""
USES = 2_000
"""Articles from which an actor's roles are told."""


def actors(answers: Answers, asked: Asked) -> dict[str, Any]:
    """Everybody who is named, by name."""
    found = list(answers.ledger.actors(limit=MOST + 1, **asked.some("name", "side")))
    return {"title": "Actors", "asked": asked, "actors": found[:MOST], "more": len(found) > MOST, "most": MOST}


def actor(answers: Answers, id: str) -> dict[str, Any]:
    """One actor; raises LedgerError where there is none."""
    ledger = answers.ledger
    row = ledger.row(id)
    if row is None or row["row"] != "actor":
        raise LedgerError("there is no such actor in this ledger")
    links = list(ledger.links(right=row["id"]))
    uses = ledger.uses((link["left"] for link in links), limit=USES)
    printed = {use["key"]: use["name"] for use in reversed(uses)}
    statements = browse.page(ledger, "statement", limit=EACH, speaker=row["name"])
    positions = browse.page(ledger, "position", limit=EACH, party=row["name"])
    said = browse.page(ledger, "position", limit=EACH, said_by=row["name"])
    return {
        "title": row["name"],
        "actor": row,
        "links": [(_printed(row, link["left"], printed), link) for link in links[:MOST]],
        "more_links": max(0, len(links) - MOST),
        "articles": ledger.named_in((link["left"] for link in links), most=MANY + 1),
        "many": MANY,
        "roles": _roles(uses),
        "statements": lines(ledger, statements.rows, fold=True),
        "more_statements": statements.after is not None,
        "positions": lines(ledger, positions.rows or said.rows),
        "by_party": bool(positions.rows),
    }


def _printed(actor: Row, left: str, printed: Mapping[str, str]) -> str:
    """A name as it is printed, where that is known, with what else a link says of it.

    >>> _printed({"name": "Joren Castell", "aliases": [], "side": "Calvera"}, "joren castell [calvera]", {})
    'Joren Castell (Calvera)'
    """
    key, article = of_key(left)
    name, _, side = key.partition(" [")
    known = {fold(n): n for n in (actor["name"], *actor["aliases"], actor["side"] or "")}
    side = side.removesuffix("]")
    told = printed.get(key, known.get(name, name)) + (f" ({known.get(side, side)})" if side else "")
    return f"{told}, in one article" if article else told


def _roles(uses: Sequence[Row]) -> list[tuple[str, str, str, int]]:
    """Each role with the first and last day on which it was given, and how often, the earliest first."""
    days: dict[str, list[str]] = defaultdict(list)
    for use in uses:
        if use["role"]:
            days[use["role"]].append(use["date"] or "")
    told = [(role, min(filter(None, d), default=""), max(d), len(d)) for role, d in days.items()]
    return sorted(told, key=lambda r: (r[1], r[0]))[:EACH]

"""Who somebody is, across articles: names met, why they are held to be one, and what is reported of them."""

from __future__ import annotations

from typing import Any

from parley.errors import LedgerError
from parley.store import browse
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.pages.lines import lines

MOST = 500
EACH = 12
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
    roles = sorted({(u["role"], u["date"] or "") for u in uses if u["role"]}, key=lambda r: r[1])
    statements = browse.page(ledger, "statement", limit=EACH, speaker=row["name"])
    positions = browse.page(ledger, "position", limit=EACH, party=row["name"])
    said = browse.page(ledger, "position", limit=EACH, said_by=row["name"])
    return {
        "title": row["name"],
        "actor": row,
        "links": links,
        "articles": ledger.named_in(link["left"] for link in links),
        "roles": roles,
        "statements": lines(ledger, statements.rows, fold=True),
        "more_statements": statements.after is not None,
        "positions": lines(ledger, positions.rows or said.rows),
        "by_party": bool(positions.rows),
    }

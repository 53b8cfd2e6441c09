"""Dossiers: all of them, and one with what was collected, in its order, with notes and what became of each row."""

from __future__ import annotations

from typing import Any

from parley.errors import LedgerError, UsageError
from parley.export.dossier import FORMATS
from parley.export.dossier.sheet import Quote, parts
from parley.store.dossiers.collecting import LONGEST_HEADING, LONGEST_NAME, LONGEST_NOTE
from parley.web.answers import Answers
from parley.web.asked import Asked

PER_PAGE = 100
GONE = 20
"""Entries that were taken out that are listed; the others can be put back from a terminal."""

LIMITS = {"name": LONGEST_NAME, "heading": LONGEST_HEADING, "note": LONGEST_NOTE}
KNOWN = ("from", "out")
KEYS = (
    ("j k", "next and previous entry"),
    ("J K", "move it down and up (with Shift)"),
    ("n", "write its note"),
    ("x", "take it out"),
    ("u", "put back what was taken out last"),
)


def dossiers(answers: Answers, asked: Asked) -> dict[str, Any]:
    """All dossiers, and those taken away."""
    return {
        "title": "Dossiers",
        "asked": asked,
        "dossiers": answers.ledger.dossiers(),
        "removed": answers.ledger.dossiers(removed=True),
        "gone": asked.get("gone"),
        "limits": LIMITS,
    }


def dossier(answers: Answers, id: str, asked: Asked) -> dict[str, Any]:
    """The dossier with an id, a page of its entries; raises LedgerError where there is none."""
    given = asked.get("from") or "0"
    if not (given.isascii() and given.isdigit() and len(given) < 7):
        raise UsageError("that page is not known: start from the first one")
    try:
        held = answers.ledger.dossier(id, start=int(given), limit=PER_PAGE)
        gone = answers.ledger.dossier(id, removed=True, limit=GONE)["list"]
    except UsageError:
        raise LedgerError("there is no such dossier in this ledger; it may have been taken away") from None
    at, length = int(given), held["length"]
    shown = list(parts(answers.ledger, held["list"]))
    return {
        "title": held["name"],
        "asked": asked,
        "dossier": held,
        "parts": [
            ("quote" if isinstance(p, Quote) else "heading", e, p) for e, p in zip(held["list"], shown, strict=True)
        ],
        "unfound": sum(e["state"] in ("kept", "lost") for e in held["list"]),
        "gone": [(e, p) for e, p in zip(gone, parts(answers.ledger, gone), strict=True)],
        "out": asked.get("out"),
        "formats": FORMATS,
        "limits": LIMITS,
        "keys": KEYS,
        "next": asked.link(out=None, **{"from": str(at + PER_PAGE)}) if at + PER_PAGE < length else None,
        "previous": asked.link(out=None, **{"from": str(at - PER_PAGE) if at > PER_PAGE else None}) if at else None,
    }


def page_of(id: str, number: int) -> str:
    """The address of the page that has the entry with a number."""
    start = (number - 1) // PER_PAGE * PER_PAGE
    return f"/dossier/{id}?from={start}" if start else f"/dossier/{id}"

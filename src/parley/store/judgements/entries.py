"""Entries of the log: made with their time and id, checked when they come from elsewhere, and which one an undo takes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.data import row_id
from parley.errors import UsageError
from parley.store import schema as t
from parley.store.judgements import log
from parley.store.rows import Row

Act = Literal["confirm", "correct", "reject", "undo", "merge", "split"]
ACTS: tuple[Act, ...] = ("confirm", "correct", "reject", "undo", "merge", "split")
KINDS = {"st": "statement", "fi": "figure", "po": "position", "ev": "event", "wo": "wording", "da": "date"}
KINDS |= {"ar": "article", "ac": "actor", "re": "utterance"}
ENTRY = (
    *("id", "at", "by", "act", "why", "kind", "about", "case"),
    *("changes", "others", "undoes", "anchor", "machine"),
)


def take_turns(connection: Connection) -> None:
    """People judge one after the other, so that each sees what was said before; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended('judgements', 0))"))


def take_articles(connection: Connection, sources: Iterable[str]) -> None:
    """Wait for builds that write articles of these sources, and let the next ones wait: their rows stay while we judge."""
    if connection.dialect.name == "postgresql":
        for sha256 in sorted(set(sources)):
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))"), {"what": sha256})


def moment(connection: Connection) -> str:
    """The time to the microsecond, later than every entry's: the order of entries is the order in which they were made."""
    now = datetime.now(UTC)
    last = connection.execute(sa.select(sa.func.max(t.judgement.c.at))).scalar()
    if last is not None and last >= _stamp(now):
        now = datetime.strptime(last, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC) + timedelta(microseconds=1)
    return _stamp(now)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_of(asked: Mapping[str, Any], act: str, kind: str, about: str, at: str, **more: Any) -> Row:
    """An entry with its id."""
    made: Row = {"at": at, "by": asked["by"], "act": act, "why": asked["why"], "kind": kind, "about": about}
    made = t.storable_all(made | {"changes": None, "others": [], "undoes": None, "anchor": {}, "machine": None, **more})
    return {"id": id_of(made), "case": more.get("case") or id_of(made), **{k: made[k] for k in made if k != "case"}}


def id_of(entry: Mapping[str, Any]) -> str:
    """An entry's id: the hash of all that it says."""
    return row_id("ju", json.dumps([entry[k] for k in ENTRY if k not in ("id", "case")], sort_keys=True))


def over(before: Sequence[Row], entry: Row) -> list[Row]:
    """Other people's standing entries that say otherwise: they are kept, and this one is shown."""
    if entry["act"] == "undo":
        return []
    keys = set(entry["changes"] or {})
    return [
        {k: e[k] for k in ("id", "at", "by", "act", "why", "changes")}
        for e in log.standing(before)
        if e["by"] != entry["by"]
        and ((e["act"] == "reject") != (entry["act"] == "reject") or keys & set(e["changes"] or {}))
    ]


def undone(before: Sequence[Row], wanted: str | None, row: str) -> Row:
    """The entry that an undo takes back."""
    stands = {e["id"] for e in log.standing(before)}
    alive = [e for e in log.in_order(before) if e["id"] in stands]
    if wanted is not None:
        dead = {e["undoes"] for e in undoings(before)}
        alive = [e for e in before if e["id"] == wanted and e["id"] not in dead]
    if not alive:
        raise UsageError(f"nothing that was said of {row} stands" if wanted is None else f"{wanted} does not stand")
    return alive[-1]


def undoings(before: Sequence[Row]) -> list[Row]:
    """The undos that stand themselves."""
    out: dict[str, Row] = {}
    gone: set[str] = set()
    for entry in reversed(log.in_order(before)):
        if entry["act"] == "undo" and entry["id"] not in gone:
            out[entry["id"]] = entry
            gone.add(entry["undoes"])
    return list(out.values())


def checked(given: Mapping[str, Any], n: int) -> Row:
    wrong = [k for k in ENTRY if k not in given]
    if given.get("row") != "judgement" or wrong:
        lacks = f": it has no {', '.join(wrong)}" if wrong else ""
        raise UsageError(f"entry {n} is no judgement of a ledger{lacks}")
    entry = {k: given[k] for k in ENTRY}
    texts = all(isinstance(entry[k], str) for k in ("id", "at", "by", "act", "why", "kind", "about", "case"))
    if not texts or entry["act"] not in ACTS or entry["kind"] not in KINDS.values():
        raise UsageError(f"entry {n} is no judgement that this Parley knows")
    if entry["id"] != id_of(entry):
        raise UsageError(f"entry {n} ({entry['id']}) is not what it was: its id is the hash of what it says")
    return entry

"""Dossiers between ledgers: everything of them as rows, headings, notes and what was taken out too, and taken in again without loss.

An entry keeps its row and its place in print, so a dossier can be read in a ledger that has none of its articles. Taken in twice it
changes nothing; where both ledgers have gone on with one dossier, entries of both stay, and of what differs the side that was changed last stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.errors import UsageError
from parley.store import schema as t
from parley.store.dossiers.collecting import COLLECTED, LONGEST_HEADING, LONGEST_NAME, LONGEST_NOTE, _head
from parley.store.frames import COLUMNS, to_arrow
from parley.store.rows import Row

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

HEAD = tuple(t.dossier.c.keys())
ENTRY = tuple(t.dossier_entry.c.keys())
ANCHORED = ("id", "sha256", "file", "source_id", "url")
"""What an anchor says of its article."""


def carried(ledger: Ledger, which: str | None = None) -> Iterator[Row]:
    """A dossier by its name or id, or all of them with those that were taken away: each, then its entries, as rows."""
    with ledger._reading() as connection:
        d, e = t.dossier.c, t.dossier_entry.c
        heads = sa.select(t.dossier).order_by(d.made, d.id)
        if which is not None:
            heads = heads.where(d.id == _head(connection, which, ledger.where)["id"])
        for head in connection.execute(heads).mappings().all():
            yield {"row": "dossier", **head}
            entries = sa.select(t.dossier_entry).where(e.dossier == head["id"]).order_by(e.place, e.id)
            for entry in connection.execute(entries).mappings():
                yield {"row": "dossier_entry", **entry}


def take_in(ledger: Ledger, rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Take in what `carried` gave of another ledger: how many dossiers and entries are `new`, and how many were `known`.

    A dossier whose name another one has here gets a number behind it. UsageError where a row is none; then nothing is written.
    """
    given = [_checked(row, n) for n, row in enumerate(rows, 1)]
    heads = {row["id"]: row for row in given if row["row"] == "dossier"}
    strange = next((r["id"] for r in given if r["row"] == "dossier_entry" and r["dossier"] not in heads), None)
    if strange is not None:
        raise UsageError(f"{strange} is of a dossier that is not in the file")
    counts = {"new": 0, "known": 0}
    with ledger._collecting() as connection:
        newer = {id for id, head in heads.items() if _take_head(connection, head, counts)}
        for row in given:
            if row["row"] == "dossier_entry":
                _take_entry(connection, row, counts, newer=row["dossier"] in newer)
    return counts


def _take_head(connection: Connection, head: Row, counts: dict[str, int]) -> bool:
    """Take a dossier in; True where what it says stands, because it is new here or was changed here before."""
    d = t.dossier.c
    values = {k: head[k] for k in HEAD}
    known = connection.execute(sa.select(d.changed).where(d.id == head["id"])).scalar()
    counts["new" if known is None else "known"] += 1
    if known is not None and known >= head["changed"]:
        return False
    values["name"] = _free_name(connection, head["name"], head["id"])
    if known is None:
        connection.execute(t.dossier.insert().values(values))
    else:
        connection.execute(t.dossier.update().where(d.id == head["id"]).values(values))
    return True


def _take_entry(connection: Connection, entry: Row, counts: dict[str, int], *, newer: bool) -> None:
    e = t.dossier_entry.c
    values = {k: entry[k] for k in ENTRY}
    known = connection.execute(sa.select(e.id).where(e.id == entry["id"])).first()
    counts["new" if known is None else "known"] += 1
    if known is None:
        connection.execute(t.dossier_entry.insert().values(values))
    elif newer:
        connection.execute(t.dossier_entry.update().where(e.id == entry["id"]).values(values))


def _free_name(connection: Connection, name: str, id: str) -> str:
    d = t.dossier.c
    others = connection.execute(sa.select(d.name).where(d.removed.is_(None), d.id != id)).scalars()
    taken = {other.casefold() for other in others}
    number, free = 2, name
    while free.casefold() in taken:
        end = f" ({number})"
        number, free = number + 1, name[: LONGEST_NAME - len(end)] + end
    return free


# --- what comes from elsewhere is looked at before anything is written ---------------------------------------------


def _checked(given: Mapping[str, Any], n: int) -> Row:
    """A row of a dossier, as one that was made here; UsageError says what it is not."""
    kind = given.get("row")
    wanted = {"dossier": HEAD, "dossier_entry": ENTRY}.get(str(kind))
    if wanted is None or any(k not in given for k in wanted):
        raise UsageError(f"row {n} is no row of a dossier")
    row: Row = t.storable_all({"row": kind, **{k: given[k] for k in wanted}})
    fits = _is_head(row) if kind == "dossier" else _is_entry(row)
    if not fits:
        raise UsageError(f"row {n} ({row['id']}) is no row of a dossier that this Parley knows")
    return row


def _is_head(row: Row) -> bool:
    return (
        _texts(row, ("id", "name", "note", "made", "changed"))
        and row["id"].startswith("do_")
        and _texts(row, ("removed",), empty=True)
        and 0 < len(row["name"]) <= LONGEST_NAME
        and len(row["note"]) <= LONGEST_NOTE
    )


def _is_entry(row: Row) -> bool:
    told = (
        _texts(row, ("id", "dossier", "kind", "note", "added"))
        and row["id"].startswith("de_")
        and _texts(row, ("about", "heading", "by", "removed"), empty=True)
        and isinstance(row["place"], int)
        and abs(row["place"]) < 2**31
        and len(row["note"]) <= LONGEST_NOTE
    )
    if not told or row["kind"] == "heading":
        heading = row["heading"]
        return told and bool(heading) and len(heading) <= LONGEST_HEADING and row["about"] is None
    return row["kind"] in COLLECTED and bool(row["about"]) and _is_held(row) and _is_anchor(row["anchor"], row["kind"])


def _texts(row: Mapping[str, Any], keys: Iterable[str], *, empty: bool = False) -> bool:
    return all(isinstance(row.get(k), str) or (empty and row.get(k) is None) for k in keys)


def _is_held(entry: Row) -> bool:
    """The row and its article as they were collected: every field that such rows have, of its type."""
    held = entry["held"]
    if not isinstance(held, dict):
        return False
    row, article = held.get("row"), held.get("article")
    return _is_row(row, entry["kind"]) and _is_row(article, "article", but=("dropped",))


def _is_row(row: Any, kind: str, *, but: tuple[str, ...] = ()) -> bool:
    if not isinstance(row, dict) or row.get("row") != kind or any(k not in row for k in COLUMNS[kind] if k not in but):
        return False
    import pyarrow as pa

    try:
        to_arrow(kind, [{**dict.fromkeys(but, ()), **row}])
    except (pa.ArrowException, TypeError, ValueError, KeyError, AttributeError):
        return False
    return _texts(row, ("id",)) and (kind == "article" or _texts(row, ("article",)))


def _is_anchor(anchor: Any, kind: str) -> bool:
    """Where the words stand in print, as of a judgement."""
    if not isinstance(anchor, dict) or anchor.get("row") != kind or not isinstance(anchor.get("article"), dict):
        return False
    article = anchor["article"]
    known = (
        all(k in article for k in ANCHORED) and _texts(article, ANCHORED[:-1]) and _texts(article, ("url",), empty=True)
    )
    return known and (kind == "article" or _is_selector(anchor.get("selector")))


def _is_selector(selector: Any) -> bool:
    if not isinstance(selector, list) or len(selector) != 2 or not all(isinstance(s, dict) for s in selector):
        return False
    quote, position = selector
    numbers = all(type(position.get(k)) is int for k in ("start", "end"))
    return numbers and _texts(quote, ("exact", "prefix", "suffix"))

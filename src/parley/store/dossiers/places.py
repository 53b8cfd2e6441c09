"""Where the rows of a dossier are by now: under their id, on the same words under another one, or nowhere any more.

An entry keeps the row as it was collected and an anchor in print (as of a judgement, docs/judgements.md), so a build with a newer
model, or an article that is gone, never empties a dossier: what cannot be found is said, and the words that were collected stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.store import query
from parley.store.judgements import log
from parley.store.judgements import rows as bench
from parley.store.rows import Row

LOUD = ("kept", "lost", "rejected")
"""States that are said before anything else: what the dossier shows is not what the ledger says now."""

_QUIET = (
    *("row", "id", "article", "span", "source", "cue", "content", "statement", "nested_in", "part_of", "waits_for"),
    *(
        "confidence",
        "method",
        "status",
        "row_status",
        "judged",
        "copy_of",
        "dropped",
        "file",
        "published_basis",
        "body",
    ),
    *("actor", "title_span", "sha256"),
)
"""Fields whose change is no change of what an entry says. Of an event `status` is one, and is looked at by itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry's row is now: `row` as it is shown now, or nothing; the state, and the reason in a sentence."""

    row: Row | None
    state: str
    told: str


def places(connection: Connection, entries: Iterable[Row], here: Mapping[str, Row]) -> dict[str, Place]:
    """The place of each entry by its id; `here` are the rows that are there under the ids that were collected."""
    found: dict[str, Place] = {}
    looked = _Looked(connection)
    for entry in entries:
        row = here.get(entry["about"])
        place = Place(row, "here", "") if row is not None else looked.find(entry)
        found[entry["id"]] = _judged(place)
    return found


def _judged(place: Place) -> Place:
    """A row that a person has rejected since is no evidence any more, wherever it stands."""
    row = place.row
    if row is None or row.get("row_status" if row["row"] == "event" else "status") != "rejected":
        return place
    judged = row.get("judged") or {}
    by = f" by {judged['by']} on {judged['at'][:10]}" if judged else ""
    why = f" ({judged['why']})" if judged.get("why") else ""
    return Place(row, "rejected", f"this row has been rejected{by}{why}")


class _Looked:
    """Looks for rows whose id is gone, each article once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._articles: dict[str, Mapping[Any, Any] | None] = {}
        self._rows: dict[tuple[str, str], list[Row]] = {}

    def find(self, entry: Row) -> Place:
        kind, said = entry["anchor"]["row"], entry["anchor"]["article"]
        article = self._article(said)
        if article is None:
            return Place(
                None, "lost", "its article is not in this ledger any more; these are the words as they were collected"
            )
        if kind == "article":
            return Place(self._shown("article", [article])[0], "moved", "the article is here under another id")
        where = log.found(article["text"], entry["anchor"])
        if where is None:
            return Place(
                None, "lost", "its words are not in the article any more; they stand here as they were collected"
            )
        before = held_columns(entry["held"]["row"])
        said_of_it = log.Verdict("confirmed", {}, {"machine": before, "by": ""}, disputed=False)
        match = log.match(kind, said_of_it, where, self._in(kind, article["id"]))
        if match is None:
            told = f"Parley finds no {kind} on these words any more; they stand here as they were collected"
            return Place(None, "kept", told)
        return Place(self._shown(kind, [match])[0], "moved", f"Parley reads these words as another {kind} by now")

    def _article(self, said: Row) -> Mapping[Any, Any] | None:
        if said["id"] not in self._articles:
            where = {"article": said["id"], **{k: said[k] for k in ("sha256", "file", "source_id", "url")}}
            self._articles[said["id"]] = bench.find_article(self._connection, where)
        return self._articles[said["id"]]

    def _in(self, kind: str, article: str) -> list[Row]:
        if (kind, article) not in self._rows:
            table = bench.table_of(kind)
            found = self._connection.execute(sa.select(table).where(table.c.article == article)).mappings()
            self._rows[kind, article] = [dict(r) for r in found]
        return self._rows[kind, article]

    def _shown(self, kind: str, rows: list[Any]) -> list[Row]:
        return list(query.shown(self._connection, kind, rows))


def held_columns(row: Row) -> Row:
    """A collected row with the columns by which another row on the same words is known for the same."""
    spans = row["content"] if row["row"] == "statement" else [row["span"]]
    return {**row, "start": min(s[0] for s in spans), "stop": max(s[1] for s in spans)}


def differs(then: Row, now: Row | None) -> list[str]:
    """The fields in which a row says something else by now than when it was collected.

    >>> row = {"row": "figure", "id": "fi_1", "value": 32, "status": "machine"}
    >>> differs(row, row | {"value": 23, "status": "corrected"})
    ['value']
    """
    if now is None or now["row"] != then["row"]:
        return []
    quiet = set(_QUIET) - ({"status"} if then["row"] == "event" else set())
    return [k for k, v in then.items() if k not in quiet and k in now and _plain(now[k]) != _plain(v)]


def _plain(value: Any) -> Any:
    """A value without the id of the actor in it, which another build may have given otherwise."""
    return {k: v for k, v in value.items() if k != "id"} if isinstance(value, dict) else value

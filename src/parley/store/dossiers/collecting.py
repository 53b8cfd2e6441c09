"""Dossiers: rows that people collect, in their own order, with notes and headings; kept in the ledger, several of them.

Nothing that is taken out is gone: a dossier and an entry can be brought back. What became of a row since it was collected is
found out whenever a dossier is read (`places.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.data import row_id
from parley.errors import UsageError
from parley.store import schema as t
from parley.store.dossiers.places import LOUD, Place, differs, held_columns, places
from parley.store.judgements.entries import KINDS
from parley.store.judgements.rows import anchor_of
from parley.store.rows import Row

COLLECTED = ("statement", "figure", "position", "event", "wording", "date", "article")
"""Rows that can be collected: those with words in print, and articles."""

LONGEST_NAME, LONGEST_HEADING, LONGEST_NOTE = 200, 400, 20_000
"""Characters."""

_CUT = 400


class Dossiers:
    """What people collect from a ledger. A dossier is named by its name or its id; an entry by its id."""

    where: str

    if TYPE_CHECKING:

        def _reading(self) -> AbstractContextManager[Connection]: ...
        def _writing(self) -> AbstractContextManager[Connection]: ...
        def by_ids(self, ids: Iterable[str]) -> dict[str, Row]: ...
        def row(self, id: str) -> Row | None: ...

    # --- reading ----------------------------------------------------------------------------------------------------

    def dossiers(self, *, removed: bool = False) -> list[Row]:
        """The dossiers, the last changed first, each with how many `entries` (rows, without headings) it has; or those taken away."""
        d, e = t.dossier.c, t.dossier_entry.c
        alive = sa.and_(e.dossier == d.id, e.removed.is_(None), e.kind != "heading")
        counted = sa.select(sa.func.count(e.id)).where(alive).scalar_subquery()
        gone = d.removed.is_not(None) if removed else d.removed.is_(None)
        wanted = sa.select(t.dossier, counted.label("entries")).where(gone).order_by(d.changed.desc(), d.id)
        with self._reading() as connection:
            return [{"row": "dossier", **r} for r in connection.execute(wanted).mappings()]

    def dossier(self, which: str, *, start: int = 0, limit: int | None = None, removed: bool = False) -> Row:
        """A dossier with what was collected, under `list`, in its order; some of it from the entry number `start` on.

        An entry has `shown`, the row as it is now, or as it was collected where the ledger has it no more; its `article`;
        `state` (here, moved, kept, lost or rejected) with the reason in `told`; and `differs`, the fields in which the row
        says something else than when it was collected (`held`). With `removed`, the entries that were taken out, the last first.
        UsageError where there is no such dossier.
        """
        with self._reading() as connection:
            head = _head(connection, which, self.where)
            e = t.dossier_entry.c
            wanted = sa.select(t.dossier_entry).where(e.dossier == head["id"])
            if removed:
                wanted = wanted.where(e.removed.is_not(None)).order_by(e.removed.desc(), e.id)
            else:
                wanted = wanted.where(e.removed.is_(None)).order_by(e.place, e.id)
            found = [dict(r) for r in connection.execute(wanted.offset(start).limit(limit)).mappings()]
            size = sa.select(sa.func.count(), sa.func.count(e.about)).where(
                e.dossier == head["id"], e.removed.is_(None)
            )
            length, count = connection.execute(size).one()
            here = self._here(found)
            where = places(connection, [e for e in found if e["kind"] != "heading"], here)
            articles = self._articles(p.row for p in where.values())
        shown = [_shown(entry, where.get(entry["id"]), articles, n) for n, entry in enumerate(found, start + 1)]
        return {"row": "dossier", **head, "entries": count, "length": length, "list": shown}

    def in_dossier(self, which: str) -> dict[str, str]:
        """The rows that are in a dossier, by the ids under which they were collected, each with its entry's id."""
        with self._reading() as connection:
            head = _head(connection, which, self.where)
            e = t.dossier_entry.c
            held = sa.select(e.about, e.id).where(e.dossier == head["id"], e.removed.is_(None), e.about.is_not(None))
            return {r.about: r.id for r in connection.execute(held)}

    def dossiers_unfound(self) -> list[Row]:
        """The entries, of all dossiers, whose row this ledger has no more, each with `name`, that of its dossier."""
        out: list[Row] = []
        for head in self.dossiers():
            held = self.dossier(head["id"])["list"]
            out += [{**e, "name": head["name"]} for e in held if e["state"] in ("kept", "lost")]
        return out

    def _here(self, entries: Sequence[Row]) -> dict[str, Row]:
        ids = [e["about"] for e in entries if e["about"]]
        return {k: v for some in _cut(ids) for k, v in self.by_ids(some).items()}

    def _articles(self, rows: Iterable[Row | None]) -> dict[str, Row]:
        ids = list(dict.fromkeys(r["article"] for r in rows if r is not None and r["row"] != "article"))
        return {k: v for some in _cut(ids) for k, v in self.by_ids(some).items()}

    # --- dossiers ---------------------------------------------------------------------------------------------------

    def dossier_make(self, name: str, *, note: str = "") -> Row:
        """Make a dossier of a name that no other one has, however it is capitalised; UsageError where one has it."""
        said = _words(name, LONGEST_NAME, "a dossier's name", needed=True)
        about = _words(note, LONGEST_NOTE, "a note")
        with self._collecting() as connection:
            _free(connection, said, self.where)
            at = _moment(connection)
            made = {
                "id": row_id("do", said, at),
                "name": said,
                "note": about,
                "made": at,
                "changed": at,
                "removed": None,
            }
            connection.execute(t.dossier.insert().values(made))
        return {"row": "dossier", **made, "entries": 0}

    def dossier_change(self, which: str, *, name: str | None = None, note: str | None = None) -> None:
        """Give a dossier another name or another note."""
        values: Row = {}
        if name is not None:
            values["name"] = _words(name, LONGEST_NAME, "a dossier's name", needed=True)
        if note is not None:
            values["note"] = _words(note, LONGEST_NOTE, "a note")
        with self._collecting() as connection:
            head = _head(connection, which, self.where)
            if "name" in values:
                _free(connection, values["name"], self.where, beside=head["id"])
            _touch(connection, head["id"], **values)

    def dossier_remove(self, which: str) -> None:
        """Take a dossier away, with all that is in it; `dossier_restore` brings it back."""
        with self._collecting() as connection:
            _touch(connection, _head(connection, which, self.where)["id"], removed=_moment(connection))

    def dossier_restore(self, which: str) -> None:
        """Bring back a dossier that was taken away, by its id or name; UsageError where another one has its name by now."""
        with self._collecting() as connection:
            head = _head(connection, which, self.where, removed=True)
            _free(connection, head["name"], self.where, beside=head["id"])
            _touch(connection, head["id"], removed=None)

    # --- what is in them --------------------------------------------------------------------------------------------

    def dossier_add(
        self, which: str, rows: str | Sequence[str], *, note: str = "", by: str | None = None, make: bool = False
    ) -> list[Row]:
        """Collect rows, by their ids, at the end of a dossier: an entry for each, those that were there already as they are.

        With `make` the dossier is made where there is none of that name.
        UsageError names the row that is not in this ledger, or of a kind that has no words in print; then none is collected.
        """
        about = _words(note, LONGEST_NOTE, "a note")
        ids = list(dict.fromkeys([rows] if isinstance(rows, str) else rows))
        found = [self._to_collect(id) for id in ids]
        articles = self._articles(found)
        with self._collecting() as connection:
            head = _made(connection, which, self.where) if make else _head(connection, which, self.where)
            return [
                _add(connection, head["id"], row, articles.get(row.get("article", ""), row), about, by) for row in found
            ]

    def _to_collect(self, id: str) -> Row:
        row = self.row(id)
        if row is None:
            raise UsageError(f"{self.where} has no row {id!r} to collect; `parley show` and `parley search` print ids")
        if row["row"] not in COLLECTED:
            raise UsageError(f"{id} is of a kind ({row['row']}) that has no words in print to collect")
        return row

    def dossier_heading(self, which: str, words: str) -> Row:
        """Put a heading at the end of a dossier."""
        said = _words(words, LONGEST_HEADING, "a heading", needed=True)
        with self._collecting() as connection:
            head = _head(connection, which, self.where)
            entry = _entry(connection, head["id"], "heading", heading=said)
            connection.execute(t.dossier_entry.insert().values(entry))
            _touch(connection, head["id"])
        return entry

    def dossier_note(self, entry: str, note: str) -> None:
        """Write the note of an entry; of a heading, its words."""
        with self._collecting() as connection:
            held = _held(connection, entry, self.where)
            if held["kind"] == "heading":
                values = {"heading": _words(note, LONGEST_HEADING, "a heading", needed=True)}
            else:
                values = {"note": _words(note, LONGEST_NOTE, "a note")}
            _change(connection, held, **values)

    def dossier_move(self, entry: str, by: int) -> int:
        """Move an entry so many places down, or up where `by` is negative, to the end at most; gives its number, from 1."""
        with self._collecting() as connection:
            held = _held(connection, entry, self.where)
            e = t.dossier_entry.c
            alive = sa.select(e.id, e.place).where(e.dossier == held["dossier"], e.removed.is_(None))
            order = connection.execute(alive.order_by(e.place, e.id)).all()
            ids = [id for id, _ in order]
            at = ids.index(entry)
            to = min(max(at + by, 0), len(ids) - 1)
            ids.insert(to, ids.pop(at))
            for id, (was, place) in zip(ids, order, strict=True):
                if id != was:  # the places stay, who stands at them changes
                    connection.execute(t.dossier_entry.update().where(e.id == id).values(place=place))
            _touch(connection, held["dossier"])
        return to + 1

    def dossier_take_out(self, entry: str) -> None:
        """Take an entry out; `dossier_put_back` brings it back to its place."""
        with self._collecting() as connection:
            _change(connection, _held(connection, entry, self.where), removed=_moment(connection))

    def dossier_put_back(self, which: str, entry: str | None = None) -> str:
        """Bring an entry back to its place: one by its id, or the one that was taken out last; gives its id."""
        with self._collecting() as connection:
            head = _head(connection, which, self.where)
            e = t.dossier_entry.c
            gone = sa.select(t.dossier_entry).where(e.dossier == head["id"], e.removed.is_not(None))
            if entry is not None:
                gone = gone.where(e.id == entry)
            found = connection.execute(gone.order_by(e.removed.desc(), e.id).limit(1)).mappings().first()
            if found is None:
                raise UsageError(f"nothing was taken out of “{head['name']}” that could be put back")
            _change(connection, found, removed=None)
            return str(found["id"])

    @contextmanager
    def _collecting(self) -> Iterator[Connection]:
        """A transaction in which nobody else changes a dossier."""
        with self._writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended('dossiers', 0))"))
            yield connection


# --- one transaction's parts ----------------------------------------------------------------------------------------


def _cut(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[n : n + _CUT] for n in range(0, len(values), _CUT))


def _words(given: str, most: int, what: str, *, needed: bool = False) -> str:
    """What a person wrote, without the space around it; UsageError where it is too long, or nothing where something is needed."""
    said = given.replace("\r\n", "\n").strip()
    if needed:
        said = " ".join(said.split())
    if len(said) > most:
        raise UsageError(f"{what} has {most:,} characters at most; this has {len(said):,}")
    if needed and not said:
        raise UsageError(f"{what} needs words")
    return said


def _moment(connection: Connection) -> str:
    """The time to the microsecond, later than the last change: what was done last is known even on a clock that stands still."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    last = connection.execute(sa.select(sa.func.max(t.dossier.c.changed))).scalar() or ""
    if now > last:
        return now
    later = datetime.strptime(last, "%Y-%m-%dT%H:%M:%S.%fZ").timestamp() + 1e-6
    return datetime.fromtimestamp(later, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _head(connection: Connection, which: str, where: str, *, removed: bool = False) -> Row:
    """A dossier by id or name; UsageError names those that there are."""
    d = t.dossier.c
    gone = d.removed.is_not(None) if removed else d.removed.is_(None)
    every = connection.execute(sa.select(t.dossier).where(gone).order_by(d.changed.desc(), d.id)).mappings().all()
    said = " ".join(which.split()).casefold()
    exact = [r for r in every if which in (r["id"], r["name"])]
    alike = [r for r in every if r["name"].casefold() == said]
    for row in exact or alike:
        return dict(row)
    names = ", ".join(f"“{r['name']}”" for r in every[:20]) or "none so far: `parley dossier make NAME` makes one"
    raise UsageError(f"{where} has no dossier {which!r}; there {'is' if len(every) == 1 else 'are'} {names}")


def _new(connection: Connection, name: str, note: str, where: str) -> Row:
    said = _words(name, LONGEST_NAME, "a dossier's name", needed=True)
    _free(connection, said, where)
    at = _moment(connection)
    made = {"id": row_id("do", said, at), "name": said, "note": note, "made": at, "changed": at, "removed": None}
    connection.execute(t.dossier.insert().values(made))
    return made


def _made(connection: Connection, which: str, where: str) -> Row:
    """The dossier of a name, made where there is none."""
    try:
        return _head(connection, which, where)
    except UsageError:
        return _new(connection, which, "", where)


def _free(connection: Connection, name: str, where: str, *, beside: str | None = None) -> None:
    d = t.dossier.c
    for id, other in connection.execute(sa.select(d.id, d.name).where(d.removed.is_(None))):
        if id != beside and other.casefold() == name.casefold():
            raise UsageError(f"{where} has a dossier “{other}” already: take another name")


def _touch(connection: Connection, dossier: str, **values: Any) -> None:
    values = {"changed": _moment(connection), **values}
    connection.execute(t.dossier.update().where(t.dossier.c.id == dossier).values(values))


def _held(connection: Connection, entry: str, where: str) -> Mapping[Any, Any]:
    wanted = sa.select(t.dossier_entry).where(t.dossier_entry.c.id == entry, t.dossier_entry.c.removed.is_(None))
    found = connection.execute(wanted).mappings().first()
    if found is None:
        raise UsageError(f"no dossier of {where} has an entry {entry!r}")
    return found


def _change(connection: Connection, entry: Mapping[Any, Any], **values: Any) -> None:
    connection.execute(t.dossier_entry.update().where(t.dossier_entry.c.id == entry["id"]).values(values))
    _touch(connection, entry["dossier"])


def _entry(connection: Connection, dossier: str, kind: str, **more: Any) -> Row:
    """A new entry at the end of a dossier."""
    at = _moment(connection)
    place = sa.select(sa.func.max(t.dossier_entry.c.place)).where(t.dossier_entry.c.dossier == dossier)
    last = connection.execute(place).scalar()
    empty: Row = dict.fromkeys(("about", "heading", "by", "removed", "anchor", "held"))
    head = {"id": row_id("de", dossier, at), "dossier": dossier, "place": 0 if last is None else last + 1, "kind": kind}
    return {**head, **empty, "note": "", "added": at, **more}


def _add(connection: Connection, dossier: str, row: Row, article: Row, note: str, by: str | None) -> Row:
    e = t.dossier_entry.c
    before = sa.select(t.dossier_entry).where(e.dossier == dossier, e.about == row["id"]).order_by(e.added)
    known = [dict(r) for r in connection.execute(before).mappings()]
    alive = next((r for r in known if r["removed"] is None), None)
    if alive is not None:
        if note and note != alive["note"]:
            _change(connection, alive, note=note)
        return {**alive, "note": note or alive["note"], "known": True}
    text = connection.execute(sa.select(t.article).where(t.article.c.id == article["id"])).mappings().first()
    if text is None:
        raise UsageError(f"the article of {row['id']} is being read again: collect it in a moment")
    at = None if row["row"] == "article" else held_columns(row)
    held = {"row": row, "article": {k: v for k, v in article.items() if k != "dropped"}}
    more = {"about": row["id"], "note": note, "by": by, "anchor": anchor_of(text, row["row"], at), "held": held}
    entry = t.storable_all(_entry(connection, dossier, row["row"], **more))
    connection.execute(t.dossier_entry.insert().values(entry))
    _touch(connection, dossier)
    return {**entry, "known": False}


def _shown(entry: Row, place: Place | None, articles: Mapping[str, Row], number: int) -> Row:
    said = {"row": "dossier_entry", **{k: entry[k] for k in ("id", "dossier", "kind", "about", "heading", "note")}}
    said |= {"number": number, **{k: entry[k] for k in ("added", "by", "removed", "anchor", "held")}}
    if place is None:
        return {**said, "state": "here", "told": "", "loud": False, "shown": None, "article": None, "differs": []}
    held = entry["held"]
    row = place.row or held["row"]
    article = row if row["row"] == "article" else articles.get(row["article"], held["article"])
    changed = differs(held["row"], place.row)
    now = {"state": place.state, "told": place.told, "loud": place.state in LOUD}
    return {**said, **now, "shown": row, "article": article, "differs": changed}


def kind_of(id: str) -> str | None:
    """The kind of row that an id's first letters name, where it can be collected."""
    kind = KINDS.get(id.split("_", 1)[0])
    return kind if kind in COLLECTED else None

"""What a reviewer is shown beside rows: how they read (to be held against when the word is said), what was said last, whom to choose from.

Questions over an open ledger, each answered for a page at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.store import schema as t
from parley.store.judgements import actors as people
from parley.store.judgements import log
from parley.store.judgements import rows as bench
from parley.store.judgements.entries import ENTRY, KINDS, undoings
from parley.store.judgements.seen import mark
from parley.store.rows import Row
from parley.store.words import fold

if TYPE_CHECKING:
    from parley.store.ledger import Ledger


def marks(ledger: Ledger, ids: Iterable[str]) -> dict[str, str]:
    """How some rows read now: give a row's mark as `seen` to `judge`. Rows that are not here are left out."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for id in dict.fromkeys(ids):
        by_kind[KINDS.get(id.split("_", 1)[0], "")].append(id)
    out: dict[str, str] = {}
    with ledger._reading() as connection:
        for kind, some in by_kind.items():
            if kind in ("actor", "utterance"):
                out |= people.marks_of(connection, kind, some)
            elif kind:
                out |= _marks_of_rows(connection, kind, some)
    return out


def utterance_mark(ledger: Ledger, statement: str) -> str:
    """How the utterance that a statement belongs to reads now."""
    with ledger._reading() as connection:
        return people.marks_of(connection, "utterance", [statement])[statement]


def _marks_of_rows(connection: Connection, kind: str, ids: list[str]) -> dict[str, str]:
    table, a = bench.table_of(kind), t.anchored.c
    held = {r["id"]: r for r in connection.execute(sa.select(table).where(table.c.id.in_(ids))).mappings()}
    cases = {r.case: r.row for r in connection.execute(sa.select(a.case, a.row).where(a.row.in_(ids)))}
    said: dict[str, list[Row]] = defaultdict(list)
    for case, entries in bench.entries(connection, cases).items():
        said[cases[case]] += entries
    return {id: mark(kind, row, said[id]) for id, row in held.items()}


def last_said(ledger: Ledger) -> str | None:
    """When the last judgement was made, whoever made it; None where there is none."""
    with ledger._reading() as connection:
        at: str | None = connection.execute(sa.select(sa.func.max(t.judgement.c.at))).scalar()
        return at


def said(
    ledger: Ledger, *, by: str | None = None, act: str | None = None, before: str | None = None, limit: int = 50
) -> list[Row]:
    """The log from its end, some entries at a time: all, or those of a person or of an act, made before an entry's `at`.

    Each has `stands`, and where its case stands now: `state`, `told`, `row_now`.
    """
    c = t.judgement.c
    where = [column == value for column, value in ((c.by, by), (c.act, act)) if value is not None]
    if before is not None:
        where.append(c.at < before)
    return _entries(ledger, where, limit)


def entry(ledger: Ledger, id: str) -> Row | None:
    """One entry of the log, as `said` has them."""
    return next(iter(_entries(ledger, [t.judgement.c.id == id], 1)), None)


def _entries(ledger: Ledger, where: Iterable[sa.ColumnElement[bool]], limit: int) -> list[Row]:
    c, a = t.judgement.c, t.anchored.c
    wanted = sa.select(t.judgement, a.state, a.told, a.row.label("row_now")).join(
        t.anchored, a.case == c.case, isouter=True
    )
    wanted = wanted.where(*where).order_by(c.at.desc(), c.id).limit(limit)
    with ledger._reading() as connection:
        found = [dict(r) for r in connection.execute(wanted).mappings()]
        alive = _alive(connection, {e["case"] for e in found})
    place = ("state", "told", "row_now")
    return [{**{k: e[k] for k in (*ENTRY, *place)}, "stands": e["id"] in alive} for e in found]


def _alive(connection: Connection, cases: Iterable[str]) -> set[str]:
    out: set[str] = set()
    for entries in bench.entries(connection, cases).values():
        out |= {e["id"] for e in log.standing(entries)} | {e["id"] for e in undoings(entries)}
    return out


def contested(ledger: Ledger, limit: int = 200) -> tuple[int, bool]:
    """On how many rows people disagree, and whether there are more than that."""
    j = t.judged.c
    with ledger._reading() as connection:
        found = connection.execute(sa.select(j.row).where(j.disputed).limit(limit + 1)).all()
    return min(len(found), limit), len(found) > limit


def words_on(ledger: Ledger, ids: Iterable[str]) -> dict[str, str]:
    """The status of those of some rows on which people have had a word, by id."""
    wanted, j = list(dict.fromkeys(ids)), t.judged.c
    out: dict[str, str] = {}
    with ledger._reading() as connection:
        for some in (wanted[n : n + 400] for n in range(0, len(wanted), 400)):
            found = connection.execute(sa.select(j.row, j.status).where(j.row.in_(some)))
            out |= {r.row: r.status for r in found}
    return out


MOST = 60
"""People to choose from in a list; who is not in it is typed."""


def people_in(ledger: Ledger, article: str) -> list[Row]:
    """Whom an article lets speak or names, those first who speak most: `name`, `role`, `side`."""
    s, n = t.statement.c, t.name.c
    speaking = sa.select(s.speaker, s.speaker_role, s.speaker_side).where(s.article == article, s.speaker.is_not(None))
    named = sa.select(n.name, n.role, n.side).where(n.article == article)
    with ledger._reading() as connection:
        spoken = list(connection.execute(speaking.order_by(s.start)))
        found = [*spoken, *connection.execute(named.order_by(n.uses.desc(), n.name).limit(MOST))]
    uses: dict[str, int] = defaultdict(int)
    for name, _, _ in spoken:
        uses[fold(name)] += 1
    chosen: dict[str, Row] = {}
    for name, role, side in found:
        one = chosen.setdefault(fold(name), {"name": name, "role": None, "side": None})
        one["role"], one["side"] = one["role"] or role, one["side"] or side
    return sorted(chosen.values(), key=lambda p: -uses[fold(p["name"])])[:MOST]

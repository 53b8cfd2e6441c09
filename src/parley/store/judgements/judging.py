"""People's last word on a ledger's rows: judging, undoing, the queue of what to look at, and carrying it all to other ledgers.

Nothing here edits the log: whatever is said, an undo too, is an entry more. docs/judgements.md describes the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.errors import UsageError
from parley.store import query
from parley.store import schema as t
from parley.store.desk import Desk
from parley.store.judgements import actors as people
from parley.store.judgements import log
from parley.store.judgements import queue as queues
from parley.store.judgements import rows as bench
from parley.store.judgements.entries import (
    ACTS,
    ENTRY,
    KINDS,
    Act,
    checked,
    entry_of,
    moment,
    over,
    take_articles,
    take_turns,
    undoings,
    undone,
)
from parley.store.judgements.fields import corrected
from parley.store.judgements.seen import check_seen, mark
from parley.store.query import Rows
from parley.store.rows import Row


class Judgements:
    """What people do with a ledger's rows."""

    where: str

    if TYPE_CHECKING:

        def _reading(self) -> AbstractContextManager[Connection]: ...
        def _writing(self) -> AbstractContextManager[Connection]: ...
        def by_ids(self, ids: Iterable[str]) -> dict[str, Row]: ...
        def disagreements(self, **asked: Any) -> list[Row]: ...

    def judge(
        self,
        row: str,
        act: Act,
        *,
        by: str,
        why: str = "",
        changes: Mapping[str, Any] | None = None,
        others: Sequence[str] = (),
        entry: str | None = None,
        seen: str | None = None,
    ) -> Row:
        """Say the last word on a row, and get the entry of the log; `over` in it are other people's entries that it overrules.

        - `confirm`, `reject`: the row as it is shown.
        - `correct`: `changes` are fields of the row as exports show them (`speaker` a name, or name, role and side; a span as
          `[start, end]` or as words of the article).
        - `undo`: takes back the last entry that stands, or the one with the id `entry`. Undoing an undo does it again.
        - `merge`: the row is an actor and `others` are actors who are the same, or all are utterances that are one.
        - `split`: `others` are names that mean somebody else than this actor, or statements that are no part of this utterance.

        `seen` is how the row read when the person looked at it (`reviewing.marks`): where it reads otherwise by now, `Overtaken` is
        raised, so that nobody overrules somebody without knowing. Raises UsageError where it cannot be done; then nothing is written.
        """
        if act not in ACTS:
            raise UsageError(f"{act!r} is no judgement; there are {', '.join(ACTS)}")
        if not by.strip():
            raise UsageError("a judgement needs a name: who says so?")
        if row.startswith("ju_"):
            return self._undo_entry(row, act, by.strip(), why)
        kind = KINDS.get(row.split("_", 1)[0])
        if kind == "statement" and act in ("merge", "split"):
            kind = "utterance"  # what is said in a statement, and in others beside it
        if kind is None:
            raise UsageError(f"{row!r} is no row that can be judged")
        _fits(kind, act, others, entry)
        with self._turn() as connection:
            if kind in ("actor", "utterance"):
                return people.judge(connection, kind, row, act, _asked(by, why, changes, others, entry, seen))
            return _judge(connection, kind, row, act, _asked(by, why, changes, others, entry, seen))

    def _undo_entry(self, id: str, act: str, by: str, why: str) -> Row:
        if act != "undo":
            raise UsageError("an entry of the log can only be undone")
        asked = _asked(by, why, None, (), id, None)
        with self._turn() as connection:
            c = t.judgement.c
            found = connection.execute(sa.select(c.kind, c.about).where(c.id == id)).first()
            if found is None:
                raise UsageError(f"{self.where} has no judgement {id!r}")
            if found.kind in ("actor", "utterance"):
                return people.judge(connection, found.kind, found.about, act, asked)
            return _judge(connection, found.kind, found.about, act, asked)

    def _turn(self) -> AbstractContextManager[Connection]:
        """A transaction in which nobody else judges."""
        return _turn(self)

    # --- reading ----------------------------------------------------------------------------------------------------

    def judgements(self, row: str | None = None, *, by: str | None = None, state: str | None = None) -> Rows:
        """The log, the oldest entry first: of a row, of a person, or of cases in a `state`.

        Each has `stands` (false when undone), and `state`: here, moved (another row stands on the words now), kept (Parley finds
        no such row any more, it is shown as people left it), agreed (rejected, and Parley finds it no more), or lost (its article
        or its words are not here: it waits), with the reason in `told` and the row that it is about now in `row_now`.
        """
        c, a = t.judgement.c, t.anchored.c
        wanted = sa.select(t.judgement, a.state, a.told, a.row.label("row_now")).join(
            t.anchored, a.case == c.case, isouter=True
        )
        if row is not None:
            about = sa.select(c.case).where(c.about == row)
            wanted = wanted.where(sa.or_(a.row == row, c.case.in_(about)))
        if by is not None:
            wanted = wanted.where(c.by == by)
        if state is not None:
            wanted = wanted.where(a.state == state)

        def fetch() -> Iterator[Row]:
            with self._reading() as connection:
                found = [dict(r) for r in connection.execute(wanted.order_by(c.at, c.id)).mappings()]
                yield from _told(connection, found)

        return Rows("judgement", fetch)

    def lost_judgements(self) -> list[Row]:
        """One entry, the last that stands, for each case that waits because its article or its words are not in this ledger."""
        last: dict[str, Row] = {}
        for entry in self.judgements(state="lost"):
            if entry["stands"] and entry["act"] != "undo":
                last[entry["case"]] = entry
        return list(last.values())

    def machine_row(self, row: str) -> Row | None:
        """What Parley has where a person's word is shown: its own row, in the same shape; None where it has none."""
        with self._reading() as connection:
            held = connection.execute(sa.select(t.judged).where(t.judged.c.row == row)).mappings().first()
            if held is None or held["machine"] is None or held["kind"] == "actor":
                return None if held is None else held["machine"]
            table = bench.table_of(held["kind"])
            shown = connection.execute(sa.select(table).where(table.c.id == row)).mappings().one()
            status = bench.status_column(held["kind"])
            whole = {**shown, **held["machine"], **({status: "machine"} if status else {})}
            return next(query.shown(connection, held["kind"], [whole], judged=False))

    def queue(
        self,
        order: str = "confidence",
        *,
        layer: str | None = None,
        article: str | None = None,
        after: str | None = None,
        limit: int = 50,
        accounts: Iterable[str] | None = None,
    ) -> list[Row]:
        """What to look at next: rows that nobody has judged, the least sure first (`confidence`), or layer by layer (`layer`);
        or by `disagreement`: rows on which people disagree or Parley has changed its mind, then those that accounts that cannot
        both stand rest on (`accounts`, where somebody has them in order already). `after` is the id of the last row that was seen.
        """
        if order not in queues.ORDERS:
            raise UsageError(f"there is no order {order!r}; there are {', '.join(queues.ORDERS)}")
        if order == "disagreement":
            held = (id for found in self.disagreements() for id in found["rows"]) if accounts is None else accounts
            return self._disputed(held, layer, article, after, limit)
        with self._reading() as connection:
            return queues.queue(connection, order, layer=layer, article=article, after=after, limit=limit)

    def _disputed(
        self, accounts: Iterable[str], layer: str | None, article: str | None, after: str | None, limit: int
    ) -> list[Row]:
        kinds = queues.LAYERS if layer is None else (queues.layer_of(layer),)
        with self._reading() as connection:
            ours = queues.contested(connection)
        ids = [i for i in dict.fromkeys([*ours, *accounts]) if KINDS.get(i.split("_", 1)[0]) in kinds]
        rest = ids[ids.index(after) + 1 :] if after in ids else ids
        first = set(ours)
        chosen: list[Row] = []
        for some in bench._cut(rest, 2 * limit):
            for row in self.by_ids(some).values():
                waits = row["id"] in first or row.get("row_status", row.get("status")) == "machine"
                if waits and article in (None, row["article"]):
                    chosen.append(row)
            if len(chosen) >= limit:
                break
        return chosen[:limit]

    def said_of_utterances(self) -> list[Row]:
        """What people said of utterances and stands, the oldest first; `groups` are the statements as they are here by now."""
        with self._reading() as connection:
            return [e | {"groups": groups} for e, groups in people.put_together(connection)]

    @contextmanager
    def looking(self) -> Iterator[Desk]:
        """A desk at which nothing is written."""
        with self._reading() as connection:
            yield Desk(connection)

    # --- between ledgers --------------------------------------------------------------------------------------------

    def carried(self) -> Iterator[Row]:
        """The log as it is carried to other ledgers: every entry, the oldest first."""
        with self._reading() as connection:
            order = sa.select(t.judgement).order_by(t.judgement.c.at, t.judgement.c.id)
            for batch in query.stream(connection, order):
                yield from ({"row": "judgement", **{k: r[k] for k in ENTRY}} for r in batch)

    def take_in(self, entries: Iterable[Mapping[str, Any]]) -> dict[str, int]:
        """Take in other ledgers' judgements and lay them over the rows here: how many are `new`, were `known`, and how many
        cases are `lost`, waiting for their article or words. UsageError where an entry is none; then nothing is written."""
        given = [checked(e, n) for n, e in enumerate(entries, 1)]
        with self._turn() as connection:
            known = _known(connection, [e["id"] for e in given])
            new = list({e["id"]: e for e in given if e["id"] not in known}.values())
            if new:
                connection.execute(t.judgement.insert(), new)
                _settle(connection, new)
            lost = sa.select(sa.func.count()).select_from(t.anchored).where(t.anchored.c.state == "lost")
            cases = list({e["case"] for e in given})
            waiting = sum(
                connection.execute(lost.where(t.anchored.c.case.in_(some))).scalar_one() for some in bench._cut(cases)
            )
        return {"new": len(new), "known": len(given) - len(new), "lost": waiting}


# --- the transaction ------------------------------------------------------------------------------------------------


def _turn(ledger: Any) -> AbstractContextManager[Connection]:
    @contextmanager
    def turn() -> Iterator[Connection]:
        with ledger._writing() as connection:
            take_turns(connection)
            yield connection

    return turn()


def _asked(
    by: str, why: str, changes: Mapping[str, Any] | None, others: Sequence[str], entry: str | None, seen: str | None
) -> dict[str, Any]:
    said = {"by": by.strip(), "why": why.strip(), "changes": changes or {}, "others": list(others)}
    return {**said, "entry": entry, "seen": seen}


def _fits(kind: str, act: str, others: Sequence[str], entry: str | None) -> None:
    if act in ("merge", "split"):
        if kind not in ("actor", "utterance"):
            raise UsageError(f"actors and utterances can be merged and split, a {kind} cannot")
        if not others:
            raise UsageError(f"{act} what? name at least one more")
    elif others:
        raise UsageError(f"{act} takes no other rows")
    elif kind == "utterance" and act != "undo":
        raise UsageError("an utterance is made of statements: judge those, or merge and split it")
    if entry is not None and act != "undo":
        raise UsageError("only an undo names an entry")


# --- one row --------------------------------------------------------------------------------------------------------


def _judge(connection: Connection, kind: str, row: str, act: str, asked: Mapping[str, Any]) -> Row:
    held = _held(connection, kind, row)
    if held is None and (moved := moved_to(connection, row)) is not None:
        return _judge(connection, kind, moved, act, asked)
    cases = list(connection.execute(sa.select(t.anchored.c.case).where(t.anchored.c.row == row)).scalars())
    before = [e for said in bench.entries(connection, cases).values() for e in said]
    if held is None and not (act == "undo" and (cases := _cases_about(connection, row))):
        raise UsageError(f"there is no row {row!r} here to judge")
    if held is None:
        return _undo_unshown(connection, kind, row, cases, asked)
    check_seen(asked["seen"], mark(kind, held, before))
    article_id = row if kind == "article" else held["article"]
    article = connection.execute(sa.select(t.article).where(t.article.c.id == article_id)).mappings().one()
    beside = connection.execute(sa.select(t.judged).where(t.judged.c.row == row)).mappings().first()
    machine = _machine(held, beside)
    at = moment(connection)
    if act == "undo":
        entry = _undo(before, kind, row, at, asked)
    else:
        seen = bench.snapshot(kind, machine) if machine is not None else _last_machine(before, article["text"])
        ids = {"case": _first_case(before)} if before else {}
        changes = _changes(connection, kind, held, article, asked) if act == "correct" else None
        anchor = bench.anchor_of(article, kind, (machine or held) if kind != "article" else None)
        entry = entry_of(asked, act, kind, row, at, changes=changes, anchor=anchor, machine=seen, **ids)
    connection.execute(t.judgement.insert().values(entry))
    _anchor(connection, entry, article, row)
    bench.show(connection, article, kind, row, machine, [*before, entry])
    if machine is None and entry["act"] == "undo" and log.verdict([*before, entry]).last is None:
        unshown = {
            "row": None,
            "state": "agreed",
            "told": f"Parley finds no {kind} here, and what was said is taken back",
        }
        connection.execute(t.anchored.update().where(t.anchored.c.row == row).values(unshown))
    return {"row": "judgement", **entry, "over": over(before, entry)}


def moved_to(connection: Connection, row: str) -> str | None:
    """The row that stands on the words of one that was judged and is not here any more."""
    a, c = t.anchored.c, t.judgement.c
    cases = sa.select(c.case).where(c.about == row)
    found = sa.select(a.row).where(a.case.in_(cases), a.row.is_not(None), a.row != row).order_by(a.row).limit(1)
    return connection.execute(found).scalar()


def _held(connection: Connection, kind: str, row: str) -> Mapping[Any, Any] | None:
    """The row as it is shown, which no build can take away until we are done."""
    table = bench.table_of(kind)
    mine = sa.select(t.article.c.id if kind == "article" else table.c.article).where(table.c.id == row)
    sources = sa.select(t.article.c.sha256).where(t.article.c.id.in_(mine))
    while True:
        taken = connection.execute(sources).scalars().all()
        take_articles(connection, taken)
        held = connection.execute(sa.select(table).where(table.c.id == row)).mappings().first()
        if held is None or taken:
            return held


def _machine(held: Mapping[Any, Any], beside: Mapping[Any, Any] | None) -> Row | None:
    if beside is None:
        return dict(held)
    return None if beside["machine"] is None else {**held, **beside["machine"]}


def _last_machine(before: Sequence[Row], text: str) -> Row | None:
    """The machine's row as it was last seen, where its words stand in this text."""
    known = [e for e in log.in_order(before) if e["machine"] is not None]
    return log.placed(known[-1]["machine"], known[-1]["anchor"], text) if known else None


def _first_case(before: Sequence[Row]) -> str:
    return str(log.in_order(before)[0]["case"])


def _changes(
    connection: Connection, kind: str, held: Mapping[Any, Any], article: Mapping[Any, Any], asked: Mapping[str, Any]
) -> Row:
    near = 0 if kind == "article" else held["start"]
    made = corrected(kind, asked["changes"], article["text"], near)
    if isinstance(asked["changes"].get("speaker"), str):
        made["speaker"] = _known_speaker(connection, article["id"], made["speaker"])
    if kind == "event" and "type" in made and made["type"] != held["type"]:
        made.setdefault("plover", None)  # the code of another type
    return made


def _known_speaker(connection: Connection, article: str, who: Row) -> Row:
    """A speaker given by name alone, with the role and side that the article, else the ledger, knows."""
    s, a = t.statement.c, t.actor.c
    here = sa.select(s.speaker_role, s.speaker_side).where(s.article == article, s.speaker == who["name"])
    known = connection.execute(here.order_by(s.start).limit(1)).first()
    if known is None:
        known = connection.execute(sa.select(a.role, a.side).where(a.name == who["name"]).limit(1)).first()
    return who if known is None else {"name": who["name"], "role": known[0], "side": known[1]}


def _undo(before: Sequence[Row], kind: str, row: str, at: str, asked: Mapping[str, Any]) -> Row:
    chosen = undone(before, asked["entry"], row)
    shared = {k: chosen[k] for k in ("case", "anchor")}
    return entry_of(asked, "undo", kind, row, at, undoes=chosen["id"], **shared)


def _cases_about(connection: Connection, row: str) -> list[str]:
    c = t.judgement.c
    return list(connection.execute(sa.select(c.case).where(c.about == row).distinct()).scalars())


def _undo_unshown(connection: Connection, kind: str, row: str, cases: Sequence[str], asked: Mapping[str, Any]) -> Row:
    """Undo what was said of a row that is not shown: its case waits, or what made it was undone before."""
    before = [e for said in bench.entries(connection, cases).values() for e in said]
    entry = _undo(before, kind, row, moment(connection), asked)
    connection.execute(t.judgement.insert().values(entry))
    _settle(connection, [entry])
    return {"row": "judgement", **entry, "over": []}


def _anchor(connection: Connection, entry: Row, article: Mapping[Any, Any], row: str) -> None:
    """Note where a case stands, if it is a new one."""
    a = t.anchored.c
    if connection.execute(sa.select(a.case).where(a.case == entry["case"])).first() is None:
        values = {"case": entry["case"], "kind": entry["kind"], "article": article["id"], "row": row}
        values |= {k: article[k] for k in ("sha256", "source_id", "url")} | {"file": bench.base_name(article["file"])}
        connection.execute(t.anchored.insert().values(**values, state="here", told=""))


# --- what came from elsewhere ---------------------------------------------------------------------------------------


def _known(connection: Connection, ids: Sequence[str]) -> set[str]:
    c = t.judgement.c
    return {i for some in bench._cut(ids) for i in connection.execute(sa.select(c.id).where(c.id.in_(some))).scalars()}


def _settle(connection: Connection, new: Sequence[Row]) -> None:
    """Lay entries that are in the log over the rows, wherever their articles are."""
    rows = [e for e in new if e["kind"] not in ("actor", "utterance")]
    take_articles(connection, [e["anchor"]["article"]["sha256"] for e in rows])
    cases = {e["case"]: e for e in rows}
    articles: dict[str, Mapping[Any, Any]] = {}
    for case, entry in cases.items():
        said = entry["anchor"]["article"]
        where = {"article": said["id"], **{k: said[k] for k in ("sha256", "file", "source_id", "url")}}
        a = t.anchored.c
        held = connection.execute(sa.select(t.anchored).where(a.case == case)).mappings().first()
        article = bench.find_article(connection, held or where)
        if held is None:
            told = f"its article is not in this ledger: {said['title'] or said['file']}"
            waits = {"case": case, "kind": entry["kind"], **where, "row": None, "state": "lost", "told": told}
            connection.execute(t.anchored.insert().values(waits))
        if article is not None:
            articles[article["id"]] = article
            connection.execute(t.anchored.update().where(a.case == case).values(article=article["id"]))
    for id, article in articles.items():
        here = connection.execute(sa.select(t.anchored.c.case).where(t.anchored.c.article == id)).scalars()
        bench.settle(connection, article, list(here))
    if len(rows) < len(new):
        people.settle(connection)


def _told(connection: Connection, found: Sequence[Row]) -> Iterator[Row]:
    """Entries with whether they stand."""
    cases = bench.entries(connection, {e["case"] for e in found})
    alive = {e["id"] for said in cases.values() for e in log.standing(said)}
    alive |= {e["id"] for said in cases.values() for e in undoings(said)}
    for entry in found:
        place = {k: entry[k] for k in ("state", "told", "row_now")}
        yield {"row": "judgement", **{k: entry[k] for k in ENTRY}, "stands": entry["id"] in alive, **place}

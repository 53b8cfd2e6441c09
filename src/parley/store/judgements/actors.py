"""Who is whom, as people judged it: actors merged, split, corrected, and utterances put together or apart.

What people said of actors becomes links of their own, which stand over Parley's, and is made again from the log whenever names are
linked anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.data import row_id
from parley.errors import UsageError
from parley.resolve.judgements import decided, of_key
from parley.store import schema as t
from parley.store.judgements import log
from parley.store.judgements.entries import entry_of, moment, over, undone
from parley.store.judgements.fields import corrected
from parley.store.judgements.rows import anchor_of, find_article
from parley.store.judgements.seen import check_seen, digest
from parley.store.rows import Row, name_key
from parley.store.words import fold

RULE = "judged"
"""The rule of links that come from people's judgements: they are made again from the log."""

_TOLD = ("name", "kind", "role", "side", "aliases")


def judge(connection: Connection, kind: str, row: str, act: str, asked: Mapping[str, Any]) -> Row:
    """Say the last word on who an actor is, or what is one utterance."""
    before = about(connection, kind, row)
    if asked["seen"] is not None:
        check_seen(asked["seen"], marks_of(connection, kind, [row]).get(row, ""))
    at = moment(connection)
    if act == "undo":
        chosen = undone(before, asked["entry"], row)
        entry = entry_of(asked, act, kind, row, at, undoes=chosen["id"], case=chosen["case"], anchor=chosen["anchor"])
    else:
        make = _of_actor if kind == "actor" else _of_utterance
        more = make(connection, row, act, asked)
        entry = entry_of(asked, act, kind, row, at, **more, **({"case": before[0]["case"]} if before else {}))
    connection.execute(t.judgement.insert().values(entry))
    settle(connection)
    return {"row": "judgement", **entry, "over": over(before, entry)}


def about(connection: Connection, kind: str, row: str) -> list[Row]:
    """What was said of an actor, or of an utterance under this id, in order."""
    c = t.judgement.c
    found = connection.execute(sa.select(t.judgement).where(c.kind == kind, c.about == row)).mappings()
    return log.in_order(dict(e) for e in found)


def _of_actor(connection: Connection, row: str, act: str, asked: Mapping[str, Any]) -> Row:
    actor = _actor(connection, row)
    if actor is None:
        raise UsageError(f"there is no actor {row!r} here")
    changes = corrected("actor", asked["changes"], "", 0) if act == "correct" else None
    others: list[Row] = []
    if act == "merge":
        others = [_other(connection, o, row) for o in asked["others"]]
    elif act == "split":
        keys = _keys(connection, row)
        others = [{"name": name} for name in asked["others"]]
        for one in others:
            if not _named(keys, one["name"]):
                shown = ", ".join(sorted({of_key(k)[0] for k in keys}))
                raise UsageError(f"{actor['name']} is not called {one['name']!r} anywhere; its names are {shown}")
    return {"changes": changes, "others": others, "machine": _machine(connection, actor), "anchor": _anchor(actor)}


def _actor(connection: Connection, id: str) -> Row | None:
    found = connection.execute(sa.select(t.actor).where(t.actor.c.id == id)).mappings().first()
    return None if found is None else dict(found)


def _anchor(actor: Row) -> Row:
    return {"row": "actor", "actor": {k: actor[k] for k in ("id", "name", "kind", "side", "aliases")}}


def _machine(connection: Connection, actor: Row) -> Row:
    beside = connection.execute(sa.select(t.judged.c.machine).where(t.judged.c.row == actor["id"])).scalar()
    return beside or {k: actor[k] for k in _TOLD}


def _other(connection: Connection, id: str, row: str) -> Row:
    actor = _actor(connection, id)
    if actor is None or id == row:
        raise UsageError(f"there is no other actor {id!r} here to merge with")
    return _anchor(actor)["actor"]  # type: ignore[no-any-return]


def marks_of(connection: Connection, kind: str, rows: Iterable[str]) -> dict[str, str]:
    """How some actors or utterances read now, for whoever is to judge them (`judgements_seen`)."""
    if kind == "utterance":
        said = put_together(connection)
        return {row: digest(_touching(said, together_now(connection, row))) for row in rows}
    out = {}
    for row in rows:
        actor = _actor(connection, row)
        if actor is not None:
            last = [e["id"] for e in about(connection, kind, row)][-1:]
            out[row] = digest([last, {k: actor[k] for k in _TOLD}])
    return out


def _touching(said: Iterable[tuple[Row, list[list[str]]]], statements: Sequence[str]) -> list[Any]:
    mine = set(statements)
    return [sorted(mine), [e["id"] for e, groups in said if any(mine & set(g) for g in groups)]]


# --- laying it over what Parley linked --------------------------------------------------------------------------------


def clear(connection: Connection) -> None:
    """Take what people said of actors off, so that only what Parley linked is there."""
    connection.execute(t.link.delete().where(t.link.c.rule == RULE))
    for one in connection.execute(sa.select(t.judged).where(t.judged.c.kind == "actor")).mappings().all():
        at = t.actor.c.id == one["row"]
        if one["kept"]:
            connection.execute(t.actor.delete().where(at))
        else:
            connection.execute(t.actor.update().where(at).values(one["machine"]))
    connection.execute(t.judged.delete().where(t.judged.c.kind == "actor"))


def settle(connection: Connection) -> None:
    """Lay everything that people said of actors over what Parley linked, in the order in which it was said."""
    clear(connection)
    found = connection.execute(sa.select(t.judgement).where(t.judgement.c.kind.in_(("actor", "utterance")))).mappings()
    entries = [dict(e) for e in found]
    states = {e["case"]: (e, "here", e["about"], "") for e in log.in_order(entries)}
    for entry in log.standing(e for e in entries if e["kind"] == "actor"):
        told = _apply(connection, entry)
        if told is not None:
            states[entry["case"]] = (entry, "lost", None, told)
    for case, (entry, state, row, told) in states.items():
        connection.execute(t.anchored.delete().where(t.anchored.c.case == case))
        place = {"article": "", "sha256": "", "file": "", "source_id": "", "url": None}
        shown = None if row and row.startswith("st_") else row  # what is said of one statement is another case
        values = {"case": case, "kind": entry["kind"], **place, "row": shown, "state": state, "told": told}
        connection.execute(t.anchored.insert().values(values))


def _apply(connection: Connection, entry: Row) -> str | None:
    """Lay one entry over; why it cannot be, if so."""
    actor = _found(connection, entry["anchor"]["actor"])
    if actor is None:
        return f"no actor {entry['anchor']['actor']['name']} is here"
    if entry["act"] == "merge":
        others = [(o, _found(connection, o)) for o in entry["others"]]
        for _, other in others:
            if other is not None and other["id"] != actor["id"]:
                _merge(connection, actor, other, entry)
        missing = [o["name"] for o, other in others if other is None]
        _mark(connection, actor, "corrected", entry, {})
        return f"no actor {', '.join(missing)} is here to merge with" if missing else None
    if entry["act"] == "split":
        return _split(connection, actor, entry)
    if entry["act"] == "reject":
        for key in _keys(connection, actor["id"]):
            _link(connection, key, actor["id"], "negative", entry)
    changes = entry["changes"] or {}
    status = {"confirm": "confirmed", "correct": "corrected", "reject": "rejected"}[entry["act"]]
    _mark(connection, actor, status, entry, changes)
    return None


def _found(connection: Connection, told: Row) -> Row | None:
    """An actor by id, else the only one of its name and kind."""
    actor = _actor(connection, told["id"])
    if actor is not None:
        return actor
    same = sa.select(t.actor).where(
        sa.func.lower(t.actor.c.name) == told["name"].lower(), t.actor.c.kind == told["kind"]
    )
    found = [dict(a) for a in connection.execute(same).mappings()]
    return found[0] if len(found) == 1 else None


def _keys(connection: Connection, actor: str) -> list[str]:
    """What the links start from whose names mean this actor."""
    linked = sa.select(t.link.c.left).where(t.link.c.right == actor, t.link.c.judgement == "positive")
    all_of_them = connection.execute(sa.select(t.link).where(t.link.c.left.in_(linked))).mappings()
    return sorted(left for left, right in decided([dict(k) for k in all_of_them]).items() if right == actor)


def _named(keys: Iterable[str], name: str) -> list[str]:
    """Those of some keys that are this name, on whatever side and in whatever article."""
    folded = fold(name)
    told = [(key, of_key(key)[0]) for key in keys]
    return [key for key, base in told if base in (name, folded) or base.startswith(f"{folded} [")]


def _merge(connection: Connection, actor: Row, other: Row, entry: Row) -> None:
    for key in _keys(connection, other["id"]):
        _link(connection, key, other["id"], "negative", entry)
        _link(connection, key, actor["id"], "positive", entry)
    names = {*actor["aliases"], *other["aliases"], other["name"]} - {actor["name"]}
    actor["aliases"] = sorted(names)
    connection.execute(t.judged.delete().where(t.judged.c.row == other["id"]))
    _mark(
        connection, other, "rejected", entry | {"why": f"the same as {actor['name']}: {entry['why']}".rstrip(": ")}, {}
    )


def _split(connection: Connection, actor: Row, entry: Row) -> str | None:
    keys = _keys(connection, actor["id"])
    moved = {one["name"]: _named(keys, one["name"]) for one in entry["others"]}
    if not any(moved.values()):
        return f"{actor['name']} has no name {', '.join(moved)} any more"
    first = next(name for name, mine in moved.items() if mine)
    made = {"name": _printed(connection, moved[first], first), "kind": actor["kind"], "role": None, "aliases": []}
    new = {"id": row_id("ac", RULE, name_key(first), actor["id"]), **made, "side": actor["side"]}
    connection.execute(t.actor.delete().where(t.actor.c.id == new["id"]))
    connection.execute(t.actor.insert().values(new))
    _mark(connection, new, "corrected", entry, {}, kept=True)
    for key in [key for mine in moved.values() for key in mine]:
        _link(connection, key, actor["id"], "negative", entry)
        _link(connection, key, str(new["id"]), "positive", entry)
    gone = {fold(name) for name in moved}
    actor["aliases"] = [a for a in actor["aliases"] if fold(a) not in gone]
    _mark(connection, actor, "corrected", entry, {})
    return None


def _printed(connection: Connection, keys: Sequence[str], given: str) -> str:
    """A name as articles print it."""
    bases = [of_key(k)[0] for k in keys]
    found = connection.execute(sa.select(t.name.c.name).where(t.name.c.key.in_(bases)).order_by(t.name.c.name).limit(1))
    return str(found.scalar() or given)


def _link(connection: Connection, left: str, right: str, judgement: str, entry: Row) -> None:
    id = row_id("li", left, right, entry["by"])
    connection.execute(t.link.delete().where(t.link.c.id == id))
    detail = entry["why"] or f"{entry['by']} said so"
    values = {"id": id, "left": left, "right": right, "judgement": judgement, "score": 1.0}
    connection.execute(t.link.insert().values(**values, rule=RULE, detail=detail, by=entry["by"]))


def _mark(
    connection: Connection, actor: Row, status: str, entry: Row, changes: Mapping[str, Any], *, kept: bool = False
) -> None:
    """Show on an actor what was said of it, with what Parley has kept beside it."""
    at = t.judged.c.row == actor["id"]
    beside = connection.execute(sa.select(t.judged).where(at)).mappings().first()
    stored = _actor(connection, actor["id"])
    machine = beside["machine"] if beside else None if kept else {k: (stored or actor)[k] for k in _TOLD}
    made = bool(beside["kept"]) if beside else kept
    connection.execute(t.actor.update().where(t.actor.c.id == actor["id"]).values(aliases=actor["aliases"], **changes))
    connection.execute(t.judged.delete().where(at))
    said = {k: entry[k] for k in ("by", "at", "why")}
    if beside and beside["status"] == "corrected" and status == "confirmed":
        status = "corrected"
    values = {"row": actor["id"], "kind": "actor", "article": None, "machine": machine, "status": status, **said}
    connection.execute(t.judged.insert().values(**values, kept=made, disputed=False, differs=[]))


# --- utterances -------------------------------------------------------------------------------------------------------


def _of_utterance(connection: Connection, row: str, act: str, asked: Mapping[str, Any]) -> Row:
    mine = together_now(connection, row)
    if act == "split":
        taken = [s for s in mine if s in asked["others"]]
        if len(taken) != len(set(asked["others"])) or len(taken) == len(mine):
            raise UsageError(f"an utterance is split by naming some of its statements: {', '.join(mine)}")
        left = [s for s in mine if s not in taken]
        groups = [left, taken]
    else:
        beside = [together_now(connection, o) for o in asked["others"]]
        groups = [list(dict.fromkeys([*mine, *(s for some in beside for s in some)]))]
        if len(groups[0]) == len(mine):
            raise UsageError("those are one utterance already")
    anchors = [[_statement_anchor(connection, s) for s in group] for group in groups]
    return {"others": anchors, "anchor": {"row": "utterance", "utterance": row}}


def _statements(connection: Connection, row: str) -> list[str]:
    """The statements of an utterance, or the one that is given."""
    if row.startswith("st_"):
        return [row]
    found = connection.execute(sa.select(t.result.c.row).where(t.result.c.id == row)).scalar()
    if found is not None and "statements" in found:
        return list(found["statements"])
    for _, groups in put_together(connection):  # an utterance that only a person sees
        for group in groups:
            if group and row == row_id("re", "judged", *sorted(group)):
                return group
    raise UsageError(f"there is no utterance {row!r} here")


def put_together(connection: Connection) -> list[tuple[Row, list[list[str]]]]:
    """What was said of utterances and stands, the oldest first, each with its groups of statements as they are here by now."""
    said = connection.execute(sa.select(t.judgement).where(t.judgement.c.kind == "utterance")).mappings()
    held = log.standing([dict(e) for e in said])
    return [(e, [statements_of(connection, g) for g in e["others"]]) for e in held]


def together_now(connection: Connection, row: str) -> list[str]:
    """The statements that are one utterance with this one (or in this utterance), by what people said of it too."""
    mine = _statements(connection, row)
    if row.startswith("st_"):
        mine = _compared(connection, row) or mine
    for entry, groups in put_together(connection):
        if entry["act"] == "merge" and set(mine) & set(groups[0]):
            mine = list(dict.fromkeys([*mine, *groups[0]]))
        elif entry["act"] == "split" and set(mine) & set(groups[0]) and set(mine) & set(groups[1]):
            own = row in groups[1]
            mine = [s for s in mine if (s in groups[1]) == own]
    return mine


def _compared(connection: Connection, statement: str) -> list[str]:
    """The statements of the utterance that comparing found this one in; none where it stands alone."""
    resting = sa.select(t.rests.c.result).where(t.rests.c.row == statement)
    wanted = sa.select(t.result.c.row).where(t.result.c.id.in_(resting), t.result.c.kind == "utterance")
    found = connection.execute(wanted.order_by(t.result.c.weight.desc(), t.result.c.id).limit(1)).scalar()
    return [] if found is None else list(found["statements"])


def _statement_anchor(connection: Connection, id: str) -> Row:
    row = connection.execute(sa.select(t.statement).where(t.statement.c.id == id)).mappings().first()
    if row is None:
        raise UsageError(f"there is no statement {id!r} here")
    article = connection.execute(sa.select(t.article).where(t.article.c.id == row["article"])).mappings().one()
    return {"id": id, **anchor_of(article, "statement", row)}


def statements_of(connection: Connection, group: Iterable[Row]) -> list[str]:
    """The statements of a group as they are here by now: by id, else the one on the same words; others are not here."""
    out = []
    for one in group:
        held = connection.execute(sa.select(t.statement.c.id).where(t.statement.c.id == one["id"])).scalar()
        id = held or _on_the_words(connection, one)
        if id is not None:
            out.append(id)
    return out


def _on_the_words(connection: Connection, one: Row) -> str | None:
    said = one["article"]
    article = find_article(connection, {"article": said["id"], **said})
    place = None if article is None else log.found(article["text"], one)
    if article is None or place is None:
        return None
    rows = connection.execute(sa.select(t.statement).where(t.statement.c.article == article["id"])).mappings()
    found = log.match("statement", log.Verdict("confirmed", {}, None, False), place, [dict(r) for r in rows])
    return None if found is None else str(found["id"])

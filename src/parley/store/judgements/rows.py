"""Bringing rows and judgements together: in one transaction, what people said is laid over the machine's rows again.

A row's table holds what is shown; where that is a person's word, `judged` holds the machine's row beside it, untouched. So every
filter, search and comparison sees the last word, and the machine's can be brought back at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.data import row_id
from parley.store import schema as t
from parley.store.judgements import log
from parley.store.rows import Row, name_key
from parley.store.words import chunks, fold

ARTICLE_COLUMNS = (
    *("title_text", "outlet", "url", "authors", "language", "dateline_place"),
    *("published", "published_latest", "published_basis"),
)
"""What of an article's row people can correct: kept beside it when they do."""

_AT = ("id", "article", "n")
_SEARCHED = ("statement", "figure", "position", "event", "wording")
_QUIET = ("speaker_id", "speaker_key", "speaker_basis", "start", "stop", "number", *log.REFERS, *log._MEASURED)
"""Columns whose change is no change of what a row says."""


def table_of(kind: str) -> sa.Table:
    """The table of a kind of row that stands in an article."""
    return t.article if kind == "article" else t.FINDINGS[kind]


def status_column(kind: str) -> str | None:
    """The column that tells machine, confirmed, corrected and rejected apart; None where only `judged` does."""
    return "row_status" if kind == "event" else None if kind in ("article", "date") else "status"


def snapshot(kind: str, row: Mapping[Any, Any]) -> Row:
    """A row's columns as they are kept beside a judgement."""
    if kind == "article":
        return {k: row[k] for k in ARTICLE_COLUMNS}
    return {k: v for k, v in row.items() if k not in (*_AT, status_column(kind))}


def anchor_of(article: Mapping[Any, Any], kind: str, row: Mapping[Any, Any] | None) -> Row:
    """Where a row stands in print, so that it can be found again in another ledger, another file, by another model."""
    said = {k: article[k] for k in ("id", "sha256", "source_id", "url", "outlet", "published")}
    head: Row = {"article": said | {"file": base_name(article["file"]), "title": article["title_text"]}, "row": kind}
    if kind == "article" or row is None:
        return head
    quote, position = log.selectors(article["text"], row["start"], row["stop"])
    return head | {"selector": [quote, position]}


def base_name(file: str) -> str:
    """A file's name without its folders: the same article is read from other places on other machines."""
    return PurePosixPath(file.replace("\\", "/")).name


# --- entries --------------------------------------------------------------------------------------------------------


def entries(connection: Connection, cases: Iterable[str]) -> dict[str, list[Row]]:
    """The entries of some cases, by case, in order."""
    out: dict[str, list[Row]] = defaultdict(list)
    for some in _cut(sorted(set(cases))):
        found = connection.execute(sa.select(t.judgement).where(t.judgement.c.case.in_(some))).mappings()
        for entry in found:
            out[entry["case"]].append(dict(entry))
    return {case: log.in_order(held) for case, held in out.items()}


def _cut(values: Sequence[str], size: int = 400) -> Iterator[Sequence[str]]:
    return (values[n : n + size] for n in range(0, len(values), size))


# --- after articles were written ------------------------------------------------------------------------------------


def reattach(connection: Connection, articles: Sequence[str]) -> None:
    """Lay judgements over the rows of articles that were just written, in the same transaction."""
    if connection.execute(sa.select(t.anchored.c.case).limit(1)).first() is None:
        return
    for some in _cut(articles):
        heads = connection.execute(sa.select(t.article).where(t.article.c.id.in_(some))).mappings().all()
        waiting = _cases_for(connection, heads)
        for head in heads:
            if waiting.get(head["id"]):
                settle(connection, head, waiting[head["id"]])


def _cases_for(connection: Connection, heads: Sequence[Mapping[Any, Any]]) -> dict[str, list[str]]:
    """The cases that belong to some articles: those anchored there, and lost ones whose article this is under another id."""
    out: dict[str, list[str]] = defaultdict(list)
    c = t.anchored.c
    mine = sa.select(c.case, c.article).where(c.article.in_([h["id"] for h in heads]))
    for case, article in connection.execute(mine):
        out[article].append(case)
    lost = sa.select(t.anchored).where(c.state == "lost", c.article.not_in(sa.select(t.article.c.id)))
    told = sa.or_(
        c.sha256.in_([h["sha256"] for h in heads]),
        c.file.in_([base_name(h["file"]) for h in heads]),
        c.url.in_([h["url"] for h in heads if h["url"]]),
    )
    for one in connection.execute(lost.where(told)).mappings():
        head = next((h for h in heads if same_article(one, h)), None)
        if head is not None:
            out[head["id"]].append(one["case"])
    return out


def same_article(case: Mapping[Any, Any], head: Mapping[Any, Any]) -> bool:
    """True where an article is the one that a case was judged in: the same record of the same bytes or file, or the same address."""
    if case["url"] and case["url"] == head["url"]:
        return True
    same_file = case["sha256"] == head["sha256"] or case["file"] == base_name(head["file"])
    return bool(same_file and case["source_id"] == head["source_id"])


def find_article(connection: Connection, case: Mapping[Any, Any]) -> Mapping[Any, Any] | None:
    """The article of a case, by id, else as the same record, file or address."""
    a = t.article.c
    found = connection.execute(sa.select(t.article).where(a.id == case["article"])).mappings().first()
    if found is not None:
        return found
    for where in (a.sha256 == case["sha256"], a.url == case["url"] if case["url"] else None):
        if where is not None:
            for head in connection.execute(sa.select(t.article).where(where)).mappings():
                if same_article(case, head):
                    return head
    ending = a.file.endswith(case["file"], autoescape=True)
    named = connection.execute(sa.select(t.article).where(a.source_id == case["source_id"], ending)).mappings().all()
    return next((h for h in named if same_article(case, h)), None)


# --- one article ----------------------------------------------------------------------------------------------------


def settle(connection: Connection, article: Mapping[Any, Any], cases: Iterable[str]) -> None:
    """Find each case's row in an article, and show on it what people said."""
    held = entries(connection, cases)
    machine: dict[str, dict[str, Row]] = {}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case in sorted(held, key=lambda c: (held[c][0]["at"], c)):
        kind = held[case][0]["kind"]
        rows = machine.setdefault(kind, _machine_rows(connection, kind, article["id"]))
        row, state, told = _place(article, kind, held[case], rows)
        if state == "kept" and row is not None and row not in rows:
            rows[row] = {**_kept_columns(kind, held[case], article), "id": row, "kept": True}
        if row is not None:
            groups[kind, row].append(case)
        _note(connection, case, article, row, state, told)
    _forget_kept(connection, article["id"], {row for _, row in groups})
    for (kind, row), together in groups.items():
        one = machine[kind][row]
        said = [e for case in together for e in held[case]]
        show(connection, article, kind, row, None if one.get("kept") else one, said)


def _forget_kept(connection: Connection, article: str, wanted: set[str]) -> None:
    """Take rows away that only stood because of what was said and undone since."""
    beside = sa.select(t.judged).where(t.judged.c.article == article, t.judged.c.kept)
    for one in connection.execute(beside).mappings().all():
        if one["row"] not in wanted:
            connection.execute(table_of(one["kind"]).delete().where(table_of(one["kind"]).c.id == one["row"]))
            connection.execute(t.judged.delete().where(t.judged.c.row == one["row"]))
            _search_again(connection, article, one["kind"], one["row"])


def _machine_rows(connection: Connection, kind: str, article: str) -> dict[str, Row]:
    """The machine's rows of a kind in an article, whatever is shown in their place."""
    table = table_of(kind)
    column = table.c.id if kind == "article" else table.c.article
    rows = {r["id"]: dict(r) for r in connection.execute(sa.select(table).where(column == article)).mappings()}
    beside = sa.select(t.judged).where(t.judged.c.article == article, t.judged.c.kind == kind)
    for one in connection.execute(beside).mappings():
        if one["machine"] is None:
            rows.pop(one["row"], None)
        elif one["row"] in rows:
            rows[one["row"]] |= one["machine"]
    return rows


def _place(
    article: Mapping[Any, Any], kind: str, said: Sequence[Row], rows: Mapping[str, Row]
) -> tuple[str | None, str, str]:
    """The row that a case belongs to, its state and why."""
    if kind == "article":
        same = article["id"] == said[0]["about"]
        return article["id"], "here" if same else "moved", "" if same else "the article is here under another id"
    final = log.verdict(said)
    last = final.last or next((e for e in reversed(said) if e["machine"]), said[-1])
    for entry in reversed(said):
        if entry["about"] in rows:
            kept = rows[entry["about"]].get("kept")
            return entry["about"], *(("kept", _gone(kind)) if kept else ("here", ""))
    place = log.found(article["text"], last["anchor"])
    words = _short(last["anchor"]["selector"][0]["exact"])
    if place is None:
        return None, "lost", f"“{words}” is not in {base_name(article['file'])} any more"
    row = log.match(kind, replace(final, last=last), place, rows.values())
    if row is not None:
        return row["id"], "kept" if row.get("kept") else "moved", f"another {kind} stands on the words “{words}” now"
    if final.status in ("confirmed", "corrected"):
        try:
            _kept_columns(kind, said, article)
        except ValueError as error:
            return None, "lost", f"“{_short(str(error))}” is not in {base_name(article['file'])} any more"
        return _free_id(last["about"], article["id"], rows), "kept", _gone(kind)
    return None, "agreed", _gone(kind)


def _gone(kind: str) -> str:
    return f"Parley finds no {kind} here any more"


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"


def _free_id(about: str, article: str, rows: Mapping[str, Row]) -> str:
    taken = about in rows and not rows[about].get("kept")
    return row_id(about[:2], about, article) if taken else about


def _kept_columns(kind: str, said: Sequence[Row], article: Mapping[Any, Any]) -> Row:
    return log.shown_columns(kind, log.verdict(said), None, article["text"])


def _note(
    connection: Connection, case: str, article: Mapping[Any, Any], row: str | None, state: str, told: str
) -> None:
    where = {k: article[k] for k in ("sha256", "source_id", "url")} | {"file": base_name(article["file"])}
    values = {"article": article["id"], "row": row, "state": state, "told": told, **where}
    connection.execute(t.anchored.update().where(t.anchored.c.case == case).values(values))


# --- one row --------------------------------------------------------------------------------------------------------


def show(
    connection: Connection,
    article: Mapping[Any, Any],
    kind: str,
    row: str,
    machine: Row | None,
    said: Sequence[Row],
) -> None:
    """Write what a row shows because of what was said of it; `machine` is what Parley has there now, if anything."""
    final = log.verdict(said)
    connection.execute(t.judged.delete().where(t.judged.c.row == row))
    if final.last is None:
        _bring_back(connection, kind, row, machine)
    else:
        values = log.shown_columns(kind, final, machine, article["text"])
        if (column := status_column(kind)) is not None:
            values[column] = final.status
        _write(connection, article, kind, row, values)
        connection.execute(t.judged.insert().values(_judged(article, kind, row, machine, final)))
    _search_again(connection, article["id"], kind, row)
    connection.execute(t.compared.update().where(t.compared.c.article == article["id"]).values(held=None))


def _judged(article: Mapping[Any, Any], kind: str, row: str, machine: Row | None, final: log.Verdict) -> dict[str, Any]:
    assert final.last is not None
    return {
        "row": row,
        "kind": kind,
        "article": article["id"],
        "machine": None if machine is None else snapshot(kind, machine),
        "status": final.status,
        **{k: final.last[k] for k in ("by", "at", "why")},
        "kept": machine is None,
        "disputed": final.disputed,
        "differs": [] if machine is None else _differs(machine, final.last["machine"] or {}),
    }


def _differs(now: Row, then: Row) -> list[str]:
    """The columns in which Parley says something else now than when it was judged."""
    return [k for k, v in then.items() if k not in _QUIET and k in now and _words(now[k]) != _words(v)]


def _words(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return value[2] if log._is_span(value) else [_words(v) for v in value]
    return value


def _bring_back(connection: Connection, kind: str, row: str, machine: Row | None) -> None:
    table = table_of(kind)
    if machine is None:
        connection.execute(table.delete().where(table.c.id == row))
        return
    values = snapshot(kind, machine)
    if (column := status_column(kind)) is not None:
        values[column] = "machine"
    connection.execute(table.update().where(table.c.id == row).values(_fitting(table, values)))


def _fitting(table: sa.Table, values: Row) -> Row:
    """Those values that the table has columns for: an older Parley may have kept others."""
    return {k: v for k, v in values.items() if k in table.c}


def _write(connection: Connection, article: Mapping[Any, Any], kind: str, row: str, values: Row) -> None:
    table = table_of(kind)
    fitting = _fitting(table, values)
    changed = connection.execute(table.update().where(table.c.id == row).values(fitting))
    if not changed.rowcount:
        last = connection.execute(sa.select(sa.func.max(table.c.n)).where(table.c.article == article["id"])).scalar()
        whole = {"id": row, "article": article["id"], "n": 0 if last is None else last + 1, **fitting}
        connection.execute(table.insert().values(whole))
    _name(connection, article["id"], values)


def _name(connection: Connection, article: str, values: Row) -> None:
    """Let a name that a person gave be linked to an actor as printed names are."""
    given = [(values.get("speaker"), values.get("speaker_side"), values.get("speaker_role"))]
    given += [(values.get(k), None, None) for k in ("claimant", "party", "said_by")]
    given += [(name, None, None) for name in values.get("actors") or ()]
    for name, side, role in given:
        if not name or not fold(name):
            continue
        key = name_key(name, side)
        c = t.name.c
        if connection.execute(sa.select(c.key).where(c.article == article, c.key == key)).first() is None:
            told = {
                "article": article,
                "key": key,
                "name": name,
                "kind": "unknown",
                "side": side,
                "role": role,
                "uses": 1,
            }
            connection.execute(t.name.insert().values(told))
            connection.execute(t.linked.update().where(t.linked.c.article == article).values(held=None))


def _search_again(connection: Connection, article: str, kind: str, row: str) -> None:
    """Let search find the row by the words that it shows."""
    if kind not in _SEARCHED:
        return
    table, p = table_of(kind), t.passage.c
    text = connection.execute(sa.select(table.c.text).where(table.c.id == row)).scalar()
    pieces = list(chunks(fold(text))) if text is not None else []
    if pieces != list(connection.execute(sa.select(p.text).where(p.row == row).order_by(p.n)).scalars()):
        connection.execute(t.passage.delete().where(p.row == row))
        for piece in pieces:
            connection.execute(t.passage.insert().values(article=article, row=row, kind=kind, text=piece))

"""An actor's page of facts: names and why they are theirs, roles and sides over time, statements, whom they meet.

Nothing is decided here that articles do not print: a role stands with the days of the articles that give it and with the rows
that prove it, and where articles disagree on a side, both stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from parley.annotate.language.names import normalise
from parley.compare.base import Question, Row
from parley.resolve.judgements import of_key
from parley.store.about import About, about

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

ACTORS = 20
"""Actors whose facts are told at once."""

MET = 30
"""Other actors that are listed as met, those in most articles first."""


def facts(told: About) -> Row:
    """The facts on an actor, each with the rows that it rests on.

    `names`, `roles` and `sides` each have `first` and `last`, the days of the articles, and how many `articles` say so. The
    rows are statements where there are any, else articles.
    """
    links = {link["left"]: link for link in told.links if link["judgement"] == "positive"}
    return {
        **told.actor,
        "names": _names(told.names, links),
        "may_be": _judged(told.links, "unsure"),
        "not": _judged(told.links, "negative"),
        "roles": _over_time(told, "role"),
        "sides": _over_time(told, "side"),
        "statements": _statements(told),
        "met": _met(told),
    }


def _names(rows: Sequence[Row], links: Mapping[str, Row]) -> list[Row]:
    """Each name as printed, how often, and why it is theirs."""
    by_key: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_key[row["key"]].append(row)
    out = []
    for key, same in by_key.items():
        why = links.get(key) or next(link for left, link in sorted(links.items()) if of_key(left)[0] == key)
        out.append(
            {
                "name": same[0]["name"],
                "side": same[0]["side"],
                **_span(same),
                "uses": sum(r["uses"] for r in same),
                **{k: why[k] for k in ("judgement", "score", "rule", "by")},
                "why": why["detail"],
            }
        )
    return sorted(out, key=lambda n: (-n["uses"], n["name"], n["side"] or ""))


def _judged(links: Iterable[Row], judgement: str) -> list[Row]:
    """Names that may be theirs, or that could be taken for theirs and are not."""
    kept = [link for link in links if link["judgement"] == judgement]
    return [
        {"name": link["left"], **{k: link[k] for k in ("score", "rule", "by")}, "why": link["detail"]}
        for link in sorted(kept, key=lambda x: (-x["score"], x["left"]))
    ]


def _over_time(told: About, what: str) -> list[Row]:
    """What articles call them, or whose side they put them on, from when to when, the first one first."""
    said: dict[str, list[str]] = defaultdict(list)
    for statement in told.statements:
        said[statement["article"]].append(statement["id"])
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in told.names:
        if row[what]:
            groups[normalise(row[what])].append(row)
    out = []
    for same in groups.values():
        proof = [id for article in dict.fromkeys(r["article"] for r in same) for id in said.get(article, [article])]
        out.append({what: _first(same, what), **_span(same), "rows": proof})
    return sorted(out, key=lambda r: (r["first"] or "~", r["last"] or "~", r[what]))


def _first(rows: Sequence[Row], what: str) -> str:
    """As most articles print it, the first in the alphabet of equals."""
    counted: dict[str, int] = defaultdict(int)
    for row in rows:
        counted[row[what]] += 1
    return min(counted, key=lambda v: (-counted[v], v))


def _span(rows: Sequence[Row]) -> Row:
    days = sorted(r["published"] for r in rows if r["published"])
    return {
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "articles": len({r["article"] for r in rows}),
        "outlets": len({r["outlet"] for r in rows if r["outlet"]}),
    }


def _statements(told: About) -> Row:
    """How many statements, in how many articles and outlets, and which; copies are counted as often as they are printed."""
    where = {r["article"]: r for r in told.names}
    ids = [s["id"] for s in told.statements]
    return {"n": len(ids), **_span([where[s["article"]] for s in told.statements]), "rows": ids}


def _met(told: About) -> list[Row]:
    """Other actors in the same articles; the rows are events that both are part of."""
    together: dict[str, list[str]] = defaultdict(list)
    for event in told.events:
        for id, _ in event["met"]:
            together[id].append(event["id"])
    counted = sorted(told.beside.items(), key=lambda x: (-len(together[x[0][0]]), -x[1], x[0][1]))
    return [{"id": id, "name": name, "articles": n, "rows": together[id]} for (id, name), n in counted[:MET]]


def read(ledger: Ledger, *, name: str | None = None, side: str | None = None) -> list[Row]:
    """The facts on all actors of a name, those that articles print most first."""
    found = [facts(about(ledger, actor)) for actor in ledger.actors(name=name, side=side, limit=ACTORS)]
    return sorted(found, key=lambda f: (-sum(n["uses"] for n in f["names"]), f["name"], f["id"]))


# --- at a terminal --------------------------------------------------------------------------------------------------


def _cells(row: Row) -> tuple[str, ...]:
    about = ", ".join(x for x in (row["role"], row["side"]) if x) or row["kind"]
    return f"{row['name']}\n{about}\n{row['id'][:11]}", "\n".join(_lines(row))


def _lines(row: Row) -> Iterable[str]:
    for head, key, what in (("called", "roles", "role"), ("side", "sides", "side")):
        for one in row[key]:
            yield f"{head}: {one[what]}, {_when(one)}"
    for name in row["names"]:
        why = f": {name['why']}" if name["rule"] != "exact" else ""
        yield f"printed as “{name['name']}”, {_when(name)}{why}"
    for head, key in (("may be", "may_be"), ("is not", "not")):
        for name in row[key][:5]:
            yield f"{head} “{name['name']}” ({name['score']:.2f}): {name['why']}"
    if row["met"]:
        yield "met: " + ", ".join(f"{m['name']} ({m['articles']})" for m in row["met"][:8])
    said = row["statements"]
    yield f"{said['n']} statements, {_when(said)}" if said["n"] else "no statements"


def _when(row: Mapping[str, Any]) -> str:
    days = row["first"] if row["first"] == row["last"] else f"{row['first']} to {row['last']}"
    articles = f"{row['articles']} article{'s' if row['articles'] != 1 else ''}"
    return f"{days or 'no date'}, {articles}"


FACTS = Question(
    name="actor_facts",
    row="actor_facts",
    read=read,
    headings=("who", "what articles tell"),
    cells=_cells,
    asks=("name", "side"),
    cites=lambda row: row["statements"]["rows"],
    exported=False,
)
"""Asked by `parley show actors --name`: of one actor more can be told than a row of all of them holds."""

"""What comparing found, explained: the result, why, and every row that it rests on, with sentence, outlet and date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from parley.compare.registry import ask, questions
from parley.show.terminal import _LINES, SHORT, dated, flat, judged_by, marked, plain_words
from parley.store.ledger import PREFIXES

if TYPE_CHECKING:
    from parley.compare.base import Question, Row
    from parley.store.ledger import Ledger

PREFIX = {"re": None, "cp": "copies", "mi": "missing", "di": "disagreements"}
"""First letters of the ids of what several rows or articles came to, and which question answers with them."""

MOST = 60
"""Rows that are shown under a result; `parley show ... --format json` names all."""


def is_result(id: str) -> bool:
    """True for the id of what several rows or articles came to.

    >>> is_result("di_0a1"), is_result("st_0a1")
    (True, False)
    """
    return id.partition("_")[0] in PREFIX


def result(ledger: Ledger, id: str) -> tuple[Question | None, Row] | None:
    """The result of an id, or of its first letters if no other has them, with the question that it answers."""
    name = PREFIX[id.partition("_")[0]]
    if name is None:
        row = ledger.found_by_id(id)
        asked = next((q for q in questions().values() if row is not None and q.row == row["row"]), None)
        if row is None or asked is None:
            return None if row is None else (None, row)
        shown = next((r for r in _answers(ledger, asked.name) if r["id"] == row["id"]), None)
        return (None, row) if shown is None else (asked, shown)
    found = {row["id"]: row for row in _answers(ledger, name) if row["id"].startswith(id)}
    if id in found:
        return questions()[name], found[id]
    return (questions()[name], found.popitem()[1]) if len(found) == 1 else None


def _answers(ledger: Ledger, name: str) -> Iterator[Row]:
    if "outlet" in questions()[name].asks and not questions()[name].exported:
        outlets = dict.fromkeys(a["outlet"] for a in ledger.articles() if a["outlet"])
        for outlet in outlets:  # what is missing is asked of one outlet at a time
            yield from ask(ledger, name, {"outlet": outlet})
    else:
        yield from ask(ledger, name, {})


def explained_result(ledger: Ledger, asked: Question | None, row: Row) -> RenderableType:
    """A result in words, why it is one, and its rows."""
    kind = row["row"] if asked is None else asked.row
    told = _fields(row) if asked is None else [flat(c) for c in asked.cells(row)]
    why = flat(str(row.get("why") or ""))
    told += [f"why: {why}"] if why and not any(why in line for line in told) else []
    return Group(
        Text(f"{plain_words(kind)} {row['id']}"), *map(Text, told), *_rows(ledger, row), *_passages(ledger, row)
    )


def _fields(row: Row) -> list[str]:
    """What a result says that no question shows as it is: its plain fields."""
    plain = {k: v for k, v in row.items() if isinstance(v, str | int | float) and k not in ("row", "id", "why")}
    return [f"{plain_words(k)}: {v}" for k, v in plain.items()]


def _rows(ledger: Ledger, result: Row) -> Iterator[RenderableType]:
    """Each row that a result names, with its sentence, outlet and date."""
    ids = list(dict.fromkeys(named(result)))
    rows = ledger.by_ids(i for i in ids if i != result["id"])
    articles = ledger.by_ids(r["article"] for r in rows.values() if "article" in r)
    shown = [r for i in ids if (r := rows.get(i)) is not None and r["row"] in _LINES]
    for row in shown[:MOST]:
        article = articles[row["article"]]
        where = f"{article['outlet'] or 'outlet unknown'}, {dated(article)}"
        left, _ = _LINES[row["row"]][2](row)
        word = judged_by(row)
        head = Text(f"\n{where} ").append(f"{row['row']} {row['id'][:SHORT]}", "dim")
        yield head.append(f", {left}" + (f", {word}" if word else ""))
        spans = row.get("content") or [row["span"]]
        yield Padding(marked(ledger.text(row["article"]), spans), (0, 4))
    if len(shown) > MOST:
        yield Text(f"\nand {len(shown) - MOST} more rows, which --format json names")
    if not shown:
        for row in (r for i in ids if (r := rows.get(i)) is not None and r["row"] == "article"):
            yield Text(f"\n{row['outlet'] or 'outlet unknown'}, {dated(row)} ").append(row["id"][:SHORT], "dim")
            said = [flat(e["text"]) for e in result.get("examples", ()) if e["article"] == row["id"]]
            yield Padding(Text("\n".join(said) or flat(row["title"] or "no title")), (0, 4))


def _passages(ledger: Ledger, result: Row) -> Iterator[RenderableType]:
    """What two articles share, as the earlier one has it."""
    if result["row"] != "copy":
        return
    first = result["articles"][0] or next(i for i in result["between"] if i != result["articles"][1])
    text = ledger.text(first)
    for mine, _ in result["passages"]:
        yield Padding(Text(f"“{flat(text[slice(*mine)])}”"), (1, 4, 0, 4))


def named(value: Any) -> Iterable[str]:
    """Every id of a row or an article that a result names, wherever in it.

    >>> list(named({"rows": ["st_01"], "sides": [{"rows": ["fi_02"], "why": "it is so"}]}))
    ['st_01', 'fi_02']
    """
    if isinstance(value, str):
        if value.partition("_")[0] in PREFIXES and value[2:3] == "_":
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from named(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from named(part)

"""What one outlet has, looked up by the days that matter: its articles, their words as search has them, and their rows.

An outlet may have a hundred thousand articles; who asks what it printed in one week reads those of that week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from parley.store import narrow, query
from parley.store import schema as t
from parley.store.rows import Row
from parley.store.words import fold

if TYPE_CHECKING:
    from parley.store.ledger import Ledger


def called(ledger: Ledger, words: str) -> list[str]:
    """The outlets that are meant by some words: the one of that very name, else all whose names hold them."""
    with ledger._reading() as connection:
        known = query.outlets(connection, words)
    return [o for o in known if fold(o) == fold(words)] or known


def articles(
    ledger: Ledger, outlet: str, *, since: str | None = None, until: str | None = None
) -> list[tuple[str | None, str]]:
    """The articles of an outlet, each with its day as far as that is known."""
    days = query.check_filters("article", {"since": since, "until": until})
    asked = [query.FILTERS["article"][name](t.article, value) for name, value in days.items()]
    wanted = sa.select(t.article.c.published, t.article.c.id).where(t.article.c.outlet == outlet, *asked)
    with ledger._reading() as connection:
        return [(day, id) for day, id in connection.execute(wanted)]


_KINDS = {f"{kind[:2]}_": kind for kind in t.FINDINGS}


class Printed(NamedTuple):
    """Where a row is printed: the outlet and the day, as far as they are known."""

    outlet: str | None
    day: str | None


def printed(ledger: Ledger, rows: Iterable[str]) -> dict[str, Printed]:
    """Where some rows are printed, by their ids; rows that are not here are left out."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for id in dict.fromkeys(rows):
        by_kind[_KINDS.get(id[:3], "")].append(id)
    out: dict[str, Printed] = {}
    with ledger._reading() as connection:
        for kind, ids in by_kind.items():
            if kind in t.FINDINGS:
                table, a = t.FINDINGS[kind], t.article.c
                wanted = sa.select(table.c.id, a.outlet, a.published).join(t.article, a.id == table.c.article)
                here = wanted.where(narrow.among(connection, table.c.id, ids))
                out |= {id: Printed(outlet, day) for id, outlet, day in connection.execute(here)}
    return out


def words_of(ledger: Ledger, ids: Sequence[str]) -> dict[str, str]:
    """The folded words of some articles, what was set aside of them included, with a space at both ends."""
    passage, dropped = t.passage.c, t.dropped.c
    held: dict[str, list[str]] = defaultdict(list)
    with ledger._reading() as connection:
        kept = sa.select(passage.article, passage.text).where(passage.kind == "article").order_by(passage.n)
        for article, text in connection.execute(kept.where(narrow.among(connection, passage.row, ids))):
            held[article].append(text)
        aside = sa.select(dropped.article, dropped.text).where(narrow.among(connection, dropped.article, ids))
        for article, text in connection.execute(aside):
            held[article].append(fold(text))
    # "|" is in no folded text: no words are found across two passages
    return {article: f" {' | '.join(held[article])} " for article in ids}


def rows_of(ledger: Ledger, kind: str, ids: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of one kind in some articles, by article."""
    table = t.FINDINGS[kind]
    out: dict[str, list[Row]] = defaultdict(list)
    with ledger._reading() as connection:
        found = connection.execute(sa.select(table).where(narrow.among(connection, table.c.article, ids))).mappings()
        for row in query.shown(connection, kind, found.all(), judged=False):
            out[row["article"]].append(row)
    return out


def on(days: Iterable[tuple[str | None, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    """Articles by day, the earliest first; and those of which no single day is known.

    >>> on([("2031-03-02", "b"), (None, "c"), ("2031-03-01", "a"), ("2031", "d")])
    ([('2031-03-01', 'a'), ('2031-03-02', 'b')], ['c', 'd'])
    """
    held = list(days)
    known = sorted((day, id) for day, id in held if day is not None and len(day) == len("2031-03-02"))
    dated = {id for _, id in known}
    return known, sorted(id for _, id in held if id not in dated)

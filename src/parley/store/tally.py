"""How much of everything a ledger holds, counted when a build ends and kept, so that no page counts a table of a million rows.

A tally says of which moment it is. Where builds have begun or ended since, or one was killed, `fresh` is false, and pages say so;
where none was kept (a ledger that an older Parley made, or rows that a program added), what is asked for is counted then.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.store import schema as t
from parley.store.sheets import now

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

KEY = "tally"
LOOKED_AT = 20_000
"""Rows of a kind that are enough to say how sure such rows are, to less than one in a hundred."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: `rows` by kind, `articles` by outlet and by day, whole `copies`, what was `dropped` by reason.

    An outlet or a day that is not known is an empty text; a day may be a month or a year. `sure` is of each kind that knows how
    sure it is: the kind, the mean of their confidence, of how many rows.
    """

    at: str
    rows: dict[str, int]
    outlets: list[tuple[str, int]]
    days: list[tuple[str, int]]
    copies: int
    dropped: list[tuple[str, int]]
    sure: list[tuple[str, float, int]]
    fresh: bool = True


def tally(ledger: Ledger) -> Tally:
    """What the last build counted; counted now where none did."""
    held = ledger.state(KEY)
    if held is None:
        return counted(ledger)
    kept = json.loads(held)
    of = kept.pop("of")
    pairs = {k: [tuple(v) for v in kept[k]] for k in ("outlets", "days", "dropped", "sure")}
    return Tally(**kept | pairs, fresh=of == builds(ledger))


def keep(ledger: Ledger) -> None:
    """Count, and keep it for pages to come."""
    of = builds(ledger)  # first, so that a build that begins while this counts makes the tally old
    whole = asdict(counted(ledger))
    del whole["fresh"]
    ledger.note(KEY, json.dumps(whole | {"of": of}, ensure_ascii=False, separators=(",", ":")))


def builds(ledger: Ledger) -> list[Any]:
    """What is another one once a build has begun or ended, or a shard is loaded: how many there are, and when the last ones did."""
    run, state = t.run.c, t.state.c
    shards = sa.select(sa.func.count()).where(state.key >= "shard ", state.key < "shard!").scalar_subquery()
    wanted = sa.select(sa.func.count(), sa.func.max(run.started), sa.func.max(run.finished), shards)
    with ledger._reading() as connection:
        return list(connection.execute(wanted).one())


def counted(ledger: Ledger) -> Tally:
    """What the ledger holds now, table by table."""
    a = t.article.c
    whole = sa.select(sa.func.count()).select_from(t.copy).where(t.copy.c.kind == "whole")
    rows = ledger.counts()
    with ledger._reading() as connection:
        return Tally(
            at=now(),
            rows=rows,
            outlets=sorted(_each(connection, a.outlet), key=lambda o: (-o[1], o[0])),
            days=sorted(_each(connection, a.published)),
            copies=int(connection.execute(whole).scalar_one()),
            dropped=sorted(_each(connection, t.dropped.c.reason), key=lambda r: (-r[1], r[0])),
            sure=list(_how_sure(connection)),
        )


def _each(connection: Connection, column: Any) -> list[tuple[str, int]]:
    """How many rows there are of each value; those without one count as an empty text."""
    found = connection.execute(sa.select(column, sa.func.count()).group_by(column))
    return [(value or "", int(n)) for value, n in found]


def _how_sure(connection: Connection) -> list[tuple[str, float, int]]:
    """Ids are hashes, so the first are any of them."""
    found = []
    for kind, table in t.FINDINGS.items():
        if "confidence" not in table.c:
            continue
        some = sa.select(table.c.confidence).order_by(table.c.id).limit(LOOKED_AT).subquery()
        mean, n = connection.execute(sa.select(sa.func.avg(some.c.confidence), sa.func.count())).one()
        if n:
            found.append((kind, float(mean), int(n)))
    return found

"""Migrations killed: `kill -9` in the middle of every migration, up and down, on a filled ledger of either database.

    python -m benchmarks.reliability.migrations [--write]

A ledger with rows of every kind is brought to the schema before a migration. A child process begins the migration, and is killed when it is
about to run the first, the middle or the last of its statements, or to commit. After each kill every table must hold what it held,
row by row, at the schema at which it was; then the migration is run to its end, and the ledger must be sound.
`--write` puts the table into docs/reliability.md.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from benchmarks.reliability.report import put
from benchmarks.reliability.stores import STORES, places
from parley import build
from parley.engine.sample import sample
from parley.store.ledger import Ledger
from parley.store.migrate import config
from parley.store.opening import engine_at

Way = Literal["upgrade", "downgrade"]
ARTICLES = 6


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: where, and whether everything was as if the migration had not begun, and sound once it was run to its end."""

    store: str
    revision: str
    way: Way
    statement: int
    unharmed: bool


def unprepared(place: str) -> Ledger:
    """The ledger as it lies there, whatever its schema."""
    return Ledger(engine_at(place, create=False), place)


def migrate(place: str, way: Way, to: str, watch: Callable[[int], None] | None = None, *, keep: bool = True) -> int:
    """Run migrations, or only try them; `watch` is told before each statement that changes something, and before the commit.

    Returns how many statements there were.
    """
    seen = 0
    with closing(unprepared(place)) as ledger:

        @sa.event.listens_for(ledger._engine, "before_cursor_execute")
        def count(_c: object, _k: object, statement: str, *_: object) -> None:
            nonlocal seen
            if statement.split()[0].upper() in ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE"):
                if watch is not None:
                    watch(seen)
                seen += 1

        with ledger._writing() as connection:
            getattr(command, way)(config(connection), to)
            if watch is not None:
                watch(seen)
            under_way = connection.get_transaction()
            if under_way is not None and not keep:
                under_way.rollback()
    return seen


def killed(place: str, way: Way, to: str, at: int) -> bool:
    """Begin migrating in a child that kills itself at a statement; False where it came to its end."""

    def end(n: int) -> None:
        if n == at:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            migrate(place, way, to, end)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def state(place: str) -> dict[str, tuple[int, str]]:
    """Every table with how many rows it has and what they say, whatever the schema."""
    with closing(unprepared(place)) as ledger, ledger._reading() as connection:
        tables = [n for n in sa.inspect(connection).get_table_names() if not n.startswith(("passage_", "spelling_"))]
        return {name: _told(connection, name) for name in tables}


def _told(connection: sa.Connection, table: str) -> tuple[int, str]:
    rows = sorted(repr(tuple(row)) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'))
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


def revisions() -> list[str]:
    """The versions of the schema, the oldest first."""
    with tempfile.TemporaryDirectory() as folder, closing(Ledger.open(Path(folder) / "a.db", create=True)) as ledger:
        with ledger._reading() as connection:
            scripts = ScriptDirectory.from_config(config(connection))
        return [script.revision for script in scripts.walk_revisions()][::-1]


def kills(store: str, place: str) -> Iterator[Kill]:
    """Kill every migration on the way down, and every one on the way up again."""
    made = sample()
    build(made.sources[:ARTICLES], place, profile="rules", workers=1, codebook=made.codebooks, series=made.series)
    with Ledger.open(place) as ledger:
        row = next(iter(ledger.statements(limit=1)))
        ledger.judge(row["id"], "correct", by="Ana", changes={"speaker": "Zyta Quell"})
    known = revisions()
    for revision, before in list(zip(known[1:], known, strict=False))[::-1]:
        yield from _one(store, place, revision, "downgrade", before)
    for revision in known[1:]:
        yield from _one(store, place, revision, "upgrade", revision)


def _one(store: str, place: str, revision: str, way: Way, to: str) -> Iterator[Kill]:
    """Kill one migration at several statements, then run it to its end."""
    found = state(place)
    count = migrate(place, way, to, keep=False)
    for at in sorted({0, count // 2, count - 1, count}):
        fell = killed(place, way, to, at)
        yield Kill(store, revision, way, at, fell and state(place) == found)
    migrate(place, way, to)


def measured(store: str) -> list[Kill]:
    """All kills on one database; the ledger is sound in the end."""
    with tempfile.TemporaryDirectory() as folder, places(store, Path(folder)) as make:
        place = make()
        found = list(kills(store, place))
        with Ledger.open(place) as ledger:
            sound = not list(ledger.check())
        return found if sound else [*found, Kill(store, "the end", "upgrade", 0, unharmed=False)]


def table(found: Sequence[Kill]) -> str:
    """A line for each database and way."""
    lines = ["| database | way | migrations | kills | nothing lost, nothing half done |", "|---|---|---|---|---|"]
    whole: Counter[tuple[str, str]] = Counter((k.store, k.way) for k in found)
    for (store, way), count in whole.items():
        some = [k for k in found if (k.store, k.way) == (store, way)]
        migrations = len({k.revision for k in some})
        lines.append(f"| {store} | {way} | {migrations} | {count} | {sum(k.unharmed for k in some)} |")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--store", choices=STORES, action="append")
    given = parser.parse_args(argv)
    found = [kill for store in given.store or STORES for kill in measured(store)]
    print(table(found))
    for kill in found:
        if not kill.unharmed:
            print(f"HARMED: {kill}", file=sys.stderr)
    if given.write:
        put("migrations", table(found))
    return 0 if all(kill.unharmed for kill in found) else 1


if __name__ == "__main__":
    sys.exit(main())

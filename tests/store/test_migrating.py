"""Migrations on a ledger that is filled: nothing is lost on the way down and up, on either database, and a kill leaves all or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from parley.compare.refresh import refresh
from parley.data import Reading
from parley.store import schema
from parley.store.ledger import Ledger
from parley.store.migrate import config, upgrade

MakeReading = Callable[..., Reading]
FOUND = ("articles", "statements", "figures", "positions", "events", "wording", "dates", "actors", "links")
KILLED = """
import os, signal, sys
import sqlalchemy as sa
from parley.store.ledger import Ledger
from parley.store.migrate import config, upgrade
from alembic import command
where, way, to, after = sys.argv[1:]
with Ledger.open(where) as ledger:
    left = int(after)
    @sa.event.listens_for(ledger._engine, "before_cursor_execute")
    def count(connection, cursor, statement, *_):
        global left
        if statement.split()[0] in ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE"):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
    with ledger._writing() as connection:
        getattr(command, way)(config(connection), to)
"""


def filled(place: str, reading: MakeReading) -> None:
    with Ledger.open(place, create=True) as ledger:
        for n in range(4):
            ledger.add(reading(file=f"in/{n}.txt", source_id=str(n)), fingerprint="f", run="ru_1")
        [first, *_] = ledger.statements()
        ledger.judge(first["id"], "correct", by="Ana", changes={"speaker": "Zyta Quell"})
        refresh(ledger)


def held(place: str) -> dict[str, Any]:
    """What a ledger holds, and that it is sound."""
    with Ledger.open(place) as ledger:
        assert list(ledger.check()) == []
        rows = {kind: list(getattr(ledger, kind)()) for kind in FOUND}
        return rows | {"found": [r["id"] for r in ledger.search("road")], "log": list(ledger.judgements())}


def versions() -> list[str]:
    """The versions of the schema, the oldest first."""
    with Ledger.open(":memory:", create=True) as ledger, ledger._reading() as connection:
        walked = ScriptDirectory.from_config(config(connection)).walk_revisions()
        return [script.revision for script in walked][::-1]


def down(place: str, to: str) -> None:
    with Ledger.open(place) as ledger, ledger._writing() as connection:
        command.downgrade(config(connection), to)


@pytest.mark.parametrize("to", ["0005", "0004"])
def test_a_filled_ledger_goes_down_and_up_again_and_nothing_is_lost(
    ledger_place: str, reading: MakeReading, to: str
) -> None:
    filled(ledger_place, reading)
    before = held(ledger_place)
    down(ledger_place, to)
    assert held(ledger_place) == before  # opening it brings it up again


def test_what_a_first_ledger_had_room_for_stays(ledger_place: str, reading: MakeReading) -> None:
    filled(ledger_place, reading)
    before = held(ledger_place)
    down(ledger_place, "0001")
    after = held(ledger_place)
    assert [r["id"] for r in after["statements"]] == [r["id"] for r in before["statements"]]
    assert after["found"] == before["found"]
    assert after["figures"] == before["figures"]


@pytest.mark.parametrize("way", ["downgrade", "upgrade"])
@pytest.mark.parametrize("after", [0, 3, 11])
def test_a_migration_that_is_killed_is_as_if_it_had_not_begun(
    ledger_place: str, reading: MakeReading, way: str, after: int
) -> None:
    filled(ledger_place, reading)
    before = held(ledger_place)
    killed(ledger_place, way, after)
    assert version(ledger_place) == (schema.VERSION if way == "downgrade" else "0004")
    assert held(ledger_place) == before


def killed(place: str, way: str, after: int) -> None:
    if way == "upgrade":
        down(place, "0004")
        code = KILLED.replace("with Ledger.open(where) as ledger:", "with unprepared(where) as ledger:")
        code = "from unprepared import unprepared\n" + code
    else:
        code = KILLED
    arguments = [place, way, "0004" if way == "downgrade" else "head", str(after)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=False, timeout=100)
    assert done.returncode == -signal.SIGKILL


def version(place: str) -> str | None:
    from unprepared import unprepared

    with unprepared(place) as ledger:
        return ledger.version


def test_every_migration_stands_in_line() -> None:
    assert versions() == sorted(versions())
    assert versions()[-1] == schema.VERSION


def test_an_upgrade_in_a_transaction_that_fails_leaves_the_older_schema(
    ledger_place: str, reading: MakeReading
) -> None:
    filled(ledger_place, reading)
    down(ledger_place, "0004")
    from unprepared import unprepared

    def broken(ledger: Ledger) -> None:
        with ledger._writing() as connection:
            upgrade(connection)
            raise RuntimeError

    with unprepared(ledger_place) as ledger:
        with pytest.raises(RuntimeError):
            broken(ledger)
        assert ledger.version == "0004"
        with ledger._reading() as connection:
            assert not sa.inspect(connection).has_table("linked")

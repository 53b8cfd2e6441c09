"""A ledger is opened wherever it can be read, and says what to do where it cannot be written; no password is ever told."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from parley.data import Reading
from parley.errors import LedgerError
from parley.store import opening, schema
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]

READS = """
import os, sys
from parley.errors import ParleyError
from parley.store.ledger import Ledger

def ask(where):
    with Ledger.open(where) as ledger:
        print(len(list(ledger.statements())), "statements,", len(list(ledger.check())), "problems,", len(list(ledger.search("road"))), "found")
        ledger.note("key", "value")

ask(sys.argv[2])  # a copy: what must be loaded is, before this is somebody who may not read the interpreter's folder
print("---")
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    ask(sys.argv[1])
except ParleyError as error:
    print(error)
"""


@pytest.fixture
def shelf(tmp_path_factory: pytest.TempPathFactory, reading: MakeReading) -> Path:
    """A folder that everybody can reach, with a ledger."""
    folder = Path(tempfile.mkdtemp(prefix="parley-shelf-"))
    with Ledger.open(folder / "held.db", create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="ru_1")
    return folder


def asked_by_nobody(where: Path) -> str:
    """What a process of a user without rights says of a ledger."""
    if os.geteuid() != 0:
        pytest.skip("only root can become a user without rights")
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(where, Path(folder) / "copy.db")
        Path(copy).chmod(0o600)
        with sqlite3.connect(copy) as connection:
            connection.execute(f"UPDATE alembic_version SET version_num = '{schema.VERSION}'")
        connection.close()
        code = [sys.executable, "-c", READS, str(where), str(copy)]
        done = subprocess.run(code, capture_output=True, text=True, timeout=100, check=False)
    return done.stdout.partition("---")[2] + done.stderr


@pytest.mark.parametrize("folder_mode", [0o555, 0o777], ids=["folder closed", "folder open"])
def test_a_ledger_that_can_only_be_read_is_read_and_says_what_to_do(shelf: Path, folder_mode: int) -> None:
    (shelf / "held.db").chmod(0o444)
    shelf.chmod(folder_mode)
    told = asked_by_nobody(shelf / "held.db")
    assert "statements, 0 problems" in told
    assert "0 found" not in told
    assert "can only be read: this user may not write the file. Copy it" in told
    assert [f.name for f in shelf.iterdir()] == ["held.db"]
    shutil.rmtree(shelf)


def test_a_folder_that_cannot_be_written_is_said_to_be_so(shelf: Path) -> None:
    (shelf / "held.db").chmod(0o666)
    shelf.chmod(0o555)
    told = asked_by_nobody(shelf / "held.db")
    assert "statements, 0 problems" in told
    assert "may not write the folder" in told
    shutil.rmtree(shelf)


def test_an_older_ledger_that_cannot_be_written_says_how_it_can_be_opened(shelf: Path) -> None:
    with sqlite3.connect(shelf / "held.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
    connection.close()
    (shelf / "held.db").chmod(0o444)
    shelf.chmod(0o555)
    assert "written by an older Parley" in asked_by_nobody(shelf / "held.db")
    shutil.rmtree(shelf)


def test_a_locked_ledger_names_who_holds_it(
    tmp_path: Path, reading: MakeReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "held.db"
    with Ledger.open(where, create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="ru_1")
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE'); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(where)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        other.stdout.readline()
        monkeypatch.setattr(opening, "PATIENCE", 0.2)
        with Ledger.open(where) as ledger:
            assert ledger.statements()  # reading goes on
            with pytest.raises(LedgerError, match="being written by") as raised:
                ledger.note("key", "value")
        if Path("/proc/locks").exists():
            assert f"(process {other.pid})" in str(raised.value)
        other.communicate("\n")
    with Ledger.open(where) as ledger:
        ledger.note("key", "value")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ana:s3cr3t@127.0.0.1:1/none",
        "postgresql://ana:s3@cr3t@127.0.0.1:1/none",
        "postgresql+psycopg://ana:s3cr3t@127.0.0.1:1/none",
        "postgresql://127.0.0.1:1/none?user=ana&password=s3cr3t",
        "postgresql://ana:s3cr3t@127.0.0.1:port/none",
        "postgres://ana:s3cr3t@[::1/none",
    ],
)
def test_a_password_is_told_nowhere(address: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(LedgerError) as raised:
        Ledger.open(address, create=True)
    said = [str(raised.value), repr(raised.value.__cause__), opening.without_password(address), caplog.text]
    assert not any("cr3t" in s for s in said)


def test_what_is_not_an_address_is_told_as_it_is() -> None:
    assert opening.without_password("/home/ana/parley.db") == "/home/ana/parley.db"


@pytest.mark.postgres
def test_no_article_stands_in_an_error_of_the_database(postgres: str) -> None:
    wrong = sa.text("SELECT 1 / (length(:words) - 12)")
    with Ledger.open(postgres, create=True) as ledger, ledger._reading() as held, pytest.raises(sa.exc.DBAPIError) as r:
        held.execute(wrong, {"words": "confidential"})
    assert "confidential" not in str(r.value)

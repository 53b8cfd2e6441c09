"""Reaching a ledger's database: a SQLite file, which may be one that can only be read, or PostgreSQL by its address.

SQLite runs with a write-ahead log and `synchronous=FULL`: what was written is on the disk, and neither a killed process nor a power cut
loses it; some articles are written at once, so this costs no time that could be measured. PostgreSQL keeps its own `synchronous_commit`.
A file, or a folder, that this user cannot write is opened for reading.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine

from parley.errors import LedgerError

PATIENCE = 60.0
"""Seconds that a writer waits for another one to be done with a SQLite file."""

_SECRETS = re.compile(r"((?:pass(?:word|file)?|sslpassword|secret|token)=)[^&\s]*", re.IGNORECASE)
_USERINFO = re.compile(r"(\w[\w+.-]*://[^:/?#@\s]*:)[^\s]*@")
_POSTGRES = re.compile(r"postgres(?:ql)?(?:\+\w+)?:")
_ADDRESS = re.compile(r"\w[\w+.-]*://")


def engine_at(where: str, *, create: bool) -> Engine:
    """The engine for the ledger at a path or address; raises LedgerError where there is none to be had."""
    if _POSTGRES.match(where):
        return _postgres(where)
    if _ADDRESS.match(where):
        raise LedgerError(f"{without_password(where)} is no ledger: name a file, or postgresql://USER@HOST/DATABASE")
    return _sqlite(where, create)


def without_password(where: str) -> str:
    """Where a ledger is, as it may be told: no password stands in it, wherever in an address it was given.

    >>> without_password("postgresql://ana:se@cret@host/base?sslmode=require&password=x")
    'postgresql://ana:***@host/base?sslmode=require&password=***'
    """
    return _SECRETS.sub(r"\1***", _USERINFO.sub(r"\1***@", where)) if "://" in where else where


def told(error: BaseException, where: str) -> str:
    """What a database says of an error, in one line, without a password that stands in the ledger's address."""
    said = " ".join(str(getattr(error, "orig", None) or error).split())
    for secret in _secrets(where):
        said = said.replace(secret, "***")
    return without_password(said)


def _secrets(where: str) -> list[str]:
    if "://" not in where:
        return []
    try:
        url = sa.make_url(where)
    except (sa.exc.ArgumentError, ValueError):
        return []
    given = [url.password, *(url.query.get(k) for k in ("password", "sslpassword"))]
    return [str(s) for s in given if s]


# --- SQLite -----------------------------------------------------------------------------------------------------------


def _sqlite(where: str, create: bool) -> Engine:
    path = Path(where)
    if not path.exists():
        if not create:
            raise LedgerError(f"there is no ledger at {where}: make one with `parley build SOURCE... -l {where}`")
        if not path.parent.is_dir():
            raise LedgerError(f"there is no folder {path.parent} to make the ledger {path.name} in")
    if path.is_dir():
        raise LedgerError(f"{where} is a folder, not a ledger: name a file in it, such as {path / 'parley.db'}")
    if not can_write(where):
        url = URL.create("sqlite", database=_only_read(path), query={"uri": "true"})
    else:
        url = URL.create("sqlite", database=where)
    engine = sa.create_engine(url, connect_args={"timeout": PATIENCE}, hide_parameters=True)
    sa.event.listen(engine, "connect", _connected)
    sa.event.listen(engine, "begin", _begins)
    return engine


def can_write(where: str) -> bool:
    """True where this user can write a SQLite file and, for its log, the folder that it is in."""
    path = Path(where)
    if "://" in where or not path.exists():
        return True
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _only_read(path: Path) -> str:
    """The address by which SQLite only reads a file.

    Without a log beside it nobody is writing, and SQLite is told to expect no change; else it would make files in the folder.
    """
    log = path.with_name(f"{path.name}-wal")
    held = log.exists() and log.stat().st_size > 0
    return f"{path.absolute().as_uri()}?{'mode=ro' if held else 'immutable=1'}"


def _connected(connection: Any, _: object) -> None:
    connection.isolation_level = None  # sqlite3 would begin and commit by itself, around tables not at all
    connection.create_function("lower", 1, _lower, deterministic=True)  # SQLite's own knows ASCII only
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error):
            raise


def _lower(value: str | None) -> str | None:
    return None if value is None else str(value).lower()


def _begins(connection: Connection) -> None:
    # a writer takes its turn at once: one that first reads could find that another has written, and fail
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Raises LedgerError with what to do where a SQLite file is locked, or this user may only read, in here."""
    try:
        yield
    except sa.exc.ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != "42501":
            raise
        raise LedgerError(
            f"{where}: this user may not do that ({told(error, where)}). Its owner can let them: parley roles reviewer USER to"
            " judge and collect, parley roles owner USER to build"
        ) from None
    except sa.exc.OperationalError as error:
        said = str(error.orig).lower()
        if not isinstance(error.orig, sqlite3.Error) or not ("locked" in said or "readonly" in said):
            raise
        if "readonly" in said:
            raise LedgerError(f"{where} can only be read: {_how_to_write(Path(where))}") from error
        by = ", ".join(holders(where)) or "another program"
        raise LedgerError(
            f"{where} is being written by {by}, which did not let go of it for {PATIENCE:.0f} s: wait until that is done, or end it,"
            " and give the same command again. Nothing is lost"
        ) from error


def _how_to_write(path: Path) -> str:
    if not os.access(path, os.W_OK):
        return f"this user may not write the file. Copy it to a folder of yours (parley ... -l COPY), or ask its owner for {path.name}"
    return f"this user may not write the folder {path.absolute().parent}, where SQLite keeps its log. Copy the ledger to a folder of yours"


def holders(where: str) -> list[str]:
    """The processes that hold locks on a SQLite file, by name and number, as far as this machine tells."""
    files = [Path(f"{where}{ending}") for ending in ("", "-wal", "-shm")]
    inodes = {str(f.stat().st_ino) for f in files if f.exists()}
    try:
        locks = Path("/proc/locks").read_text(encoding="ascii", errors="replace")
    except OSError:
        return []
    found = {}
    for line in locks.splitlines():
        fields = line.replace("->", "").split()
        if len(fields) > 5 and fields[5].rpartition(":")[2] in inodes and int(fields[4]) not in (os.getpid(), -1):
            found[fields[4]] = f"{_called(fields[4])} (process {fields[4]})"
    return list(found.values())


def _called(process: str) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return "a program"


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


def _postgres(where: str) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise LedgerError("PostgreSQL needs its driver: pip install 'parley-ledger[postgres]'") from error
    if where.partition("://")[2].partition("/")[0].count("@") > 1:
        raise LedgerError("an @ in the user or password of a PostgreSQL address must be written %40, a / %2F, a : %3A")
    try:
        url = sa.make_url(where).set(drivername="postgresql+psycopg")
    except (sa.exc.ArgumentError, ValueError):
        # `from None`: the driver's own error repeats the address, with its password
        raise LedgerError("this is no PostgreSQL address; write postgresql://USER@HOST/DATABASE") from None
    engine = sa.create_engine(url, hide_parameters=True)
    sa.event.listen(engine, "connect", _plain)
    return engine


def _plain(connection: Any, _: object) -> None:
    """Have the server run queries as they are: to compile one takes longer than a page may."""
    connection.execute("SET jit = off")
    connection.commit()

"""Is everything there that Parley needs, and is a ledger sound?"""

from __future__ import annotations

import hashlib
import json
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from parley._version import __version__
from parley.errors import LedgerError
from parley.store.ledger import Ledger

Told = Callable[[int, int], None]

Finding = tuple[bool | None, str]
"""Good, wrong, or (None) not there to be checked; and what was found."""


def checkup(ledger: str, told: Told | None = None) -> Iterator[Finding]:
    """One line for each thing looked at; `told` hears how many of how many articles have been."""
    yield sys.version_info >= (3, 11), f"Python {platform.python_version()}, Parley {__version__}"
    yield from _sqlite()
    yield from _models(Path(str(import_module("parley").__file__)).parent / "models")
    yield from _ledger(ledger, told)


def _sqlite() -> Iterator[Finding]:
    with sqlite3.connect(":memory:") as connection:
        for words in ("unicode61", "trigram"):
            try:
                connection.execute(f"CREATE VIRTUAL TABLE {words}_test USING fts5(text, tokenize='{words}')")
            except sqlite3.OperationalError as error:
                yield False, f"SQLite {sqlite3.sqlite_version} cannot search ({words}): {error}"
            else:
                yield True, f"SQLite {sqlite3.sqlite_version} with FTS5 {words}"
    connection.close()


def _models(folder: Path) -> Iterator[Finding]:
    manifests = sorted(folder.glob("*/manifest.json")) if folder.is_dir() else []
    if not manifests:
        yield None, "no trained models: rules do the work"
    for manifest in manifests:
        told = json.loads(manifest.read_text(encoding="utf-8"))
        files: dict[str, object] = told.get("files", {})
        wrong = [name for name, entry in files.items() if not _as_told(manifest.parent / name, entry)]
        yield (
            not wrong,
            f"model {manifest.parent.name}" + (f": {', '.join(wrong)} not as its manifest says" if wrong else ""),
        )


def _as_told(path: Path, entry: object) -> bool:
    sha256 = entry.get("sha256") if isinstance(entry, dict) else entry
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


WRONG = 100
"""Problems that are told one by one; further ones are counted."""


def _ledger(where: str, told: Told | None) -> Iterator[Finding]:
    if "://" not in where and not Path(where).exists():
        yield None, f"no ledger at {where} to check"
        return
    try:
        with Ledger.open(where) as ledger:
            yield True, f"{_database(ledger)}, schema {ledger.version}"
            count = 0
            for problem in ledger.check(told=told):
                count += 1
                if count <= WRONG:
                    yield False, problem
            if count > WRONG:
                yield False, f"{count - WRONG:,} more problems in {ledger.where}"
            if not count:
                counts = ", ".join(f"{n:,} {kind}s" for kind, n in ledger.counts().items() if n)
                held = f"every span is its text, every source its hash ({counts or 'empty'})"
                yield True, f"ledger {ledger.where}: {held}"
    except LedgerError as error:
        yield False, str(error)


def _database(ledger: Ledger) -> str:
    """What keeps a ledger, and how sure of the disk it is."""
    with ledger._reading() as connection:
        if connection.dialect.name == "sqlite":
            log, sure = (connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "synchronous"))
            names = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
            return f"SQLite, journal_mode {log}, synchronous {names.get(int(sure or 0), sure)}"
        version = connection.exec_driver_sql("SHOW server_version").scalar()
        sure = connection.exec_driver_sql("SHOW synchronous_commit").scalar()
        fast = connection.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'").scalar()
        parts = "" if fast else "; no pg_trgm: parts of words and of names are found by reading everything"
        return f"PostgreSQL {version}, synchronous_commit {sure}{parts}"

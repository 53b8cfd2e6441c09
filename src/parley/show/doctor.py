"""Is everything there that Parley needs, and is a ledger sound?"""

from __future__ import annotations

import hashlib
import json
import platform
import sqlite3
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from parley._version import __version__
from parley.errors import LedgerError
from parley.store.ledger import Ledger

Finding = tuple[bool | None, str]
"""Good, wrong, or (None) not there to be checked; and what was found."""


def checkup(ledger: str) -> Iterator[Finding]:
    """One line for each thing looked at."""
    yield sys.version_info >= (3, 11), f"Python {platform.python_version()}, Parley {__version__}"
    yield from _sqlite()
    yield from _models(Path(str(import_module("parley").__file__)).parent / "models")
    yield from _ledger(ledger)


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


def _ledger(where: str) -> Iterator[Finding]:
    if "://" not in where and not Path(where).exists():
        yield None, f"no ledger at {where} to check"
        return
    try:
        with Ledger.open(where) as ledger:
            problems = list(ledger.check())
            counts = ", ".join(f"{n} {kind}s" for kind, n in ledger.counts().items() if n)
    except LedgerError as error:
        yield False, str(error)
        return
    yield from ((False, told) for told in problems)
    if not problems:
        yield True, f"ledger {ledger.where}: every span is its text, every source its hash ({counts or 'empty'})"

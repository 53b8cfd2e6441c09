"""Bringing a ledger's schema up to date. Alembic is imported here only, when there is something to do."""

from __future__ import annotations

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection


def config(connection: Connection) -> Config:
    """Alembic's settings for this connection: the migrations that are shipped with Parley."""
    made = Config()
    made.set_main_option("script_location", str(files("parley.store").joinpath("migrations")).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection, to: str = "head") -> None:
    """Upgrade within the connection's transaction; two processes that open one empty database take turns."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7295631)"))
    command.upgrade(config(connection), to)

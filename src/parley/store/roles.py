"""Who may do what in a PostgreSQL ledger: readers read, reviewers judge besides, owners do everything.

Three roles without login hold the rights, and people's own users are members. What was read (sources, articles, runs) and the schema can be
changed by owners alone. Reviewers add to the log of judgements, and nobody but an owner can change or take
out what stands in it; they write what a judgement shows (findings, actors, what search finds, comparisons), and dossiers.
A SQLite file has no users: there its file's permissions decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.errors import UsageError
from parley.store import schema as t

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

Articles = TypeVar("Articles", bound="sa.Select[Any]")
Role = Literal["reader", "reviewer", "owner"]
ROLES: dict[Role, str] = {"reader": "parley_reader", "reviewer": "parley_reviewer", "owner": "parley_owner"}
"""The roles, and what they are called in the database server."""

ADDED = ("judgement",)
"""Tables to which reviewers add rows, and of which they change none."""

WRITTEN = (
    *t.FINDINGS,
    "name",
    "judged",
    "anchored",
    "actor",
    "link",
    "linked",
    "name_block",
    "compared",
    "passage",
    "state",
)
"""Tables whose rows a judgement changes."""

MADE = ("compared", "member", "touched", "result", "rests", "meant", "sketch", "shelf", "bucket", "copy")
"""Tables that hold what comparing gives; it is made anew of the rows after a judgement, and can be at any time."""

PEOPLES = ("dossier",)
"""First letters of the tables that hold what people put together."""


def statements() -> Iterator[str]:
    """The SQL that makes the roles and gives them their rights, in a ledger's database; it can be run again."""
    for role in ROLES.values():
        missing = f"IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}')"  # noqa: S608
        yield f"DO $$ BEGIN {missing} THEN CREATE ROLE {role} NOLOGIN; END IF; END $$"
    reader, reviewer, owner = ROLES.values()
    yield f"GRANT {reader} TO {reviewer}"
    yield f"GRANT {reviewer} TO {owner}"
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {reader}"
    yield f"GRANT CREATE ON SCHEMA public TO {owner}"
    tables = [*t.metadata.tables, "alembic_version"]
    for table in tables:
        yield f'ALTER TABLE "{table}" OWNER TO {owner}'
        yield f'REVOKE ALL ON "{table}" FROM PUBLIC, {reader}, {reviewer}'
        yield f'GRANT SELECT ON "{table}" TO {reader}'
    for table in tables:
        if table in ADDED:
            yield f'GRANT INSERT ON "{table}" TO {reviewer}'
        elif table in (*WRITTEN, *MADE) or table.startswith(PEOPLES):
            yield f'GRANT INSERT, UPDATE, DELETE ON "{table}" TO {reviewer}'
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {reviewer}"


def kept(connection: Connection, articles: Articles) -> Articles:
    """The same articles, which PostgreSQL keeps as they are until the transaction ends; SQLite has one writer anyway.

    Else another build could read one anew between our reading it and our noting what we made of it, and nobody would look at it again. To
    keep rows asks for the right to change them, which reviewers have not: what they compare after a judgement is not kept so.
    """
    if connection.dialect.name != "postgresql":
        return articles
    if not connection.execute(sa.select(sa.func.has_table_privilege("article", "UPDATE"))).scalar():
        return articles
    return articles.with_for_update(read=True, key_share=True, of=t.article)


def arrange(ledger: Ledger) -> None:
    """Make the roles, and give them their rights in this ledger; who does it needs CREATEROLE, and must own the tables or be superuser."""
    with ledger._writing() as connection:
        _only_postgres(connection)
        for n, statement in enumerate(statements()):
            connection.exec_driver_sql(statement)
            if n == len(ROLES) - 1 and not _is_superuser(connection):
                # who is no superuser hands tables over only to a role of their own
                connection.exec_driver_sql(f"GRANT {ROLES['owner']} TO CURRENT_USER")


def give(ledger: Ledger, role: Role, users: Sequence[str]) -> None:
    """Make users of the database server members of one role, and of no other; raises UsageError where one is not known."""
    with ledger._writing() as connection:
        _only_postgres(connection)
        known = set(connection.execute(sa.text("SELECT rolname FROM pg_roles")).scalars())
        for user in users:
            if user not in known:
                raise UsageError(
                    f'{user!r} is no user of this server: CREATE ROLE "{user}" LOGIN makes one, \\password sets a password'
                )
            quoted = connection.dialect.identifier_preparer.quote_identifier(user)
            for other in ROLES.values():
                connection.exec_driver_sql(f"REVOKE {other} FROM {quoted}")
            connection.exec_driver_sql(f"GRANT {ROLES[role]} TO {quoted}")


def members(ledger: Ledger) -> dict[Role, list[str]]:
    """Who has which role."""
    wanted = sa.text(
        "SELECT m.rolname FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member "
        "WHERE r.rolname = :role AND m.rolname NOT LIKE 'parley\\_%' ORDER BY 1"
    )
    with ledger._reading() as connection:
        _only_postgres(connection)
        return {role: list(connection.execute(wanted, {"role": called}).scalars()) for role, called in ROLES.items()}


def _only_postgres(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        raise UsageError("a SQLite file has no users: give the file and its folder the permissions that people need")


def _is_superuser(connection: Connection) -> bool:
    return bool(connection.execute(sa.text("SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER")).scalar())

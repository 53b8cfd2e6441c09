"""Who may do what in a PostgreSQL ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.common import DEFAULT, LedgerOption, app, data, one_of


@app.command()
def roles(
    role: Annotated[str | None, typer.Argument(help="reader, reviewer or owner; without it, who has which.")] = None,
    users: Annotated[list[str] | None, typer.Argument(help="Users of the database server who get it.")] = None,
    ledger: LedgerOption = DEFAULT,
    sql: Annotated[bool, typer.Option("--sql", help="Print the SQL that arranges it, and do nothing.")] = False,
) -> None:
    """Say who may read, judge or own a PostgreSQL ledger."""
    from parley.store import roles as known
    from parley.store.ledger import Ledger

    if sql:
        with data() as out:
            out.write("".join(f"{statement};\n" for statement in known.statements()).encode())
        return
    given = one_of("ROLE", role, tuple(known.ROLES)) if role else None
    with Ledger.open(ledger) as held:
        if given:
            known.arrange(held)
            known.give(held, given, users or [])
        told = known.members(held)
    with data() as out:
        for name, members in told.items():
            out.write(f"{name:10}{', '.join(members) or '-'}\n".encode())

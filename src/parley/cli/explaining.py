"""One row in full."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.common import DEFAULT, LedgerOption, app, data

COMPARED = ("re_", "cp_", "mi_", "di_")
"""First letters of the ids of what several rows or articles came to."""


@app.command()
def explain(
    row_id: Annotated[str, typer.Argument(help="A row's id, or its first letters.", metavar="ROW_ID")],
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Show where a row stands, how it was found and how to check it."""
    from parley.errors import UsageError
    from parley.show.judging import with_words
    from parley.show.terminal import console
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held:
        row = held.row(row_id)
        if row is None and row_id.startswith(COMPARED):
            raise UsageError(f"{row_id!r} is what comparing found, not a row: explain one of the rows that it names")
        if row is None:
            raise UsageError(f"{held.where} has no one row {row_id!r}; `parley show` and `parley search` print ids")
        with data():
            console().print(with_words(held, row))

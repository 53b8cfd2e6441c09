"""One row in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.common import DEFAULT, LedgerOption, app, data

if TYPE_CHECKING:
    from rich.console import RenderableType


@app.command()
def explain(
    row_id: Annotated[str, typer.Argument(help="A row's id, or its first letters.", metavar="ROW_ID")],
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Show where a row stands, how it was found and how to check it; of what comparing found, why and from which rows."""
    from parley.errors import UsageError
    from parley.show.judging import with_words
    from parley.show.results import explained_result, is_result, result
    from parley.show.terminal import console
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held:
        told: RenderableType | None = None
        if is_result(row_id):
            found = result(held, row_id)
            told = None if found is None else explained_result(held, *found)
        elif (row := held.row(row_id)) is not None:
            told = with_words(held, row)
        if told is None:
            raise UsageError(f"{held.where} has no one row {row_id!r}; `parley show` and `parley search` print ids")
        with data():
            console().print(told)

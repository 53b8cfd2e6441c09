"""What is taken out of a ledger, and judgements that are taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parley.cli.common import DEFAULT, LedgerOption, app, data, one_of, say, tell_lost


@app.command()
def export(
    ledger: LedgerOption = DEFAULT,
    format: Annotated[str, typer.Option("--format", help="jsonl, csv or parquet.")] = "jsonl",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file; for csv and parquet a folder.")] = None,
    judgements: Annotated[
        str | None, typer.Option("--judgements", help="Write people's judgements to this file instead.", metavar="FILE")
    ] = None,
) -> None:
    """Write every row of a ledger: JSON Lines, or a file for each table."""
    from parley.errors import UsageError
    from parley.export import jsonl, tables
    from parley.store.ledger import Ledger

    if judgements is not None:
        _export_judgements(ledger, judgements)
        return
    one_of("--format", format, ("jsonl", "csv", "parquet"))
    if format != "jsonl" and output is None:
        raise UsageError(f"{format} writes a file for each table: name a folder with -o")
    with Ledger.open(ledger) as held:
        if output is None:
            with data() as out:
                jsonl.write(held, out)
        else:
            count = jsonl.save(held, output) if format == "jsonl" else tables.export(held, format, output)
            say(f"{count} rows written to {output}")


def _export_judgements(ledger: str, where: str) -> None:
    from parley.export.judgements import save
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held, data():
        count = save(held, where)
    say(f"{count} judgements written to {'standard output' if where == '-' else where}")


@app.command("import")
def import_(
    file: Annotated[str, typer.Argument(help="A file that --judgements wrote; - for standard input.", metavar="FILE")],
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Take in judgements that people made in another ledger."""
    from parley.export.judgements import read
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held:
        told = held.take_in(read(file))
        held.refresh()
    say(f"{told['new']} judgements taken in, {told['known']} were here already")
    tell_lost(ledger)

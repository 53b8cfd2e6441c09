"""What is taken out of a ledger, and judgements that are taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parley.cli.common import DEFAULT, LedgerOption, app, data, say, tell_lost


def _formats() -> list[str]:
    """The names of formats, for shells that complete them."""
    from parley.export.formats import FORMATS

    return list(FORMATS)


@app.command()
def export(
    ledger: LedgerOption = DEFAULT,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            help="jsonl, csv, parquet, webanno, schemaorg, ftm, brat, docbin or labelstudio (docs/exports.md).",
            autocompletion=_formats,
        ),
    ] = "jsonl",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="A file; for csv, parquet, brat, docbin and labelstudio a folder.", metavar="PATH"
        ),
    ] = None,
    offline: Annotated[
        bool,
        typer.Option("--offline", help="webanno, schemaorg: write the context into the file, not its web address."),
    ] = False,
    judgements: Annotated[
        str | None, typer.Option("--judgements", help="Write people's judgements to this file instead.", metavar="FILE")
    ] = None,
) -> None:
    """Write every row of a ledger: as JSON Lines, as tables, as linked data, or for an annotation tool."""
    from parley.export import formats
    from parley.store.ledger import Ledger

    if judgements is not None:
        _export_judgements(ledger, judgements)
        return
    made = formats.format_of(format, offline=offline)
    with Ledger.open(ledger) as held:
        if output is None:
            with data() as out:
                formats.write(held, format, out, offline=offline)
        else:
            count = formats.save(held, format, output, offline=offline)
            say(f"{count} {made.counts} written to {output}")


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

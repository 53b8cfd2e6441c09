"""What is taken out of a ledger, and what people made elsewhere that is taken in."""

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
            help="jsonl, csv, parquet, webanno, schemaorg, ftm, brat, docbin, labelstudio or dossier (docs/exports.md).",
            autocompletion=_formats,
        ),
    ] = "jsonl",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="A file, or - (standard output); for csv, parquet, brat, docbin, labelstudio and dossier a folder.",
            metavar="PATH",
        ),
    ] = None,
    offline: Annotated[
        bool,
        typer.Option("--offline", help="webanno, schemaorg: write the context into the file, not its web address."),
    ] = False,
    judgements: Annotated[
        str | None, typer.Option("--judgements", help="Write people's judgements to this file instead.", metavar="FILE")
    ] = None,
    dossiers: Annotated[
        str | None,
        typer.Option("--dossiers", help="Write every dossier to this file instead, to be imported.", metavar="FILE"),
    ] = None,
) -> None:
    """Write every row of a ledger: as JSON Lines, as tables, as linked data, or for an annotation tool."""
    from parley.export import formats
    from parley.show.progress import looked_at
    from parley.store.ledger import Ledger

    if judgements is not None or dossiers is not None:
        if judgements is not None:
            _export_judgements(ledger, judgements)
        if dossiers is not None:
            _export_dossiers(ledger, dossiers)
        return
    made = formats.format_of(format, offline=offline)
    with Ledger.open(ledger) as held:
        if output is None or str(output) == "-":
            with data() as out:
                formats.write(held, format, out, offline=offline)
        else:
            with looked_at("rows written") as told:
                count = formats.save(held, format, output, offline=offline, told=told)
            say(f"{count} {made.counts} written to {output}")


def _export_judgements(ledger: str, where: str) -> None:
    from parley.export.carried import save
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held, data():
        count = save(held.carried(), where)
    say(f"{count} judgements written to {'standard output' if where == '-' else where}")


def _export_dossiers(ledger: str, where: str) -> None:
    from parley.export.carried import save
    from parley.store.dossiers.carried import carried
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held, data():
        rows = list(carried(held))
        save(rows, where)
    count = sum(r["row"] == "dossier" for r in rows)
    say(f"{count} dossiers written to {'standard output' if where == '-' else where}")


@app.command("import")
def import_(
    file: Annotated[
        str,
        typer.Argument(
            help="A file of judgements or dossiers, as export wrote it; - for standard input.", metavar="FILE"
        ),
    ],
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Take in judgements and dossiers that people made in another ledger."""
    from parley.export.carried import read
    from parley.store.dossiers.carried import take_in
    from parley.store.ledger import Ledger

    rows = list(read(file))
    judged = [r for r in rows if r["row"] == "judgement"]
    collected = [r for r in rows if r["row"] != "judgement"]
    with Ledger.open(ledger) as held:
        told = held.take_in(judged) if judged or not collected else None
        if collected:
            kept = take_in(held, collected)
        if told is not None:
            held.refresh()
    if told is not None:
        say(f"{told['new']} judgements taken in, {told['known']} were here already")
    if collected:
        say(f"{kept['new']} dossiers and rows in them taken in, {kept['known']} were here already")
    tell_lost(ledger)

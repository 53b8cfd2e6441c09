"""Dossiers: what people collect from a ledger, in their order, to take along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parley.cli.common import DEFAULT, LedgerOption, app, data, one_of, say

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

dossier = typer.Typer(help="Collect rows in named dossiers, order and annotate them, and take them along.")
app.add_typer(dossier, name="dossier", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A dossier's name.", metavar="NAME")]
Number = Annotated[int, typer.Argument(help="The entry's number, as `parley dossier show` prints it.", min=1)]


@dossier.command("list")
def list_(
    ledger: LedgerOption = DEFAULT,
    format: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
) -> None:
    """The dossiers of a ledger, the last changed first."""
    one_of("--format", format, ("table", "json"))
    with _opened(ledger) as held:
        found = held.dossiers()
        if format == "json":
            _json(found)
        elif found:
            from parley.show.dossiers import dossiers_table

            _print(dossiers_table(found))
        else:
            say(f"{held.where} has no dossier so far: parley dossier add NAME ROW... makes one")


@dossier.command()
def show(
    name: Name,
    ledger: LedgerOption = DEFAULT,
    format: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
) -> None:
    """What is in a dossier, in its order, and which rows the ledger does not have any more."""
    one_of("--format", format, ("table", "json"))
    with _opened(ledger) as held:
        if format == "json":
            _json(held.dossier(name))
            return
        from parley.export.dossier.sheet import sheet_of
        from parley.show.dossiers import loud, sheet_lines

        whole = sheet_of(held, name)
        _print(sheet_lines(whole))
        for line in loud(whole):
            say(f"parley: {line}")


@dossier.command()
def add(
    name: Name,
    rows: Annotated[list[str], typer.Argument(help="Ids of rows, or their first letters.", metavar="ROW...")],
    ledger: LedgerOption = DEFAULT,
    note: Annotated[str, typer.Option(help="A note to each of them.")] = "",
    by: Annotated[str | None, typer.Option(envvar="PARLEY_BY", help="Who collects.")] = None,
) -> None:
    """Collect rows at the end of a dossier; it is made where there is none of that name."""
    with _opened(ledger) as held:
        entries = held.dossier_add(name, rows, note=note, by=by, make=True)
        new = sum(not e["known"] for e in entries)
        whole = held.dossier(name, limit=0)
    known = f", {len(entries) - new} were there already" if new < len(entries) else ""
    say(f"{new} added to “{whole['name']}”{known}: {whole['entries']} in it")


@dossier.command()
def heading(
    name: Name,
    words: Annotated[str, typer.Argument(help="The words.")],
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Put a heading at the end of a dossier."""
    with _opened(ledger) as held:
        held.dossier_heading(name, words)
        say(f"heading {held.dossier(name, limit=0)['length']} of “{name}”")


@dossier.command()
def note(
    name: Name,
    text: Annotated[str, typer.Argument(help="The note; empty takes it away.")],
    number: Annotated[
        int | None,
        typer.Option("--entry", min=1, help="Of this entry (of a heading, its words); default: of the dossier."),
    ] = None,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Write the note of a dossier, or of one of its entries."""
    with _opened(ledger) as held:
        if number is None:
            held.dossier_change(name, note=text)
        else:
            held.dossier_note(_entry(held, name, number), text)


@dossier.command()
def move(
    name: Name,
    number: Number,
    to: Annotated[int, typer.Argument(help="The number that it shall have.", min=1)],
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Move an entry."""
    with _opened(ledger) as held:
        now = held.dossier_move(_entry(held, name, number), to - number)
    say(f"entry {number} is entry {now} now")


@dossier.command()
def remove(
    name: Name,
    number: Annotated[
        int | None, typer.Argument(help="An entry's number; without it, the whole dossier.", min=1)
    ] = None,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Take an entry out, or a dossier away; `undo` brings it back."""
    with _opened(ledger) as held:
        if number is None:
            held.dossier_remove(name)
        else:
            held.dossier_take_out(_entry(held, name, number))
    say(f"taken {'away' if number is None else 'out'}; parley dossier undo {name!r} brings it back")


@dossier.command()
def undo(name: Name, ledger: LedgerOption = DEFAULT) -> None:
    """Bring back the entry that was taken out last, or the dossier that was taken away."""
    with _opened(ledger) as held:
        if any(name.casefold() in (d["name"].casefold(), d["id"]) for d in held.dossiers()):
            held.dossier_put_back(name)
        else:
            held.dossier_restore(name)
    say(f"brought back to “{name}”")


@dossier.command()
def export(
    name: Name,
    ledger: LedgerOption = DEFAULT,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="docx, md, html, bibtex or csl; jsonl for another ledger; default: by the file's ending, or md.",
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file; default: standard output.")] = None,
) -> None:
    """Write a dossier: DOCX with footnotes, Markdown, HTML, the cited articles as BibTeX or CSL-JSON, or to be imported elsewhere."""
    from parley.export.dossier import FORMATS, save, write

    by_ending = {f".{f.ending}": key for key, f in FORMATS.items()} | {".jsonl": "jsonl"}
    form = format or (by_ending.get(output.suffix.lower(), "md") if output else "md")
    one_of("--format", form, (*FORMATS, "jsonl"))
    with _opened(ledger) as held:
        if form == "jsonl":
            from parley.export.carried import save as save_rows
            from parley.store.dossiers.carried import carried

            with data():
                save_rows(carried(held, name), "-" if output is None else str(output))
        elif output is None:
            with data() as out:
                out.write(write(held, name, form))
        else:
            say(f"{save(held, name, form, output)} bytes written to {output}")


def _opened(ledger: str) -> Ledger:
    from parley.store.ledger import Ledger

    return Ledger.open(ledger)


def _entry(held: Ledger, name: str, number: int) -> str:
    """The id of an entry; UsageError where there are fewer."""
    from parley.errors import UsageError

    found = held.dossier(name, start=number - 1, limit=1)
    if not found["list"]:
        raise UsageError(f"“{found['name']}” has {found['length']} entries; there is no entry {number}")
    return str(found["list"][0]["id"])


def _json(value: Any) -> None:
    import json

    with data() as out:
        out.write(json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n")


def _print(shown: Any) -> None:
    from parley.show.terminal import console

    with data():
        console().print(shown)

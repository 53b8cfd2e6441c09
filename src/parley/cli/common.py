"""What every command needs: the app, options that many take, and where data and talk go."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, BinaryIO

import typer

app = typer.Typer(
    name="parley",
    help="Read what many outlets report about a negotiation into a cited ledger of who said what.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


LedgerOption = Annotated[
    str,
    typer.Option("-l", "--ledger", envvar="PARLEY_LEDGER", help="The ledger: a file, or postgresql://USER@HOST/NAME."),
]


DEFAULT = "parley.db"


TABLE_ROWS = 50


def say(text: str) -> None:
    """A line of talk."""
    typer.echo(text, err=True)


@contextmanager
def data() -> Iterator[BinaryIO]:
    """Standard output for data, as bytes. A reader who has enough (`parley export | head`) ends it without a word."""
    try:
        yield sys.stdout.buffer
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def one_of(option: str, value: str, allowed: tuple[str, ...]) -> Any:
    from parley.errors import UsageError

    if value not in allowed:
        raise UsageError(f"{option} {value!r} is not known; there are {', '.join(allowed)}")
    return value


def put(held: Any, kind: str, rows: Any, format: str, limit: int | None) -> None:
    with data() as out:
        if format == "json":
            _put_json(rows, out)
        elif format == "csv":
            from parley.export.tables import csv_rows

            text = io.TextIOWrapper(out, encoding="utf-8", newline="")
            csv_rows(rows.kind, rows, text)
            text.detach()
        else:
            from parley.show.terminal import console, table_of

            shown = list(rows)
            if shown:
                console().print(table_of(held, kind, shown[: limit or TABLE_ROWS]))
            told_rest(len(shown), limit)


def _put_json(rows: Any, out: BinaryIO) -> None:
    """One list, a row at a time: there may be a million."""
    import json

    between = b"[\n "
    for row in rows:
        out.write(between + json.dumps(row, ensure_ascii=False, indent=1).replace("\n", "\n ").encode())
        between = b",\n "
    out.write(b"[]\n" if between.startswith(b"[") else b"\n]\n")


def told_rest(count: int, limit: int | None) -> None:
    """Say what a table leaves out."""
    if count > (limit or TABLE_ROWS):
        say(f"the first {TABLE_ROWS}; --limit N shows more, --format json or csv all")
    elif not count:
        say("no rows: nothing in this ledger fits")


def tell_lost(ledger: str) -> None:
    """Say loudly which judgements, and which rows in dossiers, have lost their place."""
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held:
        lost = held.lost_judgements()
        unfound = held.dossiers_unfound()
    for name in dict.fromkeys(e["name"] for e in unfound):
        count = sum(e["name"] == name for e in unfound)
        rows = "1 row is" if count == 1 else f"{count} rows are"
        say(
            f"parley: {rows} not in this ledger any more, and kept as collected: parley dossier show {name!r} -l {ledger}"
        )
    if lost:
        judged = "1 judgement has" if len(lost) == 1 else f"{len(lost)} judgements have"
        say(f"parley: {judged} no place in this ledger any more and waits: parley judge --lost -l {ledger}")

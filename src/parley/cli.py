"""The command `parley`: one thin function a verb. Data goes to stdout, talk to stderr; errors are sentences.

Everything that a verb needs is imported when it is called, so that `parley --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

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


def say(text: str) -> None:
    """A line of talk."""
    typer.echo(text, err=True)


@app.command()
def build(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, globs, or - for standard input.", metavar="SOURCE...")
    ],
    ledger: LedgerOption = DEFAULT,
    profile: Annotated[str, typer.Option(help="accurate, or fast.")] = "accurate",
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read; default: one a core.")] = None,
    codebook: Annotated[
        list[str] | None, typer.Option(help="A codebook by name, or a TOML file; may be repeated.")
    ] = None,
    series: Annotated[list[str] | None, typer.Option(help="A dated series as FILE[:COLUMN]; may be repeated.")] = None,
    date: Annotated[str | None, typer.Option(help="Publication date of articles that print none.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of articles that do not name theirs.")] = None,
    json_log: Annotated[bool, typer.Option("--json-log", help="Tell what happens as JSON lines on stderr.")] = False,
) -> None:
    """Read articles into a ledger; what it holds already is left alone."""
    from parley.engine.build import build as run
    from parley.show.progress import watcher

    with watcher(json_log=json_log) as watch:
        report = run(
            sources,
            ledger,
            profile=_one_of("--profile", profile, ("accurate", "fast")),
            workers=workers,
            codebook=codebook or (),
            series=series or (),
            date=date,
            outlet=outlet,
            progress=watch.done,
        )
        watch.report(report)
    raise typer.Exit(1 if report.failed or report.interrupted else 0)


@app.command()
def export(
    ledger: LedgerOption = DEFAULT,
    format: Annotated[str, typer.Option("--format", help="jsonl, csv or parquet.")] = "jsonl",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file; for csv and parquet a folder.")] = None,
) -> None:
    """Write every row of a ledger: JSON Lines, or a file a table."""
    from parley.errors import UsageError
    from parley.export import jsonl, tables
    from parley.store.ledger import Ledger

    _one_of("--format", format, ("jsonl", "csv", "parquet"))
    if format != "jsonl" and output is None:
        raise UsageError(f"{format} writes a file for each table: name a folder with -o")
    with Ledger.open(ledger) as held:
        if format != "jsonl":
            assert output is not None
            count = tables.export(held, format, output)
        elif output is None:
            count = jsonl.write(held, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with output.open("wb") as file:
                count = jsonl.write(held, file)
    if output is not None:
        say(f"{count} rows written to {output}")


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> Any:
    from parley.errors import UsageError

    if value not in allowed:
        raise UsageError(f"{option} {value!r} is not known; there are {', '.join(allowed)}")
    return value


def main() -> None:
    """Run the command; exit with 0 when done, 1 when some articles failed, 2 on wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that speaks ASCII only still gets every row
    try:
        app()
    except BrokenPipeError:
        _quiet_end()
    except Exception as error:
        raise SystemExit(_told(error)) from None


def _quiet_end() -> None:
    """The reader of our output has enough (`parley export | head`): that is no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(0)


def _told(error: Exception) -> int:
    from parley.errors import LedgerError, ParleyError, UsageError

    if isinstance(error, UsageError | LedgerError):
        say(f"parley: {error}")
        return 2
    if isinstance(error, ParleyError):
        say(f"parley: {error}")
        return 1
    raise error


if __name__ == "__main__":
    main()

"""Articles into a ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from parley.cli.common import DEFAULT, LedgerOption, app, one_of, say, tell_lost


@app.command()
def build(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, globs, or - for standard input.", metavar="SOURCE...")
    ],
    ledger: LedgerOption = DEFAULT,
    profile: Annotated[str, typer.Option(help="accurate, fast, or rules (no model).")] = "accurate",
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read; default: one a core.")] = None,
    codebook: Annotated[
        list[str] | None, typer.Option(help="A codebook by name, or a TOML file; may be repeated.")
    ] = None,
    series: Annotated[list[str] | None, typer.Option(help="A dated series as FILE[:COLUMN]; may be repeated.")] = None,
    date: Annotated[str | None, typer.Option(help="Publication date of articles that print none.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of articles that do not name theirs.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="A field of CSV or JSON by our name, as text=artikel; may be repeated.")
    ] = None,
    article_seconds: Annotated[
        float, typer.Option(min=0.1, help="Processor time that one article may take before it is set aside.")
    ] = 300.0,
    article_memory: Annotated[
        int, typer.Option(min=64, help="Megabytes that one article may take before it is set aside.")
    ] = 4096,
    compare: Annotated[
        bool,
        typer.Option("--compare/--no-compare", help="Link names and compare afterwards; else the next build does."),
    ] = True,
    shards: Annotated[
        str | None, typer.Option(help="Write Parquet shards into this folder, for `parley load`, and no ledger.")
    ] = None,
    engine: Annotated[str, typer.Option(help="local, or ray: all machines of a Ray cluster.")] = "local",
    json_log: Annotated[bool, typer.Option("--json-log", help="Tell what happens as JSON lines on stderr.")] = False,
) -> None:
    """Read articles into a ledger; what it holds already is left alone."""
    from parley.engine.budget import Budget
    from parley.engine.build import build as run
    from parley.show.progress import watcher

    with watcher(json_log=json_log) as watch:
        report = run(
            sources,
            ledger,
            profile=one_of("--profile", profile, ("accurate", "fast", "rules")),
            workers=workers,
            codebook=codebook or (),
            series=series or (),
            date=date,
            outlet=outlet,
            columns=_columns(column or ()),
            budget=Budget(article_seconds, article_memory),
            compare=compare,
            shards=shards,
            engine=one_of("--engine", engine, ("local", "ray")),
            progress=watch.done,
            on_stage=watch.stage,
        )
        watch.report(report)
    if shards is None:
        tell_lost(ledger)
    raise typer.Exit(1 if report.failed or report.interrupted else 0)


@app.command()
def load(
    folders: Annotated[
        list[str], typer.Argument(help="Folders of shards that `parley build --shards` wrote.", metavar="DIR...")
    ],
    ledger: LedgerOption = DEFAULT,
    codebook: Annotated[
        list[str] | None, typer.Option(help="The codebook files that the shards were made with.")
    ] = None,
    series: Annotated[list[str] | None, typer.Option(help="The series that the shards were made with.")] = None,
    compare: Annotated[
        bool,
        typer.Option("--compare/--no-compare", help="Link names and compare afterwards; else the next build does."),
    ] = True,
) -> None:
    """Take shards into a ledger; loading them twice changes nothing."""
    from parley.engine.build import stoppable
    from parley.engine.load import load as run
    from parley.show.progress import load_line, looked_at

    with looked_at("shards") as shown, stoppable() as stop:
        report = run(
            folders,
            ledger,
            codebook=codebook or (),
            series=series or (),
            compare=compare,
            on_shard=shown,
            on_stage=lambda told: say(f"parley: {told}") if told.startswith("the database") else None,
            stop=stop,
        )
    say(load_line(report))
    tell_lost(ledger)
    raise typer.Exit(1 if report.failed or report.interrupted else 0)


def _columns(given: Iterable[str]) -> dict[str, str]:
    from parley.errors import UsageError

    pairs = [pair.partition("=") for pair in given]
    for ours, _, theirs in pairs:
        if not ours or not theirs:
            raise UsageError(f"--column {ours!r} names no column; write it as text=artikel")
    return {ours: theirs for ours, _, theirs in pairs}

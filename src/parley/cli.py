"""The command `parley`: one thin function a verb. Data goes to stdout, talk to stderr; errors are sentences.

Everything that a verb needs is imported when it is called, so that `parley --help` answers at once.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
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


def say(text: str) -> None:
    """A line of talk."""
    typer.echo(text, err=True)


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
    json_log: Annotated[bool, typer.Option("--json-log", help="Tell what happens as JSON lines on stderr.")] = False,
) -> None:
    """Read articles into a ledger; what it holds already is left alone."""
    from parley.engine.build import build as run
    from parley.show.progress import watcher

    with watcher(json_log=json_log) as watch:
        report = run(
            sources,
            ledger,
            profile=_one_of("--profile", profile, ("accurate", "fast", "rules")),
            workers=workers,
            codebook=codebook or (),
            series=series or (),
            date=date,
            outlet=outlet,
            columns=_columns(column or ()),
            progress=watch.done,
        )
        watch.report(report)
    _tell_lost(ledger)
    raise typer.Exit(1 if report.failed or report.interrupted else 0)


def _tell_lost(ledger: str) -> None:
    """Say loudly which judgements have lost their place."""
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held:
        lost = held.lost_judgements()
    if lost:
        judged = "1 judgement has" if len(lost) == 1 else f"{len(lost)} judgements have"
        say(f"parley: {judged} no place in this ledger any more and waits: parley judge --lost -l {ledger}")


def _columns(given: Iterable[str]) -> dict[str, str]:
    from parley.errors import UsageError

    pairs = [pair.partition("=") for pair in given]
    for ours, _, theirs in pairs:
        if not ours or not theirs:
            raise UsageError(f"--column {ours!r} names no column; write it as text=artikel")
    return {ours: theirs for ours, _, theirs in pairs}


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
    _one_of("--format", format, ("jsonl", "csv", "parquet"))
    if format != "jsonl" and output is None:
        raise UsageError(f"{format} writes a file for each table: name a folder with -o")
    with Ledger.open(ledger) as held:
        if output is None:
            with _data() as out:
                jsonl.write(held, out)
        else:
            count = jsonl.save(held, output) if format == "jsonl" else tables.export(held, format, output)
            say(f"{count} rows written to {output}")


def _export_judgements(ledger: str, where: str) -> None:
    from parley.export.judgements import save
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held, _data():
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
    _tell_lost(ledger)


COMPARED = ("re_", "cp_", "mi_", "di_")
"""First letters of the ids of what several rows or articles came to."""

KINDS = ("statements", "figures", "positions", "events", "wording", "dates", "articles", "actors")

ACROSS = (
    *("copies", "utterances", "series", "shifts", "timeline", "missing", "disagreements"),
    *("naming", "doubt", "heard", "passives"),
)


@app.command()
def show(
    kind: Annotated[str, typer.Argument(help=f"{', '.join((*KINDS, *ACROSS))}.", metavar="KIND")],
    ledger: LedgerOption = DEFAULT,
    format: Annotated[str, typer.Option("--format", help="table, json or csv.")] = "table",
    limit: Annotated[int | None, typer.Option(min=1, help="Rows at most; a table shows 50 unless told.")] = None,
    text: Annotated[str | None, typer.Option(help="Only rows that hold these words.")] = None,
    article: Annotated[str | None, typer.Option(help="Only rows of the article with this id.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Only rows of this outlet.")] = None,
    since: Annotated[str | None, typer.Option(help="Published on this ISO date or later.")] = None,
    until: Annotated[str | None, typer.Option(help="Published on this ISO date or earlier.")] = None,
    speaker: Annotated[str | None, typer.Option(help="statements: who says so.")] = None,
    side: Annotated[str | None, typer.Option(help="statements, actors: the party spoken for.")] = None,
    category: Annotated[str | None, typer.Option(help="figures: killed, injured, ...")] = None,
    claimant: Annotated[str | None, typer.Option(help="figures: who counts so.")] = None,
    party: Annotated[str | None, typer.Option(help="positions: whose it is.")] = None,
    issue: Annotated[str | None, typer.Option(help="positions: truce, prisoners, ...")] = None,
    stance: Annotated[str | None, typer.Option(help="positions: demands, rejects, ...")] = None,
    type: Annotated[str | None, typer.Option(help="events, dates: talks_held, ...; DATE, ...")] = None,
    actor: Annotated[str | None, typer.Option(help="events: who takes part.")] = None,
    voice: Annotated[str | None, typer.Option(help="wording: outlet, quoted, ...")] = None,
    term: Annotated[str | None, typer.Option(help="wording: the label.")] = None,
    name: Annotated[str | None, typer.Option(help="actors: part of the name; tells what articles say of each.")] = None,
    place: Annotated[str | None, typer.Option(help="figures, events, series, timeline: where.")] = None,
    matrix: Annotated[bool, typer.Option("--matrix", help="positions: what each party wants on each issue.")] = False,
    at: Annotated[str | None, typer.Option(help="positions --matrix: on this ISO date.")] = None,
    least: Annotated[int | None, typer.Option(min=1, help="missing: carried by so many outlets at least.")] = None,
    rows: Annotated[bool, typer.Option("--rows", help="wording: each label, not how often outlets use it.")] = False,
) -> None:
    """Show rows of one kind, each with its outlet and date, or what only several articles together can tell."""
    _one_of("KIND", kind, (*KINDS, *ACROSS))
    _one_of("--format", format, ("table", "json", "csv"))
    given: dict[str, Any] = {
        "text": text,
        "article": article,
        "outlet": outlet,
        "since": since,
        "until": until,
        "speaker": speaker,
    }
    given |= {
        "speaker": speaker,
        "side": side,
        "category": category,
        "claimant": claimant,
        "party": party,
        "issue": issue,
    }
    given |= {"stance": stance, "type": type, "actor": actor, "voice": voice, "term": term, "name": name}
    given |= {"place": place, "at": at, "least": least}
    filters = {k: v for k, v in given.items() if v is not None}
    question = _question(kind, matrix=matrix, rows=rows)
    if kind == "actors" and name and format != "csv":
        _show_facts(ledger, filters, format, limit)
    elif question:
        _show_found(ledger, question, filters, format, limit)
    else:
        _show(ledger, kind, filters, format, limit)


def _question(kind: str, *, matrix: bool, rows: bool) -> str | None:
    """The question across articles that is asked, None where rows are."""
    from parley.compare.registry import questions
    from parley.errors import UsageError

    if matrix and kind != "positions":
        raise UsageError("--matrix is for positions")
    if rows and kind != "wording":
        raise UsageError("--rows is for wording")
    if kind == "wording" and not rows and "wording" in questions():
        return "wording"
    return "matrix" if matrix else kind if kind in ACROSS else None


def _show_found(ledger: str, name: str, asked: dict[str, Any], format: str, limit: int | None) -> None:
    from parley.compare.registry import ask, questions
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held:
        found = ask(held, name, asked)
        if format == "table":
            from parley.show.compared import found_table
            from parley.show.terminal import console

            shown = found[: limit or TABLE_ROWS]
            if shown:
                with _data():
                    console().print(found_table(held, questions()[name], shown))
            _told_rest(len(found), limit)
            return
        from parley.store.query import Rows

        some = found[:limit]
        _put(held, name, Rows(questions()[name].row, lambda: iter(some)), format, limit)


def _show_facts(ledger: str, asked: dict[str, Any], format: str, limit: int | None) -> None:
    """What articles tell of the actors of one name: more than a row of all of them holds."""
    import json

    from parley.compare.actor_facts import FACTS
    from parley.errors import UsageError
    from parley.show.compared import found_table
    from parley.show.terminal import console
    from parley.store.ledger import Ledger

    strange = [f"--{k}" for k in asked if k not in FACTS.asks]
    if strange:
        raise UsageError(f"actors cannot be chosen by {', '.join(strange)}")
    with Ledger.open(ledger) as held, _data() as out:
        found = held.actor_facts(**asked)[:limit]
        if format == "json":
            out.write(json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n")
        elif found:
            console().print(found_table(held, FACTS, found))
        else:
            say("no rows: nothing in this ledger fits")


def _told_rest(count: int, limit: int | None) -> None:
    """Say what a table leaves out."""
    if count > (limit or TABLE_ROWS):
        say(f"the first {TABLE_ROWS}; --limit N shows more, --format json or csv all")
    elif not count:
        say("no rows: nothing in this ledger fits")


def _show(ledger: str, kind: str, filters: dict[str, Any], format: str, limit: int | None) -> None:
    import inspect

    from parley.errors import UsageError
    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held:
        rows_of = getattr(held, kind)
        takes = inspect.signature(rows_of).parameters
        strange = [f"--{k}" for k in filters if k not in takes and "filters" not in takes]
        if strange:
            raise UsageError(f"{kind} cannot be chosen by {', '.join(strange)}")
        rows = rows_of(limit=limit or (TABLE_ROWS + 1 if format == "table" else None), **filters)
        _put(held, kind, rows, format, limit)


TABLE_ROWS = 50


def _put(held: Any, kind: str, rows: Any, format: str, limit: int | None) -> None:
    import json

    with _data() as out:
        if format == "json":
            out.write(json.dumps(list(rows), ensure_ascii=False, indent=1).encode() + b"\n")
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
            _told_rest(len(shown), limit)


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(help='Words that must all be there; "a phrase" in quotes.', metavar="WORDS")
    ],
    ledger: LedgerOption = DEFAULT,
    format: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
    limit: Annotated[int | None, typer.Option(min=1, help="Rows at most; a table shows 50 unless told.")] = None,
) -> None:
    """Find rows and articles by words."""
    from parley.store.ledger import Ledger

    _one_of("--format", format, ("table", "json"))
    with Ledger.open(ledger) as held:
        asked = " ".join(f'"{w}"' if " " in w and '"' not in w else w for w in words)
        rows = held.search(asked, limit=limit or (TABLE_ROWS + 1 if format == "table" else None))
        _put(held, "search", rows, format, limit)


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
        with _data():
            console().print(with_words(held, row))


@app.command()
def serve(
    ledger: LedgerOption = DEFAULT,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8731,
    host: Annotated[
        str, typer.Option(help="The address to listen at; others than this machine need the token.")
    ] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A name that browsers may call it by; may be repeated.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Take no change from anybody.")] = False,
) -> None:
    """Open a ledger in the browser: prints the address, and serves it until interrupted."""
    from parley.store.ledger import Ledger
    from parley.web.serve import serve as run

    with Ledger.open(ledger) as held:
        run(held, host=host, port=port, hosts=allow_host or (), read_only=read_only, told=say)


@app.command()
def judge(
    row_id: Annotated[str | None, typer.Argument(help="A row's id, or its first letters.", metavar="[ROW]")] = None,
    act: Annotated[
        str | None, typer.Argument(help="confirm, correct, reject, undo, merge or split.", metavar="[ACT]")
    ] = None,
    what: Annotated[
        list[str] | None,
        typer.Argument(help="correct: FIELD=VALUE; merge, split: ids or names.", metavar="[FIELD=VALUE...]"),
    ] = None,
    ledger: LedgerOption = DEFAULT,
    by: Annotated[str | None, typer.Option(envvar="PARLEY_BY", help="Who judges; default: the login name.")] = None,
    why: Annotated[str, typer.Option(help="Why.")] = "",
    entry: Annotated[str | None, typer.Option(help="undo: this entry of the log, not the last one.")] = None,
    order: Annotated[str, typer.Option(help="The queue: confidence, layer or disagreement.")] = "confidence",
    layer: Annotated[str | None, typer.Option(help="The queue: statements, figures, ... only.")] = None,
    lost: Annotated[bool, typer.Option("--lost", help="What waits because its article or words are gone.")] = False,
    log: Annotated[bool, typer.Option("--log", help="Everything that was said, or of this row.")] = False,
    format: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
    limit: Annotated[int, typer.Option(min=1, help="The queue: rows at most.")] = TABLE_ROWS,
) -> None:
    """Say the last word on rows: one row, or the queue of what nobody has judged, key by key."""
    from parley.errors import UsageError
    from parley.store.ledger import Ledger

    _one_of("--format", format, ("table", "json"))
    with Ledger.open(ledger) as held:
        id = _row_id(held, row_id) if row_id else None
        if act is not None and id is not None:
            _judge(held, id, act, what or [], _judge_name(by), why, entry)
        elif lost or log:
            _put_log(held, held.lost_judgements() if lost else list(held.judgements(id)), lost, format)
        elif id is not None:
            if held.row(id) is None:
                raise UsageError(f"{held.where} has no one row {row_id!r}; `parley show` and `parley search` print ids")
            _put_row(held, id)
        elif format == "json" or not (sys.stdin.isatty() and sys.stdout.isatty()):
            rows = held.queue(order, layer=layer, limit=limit)
            _put(held, "queue", rows, format, limit)
        else:
            _judge_queue(held, _judge_name(by), order, layer)


def _judge_name(by: str | None) -> str:
    import getpass

    return by or getpass.getuser()


def _row_id(held: Any, given: str) -> str:
    """The whole id where the first letters name one row; else what was given, for rows that are not shown."""
    row = held.row(given)
    return row["id"] if row else given


def _judge(held: Any, id: str, act: str, what: list[str], by: str, why: str, entry: str | None) -> None:
    from parley.errors import UsageError
    from parley.show.judging import changes_of, said
    from parley.store.judgements_entries import KINDS

    kind = KINDS.get(id.split("_", 1)[0], "")
    others = [_row_id(held, o) for o in what] if act in ("merge", "split") else []
    if what and act not in ("correct", "merge", "split"):
        raise UsageError(f"{act} takes nothing more; it was given {' '.join(what)}")
    changes = changes_of(kind, what) if act == "correct" else None
    made = held.judge(id, act, by=by, why=why, changes=changes, others=others, entry=entry)
    held.refresh()
    say(f"{by} {said(made)}")
    for other in made["over"]:
        say(f"{other['by']} had said otherwise on {other['at'][:10]}; that is kept, and yours is shown")
    if held.row(id) is not None:
        _put_row(held, id)


def _put_row(held: Any, id: str) -> None:
    from parley.show.judging import with_words
    from parley.show.terminal import console

    with _data():
        console().print(with_words(held, held.row(id)))


def _put_log(held: Any, entries: list[dict[str, Any]], lost: bool, format: str) -> None:
    import json

    with _data() as out:
        if format == "json":
            out.write(json.dumps(entries, ensure_ascii=False, indent=1).encode() + b"\n")
        elif entries:
            from parley.show.judging import log_table, lost_table
            from parley.show.terminal import console

            console().print(lost_table(entries) if lost else log_table(entries))
        else:
            say(f"nothing waits in {held.where}" if lost else f"nobody has judged this in {held.where}")


def _judge_queue(held: Any, by: str, order: str, layer: str | None) -> None:
    from parley.show.judging import Session
    from parley.show.terminal import console

    def line(prompt: str) -> str:
        return str(typer.prompt(prompt.rstrip(": "), default="", show_default=False))

    count = Session(held, by=by, show=console().print, key=typer.getchar, line=line, order=order, layer=layer).run()
    if count:
        held.refresh()
    say(f"{count} judgements by {by}")


@app.command()
def demo(
    open_it: Annotated[
        bool | None,
        typer.Option(
            "--serve/--no-serve", help="Open it in the browser afterwards; default: where this is a terminal."
        ),
    ] = None,
) -> None:
    """Build a ledger from the sample corpus, an invented negotiation, show what is in it, and open it in the browser."""
    from parley.engine.build import build as run
    from parley.engine.sample import sample
    from parley.show.progress import watcher
    from parley.show.summary import summary
    from parley.show.terminal import console
    from parley.store.ledger import Ledger

    made = sample()
    with watcher(json_log=False) as watch:
        report = run(made.sources, made.ledger, codebook=made.codebooks, series=made.series, progress=watch.done)
        watch.report(report)
    with Ledger.open(made.ledger) as held, _data():
        console().print(summary(held))
    say(f"The ledger is {made.ledger}. What to try next:")
    for line in made.next_steps():
        say(f"  {line}")
    say(f"  parley serve -l {made.ledger}    # in the browser, at http://127.0.0.1:8731/")
    if open_it if open_it is not None else sys.stdin.isatty() and sys.stdout.isatty():
        from parley.web.serve import serve as open_in_browser

        with Ledger.open(made.ledger) as held:
            open_in_browser(held, port=8731, any_port=True, told=say)
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def doctor(ledger: LedgerOption = DEFAULT) -> None:
    """Check that this Parley can work, and that a ledger is sound."""
    from parley.show.doctor import checkup

    sound = True
    with _data() as out:
        for good, line in checkup(ledger):
            sound = sound and good is not False
            mark = {True: "ok     ", False: "WRONG  ", None: "-      "}[good]
            out.write(f"{mark}{line}\n".encode())
    raise typer.Exit(0 if sound else 1)


codebooks = typer.Typer(help="See and check codebooks: schemes and word lists.", no_args_is_help=True)
app.add_typer(codebooks, name="codebook")


@codebooks.command("list")
def codebook_list() -> None:
    """Name the codebooks that are shipped."""
    from parley.codebooks import shipped

    with _data() as out:
        out.write("".join(f"{name}\n" for name in shipped()).encode())


@codebooks.command("show")
def codebook_show(name: Annotated[str, typer.Argument(help="A shipped codebook, or a TOML file.")]) -> None:
    """Print a codebook."""
    from parley.show.codebooks import printed

    with _data() as out:
        out.write(printed(name))


@codebooks.command("check")
def codebook_check(files: Annotated[list[str], typer.Argument(help="TOML files, or shipped codebooks.")]) -> None:
    """Check that codebooks can be used, and say what is in them."""
    from parley.show.codebooks import checked

    with _data() as out:
        for file in files:
            out.write(f"{checked(file)}\n".encode())


@contextmanager
def _data() -> Iterator[BinaryIO]:
    """Standard output for data, as bytes. A reader who has enough (`parley export | head`) ends it without a word."""
    try:
        yield sys.stdout.buffer
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> Any:
    from parley.errors import UsageError

    if value not in allowed:
        raise UsageError(f"{option} {value!r} is not known; there are {', '.join(allowed)}")
    return value


def main() -> None:
    """Run the command; exit with 0 when done, 1 when some articles failed, 2 on wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that speaks ASCII only still gets every row
    try:
        app()
    except KeyboardInterrupt:
        say("parley: interrupted")
        raise SystemExit(1) from None
    except Exception as error:
        if os.environ.get("PARLEY_DEBUG"):
            raise
        raise SystemExit(_told(error)) from None


def _told(error: Exception) -> int:
    from parley.errors import CodebookError, LedgerError, ParleyError, UsageError

    if isinstance(error, ParleyError):
        say(f"parley: {error}")
        return 2 if isinstance(error, UsageError | LedgerError | CodebookError) else 1
    say(f"parley: {type(error).__name__}: {error}")
    say("parley: this should not happen; PARLEY_DEBUG=1 shows where, for a report")
    return 1


if __name__ == "__main__":
    main()

"""What people say of rows."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from parley.cli.common import DEFAULT, TABLE_ROWS, LedgerOption, app, data, one_of, put, say


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
    seen: Annotated[
        str | None,
        typer.Option(help="The mark that `parley judge ROW` told: refused if the row reads otherwise by now."),
    ] = None,
    lost: Annotated[bool, typer.Option("--lost", help="What waits because its article or words are gone.")] = False,
    log: Annotated[bool, typer.Option("--log", help="Everything that was said, or of this row.")] = False,
    format: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
    limit: Annotated[int, typer.Option(min=1, help="The queue: rows at most.")] = TABLE_ROWS,
) -> None:
    """Say the last word on rows: one row, or the queue of what nobody has judged, key by key."""
    from parley.errors import UsageError
    from parley.store.ledger import Ledger

    one_of("--format", format, ("table", "json"))
    with Ledger.open(ledger) as held:
        id = _row_id(held, row_id) if row_id else None
        if act is not None and id is not None:
            _judge(held, id, act, what or [], _judge_name(by), why, entry, seen)
        elif lost or log:
            _put_log(held, held.lost_judgements() if lost else list(held.judgements(id)), lost, format)
        elif id is not None:
            if held.row(id) is None:
                raise UsageError(f"{held.where} has no one row {row_id!r}; `parley show` and `parley search` print ids")
            _show(held, id)
        elif format == "json" or not (sys.stdin.isatty() and sys.stdout.isatty()):
            rows = held.queue(order, layer=layer, limit=limit)
            put(held, "queue", rows, format, limit)
        else:
            _judge_queue(held, _judge_name(by), order, layer)


def _judge_name(by: str | None) -> str:
    import getpass

    return by or getpass.getuser()


def _row_id(held: Any, given: str) -> str:
    """The whole id where the first letters name one row; else what was given, for rows that are not shown."""
    row = held.row(given)
    return row["id"] if row else given


def _show(held: Any, id: str) -> None:
    """A row, and by what its reader will be told if it changes before the word is said."""
    from parley.store.reviewing import marks

    seen = marks(held, [id]).get(id)
    _put_row(held, id)
    if seen is not None:
        say(f"judge it as you see it: parley judge {id} confirm|correct|reject --seen {seen}")


def _judge(
    held: Any, id: str, act: str, what: list[str], by: str, why: str, entry: str | None, seen: str | None
) -> None:
    from parley.errors import UsageError
    from parley.show.judging import changes_of, said
    from parley.store.judgements.entries import KINDS

    kind = KINDS.get(id.split("_", 1)[0], "")
    others = [_row_id(held, o) for o in what] if act in ("merge", "split") else []
    if what and act not in ("correct", "merge", "split"):
        raise UsageError(f"{act} takes nothing more; it was given {' '.join(what)}")
    changes = changes_of(kind, what) if act == "correct" else None
    made = held.judge(id, act, by=by, why=why, changes=changes, others=others, entry=entry, seen=seen)
    held.refresh()
    say(f"{by} {said(made)}")
    for other in made["over"]:
        say(f"{other['by']} had said otherwise on {other['at'][:10]}; that is kept, and yours is shown")
    if held.row(id) is not None:
        _put_row(held, id)


def _put_row(held: Any, id: str) -> None:
    from parley.show.judging import with_words
    from parley.show.terminal import console

    with data():
        console().print(with_words(held, held.row(id)))


def _put_log(held: Any, entries: list[dict[str, Any]], lost: bool, format: str) -> None:
    import json

    with data() as out:
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

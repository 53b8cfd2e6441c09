"""Rows and comparisons in the terminal."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from parley.cli.common import DEFAULT, TABLE_ROWS, LedgerOption, app, data, one_of, put, say, told_rest

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
    one_of("KIND", kind, (*KINDS, *ACROSS))
    one_of("--format", format, ("table", "json", "csv"))
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
    from parley.errors import UsageError

    if matrix and kind != "positions":
        raise UsageError("--matrix is for positions")
    if rows and kind != "wording":
        raise UsageError("--rows is for wording")
    if kind == "wording" and not rows:
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
                with data():
                    console().print(found_table(held, questions()[name], shown))
            told_rest(len(found), limit)
            return
        from parley.store.query import Rows

        some = found[:limit]
        put(held, name, Rows(questions()[name].row, lambda: iter(some)), format, limit)


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
    with Ledger.open(ledger) as held, data() as out:
        found = held.actor_facts(**asked)[:limit]
        if format == "json":
            out.write(json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n")
        elif found:
            console().print(found_table(held, FACTS, found))
        else:
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
        put(held, kind, rows, format, limit)


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

    one_of("--format", format, ("table", "json"))
    with Ledger.open(ledger) as held:
        asked = " ".join(f'"{w}"' if " " in w and '"' not in w else w for w in words)
        rows = held.search(asked, limit=limit or (TABLE_ROWS + 1 if format == "table" else None))
        put(held, "search", rows, format, limit)

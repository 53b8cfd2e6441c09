"""The ledger in the browser."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from parley.cli.common import DEFAULT, LedgerOption, app, data, say


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
    with Ledger.open(made.ledger) as held, data():
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

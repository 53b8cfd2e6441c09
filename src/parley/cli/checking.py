"""Whether this Parley, and a ledger, are sound."""

from __future__ import annotations

import typer

from parley.cli.common import DEFAULT, LedgerOption, app, data


@app.command()
def doctor(ledger: LedgerOption = DEFAULT) -> None:
    """Check that this Parley can work, and that a ledger is sound."""
    from parley.show.doctor import checkup

    sound = True
    with data() as out:
        for good, line in checkup(ledger):
            sound = sound and good is not False
            mark = {True: "ok     ", False: "WRONG  ", None: "-      "}[good]
            out.write(f"{mark}{line}\n".encode())
    raise typer.Exit(0 if sound else 1)

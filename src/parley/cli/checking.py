"""Whether this Parley, and a ledger, are sound."""

from __future__ import annotations

import typer

from parley.cli.common import DEFAULT, LedgerOption, app, data


@app.command()
def doctor(ledger: LedgerOption = DEFAULT) -> None:
    """Check that this Parley can work, and that a ledger is sound."""
    from parley.show.doctor import checkup
    from parley.show.progress import looked_at

    sound = True
    with data() as out, looked_at("articles looked at") as told:
        for good, line in checkup(ledger, told):
            sound = sound and good is not False
            mark = {True: "ok     ", False: "WRONG  ", None: "-      "}[good]
            out.write(f"{mark}{line}\n".encode())
            out.flush()
    raise typer.Exit(0 if sound else 1)

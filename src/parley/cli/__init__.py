"""The command `parley`: one thin function a verb. Data goes to stdout, talk to stderr; errors are sentences.

A module holds one family of verbs, and everything that a verb needs is imported when it is called, so that
`parley --help` answers at once. The help names them in the order of the imports below.
"""

from __future__ import annotations

import gc
import io
import os
import sys

# isort: off
from parley.cli.common import app, say
from parley.cli import building, fetching, showing, explaining, serving, judging, taking, dossiers  # noqa: F401
from parley.cli import checking, roles, codebooks  # noqa: F401
# isort: on

__all__ = ["app", "main"]

INTERRUPTED = 130
"""The exit code that shells give to what Ctrl-C ended."""


def main() -> None:
    """Run the command; exit with 0 when done, 1 when some articles failed, 2 on wrong usage."""
    # Loading a command makes some hundred thousand objects and no garbage: it is looked for less often.
    gc.set_threshold(200_000, 20, 50)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that speaks ASCII only still gets every row
    try:
        app()
    except KeyboardInterrupt:
        say("parley: interrupted")
        raise SystemExit(INTERRUPTED) from None
    except SystemExit as end:
        if end.code == INTERRUPTED:  # typer ends a command so that Ctrl-C stopped, without a word
            say("parley: interrupted")
        raise
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

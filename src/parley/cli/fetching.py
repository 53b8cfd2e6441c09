"""Pages from the web, for those who ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.common import app, say

if TYPE_CHECKING:
    from parley.fetch.fetch import Fetched, Manners

IntoOption = Annotated[str, typer.Option("--into", help="The folder for the pages; parley build reads it.")]
DelayOption = Annotated[float, typer.Option("--delay", min=1.0, help="Seconds between two requests to a host.")]
ContactOption = Annotated[
    str | None, typer.Option("--contact", help="An address or URL told to every site, for those who run it.")
]


@app.command()
def fetch(
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses of pages.", metavar="URL...")] = None,
    listed: Annotated[str | None, typer.Option("--from", help="A file with one address a line, or -.")] = None,
    into: IntoOption = "fetched",
    again: Annotated[bool, typer.Option("--again", help="Ask again for pages that are there: what changed.")] = False,
    delay: DelayOption = 2.0,
    contact: ContactOption = None,
) -> None:
    """Fetch pages from the web into a folder, by each site's robots.txt and from public addresses only."""
    from parley.errors import UsageError
    from parley.fetch.fetch import fetch as run

    asked = [*(urls or ()), *(_lines(listed) if listed else ())]
    if not asked:
        raise UsageError("no address: parley fetch https://... or --from FILE")
    counts = _told(run(asked, into, again=again, manners=_manners(delay, contact)))
    _close(counts, into)
    raise typer.Exit(1 if counts["failed"] else 0)


@app.command()
def watch(
    feeds: Annotated[
        list[str], typer.Argument(help="OPML files, lists of addresses, or addresses of feeds.", metavar="FEEDS...")
    ],
    into: IntoOption = "fetched",
    every: Annotated[
        float | None, typer.Option("--every", min=5.0, help="Look again every so many minutes, until Ctrl-C.")
    ] = None,
    delay: DelayOption = 2.0,
    contact: ContactOption = None,
) -> None:
    """Look at feeds, and fetch the pages that they name and that are not there yet; once, or again and again."""
    import time

    from parley.fetch.watch import feeds_in
    from parley.fetch.watch import watch as run

    named = feeds_in(feeds)
    while True:
        counts = _told(run(named, into, manners=_manners(delay, contact)))
        _close(counts, into)
        if every is None:
            raise typer.Exit(1 if counts["failed"] else 0)
        time.sleep(every * 60)


def _lines(name: str) -> list[str]:
    import sys

    from parley.errors import UsageError

    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"--from {name}: cannot be read ({error.strerror})") from error
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _manners(delay: float, contact: str | None) -> Manners:
    from parley.errors import UsageError
    from parley.fetch.fetch import Manners

    if contact is not None and (not contact.isprintable() or not contact.isascii() or set(contact) & set("()<>")):
        raise UsageError("--contact: an e-mail address or a URL, in plain letters")
    return Manners(delay=delay, contact=contact)


def _told(found: Iterable[Fetched]) -> Counter[str]:
    """Files to stdout as they come, failures to stderr."""
    counts: Counter[str] = Counter()
    for page in found:
        counts[page.what] += 1
        if page.what == "failed":
            say(f"failed: {page.url[:300]!a}: {page.told}")
        elif page.what in ("new", "changed"):
            typer.echo(page.file)
    return counts


def _close(counts: Counter[str], into: str) -> None:
    words = {"new": "new", "changed": "changed", "unchanged": "unchanged", "there": "there already", "failed": "failed"}
    told = ", ".join(f"{counts[what]} {word}" for what, word in words.items() if counts[what])
    hint = f"; parley build {into} reads what is there" if counts.total() > counts["failed"] else ""
    say(f"{told or 'nothing new'}{hint}")

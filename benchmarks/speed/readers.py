"""People who read a PostgreSQL ledger while a build writes it: how long they wait, what the build loses, which indexes answer them.

    python -m benchmarks.speed.readers [--articles 1500] [--readers 4] [--write]

A server of our own gets a ledger of that many short articles. Then so many reader processes ask it what the web app's lists and its search ask, again
and again: first with nobody writing, then while a build adds as many articles again. A reader sees only whole articles. At the end the server
tells how often each index was used, and how large it is: an index that nothing used has to justify itself, and a table that is found by
indexes alone gains nothing by being parted. The clock counts here, as waiting is what is asked about: run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.quality.gate import ROOT
from benchmarks.reliability.report import put
from benchmarks.reliability.stores import server
from benchmarks.speed.scale import lines
from parley.engine.build import build
from parley.store.ledger import Ledger

DOCUMENT = ROOT / "docs" / "postgresql.md"


@dataclass(slots=True)
class Waited:
    """What readers were told, in milliseconds each, and how long the build took meanwhile."""

    what: str
    readers: int
    build: float = 0.0
    took: list[float] = field(default_factory=list)
    torn: int = 0

    def line(self) -> str:
        """A row of the table."""
        cuts = quantiles(self.took, n=100) if len(self.took) > 1 else [0.0] * 99
        told = f"{self.build:.0f} s" if self.build else ""
        return f"| {self.what} | {self.readers} | {told} | {len(self.took):,} | {cuts[49]:.0f} ms | {cuts[94]:.0f} ms | {self.torn} |"


def _read(address: str, end: Event, told: Any) -> None:
    """Ask as the web app's lists and search do, until told to end."""
    took: list[float] = []
    torn = 0
    with Ledger.open(address) as ledger:
        names = {str(row["name"]) for row in ledger.actors()}
        asks: list[Any] = [
            lambda: list(ledger.statements(limit=50)),
            lambda: list(ledger.figures(limit=50)),
            lambda: list(ledger.articles(limit=50)),
            lambda: list(ledger.search("road", limit=50)),
            lambda: list(ledger.statements(speaker=next(iter(sorted(names)), "Melk"), limit=50)),
        ]
        while not (took and end.is_set()):
            for ask in asks:
                began = time.monotonic()
                rows = ask()
                took.append((time.monotonic() - began) * 1000)
                torn += any(not row.get("id") for row in rows)
    told.put((took, torn))


def waited(what: str, address: str, readers: int, work: Any) -> Waited:
    """Have so many readers read while some work is done."""
    out = Waited(what, readers)
    context = multiprocessing.get_context("spawn")
    end, told = context.Event(), context.Queue()
    people = [context.Process(target=_read, args=(address, end, told)) for _ in range(readers)]
    for person in people:
        person.start()
    began = time.monotonic()
    wrote = work()
    out.build = time.monotonic() - began if wrote else 0.0
    end.set()
    for _ in people:
        took, torn = told.get(timeout=120)
        out.took += took
        out.torn += torn
    for person in people:
        person.join()
    return out


def indexes(address: str) -> str:
    """How often each index was used, by the server's own count."""
    import psycopg

    asked = (
        b"SELECT relname, indexrelname, idx_scan, pg_relation_size(indexrelid) FROM pg_stat_user_indexes"
        b" WHERE pg_relation_size(indexrelid) > 65536 ORDER BY idx_scan DESC, indexrelname LIMIT 25"
    )
    with psycopg.connect(address) as connection:
        rows = connection.execute(asked).fetchall()
    told = [f"| {table} | {index} | {used:,} | {size / 1000:,.0f} kB |" for table, index, used, size in rows]
    return "\n".join(["| table | index | used | size |", "|---|---|---:|---:|", *told])


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=15.0, help="that are read with nobody writing")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/postgresql.md")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="parley-readers-") as name, server() as postgres:
        import psycopg

        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute("CREATE DATABASE readers")
        address = postgres.replace("/postgres?", "/readers?")
        told = list(lines(3 * given.articles, short=True))
        piles = [Path(name) / f"{n}.jsonl" for n in range(3)]
        for n, pile in enumerate(piles):
            some = told[n * given.articles : (n + 1) * given.articles]
            pile.write_text("".join(json.dumps(json.loads(x) | {"id": f"{n}-{i}"}) + "\n" for i, x in enumerate(some)))

        def built(pile: Path) -> bool:
            build(pile, address, profile="rules", workers=1, compare=False)
            return True

        found = [waited("a build, nobody reads", address, 0, lambda: built(piles[0]))]
        found += [waited("nobody writes", address, given.readers, lambda: time.sleep(given.seconds))]
        found += [waited("a build and readers", address, given.readers, lambda: built(piles[1]))]
        head = "| | readers | the build | answers | half within | 19 of 20 within | answers with half a row |\n|---|---:|---:|---:|---:|---:|---:|"
        text = "\n".join([head, *(one.line() for one in found), "", indexes(address)])
    print(text)
    if given.write:
        put("readers", text, DOCUMENT)


if __name__ == "__main__":
    main()

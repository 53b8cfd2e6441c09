"""How long the pages of the web app take at a ledger of any size, asked in this process as a browser asks.

    python -m benchmarks.speed.pages LEDGER [--rounds N] [--cold] [--only TEXT] [--json] [--write NAME]

Every page and search is asked with what the ledger itself holds: its most frequent names and outlets, rare ones, and ones that nobody
has. Each address is asked first as the first request of a process of its own, ready as `parley serve` is (`first`: nothing is kept from earlier
answers; with `--cold` the operating system's copy of a SQLite file is dropped before each family), and then N times in turn (`again`). Wall time and processor
time of this process; a PostgreSQL server's processor time is in the wall time alone. `--write NAME` puts the table into docs/speed.md, in the
place of the one that had that name.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import pickle
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from starlette.testclient import TestClient

from benchmarks.quality.gate import ROOT
from benchmarks.speed.told import put
from parley.store import schema as t
from parley.store.judgements.queue import LAYERS, ORDERS
from parley.store.ledger import Ledger
from parley.store.query import VOICES
from parley.web.app import make_app
from parley.web.asked import address
from parley.web.serve import prepare

DOCS = ROOT / "docs" / "speed.md"
NOBODY = "Zzyzx Qqwrt"
SEARCHES = (
    "said",
    "ceasefire",
    "president obama",
    '"white house"',
    "zzyzx",
    "mexican wall",
    "climate",
    "per cent",
    "ussi",
    "trump",
)
FACETS = {
    "statement": ("speaker", "speaker_side", "kind"),
    "figure": ("category", "claimant", "place"),
    "position": ("party", "issue", "stance"),
    "event": ("type", "status", "place"),
    "wording": ("voice", "referent", "term"),
}
LISTS = {
    "statement": "/statements",
    "figure": "/figures/rows",
    "position": "/positions/rows",
    "event": "/timeline/rows",
    "wording": "/wording/rows",
    "article": "/articles",
}
ASKED_AS = {"speaker_side": "side"}
Asked = tuple[str, str]
"""A family of pages, and an address."""


@dataclass(frozen=True, slots=True)
class Took:
    """One answer: seconds of the clock and of the processor, and how it was answered."""

    family: str
    address: str
    first: bool
    wall: float
    processor: float
    status: int


# --- what is asked ----------------------------------------------------------------------------------------------------


def addresses(ledger: Ledger) -> Iterator[Asked]:
    """Every page, with what this ledger holds."""
    yield from (("overview", "/"), ("about", "/about"), ("search", "/search"))
    yield from (("search", address("/search", q=words)) for words in SEARCHES)
    for kind, path in LISTS.items():
        yield from ((f"list {kind}", one) for one in _list(ledger, kind, path))
    yield from _compared(ledger)
    yield from _actors(ledger)
    yield from _rows(ledger)
    yield from _reviewed(ledger)


def _list(ledger: Ledger, kind: str, path: str) -> Iterator[str]:
    yield path
    yield address(path, text="president")
    yield address(path, text="zzyzx")
    yield address(path, since="2016-02-01", until="2016-02-07")
    yield address(path, until="1950")
    for outlet in (*_some(ledger, "article", "outlet"), NOBODY):
        yield address(path, outlet=outlet)
    if kind == "article":
        return
    for column in FACETS[kind]:
        for value in (*_some(ledger, kind, column), *([NOBODY] if column != "kind" else [])):
            yield address(path, **{ASKED_AS.get(column, column): value})
    if kind == "statement":
        yield from (address(path, voice=voice) for voice in VOICES)
        yield from (address(path, issue=issue) for issue in (*_some(ledger, "position", "issue"), NOBODY))
    one, two = FACETS[kind][:2]
    values = [next(iter(_some(ledger, kind, c)), NOBODY) for c in (one, two)]
    yield address(path, **{ASKED_AS.get(one, one): values[0], ASKED_AS.get(two, two): values[1], "since": "2015"})
    yield address(path, **{ASKED_AS.get(one, one): values[0], "text": "president"})
    after = _later(ledger, kind)
    if after:
        yield address(path, after=after)


def _some(ledger: Ledger, kind: str, column: str) -> list[str]:
    """The most frequent value of a column, one from the middle and a rare one, of some rows of the ledger."""
    table = t.article if kind == "article" else t.FINDINGS[kind]
    with ledger._reading() as connection:
        some = sa.select(table.c[column].label("value")).where(table.c[column].is_not(None)).limit(20_000).subquery()
        counted = (
            sa.select(some.c.value, sa.func.count())
            .group_by(some.c.value)
            .order_by(sa.func.count().desc(), some.c.value)
        )
        found = [v for v, _ in connection.execute(counted)]
    return list(dict.fromkeys([found[0], found[len(found) // 20], found[-1]])) if found else []


def _later(ledger: Ledger, kind: str) -> str | None:
    from parley.store import browse

    after = None
    for _ in range(3):
        after = browse.page(ledger, kind, after=after, limit=200).after or after
    return after


def _compared(ledger: Ledger) -> Iterator[Asked]:
    for path, kind, columns in (
        ("/figures", "series", ("category", "claimant", "place")),
        ("/timeline", "event_told", ("type", "place")),
        ("/wording", "wording_share", ("referent", "outlet", "voice", "term")),
        ("/differences", "", ()),
    ):
        yield path, path
        for column in columns:
            rows = ledger.found(kind, limit=500)
            values = [r[column] for r in rows if r[column]]
            yield from (
                (path, address(path, **{column: v})) for v in (*dict.fromkeys((*values[:1], *values[-1:])), NOBODY)
            )
    yield "/figures", "/figures?from=100"
    yield "/timeline", "/timeline?since=2016-01-01&until=2016-01-07"
    yield "/timeline", "/timeline?from=400"
    yield "/timeline", "/timeline?actor=Obama"
    for type in ("events", "figures", "quotes", "positions", "dates"):
        yield "/differences", f"/differences?type={type}"
    yield "/positions", "/positions"
    yield "/positions", "/positions?at=2016-01-01"
    for stance in (ledger.found("stance", limit=500) or [{"party": NOBODY, "issue": "deal"}])[::100]:
        yield "/positions", address("/positions", party=stance["party"], issue=stance["issue"])
    for what in ("copies", "naming", "heard", "doubt", "passives", "utterances", "missing"):
        yield f"/across {what}", f"/across?what={what}"
    for outlet in _some(ledger, "article", "outlet")[:2]:
        for what in ("copies", "naming", "heard", "doubt", "passives", "missing"):
            yield f"/across {what}", address("/across", what=what, outlet=outlet)


def _actors(ledger: Ledger) -> Iterator[Asked]:
    for path in ("/actors", "/actors?name=clinton", f"/actors?name={NOBODY}", "/actors?side=democrat"):
        yield "/actors", path.replace(" ", "+")
    links = t.link.c
    with ledger._reading() as connection:
        some = list(connection.execute(sa.select(links.right).limit(400)).scalars())
    known = [
        r["id"] for name in ("Donald Trump", "Barack Obama", "Senn Idrow") for r in ledger.actors(name=name, limit=1)
    ]
    yield from (("/actor", f"/actor/{id}") for id in dict.fromkeys((*known, *some[::80])))


def _rows(ledger: Ledger) -> Iterator[Asked]:
    for kind, table in t.FINDINGS.items():
        if kind == "date":
            continue
        with ledger._reading() as connection:
            ids = list(connection.execute(sa.select(table.c.id, table.c.article).limit(2_000)))
        yield from (("/row", f"/row/{id}") for id, _ in ids[::500])
        yield from (("/article", f"/article/{article}") for _, article in ids[::700])


def _reviewed(ledger: Ledger) -> Iterator[Asked]:
    yield from (("/review", f"/review?order={order}") for order in ORDERS)
    yield from (("/review", f"/review?order=confidence&layer={layer}") for layer in LAYERS)
    last = ledger.queue("confidence", limit=50)
    if last:
        yield "/review", address("/review", after=last[-1]["id"])
    yield from (("/review", "/review/said"), ("/review", "/review/waiting"))
    some = [r["id"] for r in ledger.queue("layer", limit=2)]
    yield from (("/review row", f"/review/row/{id}") for id in some)
    yield from (("/review row", f"/review/utterance/{id}") for id in some if id.startswith("st_"))
    yield from (("/review row", f"/review/actor/{r['id']}") for r in ledger.actors(name="Donald Trump", limit=1))
    yield "/dossiers", "/dossiers"
    yield from (("/dossier", f"/dossier/{d['id']}") for d in ledger.dossiers()[:2])


# --- asking -----------------------------------------------------------------------------------------------------------


def measured(where: str, rounds: int, *, cold: bool, only: str = "") -> Iterator[Took]:
    """Ask every address as the first of a process, and then again and again; `parley serve` prepares itself in the same way."""
    prepare()
    with Ledger.open(where) as ledger:
        asked = [a for a in addresses(ledger) if only in a[0] or only in a[1]]
    families: dict[str, list[str]] = defaultdict(list)
    for family, one in asked:
        families[family].append(one)
    for family, ones in families.items():
        if cold and "://" not in where:
            _forgotten(Path(where))
        for one in ones:
            yield from _alone(where, partial(_first, family, one))
        yield from _alone(where, partial(_again, family, ones, rounds))


def _first(family: str, one: str, visitor: TestClient) -> list[Took]:
    """An address as the first request."""
    return [_asked(visitor, family, one, first=True)]


def _again(family: str, ones: Sequence[str], rounds: int, visitor: TestClient) -> list[Took]:
    """Each address so many times in turn, after all were asked once."""
    turns = [[_asked(visitor, family, one, first=False) for one in ones] for _ in range(rounds + 1)]
    return [took for turn in turns[1:] for took in turn]


def _alone(where: str, asked: Callable[[TestClient], list[Took]]) -> list[Took]:
    """What is asked in a process of its own: nothing of earlier ones is left in its memory, nor for its collector to look at."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        gc.freeze()
        with Ledger.open(where) as ledger, os.fdopen(writes, "wb") as told:
            pickle.dump(asked(_visitor(ledger)), told)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as told:
        took: list[Took] = pickle.load(told)
    os.waitpid(child, 0)
    return took


def _visitor(ledger: Ledger) -> TestClient:
    return TestClient(
        make_app(ledger), base_url="http://127.0.0.1", client=("127.0.0.1", 50_000), raise_server_exceptions=False
    )


def _asked(visitor: TestClient, family: str, one: str, *, first: bool) -> Took:
    wall, processor = time.perf_counter(), time.process_time()
    status = visitor.get(one).status_code
    return Took(family, one, first, time.perf_counter() - wall, time.process_time() - processor, status)


def _forgotten(path: Path) -> None:
    """Drop what the operating system holds of a file."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


# --- telling ----------------------------------------------------------------------------------------------------------


def quantile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of them does not exceed.

    >>> quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95), quantile([3], 0.5)
    (10, 3)
    """
    held = sorted(values)
    return held[min(len(held) - 1, int(share * len(held)))]


def table(found: Sequence[Took]) -> list[str]:
    """A line a family, milliseconds: half of the answers and nineteen of twenty take no longer."""
    families = list(dict.fromkeys(took.family for took in found))
    lines = [
        "| page | addresses | first p50 | first p95 | again p50 | again p95 | again p95, processor | slowest |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for family in (*families, "all pages but search", "all"):
        some = [took for took in found if _belongs(took.family, family)]
        if some:
            lines.append(_line(family, some))
    return lines


def _belongs(family: str, wanted: str) -> bool:
    return wanted in (family, "all") or (wanted == "all pages but search" and family != "search")


def _line(family: str, some: Sequence[Took]) -> str:
    def of(share: float, which: Callable[[Took], float], *, first: bool) -> str:
        values = [which(took) for took in some if took.first == first]
        return f"{1000 * quantile(values, share):.0f}" if values else "-"

    slow = max(some, key=lambda took: took.wall)
    walls = [of(share, lambda took: took.wall, first=first) for first in (True, False) for share in (0.5, 0.95)]
    processor = of(0.95, lambda took: took.processor, first=False)
    bad = sorted({took.status for took in some if took.status >= 400})
    wrong = f" (answered {', '.join(map(str, bad))})" if bad else ""
    count = len({took.address for took in some})
    return f"| {family} | {count} | {' | '.join(walls)} | {processor} | {1000 * slow.wall:.0f}{wrong} |"


def heading(where: str) -> str:
    """What the ledger is, in a sentence."""
    with Ledger.open(where) as ledger:
        counts = ledger.counts()
        found = {k: f"{counts[k]:,}" for k in ("article", "statement", "figure", "event")}
        kind = "PostgreSQL" if "://" in where else f"SQLite, {Path(where).stat().st_size / 1e9:.1f} GB"
    told = f"{found['article']} articles, {found['statement']} statements, {found['figure']} figures, {found['event']} events"
    return f"{kind}: {told}. Milliseconds of the clock unless told otherwise; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}."


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--slowest", type=int, default=12)
    parser.add_argument("--write", metavar="NAME")
    given = parser.parse_args(argv)
    found = list(measured(given.ledger, given.rounds, cold=given.cold, only=given.only))
    lines = [heading(given.ledger), "", *table(found)]
    if given.json:
        rows: list[dict[str, Any]] = [{k: getattr(took, k) for k in Took.__slots__} for took in found]
        print(json.dumps(rows))
    else:
        print("\n".join(lines))
        for took in sorted(found, key=lambda took: -took.wall)[: given.slowest]:
            print(
                f"{1000 * took.wall:8.0f} ms {'first' if took.first else 'again'}  {took.status}  {took.address}",
                file=sys.stderr,
            )
    if given.write:
        put(DOCS, given.write, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What a build takes of memory, processor time and room, at several sizes and with several worker processes.

    python -m benchmarks.speed.scale [--sizes 100 300 1000] [--workers 1 2] [--profile fast] [--write]
    python -m benchmarks.speed.scale --steps clean --sizes 1000 10000 100000 --workers 1
    python -m benchmarks.speed.scale --steps confidence --profile rules --sizes 10 100 1000 10000 --workers 1

Articles are PolNeAR's of the shared folder (else the sample corpus), again and again with other names, so that none is a copy byte for
byte. With `--steps` only the first steps up to that one are done (`confidence` is the last), on short invented articles: so a size can be reached at
which only reading, passing to workers and writing count. With three sizes and one worker the slope is told. Nothing is compared: that is timed by `benchmarks.speed.compare`. Processor time, builder
and workers together: a machine at other work makes the clock meaningless. `--write` puts the figures into docs/scale.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path

from benchmarks.quality.gate import ROOT
from benchmarks.reliability.articles import articles as short_articles
from benchmarks.reliability.report import put
from benchmarks.speed.compare import renamed
from benchmarks.speed.measure import default_sources, pages_of
from parley.pipeline import STEPS

DOCUMENT = ROOT / "docs" / "scale.md"

BUILD = """
import json, resource, sys, time
from parley.engine.build import build
from parley.pipeline import STEPS
source, ledger, profile, workers, last = sys.argv[1:]
names = [s.name for s in STEPS]
steps = STEPS[: names.index(last) + 1] if last else STEPS
began = time.monotonic()
report = build(source, ledger, profile=profile, workers=int(workers), compare=False, steps=steps)
mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "articles": report.added, "clock": time.monotonic() - began,
    "builder": mine.ru_utime + mine.ru_stime, "workers": theirs.ru_utime + theirs.ru_stime,
    "builder_mb": mine.ru_maxrss / 1024, "worker_mb": theirs.ru_maxrss / 1024,
}))
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one build took: seconds of processor time, megabytes at most, bytes of the ledger."""

    articles: int
    processes: int
    clock: float
    builder: float
    workers: float
    builder_mb: float
    worker_mb: float
    source: int
    ledger: int

    @property
    def milliseconds(self) -> float:
        """Processor time of an article, everything included."""
        return (self.builder + self.workers) * 1000 / self.articles


def lines(count: int, *, short: bool) -> Iterator[str]:
    """So many articles as lines of JSON; one by one, as a million would not be held."""
    if short:
        for first in range(0, count, 10_000):
            yield from short_articles(min(10_000, count - first), seed=first + 1, broken=False)
        return
    pages = pages_of(default_sources(), 1000)
    for n in range(count):
        page = pages[n % len(pages)]
        text = renamed(page.text, n // len(pages))
        record = {"id": f"{n}", "title": page.title, "text": text, "date": page.published, "outlet": page.outlet}
        yield json.dumps(record, ensure_ascii=True)


def taken(count: int, workers: int, profile: str, last: str) -> Taken:
    """Build so many articles in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="parley-scale-") as name:
        source, ledger = Path(name) / "pile.jsonl", Path(name) / "x.db"
        with source.open("w", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in lines(count, short=bool(last)))
        path = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
        command = [sys.executable, "-c", BUILD, str(source), str(ledger), profile, str(workers), last]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path})
        said = json.loads(done.stdout.splitlines()[-1])
        size = sum(p.stat().st_size for p in Path(name).glob("x.db*"))
        return Taken(processes=workers, source=source.stat().st_size, ledger=size, **said)


@dataclass(frozen=True, slots=True)
class Model:
    """What a build takes, told from measurements: so many seconds for each process to start, and for each article."""

    start: float
    article: float

    @classmethod
    def of(cls, some: Sequence[Taken]) -> Model:
        """The line through the measurements, each weighed by its size, so that small builds count, too."""
        import numpy as np

        weights = np.array([1 / (t.builder + t.workers) for t in some])
        known = np.array([[t.processes, t.articles] for t in some]) * weights[:, None]
        start, article = np.linalg.lstsq(known, np.ones(len(some)), rcond=None)[0]
        return cls(float(start), float(article))

    def seconds(self, taken: Taken) -> float:
        """Processor time that a build like this one should take."""
        return self.start * taken.processes + self.article * taken.articles


CORE_HOUR, GB_MONTH = 0.04, 0.023
"""Dollars; list prices of large clouds for general machines and object stores, assumed."""


def cost(some: Sequence[Taken]) -> str:
    """What a million articles take and cost by the model."""
    model, last = Model.of(some), some[-1]
    hours = model.article * 1e6 / 3600
    room = last.ledger / last.articles * 1e6 / 1e9
    return (
        f"By these measurements a process takes {model.start:.1f} s to start and an article {model.article * 1000:.1f} ms, {1 / model.article:.1f}"
        f" articles a second and core. A million articles: {hours:.1f} core hours ({hours * CORE_HOUR:.2f} dollars) and"
        f" {room:.1f} GB of ledger ({room * GB_MONTH:.2f} dollars a month)."
    )


def growth(some: Sequence[Taken]) -> str:
    """What each further article takes from one size to the next, and the exponent of the whole: 1 is a straight line, 2 a square."""
    ones = [t for t in some if t.processes == 1]
    if len(ones) < 3:
        return ""
    steps = [
        f"from {a.articles:,} to {b.articles:,} each further article {(b.builder - a.builder) * 1000 / (b.articles - a.articles):.1f} ms"
        f" and {(b.builder_mb - a.builder_mb) * 1000 / (b.articles - a.articles):.2f} kB of memory"
        for a, b in pairwise(ones)
    ]
    first, middle, last = ones[0], ones[-2], ones[-1]
    grown = (last.builder - first.builder) / (middle.builder - first.builder)
    wider = (last.articles - first.articles) / (middle.articles - first.articles)
    return f"Slope: {'; '.join(steps)}. Processor time grows with the power {log(grown) / log(wider):.2f} of the number of articles."


def table(some: Sequence[Taken]) -> str:
    """The figures as rows."""
    model = Model.of(some)
    rows = [
        "| articles | worker processes | processor time | the model says | an article | of it the builder | a second and core | builder at most | worker at most"
        " | source an article | ledger an article |",
        "|---:" * 11 + "|",
    ]
    for t in some:
        each = 1000 / t.articles
        rows.append(
            f"| {t.articles:,} | {t.processes} | {t.builder + t.workers:.1f} s | {model.seconds(t):.1f} s | {t.milliseconds:.1f} ms | {t.builder * each:.1f} ms | {1000 / t.milliseconds:.1f}"
            f" | {t.builder_mb:.0f} MB | {f'{t.worker_mb:.0f} MB' if t.processes > 1 else 'itself'}"
            f" | {t.source / t.articles / 1000:.1f} kB | {t.ledger / t.articles / 1000:.1f} kB |"
        )
    return "\n".join(rows)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--profile", choices=("rules", "fast", "accurate"), default="fast")
    parser.add_argument("--steps", choices=[s.name for s in STEPS], default="", help="the last step that is done")
    parser.add_argument("--write", nargs="?", const="", metavar="NAME", help="put the figures into docs/scale.md")
    given = parser.parse_args(argv)
    some = []
    for size in given.sizes:
        for workers in given.workers:
            some.append(taken(size, workers, given.profile, given.steps))
            print(some[-1], flush=True)
    words = sum(len(json.loads(line)["text"].split()) for line in lines(200, short=bool(given.steps))) // 200
    told = f"{table(some)}\n\nArticles of {words} words. {cost(some)} {growth(some)}".rstrip()
    print(told)
    if given.write is not None:
        put(f"steps {given.write or given.steps}" if given.steps else given.profile, told, DOCUMENT)


if __name__ == "__main__":
    main()

"""Articles a second on one core: of the whole build, of each layer, of the store; start-up and memory beside them.

    python -m benchmarks.speed.measure [SOURCE...] [--profile fast|accurate|both] [--articles N] [--json]

Without a source the PolNeAR articles of the shared folder are read where they are (about 750 words each), else the sample corpus,
whose articles are a third as long. Times are processor time, so that another program at work counts little; a busy machine still
makes everything slower, so compare with numbers taken side by side. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.quality.gate import ROOT, shared
from parley.data import Article, Profile, RawPage, Reading, Run
from parley.engine.build import BATCH
from parley.engine.sample import sample
from parley.pipeline import Pipeline, Settings
from parley.read.sources import find_sources, read_pages
from parley.store.ledger import Ledger
from parley.store.sheets import sheet_of

ROUNDS = 3
"""Each article is read so often, and its quickest time counts: what is left is Parley's, not the machine's."""

BUILD = """
import json, resource, sys, time
from parley import build
one, all_of_them, folder, profile = sys.argv[1:]
build(one, f"{folder}/one.db", profile=profile, workers=1)
began = time.process_time()
report = build(all_of_them, f"{folder}/all.db", profile=profile, workers=1)
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"articles": report.added, "seconds": time.process_time() - began, "kilobytes": used.ru_maxrss}))
"""
FIRST = """
import json, sys, time
import parley
parley.analyse("The envoy Oran Melk said on Monday that 23 people were hurt.", profile=sys.argv[1])
print(json.dumps({"seconds": time.process_time()}))
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """What one profile takes: milliseconds an article by layer and in the store, a whole build, and a process that starts."""

    profile: Profile
    articles: int
    words: int
    layers: dict[str, float]
    sheet: float
    write: float
    build_ms: float
    megabytes: float
    start: float

    @property
    def per_second(self) -> float:
        """Articles a second on one core, of a whole build: reading the files, every layer, the ledger, linking names."""
        return 1000 / self.build_ms

    @property
    def store_share(self) -> float:
        """The part of a whole build that the store takes."""
        return (self.sheet + self.write) / self.build_ms


def default_sources() -> tuple[str, ...]:
    """PolNeAR's articles where they are at hand, else the sample corpus."""
    polnear = shared() / "bench/polnear/dev.jsonl"
    return (str(polnear),) if polnear.is_file() else sample().sources


def pages_of(sources: Sequence[str], count: int) -> list[RawPage]:
    """The first pages that can be read."""
    found = (page for source in find_sources(tuple(sources)) for page in read_pages(source))
    return list(islice((p for p in found if isinstance(p, RawPage)), count))


def measure(profile: Profile, sources: Sequence[str], count: int) -> Speed:
    """Everything about one profile."""
    pages = pages_of(sources, count)
    layers, readings = _layers(profile, pages)
    sheet, write = _store(readings)
    with tempfile.TemporaryDirectory() as folder:
        one, whole = _copy(pages[:1], Path(folder) / "one.jsonl"), _copy(pages, Path(folder) / "all.jsonl")
        built = _told(BUILD, one, whole, folder, profile)
        _told(FIRST, profile, compiled=folder)
        start = _told(FIRST, profile, compiled=folder)["seconds"]
    return Speed(
        profile=profile,
        articles=len(pages),
        words=sum(len(p.text.split()) for p in pages) // len(pages),
        layers=layers,
        sheet=sheet,
        write=write,
        build_ms=built["seconds"] * 1000 / built["articles"],
        megabytes=built["kilobytes"] / 1024,
        start=start,
    )


def _layers(profile: Profile, pages: Sequence[RawPage]) -> tuple[dict[str, float], list[Reading]]:
    quickest: dict[tuple[str, int], float] = {}
    readings: list[Reading] = []
    for _ in range(ROUNDS):
        pipeline = Pipeline.make(Settings(profile=profile))  # the accurate model remembers what it has read
        readings = [_timed(pipeline, page, number, quickest) for number, page in enumerate(pages)]
    names = [step.name for step, _ in pipeline.annotators]
    return {n: sum(s for (of, _), s in quickest.items() if of == n) * 1000 / len(pages) for n in names}, readings


def _timed(pipeline: Pipeline, page: RawPage, number: int, quickest: dict[tuple[str, int], float]) -> Reading:
    article = Article(id=page.id, file=page.file, source_id=page.source_id, sha256=page.sha256, text=page.text)
    reading = Reading(page=page, article=article)
    for step, annotate in pipeline.annotators:
        began = time.process_time()
        reading = annotate(reading)
        took = time.process_time() - began
        quickest[step.name, number] = min(took, quickest.get((step.name, number), took))
    return reading


def _store(readings: Sequence[Reading]) -> tuple[float, float]:
    """Milliseconds an article to make its sheet, and to write it into a new SQLite ledger with others."""
    began = time.process_time()
    sheets = [sheet_of(reading, fingerprint="f", run="r") for reading in readings]
    made = time.process_time()
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "x.db", create=True) as ledger:
        ledger.save_run(Run("r", "", (), (), "", ""))
        opened = time.process_time()
        for first in range(0, len(sheets), BATCH):
            ledger.write(sheets[first : first + BATCH])
        written = time.process_time()
    return (made - began) * 1000 / len(readings), (written - opened) * 1000 / len(readings)


def _copy(pages: Sequence[RawPage], path: Path) -> str:
    """The pages as one file of records, so that the build reads these and no others."""
    with path.open("w", encoding="utf-8", errors="replace") as out:
        for page in pages:
            record = {"id": page.source_id, "text": page.text, "title": page.title, "date": page.published}
            out.write(json.dumps(record) + "\n")
    return str(path)


def _told(script: str, *arguments: str, compiled: str | None = None) -> dict[str, Any]:
    """What a script of its own says, run by a fresh Python; `compiled` is a folder that keeps compiled modules, as an installation does."""
    path = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    around = {**os.environ, "PYTHONPATH": path}
    if compiled is not None:
        around |= {"PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", script, *arguments]
    said = subprocess.run(command, check=True, capture_output=True, env=around).stdout
    answer: dict[str, Any] = json.loads(said.splitlines()[-1])
    return answer


def table(speed: Speed) -> str:
    """The numbers as one reads them."""
    whole = sum(speed.layers.values())
    rows = [f"profile {speed.profile}: {speed.articles} articles of {speed.words} words", ""]
    rows += [f"  {name:<14}{ms:7.2f} ms" for name, ms in speed.layers.items()]
    rows += [f"  {'all layers':<14}{whole:7.2f} ms   {1000 / whole:6.1f} articles/s a core"]
    rows += [f"  {'store':<14}{speed.sheet + speed.write:7.2f} ms   {speed.store_share:6.1%} of a whole build"]
    rows += [f"  {'whole build':<14}{speed.build_ms:7.2f} ms   {speed.per_second:6.1f} articles/s a core"]
    rows += [f"  {'memory':<14}{speed.megabytes:7.0f} MB", f"  {'first article':<14}{speed.start:7.2f} s"]
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.measure", description=__doc__)
    parser.add_argument("sources", nargs="*", metavar="SOURCE")
    parser.add_argument("--profile", choices=("fast", "accurate", "both"), default="both")
    parser.add_argument("--articles", type=int, default=84, metavar="N")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    profiles: tuple[Profile, ...] = ("fast", "accurate") if asked.profile == "both" else (asked.profile,)
    for profile in profiles:
        speed = measure(profile, asked.sources or default_sources(), asked.articles)
        print(json.dumps({**asdict(speed), "per_second": speed.per_second}) if asked.json else f"{table(speed)}\n")


if __name__ == "__main__":
    main()

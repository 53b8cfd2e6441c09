"""Small piles of reports: ledgers made of a few sentences, and golden files that hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import parley
from parley.codebooks import load_codebook
from parley.compare.base import Comparison
from parley.compare.refresh import refresh
from parley.pipeline import Pipeline, Settings
from parley.read.text import page_from_text
from parley.resolve.relink import link_names
from parley.store.ledger import Ledger

GOLDEN = Path(__file__).resolve().parent / "golden"
SIDES = Path(parley.__file__).parent / "sample" / "sides.toml"

_REPORT = re.compile(r"\[(?P<outlet>[^,\]]+), (?P<date>[\d-]+)\] (?P<text>.+)")


@dataclass(slots=True)
class Case:
    """Some reports, each of an outlet and a day, and what is expected of them."""

    title: str
    reports: list[tuple[str, str, str]] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)


def cases(folder: str) -> list[Case]:
    """The cases of all golden files in a folder."""
    out: list[Case] = []
    for path in sorted((GOLDEN / folder).glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                out.append(Case(line[1:].strip()))
            elif line.startswith("=> "):
                out[-1].expected.append(line[3:])
            elif match := _REPORT.fullmatch(line):
                out[-1].reports.append((match["outlet"], match["date"], match["text"]))
    return out


def fill(ledger: Ledger, reports: Sequence[tuple[str, str, str]], rules: Mapping[str, Comparison]) -> None:
    """Read reports of `(outlet, date, text)` into a ledger, link names, and compare."""
    book = load_codebook(str(SIDES))
    pipeline = Pipeline.make(Settings(profile="rules", codebook=book))
    for n, (outlet, date, text) in enumerate(reports):
        article = f"A day in the valley\n\n{text}\n\nIt rained. The shops were full. Few looked up."
        page = page_from_text(article, published=date, outlet=outlet, file=f"{n}.txt", source_id=f"{n}.txt")
        ledger.add(pipeline.run(page), fingerprint="f", run="r")
    link_names(ledger, book)
    refresh(ledger, rules=rules)

"""Both sides alike: swap the parties in the sample, and every share of words, verbs, speakers and victims comes out mirrored."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tellings import compared, told_of_reading

from parley.codebooks import load_codebook
from parley.compare.base import Comparison, Told
from parley.compare.registry import comparisons
from parley.data import RawPage
from parley.pipeline import Pipeline, Settings
from parley.read.sources import read_pages

SAMPLE = Path(__file__).resolve().parents[3] / "src" / "parley" / "sample"
PAIRS = (("Calvera", "Meruvia"), ("Corda", "Veyra"), ("Adrim", "Toven"))
ARTICLES = ("02_", "03_", "05_", "06_", "15_", "16_", "24_", "27_", "35_", "36_")
"""Both sides' own outlets and those abroad that lean to them."""


def mirrored(text: str) -> str:
    swap = {a: b for left, right in PAIRS for a, b in ((left, right), (right, left))}
    swap |= {a.lower(): b.lower() for a, b in swap.items()} | {a.upper(): b.upper() for a, b in swap.items()}
    return re.sub("|".join(sorted(swap, key=len, reverse=True)), lambda m: swap[m[0]], text)


def tell(folder: Path) -> list[Told]:
    book = load_codebook(str(folder / "sides.toml"), str(folder / "outlets.toml"))
    pipeline = Pipeline.make(Settings(profile="rules", codebook=book))
    sides = {a.name: a.side for a in book.actors if a.side}
    tolds = []
    for path in sorted(folder.glob("*.*")):
        if path.name.startswith(ARTICLES):
            tolds += [told_of_reading(pipeline.run(p), sides) for p in read_pages(path) if isinstance(p, RawPage)]
    return tolds


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Told], list[Told]]:
    glass = tmp_path_factory.mktemp("mirror")
    for path in SAMPLE.iterdir():
        if path.name.startswith(ARTICLES) or path.name in ("sides.toml", "outlets.toml"):
            (glass / path.name).write_bytes(mirrored(path.read_bytes().decode("utf-8")).encode("utf-8"))
    return tell(SAMPLE), tell(glass)


def shown(comparison: Comparison, tolds: list[Told], turn: bool) -> list[str]:
    """Results as text, without ids, in an order of their own; with `turn`, mirrored."""
    rows = [json.dumps([f.kind, f.row], ensure_ascii=False) for f in compared(comparison, tolds)]
    plain = [re.sub(r"\b(?:ar|st|fi|wo)_[0-9a-f]{20}\b", "id", row) for row in rows]
    whole: list[Any] = [json.loads(mirrored(row) if turn else row) for row in plain]
    return sorted(json.dumps([kind, sorted(row.items(), key=str)], sort_keys=True) for kind, row in whole)


@pytest.mark.parametrize("name", ["wording", "doubt", "heard", "passives"])
def test_a_mirrored_corpus_gives_mirrored_shares(both: tuple[list[Told], list[Told]], name: str) -> None:
    here, there = both
    found = shown(comparisons()[name], here, turn=True)
    assert len(found) >= 8
    assert found == shown(comparisons()[name], there, turn=False)

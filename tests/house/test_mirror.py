"""Both sides alike: swap the parties' names in texts and codebooks, and every row comes out mirrored.

The names swapped have the same length, so not a single span moves.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parley.codebooks import Codebook, load_codebook
from parley.data import Profile, RawPage, Reading
from parley.pipeline import Pipeline, Settings
from parley.read.sources import read_pages

SAMPLE = Path(__file__).resolve().parents[2] / "src" / "parley" / "sample"
PAIRS = (("Calvera", "Meruvia"), ("Corda", "Veyra"), ("Adrim", "Toven"))
LAYERS = ("dates", "mentions", "statements", "figures", "positions", "events", "wording")


def mirrored(text: str) -> str:
    """The text with the parties' names swapped, upper and lower case kept."""
    swap = {a: b for left, right in PAIRS for a, b in ((left, right), (right, left))}
    swap |= {a.lower(): b.lower() for a, b in swap.items()} | {a.upper(): b.upper() for a, b in swap.items()}
    return re.sub("|".join(sorted(swap, key=len, reverse=True)), lambda m: swap[m[0]], text)


def texts(value: Any, change: Callable[[str], str]) -> Any:
    """Any row, or part of one, with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple | list):
        return [texts(v, change) for v in value]
    if isinstance(value, dict):
        return {k: texts(v, change) for k, v in value.items()}
    return value


def codebook(folder: Path) -> Codebook:
    return load_codebook(str(folder / "sides.toml"), str(folder / "outlets.toml"))


@pytest.fixture(scope="module")
def looking_glass(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus with the parties swapped in every file."""
    folder = tmp_path_factory.mktemp("mirror")
    for path in SAMPLE.iterdir():
        if path.suffix in (".txt", ".html", ".jsonl", ".toml"):
            (folder / path.name).write_bytes(mirrored(path.read_bytes().decode("utf-8")).encode("utf-8"))
    return folder


def pages(folder: Path) -> dict[str, RawPage]:
    found = [
        p for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".html", ".jsonl") for p in read_pages(path)
    ]
    return {p.source_id: p for p in found if isinstance(p, RawPage)}


def rows(reading: Reading, layer: str) -> list[Any]:
    """A layer's rows without what hashes the text: article and statement ids."""
    hashed = {"article", "statement", "nested_in", "part_of", "waits_for"}
    return [{k: v for k, v in dataclasses.asdict(row).items() if k not in hashed} for row in getattr(reading, layer)]


@pytest.mark.parametrize("profile", ["rules", "fast", pytest.param("accurate", marks=pytest.mark.model)])
def test_a_mirrored_corpus_gives_a_mirrored_ledger(looking_glass: Path, profile: Profile) -> None:
    here, there = pages(SAMPLE), pages(looking_glass)
    assert len(here) == len(there) >= 36
    pipeline = Pipeline.make(Settings(profile=profile, codebook=codebook(SAMPLE)))
    reflected = Pipeline.make(Settings(profile=profile, codebook=codebook(looking_glass)))
    different = []
    for source_id, page in here.items():
        reading = pipeline.run(page)
        reflection = reflected.run(there[mirrored(source_id)])
        for layer in LAYERS:
            if texts(rows(reading, layer), mirrored) != texts(rows(reflection, layer), str):
                different.append((source_id, layer))
    assert different == []

"""Both sides alike: swap the parties' names in texts and codebooks, and every row comes out mirrored.

The names swapped have the same length, so not a single span moves.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from parley.codebooks import Codebook, load_codebook
from parley.compare.registry import ask, questions
from parley.data import Profile, RawPage, Reading
from parley.engine.build import build
from parley.pipeline import Pipeline, Settings
from parley.read.sources import read_pages
from parley.store.ledger import Ledger

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
        return {change(k): texts(v, change) for k, v in value.items()}
    return value


def codebook(folder: Path) -> Codebook:
    return load_codebook(str(folder / "sides.toml"), str(folder / "outlets.toml"))


@pytest.fixture(scope="module")
def looking_glass(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus with the parties swapped in every file."""
    folder = tmp_path_factory.mktemp("mirror")
    for path in SAMPLE.iterdir():
        if path.suffix in (".txt", ".html", ".jsonl", ".toml", ".csv"):
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


@pytest.fixture(scope="module", params=["rules", pytest.param("accurate", marks=pytest.mark.model)])
def reflected(
    request: pytest.FixtureRequest, looking_glass: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """A ledger of the sample corpus, and one of its mirror image."""
    made = []
    for folder in (SAMPLE, looking_glass):
        sources = [str(p) for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".html", ".jsonl")]
        books = [str(folder / "sides.toml"), str(folder / "outlets.toml")]
        made.append(tmp_path_factory.mktemp("ledger") / "l.db")
        build(sources, made[-1], profile=request.param, workers=1, codebook=books, series=[str(folder / "series.csv")])
    return made


def places(ledger: Ledger, change: Callable[[str], str]) -> dict[str, str]:
    """What an id stands for, in words that have a mirror image: where a row stands, who an actor is."""
    articles = {a["id"]: change(a["source_id"]) for a in ledger.articles()}
    known = dict(articles)
    for row in (*ledger.statements(), *ledger.figures(), *ledger.positions(), *ledger.events(), *ledger.wording()):
        where = row.get("span") or [row["content"], row["cue"]]
        known[row["id"]] = f"{articles[row['article']]} {row['row']} {where}"
    return known | {a["id"]: change(a["name"]) for a in ledger.actors()}


def answers(ledger: Ledger, name: str, change: Callable[[str], str]) -> list[str]:
    """What a question is answered, with the places that ids stand for in their stead, and every other text changed."""
    known = places(ledger, change)

    def seen(text: str) -> str:
        return known.get(text) or change(text)

    def told(row: dict[str, Any]) -> dict[str, Any]:
        out: dict[str, Any] = texts({k: v for k, v in row.items() if k != "id"}, seen)
        # Other sides of one weight stand by their names, as results do by their ids; the matrix lists the rows that say otherwise.
        others = out.get("others")
        if not others or isinstance(others[0], str):
            return out
        return out | {"others": sorted(others, key=lambda o: (-o[2], o[0]))}

    found: Iterable[dict[str, Any]] = ask(ledger, name, {})
    return [json.dumps(told(row), sort_keys=True) for row in found]


@pytest.mark.parametrize("name", [q.name for q in questions().values() if q.exported])
def test_a_mirrored_corpus_is_compared_alike(reflected: list[Path], name: str) -> None:
    """Results of one weight may stand in any order: nothing but their ids, which hash the names, orders them."""
    here, there = reflected
    with Ledger.open(here) as ledger, Ledger.open(there) as reflection:
        assert sorted(answers(ledger, name, mirrored)) == sorted(answers(reflection, name, str)), name


def test_a_mirrored_corpus_is_ranked_alike(reflected: list[Path]) -> None:
    ranks = []
    changes: tuple[Callable[[str], str], ...] = (mirrored, str)
    for place, change in zip(reflected, changes, strict=True):
        with Ledger.open(place) as ledger:
            found = ledger.disagreements()
            ranks.append([(r["score"], r["type"], change(r["why"])) for r in found])
    assert [r[:2] for r in ranks[0]] == [r[:2] for r in ranks[1]]
    assert ranks[0]
    assert sorted(ranks[0]) == sorted(ranks[1])

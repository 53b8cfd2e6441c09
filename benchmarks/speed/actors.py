"""How fast names are linked: all of a ledger at once, and again after one more article.

    python -m benchmarks.speed.actors                 10,000 articles of ten names
    python -m benchmarks.speed.actors --articles 1000

The names are invented by rule: few people are named often and many once, as in news. Printed are seconds for linking all, for
linking again after one article, and for telling all facts of one actor.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from parley.codebooks import Codebook, load_codebook
from parley.data import Article, Mention, Reading, Span, Speaker, Statement
from parley.read.text import page_from_text
from parley.resolve.relink import link_names
from parley.store.ledger import Ledger
from parley.store.sheets import sheet_of

PEOPLE = 4
"""Persons who are known by name, for each article of the ledger."""


def readings(count: int, *, seed: int = 7) -> Iterator[Reading]:
    """Articles in which ten people and bodies speak."""
    rng = random.Random(seed)
    given = [_word(rng) for _ in range(400)]
    people = [f"{rng.choice(given)} {_word(rng)}" for _ in range(count * PEOPLE)]
    bodies = [f"{_word(rng)} {rng.choice(('Union', 'Council', 'Company'))}" for _ in range(max(count // 2, 1))]
    for n in range(count):
        text = f"Words were said, number {n}."
        page = replace(page_from_text(text), file=f"{n}.txt", source_id=f"{n}.txt")
        body = Span.of(text, 0, len(text))
        names = [_named(rng, people, bodies) for _ in range(10)]
        article = Article(page.id, page.file, page.source_id, page.sha256, text, published="2031-03-01", body=body)
        said = tuple(
            Statement(page.id, (Span.of(text, k, len(text)),), "direct", speaker=Speaker(name, None, role, side))
            for k, (name, _, role, side) in enumerate(names)
        )
        mentions = tuple(Mention(body, kind, name, side, role) for name, kind, role, side in names)  # type: ignore[arg-type]
        yield Reading(page=page, article=article, mentions=mentions, statements=said)


def _word(rng: random.Random) -> str:
    syllables = (
        rng.choice("bdfghklmnprstvz") + rng.choice("aeiou") + rng.choice(("", "n", "r", "l")) for _ in range(3)
    )
    return "".join(syllables).title()


def _named(rng: random.Random, people: list[str], bodies: list[str]) -> tuple[str, str, str | None, str | None]:
    side = rng.choice((None, None, "France", "Kenya"))
    if rng.random() < 0.2:
        return rng.choice((*bodies, "army", "health ministry", "Washington")), "organisation", None, side
    one = people[min(int(rng.paretovariate(0.6)) - 1, len(people) - 1)]
    shown = one if rng.random() < 0.8 else one.split()[1]
    return shown, "person", rng.choice((None, "minister", "spokesman")), side


def main() -> None:
    """Print how long it takes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    count = parser.parse_args().articles
    book = load_codebook()
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "l.db", create=True) as ledger:
        made = [sheet_of(reading, fingerprint="f", run="r") for reading in readings(count + 1)]
        for at in range(0, count, 200):
            ledger.write(made[at : min(at + 200, count)])
        _told(f"{len({r['key'] for r in ledger.names()})} names of {count} articles linked", _seconds(ledger, book))
        ledger.write(made[count:])
        _told("one more article linked", _seconds(ledger, book))
        began = time.perf_counter()
        facts = ledger.actor_facts(name=ledger.statements(limit=1)[0]["speaker"]["name"])
        _told(f"facts of {len(facts)} actors told", time.perf_counter() - began)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


def _seconds(ledger: Ledger, book: Codebook) -> float:
    began = time.perf_counter()
    link_names(ledger, book)
    return time.perf_counter() - began


def _told(what: str, seconds: float) -> None:
    print(f"{what}: {seconds:.2f} s")


if __name__ == "__main__":
    main()

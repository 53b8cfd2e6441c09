"""The set of copies is made as it says; how well they are found is measured where the shared sets are at hand."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.quality import copies
from benchmarks.quality.copies import Text

ORIGINAL = Text(
    "a", " ".join(f"The envoy number {n} said that road {n} will open before the spring." for n in range(20))
)
HOST = Text("h", " ".join(f"Markets in town {n} were quiet while the dockers counted crates." for n in range(20)))


def test_an_excerpt_has_so_many_of_a_hundred_words() -> None:
    for size in copies.SIZES:
        part = " ".join(copies._part(ORIGINAL.text, size, random.Random(size)))
        assert part in ORIGINAL.text
        assert size <= 100 * len(part.split()) / len(ORIGINAL.text.split()) < size + 10


def test_every_way_of_copying_is_found_in_a_small_set() -> None:
    texts = [ORIGINAL, *copies._copies(ORIGINAL, [HOST], random.Random(1))]
    pairs, _, _ = copies.found(texts)
    assert {t.id for t in texts[1:]} <= {i for pair in pairs if "a" in pair for i in pair}


@pytest.mark.slow
def test_copies_are_found_as_well_as_promised(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = copies.articles()
    monkeypatch.setattr(copies, "articles", lambda: whole[::6])
    told = copies.measure()
    assert told["recall"] >= 0.95
    assert told["precision"] >= 0.98

"""Candidates are the pairs that share enough hashes, each once, whatever came first and however much came at once."""

from __future__ import annotations

import random
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.compare.copying import candidates as looked
from parley.compare.copying.candidates import COMMON, PARTS, SAME, Crowded, Memory, candidates, near, shelve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parley.compare.copying.shingles import Sketch
    from parley.store.shelves import Part


def sketches(drawn: dict[str, set[int]]) -> dict[str, Sketch]:
    return {id: np.array(sorted(hashes), dtype=np.uint32) for id, hashes in drawn.items()}


def sharing(drawn: dict[str, set[int]]) -> set[frozenset[str]]:
    """The pairs by definition: every two are held against each other."""
    return {frozenset((a, b)) for a, b in combinations(drawn, 2) if len(drawn[a] & drawn[b]) >= SAME}


@given(
    st.dictionaries(st.sampled_from("abcdefghijklmnopqrst"), st.sets(st.integers(0, 12)), min_size=1),
    st.integers(1, 20),
    st.randoms(use_true_random=False),
)
def test_every_two_that_share_enough_are_found_in_any_order_and_batch(
    drawn: dict[str, set[int]], at_once: int, chance: random.Random
) -> None:
    spread = {id: {h * 0x01234567 % 2**32 for h in hashes} for id, hashes in drawn.items()}
    mixed = chance.sample(sorted(spread), len(spread))
    found = candidates(sketches({id: spread[id] for id in mixed}), at_once=at_once)
    assert len(found) == len({frozenset(pair) for pair in found})
    assert {frozenset(pair) for pair in found} == sharing(spread)


def test_many_articles_in_many_buckets_and_parts_are_found_as_well() -> None:
    chance = random.Random(7)
    drawn = {f"{n:04}": {chance.getrandbits(32) for _ in range(60)} for n in range(2_000)}
    for one, other in zip(chance.sample(sorted(drawn), 300), chance.sample(sorted(drawn), 300), strict=True):
        drawn[one] |= set(chance.sample(sorted(drawn[other]), 5))
    for at_once in (37, 500, 2_000):
        assert {frozenset(pair) for pair in candidates(sketches(drawn), at_once=at_once)} == sharing(drawn)


def test_parts_are_few_and_entries_written_few_times_however_many_articles_come_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelves, written = Memory(), 0
    put = shelves.put

    def counted(part: Part, buckets: Iterable[tuple[int, bytes]]) -> int:
        nonlocal written
        size = put(part, buckets)
        written += size
        return size

    monkeypatch.setattr(shelves, "put", counted)
    for n in range(600):
        shelve(shelves, [np.arange(n * 50, n * 50 + 50, dtype=np.uint32)], n)
    assert sum(part.held for part in shelves.parts()) == 600 * 50
    assert len(shelves.parts()) <= 3 * PARTS
    assert written <= 5 * 600 * 50
    spans = [(part.first, part.stop) for part in shelves.parts()]
    assert spans[0][0] == 0
    assert spans[-1][1] == 600
    assert [stop for _, stop in spans[:-1]] == [first for first, _ in spans[1:]]


def test_articles_that_are_gone_leave_the_shelves_when_parts_are_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    shelves = Memory()
    monkeypatch.setattr(shelves, "living", lambda first, stop: (n for n in range(first, stop) if n % 2))
    for n in range(PARTS):
        shelve(shelves, [np.arange(50, dtype=np.uint32)], n)
    [part] = shelves.parts()
    assert (part.first, part.stop, part.held) == (0, PARTS, 50 * PARTS // 2)
    new = np.arange(50, dtype=np.uint32)
    assert near(shelves, [new], PARTS) == [(PARTS, n) for n in range(PARTS) if n % 2]


def test_what_everybody_prints_says_nothing_and_is_not_kept_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looked, "COMMON", 20)
    shelves, line = Memory(), np.arange(8, dtype=np.uint32)
    found = 0
    for n in range(100):
        found += len(near(shelves, [line], n))
        shelve(shelves, [line], n)
    assert found == sum(range(20))
    assert sum(part.held for part in shelves.parts()) < 60 * len(line)
    assert near(shelves, [line, line], 100) == []


def test_more_than_there_is_room_for_is_told_but_of_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    shelves, line = Memory(), np.arange(8, dtype=np.uint32)
    shelve(shelves, [line] * 50, 0)
    monkeypatch.setattr(looked, "ROOM", 100)
    assert len(near(shelves, [line], 50)) == 50
    with pytest.raises(Crowded):
        near(shelves, [line, line], 50)
    assert COMMON > 50


@pytest.mark.parametrize("sketch", [[], [1, 2, 3]])
def test_articles_without_enough_words_are_near_to_none(sketch: list[int]) -> None:
    drawn = {id: np.array(sketch, dtype=np.uint32) for id in "abc"}
    assert candidates(drawn, at_once=2) == []

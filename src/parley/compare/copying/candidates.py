"""Which articles are worth holding beside each other: those whose sketches share some hashes.

Exact, so that an excerpt is found however long the rest is; MinHash, which estimates how alike two texts are as wholes, finds one in
twenty of the excerpts of two fifths. Who has a hash is kept on *shelves*, by hash and in buckets, and only the buckets are opened into which the hashes
of new articles fall. What comes in together makes a part of its own; when many parts are of about one size, they are
merged into one, so there are few of them and each entry is written a few times only, however many articles there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from parley.store.shelves import Part

if TYPE_CHECKING:
    import numpy.typing as npt

    from parley.compare.copying.shingles import Places, Sketch

    Entries: TypeAlias = npt.NDArray[np.uint32]
    """Rows `(hash, number of the article)`, by hash and then by number."""

SAME = 4
"""Hashes that two sketches share at least: 24 words in a row share four on average of those kept, and phrases seldom more than two."""

COMMON = 2_000
"""Articles from which a hash says nothing any more: a line that an outlet prints under everything."""

TOGETHER = 64
"""New articles that are held against the others at once: few enough that common phrases do not fill the memory."""

ROOM = 8_000_000
"""Entries that may be met in all parts with the hashes of some new articles: 64 MB."""

BUCKET = 512
"""Entries of a bucket, on average: 4 kB, a page of a database."""

OPENED = 1_024
"""Buckets that are opened at once."""

PARTS = 8
"""Parts of about one size (within a factor of `PARTS`) that are merged into one."""

_SPREAD = np.uint32(0x9E3779B1)
"""Sketches keep the small ones of all hashes; multiplied by this they fall into all buckets alike, and two never become one."""


class Crowded(Exception):  # noqa: N818  # not an error: fewer articles are to be looked at together
    """More than `ROOM` entries share hashes with these articles."""


class Shelves(Protocol):
    """Where entries are kept: in a ledger (`store/shelves.py`), or in memory (`Memory`)."""

    def parts(self) -> list[Part]:
        """All parts, in the order of their numbers."""

    def opened(self, part: int, buckets: Sequence[int]) -> Iterable[bytes]:
        """The entries of some buckets, given in order, and perhaps of others between them; in the order of buckets."""

    def put(self, part: Part, buckets: Iterable[tuple[int, bytes]]) -> int:
        """Put a new part on the shelves; gives how many entries it has, whatever `part.held` said."""

    def remove(self, part: int) -> None:
        """Take a part off the shelves."""

    def living(self, first: int, stop: int) -> Iterable[int]:
        """Those numbers `[first, stop)` whose articles are still there."""


class Memory:
    """Shelves in memory, from which no article goes."""

    def __init__(self) -> None:
        self._parts: dict[int, tuple[Part, dict[int, bytes]]] = {}

    def parts(self) -> list[Part]:
        return sorted((part for part, _ in self._parts.values()), key=lambda p: p.first)

    def opened(self, part: int, buckets: Sequence[int]) -> Iterable[bytes]:
        held = self._parts[part][1]
        return [held[bucket] for bucket in buckets if bucket in held]

    def put(self, part: Part, buckets: Iterable[tuple[int, bytes]]) -> int:
        held = dict(buckets)
        size = sum(map(len, held.values())) // 8
        self._parts[part.id] = part._replace(held=size), held
        return size

    def remove(self, part: int) -> None:
        del self._parts[part]

    def living(self, first: int, stop: int) -> Iterable[int]:
        return range(first, stop)


def candidates(sketches: Mapping[str, Sketch], *, at_once: int = 10_000) -> list[tuple[str, str]]:
    """Every two articles whose sketches share enough, each pair once, in the order of ids; so many are looked at `at_once`."""
    ids, shelves = list(sketches), Memory()
    pairs: list[tuple[str, str]] = []
    for at in range(0, len(ids), at_once):
        new = [sketches[id] for id in ids[at : at + at_once]]
        pairs += [(ids[a], ids[b]) for a, b in near(shelves, new, at)]
        shelve(shelves, new, at)
    return sorted((min(pair), max(pair)) for pair in pairs)


# --- looking ----------------------------------------------------------------------------------------------------------


def near(shelves: Shelves, new: Sequence[Sketch], first: int) -> list[tuple[int, int]]:
    """Pairs `(new, other)` of articles by their numbers: new ones, numbered from `first`, and those that are on the shelves or came before
    among the new ones.

    Raises Crowded where the new ones meet more than there is room for; a single one never does.
    """
    own = entries(new, first)
    asked = np.unique(own[:, 0])
    if not len(asked):
        return []
    room = ROOM if len(new) > 1 else None
    begins, numbers = _met(
        asked, [own], (found for part in shelves.parts() for found in _found(shelves, part, asked)), room
    )
    pairs: list[tuple[int, int]] = []
    for at in range(0, len(new), TOGETHER):
        pairs += _sharing([_spread(sketch) for sketch in new[at : at + TOGETHER]], first + at, asked, begins, numbers)
    return pairs


def _met(asked: Sketch, own: list[Entries], others: Iterable[Entries], room: int | None) -> tuple[Places, Sketch]:
    """By place among the hashes that are asked for, where the numbers of those begin that have it, and all of these numbers; none of a
    hash that is common."""
    often = np.zeros(len(asked), dtype=np.int64)
    held: list[Entries] = []
    count = 0
    for found in (*own, *others):
        places = np.searchsorted(asked, found[:, 0])
        often += np.bincount(places, minlength=len(asked))
        held.append(np.column_stack((places.astype(np.uint32), found[:, 1])))
        count += len(found)
        if room is not None and count > room + sum(map(len, own)):
            raise Crowded
    every = np.concatenate(held)
    every = every[(often <= COMMON)[every[:, 0]]]
    every = every[np.argsort(every[:, 0], kind="stable")]
    return np.searchsorted(every[:, 0], np.arange(len(asked) + 1)), every[:, 1]


def _found(shelves: Shelves, part: Part, asked: Sketch) -> Iterator[Entries]:
    """The entries of a part that have one of these hashes, some buckets at a time."""
    buckets, begins = np.unique(_bucket(asked, part.bits), return_index=True)
    ends = np.append(begins[1:], len(asked))
    for at in range(0, len(buckets), OPENED):
        some = slice(at, at + OPENED)
        held = _read(shelves.opened(part.id, buckets[some].tolist()))
        mine = asked[begins[some][0] : ends[some][-1]]
        places = np.minimum(np.searchsorted(mine, held[:, 0]), len(mine) - 1)
        yield held[mine[places] == held[:, 0]]


def _sharing(
    some: Sequence[Sketch], first: int, asked: Sketch, begins: Places, numbers: Sketch
) -> Iterator[tuple[int, int]]:
    """The pairs of some new articles that share enough with one of a smaller number."""
    places = np.searchsorted(asked, np.concatenate(some))
    counts = begins[places + 1] - begins[places]
    askers = np.repeat(np.arange(len(some)), [len(sketch) for sketch in some])
    asker, other = np.repeat(askers, counts), numbers[_ranges(begins[places], counts)].astype(np.int64)
    earlier = other < asker + first
    shared, often = np.unique((asker[earlier] << 32) + other[earlier], return_counts=True)
    for pair in shared[often >= SAME].tolist():
        yield first + (pair >> 32), pair & 0xFFFFFFFF


# --- keeping ----------------------------------------------------------------------------------------------------------


def shelve(shelves: Shelves, new: Sequence[Sketch], first: int) -> None:
    """Put articles on the shelves, numbered from `first`, and merge parts where many are of about one size."""
    own = entries(new, first)
    parts = shelves.parts()
    id = 1 + max((part.id for part in parts), default=0)
    part = Part(id, first, first + len(new), len(own), _bits(len(own)))
    parts.append(part._replace(held=shelves.put(part, _buckets(own, part.bits))))
    while len(last := _of_a_size(parts)) >= PARTS:
        id += 1
        part = Part(id, last[0].first, last[-1].stop, sum(p.held for p in last), _bits(sum(p.held for p in last)))
        parts[-len(last) :] = [part._replace(held=shelves.put(part, _merged(shelves, last, part.bits)))]
        for old in last:
            shelves.remove(old.id)


def _of_a_size(parts: Sequence[Part]) -> list[Part]:
    """The last parts, none of them of a larger size than the very last."""
    size = _size(parts[-1])
    since = next((n for n in range(len(parts), 0, -1) if _size(parts[n - 1]) > size), 0)
    return list(parts[since:])


def _size(part: Part) -> int:
    return part.held.bit_length() // (PARTS.bit_length() - 1)


def _merged(shelves: Shelves, parts: Sequence[Part], bits: int) -> Iterator[tuple[int, bytes]]:
    """The buckets of several parts as one, without articles that are gone; of a common hash as many entries as it takes to know it.

    A stretch of hashes after the other: no more than some ten thousand entries are held at once.
    """
    first = parts[0].first
    lives = np.zeros(parts[-1].stop - first, dtype=np.bool_)
    lives[np.fromiter(shelves.living(first, parts[-1].stop), dtype=np.int64) - first] = True
    stretches = max(0, bits - 6)
    for stretch in range(1 << stretches):
        held = np.concatenate([_stretch(shelves, part, stretch, stretches) for part in parts])
        held = held[lives[held[:, 1] - first]]
        yield from _buckets(_few(held[np.argsort(held[:, 0], kind="stable")]), bits)


def _stretch(shelves: Shelves, part: Part, stretch: int, bits: int) -> Entries:
    """The entries of a part whose hashes begin with these bits."""
    if bits <= part.bits:
        wide = part.bits - bits
        return _read(shelves.opened(part.id, range(stretch << wide, (stretch + 1) << wide)))
    held = _read(shelves.opened(part.id, [stretch >> (bits - part.bits)]))
    some: Entries = held[_bucket(held[:, 0], bits) == stretch]
    return some


def _few(held: Entries) -> Entries:
    """Entries by hash, of each hash `COMMON` and one at most."""
    hashes = held[:, 0]
    first = np.searchsorted(hashes, hashes, side="left")
    return held[np.arange(len(held)) - first <= COMMON]


def entries(new: Sequence[Sketch], first: int) -> Entries:
    """The entries of some articles numbered from `first`."""
    if not new:
        return np.zeros((0, 2), dtype=np.uint32)
    numbers = np.repeat(np.arange(first, first + len(new), dtype=np.uint32), [len(sketch) for sketch in new])
    held = np.column_stack((_spread(np.concatenate(new)), numbers))
    return held[np.argsort(held[:, 0], kind="stable")]


def _spread(sketch: Sketch) -> Sketch:
    spread: Sketch = sketch * _SPREAD
    return spread


def _bits(held: int) -> int:
    return min(24, (max(1, held) // BUCKET).bit_length())


def _bucket(hashes: Sketch, bits: int) -> Sketch:
    first: Sketch = hashes >> np.uint32(32 - bits) if bits else np.zeros_like(hashes)
    return first


def _buckets(held: Entries, bits: int) -> Iterator[tuple[int, bytes]]:
    """Entries in order as they are put on the shelves: each bucket that has any."""
    buckets, begins = np.unique(_bucket(held[:, 0], bits), return_index=True)
    for bucket, some in zip(buckets.tolist(), np.split(held, begins[1:]), strict=True) if len(held) else ():
        yield bucket, some.astype("<u4", copy=False).tobytes()


def _read(held: Iterable[bytes]) -> Entries:
    return np.frombuffer(b"".join(held), dtype="<u4").astype(np.uint32, copy=False).reshape(-1, 2)


def _ranges(first: Places, counts: Places) -> Places:
    """The numbers `first[n], first[n] + 1, ...`, as many as `counts[n]`, for each n in turn.

    >>> _ranges(np.array([3, 9]), np.array([2, 3])).tolist()
    [3, 4, 9, 10, 11]
    """
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum()))

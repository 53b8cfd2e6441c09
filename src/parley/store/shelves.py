"""Which articles have which hashes of the sketches, as `compare/copying/candidates.py` puts them on shelves and looks them up.

Numbers are given to articles when they are put there, and never to another while an entry with that number stands on a shelf.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.store import narrow
from parley.store import schema as t

_WRITTEN = 256
"""Buckets that are written at once: a megabyte."""

_READ = 50_000
"""Numbers that are fetched at once."""

_CLOSE = 4
"""Buckets from the first to the last for each that is wanted, up to which all of them are read: a range is read in one go."""


class Part(NamedTuple):
    """Entries that were put on the shelves together, of the articles numbered `[first, stop)`; they are in `2 ** bits` buckets."""

    id: int
    first: int
    stop: int
    held: int
    bits: int


class Shelves:
    """The shelves of a ledger, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def parts(self) -> list[Part]:
        """All parts, in the order of their numbers."""
        wanted = sa.select(*(t.shelf.c[name] for name in Part._fields)).order_by(t.shelf.c.first)
        return [Part(*row) for row in self._connection.execute(wanted)]

    def opened(self, part: int, buckets: Sequence[int]) -> Iterable[bytes]:
        """The entries of some buckets, given in order, and perhaps of others between them; in the order of buckets."""
        c = t.bucket.c
        if buckets[-1] - buckets[0] < _CLOSE * len(buckets):
            fits = c.bucket.between(buckets[0], buckets[-1])
        else:
            fits = narrow.among(self._connection, c.bucket, buckets)
        wanted = sa.select(c.held).where(c.part == part, fits).order_by(c.bucket)
        return self._connection.execute(wanted).scalars().all()

    def put(self, part: Part, buckets: Iterable[tuple[int, bytes]]) -> int:
        """Put a new part on the shelves; gives how many entries it has, whatever `part.held` said."""
        self._connection.execute(t.shelf.insert().values(part._asdict()))
        size, left = 0, iter(buckets)
        while some := list(islice(left, _WRITTEN)):
            rows = [{"part": part.id, "bucket": bucket, "held": held} for bucket, held in some]
            self._connection.execute(t.bucket.insert(), rows)
            size += sum(len(held) for _, held in some) // 8
        self._connection.execute(t.shelf.update().where(t.shelf.c.id == part.id).values(held=size))
        return size

    def remove(self, part: int) -> None:
        """Take a part off the shelves."""
        self._connection.execute(t.bucket.delete().where(t.bucket.c.part == part))
        self._connection.execute(t.shelf.delete().where(t.shelf.c.id == part))

    def living(self, first: int, stop: int) -> Iterator[int]:
        """Those numbers `[first, stop)` whose articles are still there."""
        c = t.sketch.c
        for at in range(first, stop, _READ):
            wanted = sa.select(c.number).where(c.number >= at, c.number < min(stop, at + _READ))
            yield from self._connection.execute(wanted).scalars().all()

    def clear(self) -> None:
        """Take off the shelves the parts of which every article is gone, as after all of them were read again."""
        c = t.sketch.c
        for part in self.parts():
            some = sa.select(c.number).where(c.number >= part.first, c.number < part.stop).limit(1)
            if self._connection.execute(some).first() is None:
                self.remove(part.id)

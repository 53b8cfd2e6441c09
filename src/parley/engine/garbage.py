"""Python's garbage collector, kept from looking again and again at what stays.

Codebooks, models and the word tables that grow while reading are some hundred thousand objects that live as long as the build, and rows hold no
cycles: left as it is the collector takes a sixth of a build's time, nearly all of it over what never becomes garbage.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (50_000, 20, 50)
"""How many new objects, and how many younger rounds, come before a round: some articles, and ten megabytes that may wait."""


@contextmanager
def spared() -> Iterator[None]:
    """The collector looks seldom inside, and afterwards as it did before."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def settle() -> None:
    """Everything that is there stays: no round looks at it, until `spared` ends."""
    gc.freeze()

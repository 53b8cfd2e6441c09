"""A small ledger of hand-made readings, and the app over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from web_visitors import ATTACK, hostile, visitor

from parley.data import Actor, Link, Reading
from parley.store.ledger import Ledger

SOURCES = 14
"""Files of the sample that are enough for a row, a copy and a series of every kind."""


@pytest.fixture(scope="session")
def web_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A part of the sample corpus, read by the rules alone."""
    from parley.engine.build import build
    from parley.engine.sample import sample

    made = sample()
    where = tmp_path_factory.mktemp("web") / "sample.db"
    build(made.sources[:SOURCES], str(where), profile="rules", workers=1, codebook=made.codebooks, series=made.series)
    with Ledger.open(where) as ledger:
        yield ledger


@pytest.fixture
def small_ledger(tmp_path: Path, reading: Callable[..., Any]) -> Iterator[Ledger]:
    """One article with a row of every kind."""
    with Ledger.open(tmp_path / "small.db", create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="ru_1")
        yield ledger


@pytest.fixture
def client(web_ledger: Ledger) -> TestClient:
    """A browser on this machine, over the sample ledger."""
    return visitor(web_ledger)


@pytest.fixture
def attacked(tmp_path: Path, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    """A ledger with one article that attacks, compared with itself, and an actor of that name."""
    from parley.compare.refresh import refresh

    with Ledger.open(tmp_path / "attacked.db", create=True) as ledger:
        ledger.add(hostile(reading), fingerprint="f", run="ru_1")
        actor = Actor(id="ac_1", name=ATTACK, kind="person", role=ATTACK, side=ATTACK, aliases=(ATTACK,))
        link = Link(ATTACK.lower(), "ac_1", "positive", 1.0, "same", ATTACK, "test")
        ledger.replace_actors([actor], [link], by="test", state=("actors", "x"))
        refresh(ledger)
        yield ledger

"""Dossiers as they are exported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dossiers import MakeReading, hostile_dossier, plain_dossier

from parley.export.dossier.sheet import Sheet, sheet_of
from parley.store.ledger import Ledger


@pytest.fixture
def roads(tmp_path: Path, reading: MakeReading) -> Iterator[Ledger]:
    """A ledger with the dossier “Roads”."""
    with plain_dossier(tmp_path, reading) as ledger:
        yield ledger


@pytest.fixture
def sheet(roads: Ledger) -> Sheet:
    """“Roads”, as it is read."""
    return sheet_of(roads, "Roads")


@pytest.fixture
def hostile_sheet(tmp_path: Path, reading: MakeReading) -> Iterator[Sheet]:
    """A dossier with an attack in every field."""
    with hostile_dossier(tmp_path, reading) as ledger:
        yield sheet_of(ledger, ledger.dossiers()[0]["id"])

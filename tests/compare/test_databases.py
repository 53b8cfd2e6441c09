"""A whole pile compared on PostgreSQL gives what it gives on SQLite: every question, every answer, in the same order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import empty_database

from parley.compare.base import Row
from parley.compare.registry import ask, questions
from parley.engine.build import build
from parley.engine.sample import sample
from parley.store.ledger import Ledger

pytestmark = pytest.mark.postgres


def answers(place: str) -> dict[str, list[Row]]:
    """All that can be asked of the sample corpus across articles, and what one outlet does not have."""
    files = sample()
    build(files.sources, place, profile="rules", workers=1, codebook=files.codebooks, series=files.series)
    with Ledger.open(place) as ledger:
        asked = {
            name: {} if question.exported else {"outlet": "Adrim Herald"} for name, question in questions().items()
        }
        return {name: ask(ledger, name, options) for name, options in asked.items()}


@pytest.fixture(scope="module")
def both(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, list[Row]], ...]]:
    """The answers of a SQLite file, and those of a PostgreSQL database."""
    with empty_database(postgres_server) as address:
        yield answers(str(tmp_path_factory.mktemp("pile") / "l.db")), answers(address)


@pytest.mark.parametrize("name", questions())
def test_both_databases_answer_alike(both: tuple[dict[str, list[Row]], ...], name: str) -> None:
    sqlite, postgres = both
    assert sqlite[name] or name == "naming", "no two outlets of the sample corpus name a thing often enough"
    assert postgres[name] == sqlite[name]

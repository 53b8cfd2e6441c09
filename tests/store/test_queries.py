"""Asking a ledger: filters and words choose the same rows on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from parley.data import Reading
from parley.store.ledger import Ledger
from parley.store.query import select


@pytest.fixture(scope="module")
def ledger(module_ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    """A ledger of two articles with the same text."""
    with Ledger.open(module_ledger_place, create=True) as held:
        for n in (2, 10):
            held.add(reading(file=f"{n}.txt", source_id=f"{n}.txt"), fingerprint="f1", run="r1")
        yield held


@pytest.mark.parametrize(
    ("kind", "filters", "count"),
    [
        ("statements", {}, 4),
        ("statements", {"speaker": "MELK"}, 2),
        ("statements", {"side": "calvera", "kind": "mixed"}, 2),
        ("statements", {"outlet": "herald", "since": "2031-03-03", "until": "2031-03"}, 4),
        ("statements", {"since": "2031-03-04"}, 0),
        ("statements", {"until": "2031-03-02"}, 0),
        ("statements", {"text": "dam"}, 2),
        ("statements", {"limit": 1}, 1),
        ("figures", {"category": "killed", "claimant": "ministry"}, 2),
        ("positions", {"party": "calvera", "issue": "territory", "stance": "demands"}, 2),
        ("events", {"actor": "veyra", "type": "talks_held"}, 2),
        ("wording", {"voice": "outlet", "term": "militants"}, 2),
        ("dates", {"type": "DATE"}, 4),
        ("articles", {"text": "elysee officials'"}, 2),
    ],
)
def test_filters_choose_rows(ledger: Ledger, kind: str, filters: dict[str, object], count: int) -> None:
    assert len(getattr(ledger, kind)(**filters)) == count


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("militants", ["article", "figure", "wording"]),
        ("elysee", ["article"]),
        ("ÉLYSÉE", ["article"]),
        ("“the road", ["article", "statement"]),
        ('"will open"', ["article", "statement", "statement"]),
        ('"open will"', []),
        ("ilitant", ["article", "figure", "wording"]),
        ("nobody", []),
        ("herald", []),
        # words too short for an index of three letters, before, after and without others that stand inside words
        ("il ilitant", ["article", "figure", "wording"]),
        ("ilitant il", ["article", "figure", "wording"]),
        ("ll zzyzx", []),
        ("qz jx", []),
    ],
)
def test_search_finds_words_alike_on_both_databases(ledger: Ledger, words: str, kinds: list[str]) -> None:
    found = list(ledger.search(words))
    assert sorted(r["row"] for r in found[: len(found) // 2]) == kinds
    assert [r["row"] for r in found] == [r["row"] for r in found[: len(found) // 2]] * 2
    assert list(ledger.search(words, limit=100)) == found


def test_findings_are_found_by_going_through_the_articles_in_order(tmp_path: Path) -> None:
    """A million articles' findings are not put in order before the first of them is told; those that a filter leaves are looked up by it."""
    Ledger.open(tmp_path / "x.db", create=True).close()
    with sa.create_engine(f"sqlite:///{tmp_path / 'x.db'}").connect() as connection:
        for kind, asked in (("statement", {}), ("figure", {"outlet": "kell"}), ("event", {"status": "machine"})):
            assert _plan(connection, kind, asked)[0].startswith("SCAN article USING INDEX ix_article_place")
        assert _plan(connection, "figure", {"category": "killed"})[0].startswith("SEARCH figure")


def _plan(connection: Connection, kind: str, asked: dict[str, Any]) -> list[str]:
    wanted = select(connection, kind, asked, None, 20).compile(connection, compile_kwargs={"literal_binds": True})
    return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {wanted}")]

"""Asking a ledger: filters and words choose the same rows on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from parley.data import Reading
from parley.store.ledger import Ledger


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
    ],
)
def test_search_finds_words_alike_on_both_databases(ledger: Ledger, words: str, kinds: list[str]) -> None:
    found = list(ledger.search(words))
    assert sorted(r["row"] for r in found[: len(found) // 2]) == kinds
    assert [r["row"] for r in found] == [r["row"] for r in found[: len(found) // 2]] * 2

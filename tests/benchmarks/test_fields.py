"""Where points are lost, field by field."""

from __future__ import annotations

from collections import Counter

from benchmarks.quality.fields import counted


def test_only_what_gold_or_the_row_says_is_counted() -> None:
    gold = [
        {"span": [0, 5], "value": 3, "qualifier": "exact", "category": "killed", "claimant": None, "place": "Kell"},
        {"span": [9, 12], "value": 4, "qualifier": "exact", "category": "killed", "optional": True},
    ]
    rows = [
        {
            "span": [0, 5],
            "value": 3,
            "qualifier": "exact",
            "category": "killed",
            "claimant": "Tarn",
            "place": "Kell Bay",
        },
        {"span": [9, 12], "value": 4, "qualifier": "exact", "category": "other", "claimant": None},
    ]
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    counted("figures", gold, rows, seen, right)
    assert seen["figures.category"] == seen["figures.place"] == 1
    assert right["figures.place"] == 1
    assert right["figures.claimant"] == 0
    assert "figures.via" not in seen

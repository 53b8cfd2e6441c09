"""The pile for timing is what it says: other names of the same length, every span in its place."""

from __future__ import annotations

from pathlib import Path

from benchmarks.speed import compare
from parley.store.ledger import Ledger

ARTICLE = {"id": "a", "title": "Road", "date": "2031-03-03", "outlet": "Herald"}
TEXT = "The envoy Oran Melk said on Monday that “the road to Fennick will open”. At least 23 people were killed, Castel said."


def test_rounds_hold_their_spans_and_are_compared(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    compare.written([{**ARTICLE, "text": TEXT}, {**ARTICLE, "id": "b", "text": TEXT.replace("23", "24")}], ledger)
    compare.multiplied(ledger, 5)
    with Ledger.open(ledger) as held:
        assert held.counts()["article"] == 5
        for row in held.statements():
            assert [held.text(row["article"])[a:b] for a, b in row["content"]] == row["content_text"]
        assert {"Oran Melk", "Oren Milk"} <= {s["speaker"]["name"] for s in held.statements()}
    assert compare.timed(ledger)["seconds"] > 0

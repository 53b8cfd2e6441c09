"""A result stands with the sentences that it rests on, who prints them and when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from parley.compare.base import Question
from parley.data import Reading
from parley.show.compared import SENTENCES, found_table
from parley.store.ledger import Ledger


def test_a_result_cites_a_few_of_its_rows(tmp_path: Path, reading: Callable[..., Reading]) -> None:
    question = Question("toys", "toy", lambda _: [], ("who", "what"), lambda row: (row["who"], row["what"]))
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        for n in range(SENTENCES + 1):
            ledger.add(reading(file=f"{n}.txt", source_id=str(n)), fingerprint="f", run="r")
        rows = [s["id"] for s in ledger.statements(speaker="Melk")]
        found = [
            {"id": "re_1", "who": "Melk", "what": "said it", "rows": rows},
            {"id": "re_2", "who": "x", "what": "y", "rows": ["st_none"]},
        ]
        console = Console(width=80)
        with console.capture() as told:
            console.print(found_table(ledger, question, found))
    out = told.get()
    assert (
        out.count("Herald, 3 March 2031: ““the road will open”") == SENTENCES or out.count("3 March 2031") == SENTENCES
    )
    assert "said it" in out
    assert all(len(line) <= 80 for line in out.splitlines())

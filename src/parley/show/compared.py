"""What several articles together tell, at a terminal: each result with the sentences that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from parley.show.terminal import dated, flat, in_marks

if TYPE_CHECKING:
    from parley.compare.base import Question, Row
    from parley.store.ledger import Ledger

SENTENCES = 4
"""Rows that are cited under a result at most; `--format json` names all."""

WIDE = 200
"""Characters of a sentence that are cited at most."""


def found_table(ledger: Ledger, question: Question, found: Sequence[Row]) -> Table:
    """Results under their headings; under each, who prints what, when, and where in the ledger."""
    cited = {r["id"]: list(islice(dict.fromkeys(question.cites(r)), SENTENCES)) for r in found}
    rows = ledger.by_ids(i for ids in cited.values() for i in ids)
    articles = ledger.by_ids(r["article"] for r in rows.values() if "article" in r)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for at, heading in enumerate(question.headings):
        table.add_column(heading, overflow="fold", ratio=3 if at else 2)
    for result in found:
        first, *others = question.cells(result)
        last = Text(others.pop() if others else first)
        for line in _lines(cited[result["id"]], rows, articles):
            last.append(f"\n{line}", "dim")
        table.add_row(*([first, *others, last] if len(question.headings) > 1 else [last]))
    return table


def _lines(ids: Iterable[str], rows: dict[str, Row], articles: dict[str, Row]) -> Iterable[str]:
    for id in ids:
        if id in rows:
            row = rows[id]
            article = articles.get(row.get("article", id), row)
            words = row.get("text") or " … ".join(row.get("content_text", ())) or row.get("title") or "no title"
            cut = flat(words) if len(flat(words)) <= WIDE else flat(words)[:WIDE].rstrip() + " …"
            yield f"{article['outlet'] or 'outlet unknown'}, {dated(article)}: {in_marks(cut)}"

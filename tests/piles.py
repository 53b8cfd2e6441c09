"""Small piles of articles for tests of comparisons: rows made by hand, and the annotated sample corpus."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import parley
from parley.codebooks import load_codebook
from parley.compare.base import Comparison, Found, Head, Pile, Row, Told
from parley.read.sources import read_pages
from parley.store.words import fold

SAMPLE = Path(parley.__file__).parent / "sample"
_N = count(1)


def told(
    published: str | None = "2033-05-10",
    *,
    outlet: str = "Harbour Post",
    figures: Sequence[Row] = (),
    positions: Sequence[Row] = (),
    statements: Sequence[Row] = (),
    names: dict[str, str] | None = None,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
) -> Told:
    """An article with rows; rows without a span get one each, far apart, and the text is as long as they need."""
    id = id or f"ar_{next(_N):04}"
    for n, row in enumerate((*figures, *positions)):
        row.setdefault("article", id)
        if row["span"] is None:
            row["span"] = [n * 1000, n * 1000 + len(row["text"])]
    end = max((r["span"][1] for r in (*figures, *positions)), default=0)
    article = {"id": id, "source_id": id, "outlet": outlet, "published": published, "title": title, "copy_of": None}
    article |= {"published_earliest": published, "published_latest": published}
    whole = text if text is not None else " " * (end + 400)
    return Told(article, whole, statements, figures, positions, names={fold(k): v for k, v in (names or {}).items()})


def figure(value: Any, claimant: str | None = None, **more: Any) -> Row:
    """A count of people killed in Ostrel, unless told otherwise."""
    row: Row = {"id": f"fi_{next(_N):04}", "span": None, "category": "killed", "value": value, "claimant": claimant}
    row |= dict.fromkeys(("low", "high", "via", "date", "since", "until", "scope", "change", "part_of", "statement"))
    row |= {
        "qualifier": "exact",
        "population": "people",
        "place": "Ostrel",
        "status": "machine",
        "text": f"{value} people",
    }
    return row | more


def position(stance: str, party: str = "Norvale", issue: str = "deal", **more: Any) -> Row:
    """A position, in the outlet's own words unless told otherwise."""
    row: Row = {"id": f"po_{next(_N):04}", "span": None, "party": party, "issue": issue, "stance": stance}
    row |= dict.fromkeys(("said_by", "condition", "waits_for", "since", "statement"))
    return row | {"status": "machine", "text": "a clause"} | more


def pile_of(articles: Iterable[Told]) -> Pile:
    """What a ledger would know of these articles, no two of which share text."""
    heads = {}
    for one in articles:
        a = one.article
        heads[one.id] = Head(
            one.id, a["source_id"], one.id, None, a["outlet"], a["published_earliest"], a["published_latest"]
        )
    return Pile(heads)


def compared(comparison: Comparison, articles: Iterable[Told]) -> list[Found]:
    """What comes of some articles, as a ledger would keep it: through JSON, in the order of articles."""
    held = sorted(articles, key=lambda t: t.id)
    blocks: dict[str, list[Row]] = defaultdict(list)
    for one in held:
        for block, item in comparison.items(one):
            blocks[block].append({**json.loads(json.dumps(item)), "article": one.id})
    pile = pile_of(held)
    return [f for block in sorted(blocks) for f in comparison.results(block, blocks[block], pile)]


def rows(found: Iterable[Found], kind: str) -> list[Row]:
    """The rows of one kind, the weightiest first, each with an id."""
    mine = sorted((f for f in found if f.kind == kind), key=lambda f: -f.weight)
    return [{"row": kind, "id": f"re_{n}", **f.row} for n, f in enumerate(mine)]


# --- the sample, as annotated by hand -------------------------------------------------------------------------------


@cache
def sample(change: Callable[[str], str] | None = None) -> tuple[Told, ...]:
    """The sample corpus with the rows of its annotation, names resolved by its codebook; with `change` all texts changed by it."""
    book = load_codebook(str(SAMPLE / "sides.toml"), str(SAMPLE / "outlets.toml"))
    sides = {
        fold(name): f"{fold(a.name)}\t{a.name}\t{a.side or ''}" for a in book.actors for name in (a.name, *a.aliases)
    }
    pages = {p.source_id: p.text for p in _pages()}
    pages |= {p.file.rsplit("/", 1)[-1]: p.text for p in _pages()}
    gold = json.loads((SAMPLE / "gold.json").read_text(encoding="utf-8"))
    return tuple(_annotated(one, pages, sides, change or str) for one in gold)


def _pages() -> list[Any]:
    files = [*SAMPLE.glob("*.txt"), *SAMPLE.glob("*.html"), SAMPLE / "articles.jsonl"]
    return [page for file in sorted(files) for page in read_pages(str(file))]


def _annotated(gold: Row, pages: dict[str, str], sides: dict[str, str], change: Callable[[str], str]) -> Told:
    id = f"ar_{gold['file']}"
    text = change(pages[gold["file"]])

    def full(n: int, row: Row, blank: Row) -> Row:
        start, end = row["span"]
        mine = {k: change(v) if isinstance(v, str) else v for k, v in row.items() if k != "optional"}
        return {
            **blank,
            **mine,
            "id": f"{blank['id'][:2]}_{gold['file']}_{n}",
            "text": text[start:end].replace("\u00a0", " "),
        }

    made = told(
        gold["meta"]["published"],
        outlet=change(gold["meta"]["outlet"]),
        figures=[full(n, f, figure(None, population=None, place=None)) for n, f in enumerate(gold["figures"])],
        positions=[full(n, p, position("")) for n, p in enumerate(gold["positions"])],
        text=text,
        id=id,
        names={change(k): change(v) for k, v in sides.items()},
    )
    made.article["source_id"] = gold["file"]
    return made


_PAIRS = (("Calvera", "Meruvia"), ("Corda", "Veyra"), ("Adrim", "Toven"))


def mirrored(text: str) -> str:
    """The text with the two parties' names swapped, whether capital or small."""
    swap = {a: b for left, right in _PAIRS for a, b in ((left, right), (right, left))}
    swap |= {a.lower(): b.lower() for a, b in swap.items()}
    return re.sub("|".join(swap), lambda m: swap[m[0]], text)


def reflected(value: Any) -> Any:
    """Any row, or part of one, with every text in it mirrored."""
    if isinstance(value, str):
        return mirrored(value)
    if isinstance(value, list | tuple):
        return [reflected(v) for v in value]
    return {k: reflected(v) for k, v in value.items()} if isinstance(value, dict) else value

"""How far apart two outlets are in naming a thing in their own voice: the Jensen-Shannon distance of their words for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from parley.compare.base import Found, Question, Row
from parley.compare.usage.beside import bears
from parley.compare.usage.overuse import Corpus, Use
from parley.compare.usage.shares import drawn, jensen_shannon, middle, rounded, table
from parley.compare.usage.spoken import OWN

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

MOST = 8
"""Outlets that are compared pair by pair, those that name the thing most often: more make no readable table."""

CITED = 10
"""Rows that a distance names for each outlet at most; the shares name all."""


def distances(name: str, side: str | None, uses: Sequence[Use]) -> Iterable[Found]:
    """The distance of every two outlets that name a thing often enough, with its interval and what chance alone gives."""
    by_outlet: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        if use.voice in OWN and use.outlet:
            by_outlet[use.outlet].append(use)
    often = [o for o in by_outlet if Corpus.of(by_outlet[o]).enough]
    chosen = sorted(sorted(often, key=lambda o: (-len(by_outlet[o]), o))[:MOST])
    terms = sorted({use.term for o in chosen for use in by_outlet[o]})
    if len(chosen) < 2 or len(terms) < 2:
        return
    tables = {o: _table(by_outlet[o], terms) for o in chosen}
    again = {o: drawn(len(tables[o])) @ tables[o] for o in chosen}
    for left, right in combinations(chosen, 2):
        pair = (tables[left], tables[right])
        between = jensen_shannon(again[left], again[right])
        row: Row = {
            "referent": name,
            "outlets": [left, right],
            "distance": round(float(jensen_shannon(pair[0].sum(axis=0), pair[1].sum(axis=0))), 4),
            "interval": rounded(middle(between)),
            "by_chance": round(by_chance(*pair), 4),
            "side": side,
            "mentions": [int(t.sum()) for t in pair],
            "articles": [len(t) for t in pair],
            "terms": {
                t: [int(p[:, i].sum()) for p in pair] for i, t in enumerate(terms) if sum(p[:, i].sum() for p in pair)
            },
            "rows": [i for o in (left, right) for i in [u.row for u in by_outlet[o] if u.row][:CITED]],
        }
        row["why"] = _why(row)
        weight = row["distance"] - row["by_chance"]
        yield Found("naming", row, rests=row["rows"], key=f"{left}\t{right}", weight=weight)


def _table(uses: Sequence[Use], terms: Sequence[str]) -> np.ndarray:
    """A line for each article, a column for each of all outlets' terms."""
    names, filled = table((use.article, use.term, 1) for use in uses)
    whole = np.zeros((len(filled), len(terms)))
    whole[:, [terms.index(name) for name in names]] = filled
    return whole


def by_chance(left: np.ndarray, right: np.ndarray) -> float:
    """The distance that nineteen in twenty pairs stay below whose articles are drawn from both outlets' together.

    Small samples are always some way apart; a distance means something where it is larger than this.
    """
    both = np.concatenate([left, right])
    one, two = (drawn(len(t), of=len(both), turn=n) @ both for n, t in enumerate((left, right), 1))
    found = jensen_shannon(one, two)
    found = found[np.isfinite(found)]
    return float(np.quantile(found, 0.95)) if found.size else 1.0


def _why(row: Row) -> str:
    beyond = "more than" if row["distance"] > row["by_chance"] else "no more than"
    return f"{beyond} chance gives ({row['by_chance']:.2f}) with so many articles"


def read(ledger: Ledger, *, outlet: str | None = None) -> list[Row]:
    """Every two outlets that were compared, the furthest beyond chance first."""
    return [r for r in ledger.found("naming") if any(bears(o, outlet) for o in r["outlets"])]


def _cells(row: Row) -> tuple[str, ...]:
    words = [(t, *n) for t, n in row["terms"].items()]
    words.sort(key=lambda w: -abs(w[1] / row["mentions"][0] - w[2] / row["mentions"][1]))
    told = ", ".join(f"{t} {a} / {b}" for t, a, b in words[:5])
    low, high = row["interval"]
    distance = f"{row['distance']:.2f} ({low:.2f} to {high:.2f}), {row['why']}"
    return (
        row["referent"],
        " / ".join(row["outlets"]),
        distance,
        f"{told}; of {row['mentions'][0]} / {row['mentions'][1]}",
    )


QUESTIONS = (
    Question(
        *("naming", "naming", read, ("of what", "outlets", "how far apart", "words of the one / of the other"), _cells),
        asks=("outlet",),
        cites=lambda _: (),
    ),
)

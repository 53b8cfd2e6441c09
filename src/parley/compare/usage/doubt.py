"""Verbs that doubt what somebody says, or take it for true, by the side that speaks (codebooks/doubt.toml).

An outlet that "claimed" stands beside one side's words and "said" beside the other's shows so here; both sides' shares stand next
to each other, and nothing is said of who deserves what.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parley.annotate.language.phrases import Phrases
from parley.clean.tokens import tokens
from parley.codebooks import lexicon
from parley.compare.base import Comparison, Found, Pile, Question, Row, Told
from parley.compare.copying.once import by_outlet
from parley.compare.usage.beside import bears, beside, others_told, rate_told
from parley.compare.usage.shares import by_name, enough, rounded, wilson

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

VERSION = "1"

KINDS = ("doubting", "granting")


class Said(NamedTuple):
    """One statement that counts: where, with which verb and of which kind, if of any."""

    article: str
    outlet: str | None
    term: str | None
    kind: str | None
    id: str | None


@cache
def _verbs() -> Phrases[tuple[str, str]]:
    rows = lexicon("doubt")["verb"]
    return Phrases((p, (row["term"], row["kind"])) for row in rows for p in row["patterns"])


def verb_of(cue: str) -> tuple[str, str] | None:
    """The listed verb of a cue and its kind, None where it only says that somebody speaks.

    >>> verb_of("has repeatedly claimed")
    ('claimed', 'doubting')
    """
    hits = _verbs().find([t.lower for t in tokens(cue, 0, len(cue))])
    return hits[0].entry if hits else None


def items(told: Told) -> Iterable[tuple[str, Row]]:
    """What an article brings: to each side, with which verbs it prints its words."""
    sides: dict[str, list[list[object]]] = defaultdict(list)
    for row in told.statements:
        who = told.speaker(row)
        if who is None or who.side is None or row["cue"] is None or row["nested"] or row["status"] == "rejected":
            continue
        term, kind = verb_of(row["cue_text"]) or (None, None)
        sides[who.side].append([*row["cue"], term, kind, row["id"] if kind else None])
    for side, said in sides.items():
        yield side, {"said": said}


def results(block: str, held: Sequence[Row], pile: Pile) -> Iterable[Found]:
    """For each outlet, how many of one side's statements it prints with a verb of each kind."""
    for outlet, told in by_outlet(held, pile, "said"):
        said = [Said(article, outlet, *about) for article, about in told]
        articles = len({s.article for s in said})
        rates = enough(len(said), articles)
        ends = by_name((s.article, s.kind or "", 1) for s in said) if rates else {}
        for kind in KINDS:
            yield _found(block, kind, said, articles, ends.get(kind, (0.0, 0.0)) if rates else None)


def _found(side: str, kind: str, said: Sequence[Said], articles: int, ends: tuple[float, float] | None) -> Found:
    these = [s for s in said if s.kind == kind]
    row: Row = {
        "side": side,
        "verbs": kind,
        "outlet": said[0].outlet,
        "n": len(these),
        "of": len(said),
        "interval": rounded(wilson(len(these), len(said))) if ends else None,
        "rows": [s.id for s in these if s.id],
        "share": round(len(these) / len(said), 4) if ends else None,
        "by_article": rounded(ends) if ends else None,
        "articles": articles,
        "terms": dict(sorted(Counter(s.term for s in these if s.term).items(), key=lambda t: (-t[1], t[0]))),
    }
    return Found("doubt", row, row["rows"], key=f"{row['outlet'] or ''}\t{kind}", weight=len(these))


def read(ledger: Ledger, *, outlet: str | None = None, side: str | None = None) -> list[Row]:
    """The shares, each with how the same outlet prints the other sides' words (`others`: side, n, of)."""
    told = beside(ledger.found("doubt"), "verbs")
    for row in told:
        row["why"] = _why(row)
    return [r for r in told if bears(r["outlet"], outlet) and bears(r["side"], side)]


def _why(row: Row) -> str:
    if row["interval"] is None:
        return f"{row['of']} statements in {row['articles']} articles: too few for a rate"
    return f"{row['n']} of {row['of']} statements in {row['articles']} articles"


def _cells(row: Row) -> tuple[str, ...]:
    verbs = ", ".join(f"{term} {n}" for term, n in row["terms"].items()) or "none"
    told = f"{row['outlet'] or 'outlet unknown'}, {row['verbs']} verbs\n{rate_told(row)}"
    return f"words of {row['side']}", told, others_told(row), verbs


COMPARISONS = (Comparison("doubt", VERSION, items, results),)

QUESTIONS = (
    Question(
        *(
            "doubt",
            "doubt",
            read,
            ("whose words", "outlet, verbs, how often", "beside", "which verbs, and where"),
            _cells,
        ),
        asks=("outlet", "side"),
    ),
)

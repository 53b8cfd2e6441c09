"""How outlets tell that people were killed or hurt, by the victims' side: with somebody who did it, or without (`agency.py`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from parley.clean.tokens import tokens
from parley.compare.base import Comparison, Found, Pile, Question, Row, Told
from parley.compare.copying.once import by_outlet
from parley.compare.snippet import snippet
from parley.compare.usage.agency import FORMS, Form, form_of
from parley.compare.usage.beside import bears, beside, others_told, rate_told
from parley.compare.usage.lands import Lands, victims_of
from parley.compare.usage.shares import by_name, enough, rounded, wilson
from parley.compare.usage.sided import Sides
from parley.compare.usage.spoken import Spoken
from parley.data import Token

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

VERSION = "1"

CATEGORIES = ("killed", "injured", "casualties")
"""Figures that count people who were killed or hurt."""

SHOWN = 3
"""Sentences that stand beside a share."""

_WINDOW = 200
"""Characters on either side of a figure that are read, within its line."""


class Hurt(NamedTuple):
    """One count of victims that is told in an outlet's own or reported words."""

    article: str
    outlet: str | None
    form: Form
    id: str
    shown: str


def items(told: Told) -> Iterable[tuple[str, Row]]:
    """What an article brings: to each side, in which form it tells of those of that side who were killed or hurt."""
    figures = [f for f in told.figures if f["category"] in CATEGORIES and f["status"] != "rejected"]
    if not figures:
        return
    sides, spoken, lands = Sides(told), Spoken(told), Lands(told.text)
    found: dict[str, list[list[object]]] = defaultdict(list)
    for row in figures:
        start, stop = row["span"]
        victims = victims_of(row, sides, lands)
        if victims is None or spoken.voice(start, stop) == "quoted":
            continue
        words, first, last = _around(told.text, start, stop)
        form = form_of(words, first, last, sides, victims)
        if form is not None:
            found[victims].append([start, stop, form, row["id"], snippet(told.text, start, stop)])
    for side, hurt in found.items():
        yield side, {"hurt": hurt}


def _around(text: str, start: int, stop: int) -> tuple[Sequence[Token], int, int]:
    """The words near `[start, stop)`, and which of them stand there."""
    left = max(text.rfind("\n", 0, start) + 1, start - _WINDOW)
    line = text.find("\n", stop)
    words = tokens(text, left, min(line if line >= 0 else len(text), stop + _WINDOW))
    inside = [i for i, t in enumerate(words) if t.start < stop and t.end > start]
    return words, inside[0] if inside else 0, inside[-1] + 1 if inside else 0


def results(block: str, held: Sequence[Row], pile: Pile) -> Iterable[Found]:
    """For each outlet, how often it tells of one side's victims in each form."""
    for outlet, told in by_outlet(held, pile, "hurt"):
        hurt = [Hurt(article, outlet, *about) for article, about in told]
        articles = len({h.article for h in hurt})
        rates = enough(len(hurt), articles)
        ends = by_name((h.article, h.form, 1) for h in hurt) if rates else {}
        for form in FORMS:
            yield _found(block, form, hurt, articles, ends.get(form, (0.0, 0.0)) if rates else None, pile)


def _found(
    side: str, form: Form, hurt: Sequence[Hurt], articles: int, ends: tuple[float, float] | None, pile: Pile
) -> Found:
    these = [h for h in hurt if h.form == form]
    row: Row = {
        "side": side,
        "form": form,
        "outlet": hurt[0].outlet,
        "n": len(these),
        "of": len(hurt),
        "interval": rounded(wilson(len(these), len(hurt))) if ends else None,
        "rows": [h.id for h in these],
        "share": round(len(these) / len(hurt), 4) if ends else None,
        "by_article": rounded(ends) if ends else None,
        "articles": articles,
        "examples": [
            {"article": h.article, "published": pile.head(h.article).published, "text": h.shown} for h in these[:SHOWN]
        ],
    }
    return Found(
        "passive", row, row["rows"], key=f"{row['outlet'] or ''}\t{form}", weight=len(hurt) + len(these) / 1000
    )


def read(ledger: Ledger, *, outlet: str | None = None, side: str | None = None) -> list[Row]:
    """The shares, each with how the same outlet tells of the other sides' victims in that form (`others`: side, n, of)."""
    told = beside(ledger.found("passive"), "form")
    for row in told:
        row["why"] = f"{row['n']} of {row['of']} counts of victims in {row['articles']} articles"
        row["why"] += "" if row["interval"] else ": too few for a rate"
    return [r for r in told if bears(r["outlet"], outlet) and bears(r["side"], side)]


WORDS: dict[Form, str] = {
    "named": "somebody is said to have done it",
    "thing": "a thing did it (“a shell killed”)",
    "passive": "nobody did it (“were killed”)",
    "died": "they died",
}
"""What a form is called before people."""


def _cells(row: Row) -> tuple[str, ...]:
    told = f"{row['outlet'] or 'outlet unknown'}\n{WORDS[row['form']]}"
    told_so = (f"{e['published'] or 'undated'}: “{e['text']}”" for e in row["examples"])
    where = "\n".join(dict.fromkeys(told_so))  # one sentence may count two kinds of victims
    return f"victims of {row['side']}", told, f"{rate_told(row)}\n{others_told(row)}", where


COMPARISONS = (Comparison("passives", VERSION, items, results),)

QUESTIONS = (
    Question(
        *("passives", "passive", read, ("whose victims", "outlet, how it is told", "how often", "where"), _cells),
        asks=("outlet", "side"),
        cites=lambda _: (),
    ),
)

"""Who is heard: whom an outlet lets speak, in how many statements and words, and how early in its articles.

What an outlet reprints it has chosen to print, so here a copy counts for the outlet that prints it, once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from parley.compare.base import Comparison, Found, Pile, Question, Row, Told
from parley.compare.copying.once import Once
from parley.compare.usage.beside import bears
from parley.compare.usage.shares import by_name, enough, rounded, wilson

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

VERSION = "2"

CITED = 20
"""Statements that a result names at most, the earliest in their articles; `parley show statements --side` gives all."""

NAMED = 3
"""Speakers that a result names, those with most words."""


class Heard(NamedTuple):
    """One statement that counts: how many words, how far down in its article's body (0 to 1), and whether in quotation."""

    article: str
    side: str | None
    speaker: str | None
    words: int
    at: float
    direct: bool
    id: str


def items(told: Told) -> Iterable[tuple[str, Row]]:
    """What an article brings to its outlet: each statement of its own text with its side, its length and its place."""
    head = told.article
    start, stop = head["body"] or (0, len(told.text))
    title = head["title_span"] or (0, 0)
    said = []
    for row in told.statements:
        at, end = row["content"][0][0], row["content"][-1][1]
        if row["nested"] or row["status"] == "rejected" or title[0] <= at < title[1]:
            continue
        who = told.speaker(row)
        words = sum(len(part.split()) for part in row["content_text"])
        place = min(1.0, max(0.0, (at - start) / max(1, stop - start)))
        about = [who.side, who.name] if who else [None, None]
        said.append([at, end, *about, words, round(place, 3), row["kind"] == "direct", row["id"]])
    if said:
        yield head["outlet"] or "", {"said": said}


def results(block: str, held: Sequence[Row], pile: Pile) -> Iterable[Found]:
    """For each side that an outlet lets speak, its share of statements and words, and how early it comes."""
    once = Once((item["article"] for item in held), pile)
    said = [
        Heard(item["article"], *about)
        for item in held
        for at, end, *about in item["said"]
        if once.counts(item["article"], at, end)
    ]
    firsts: dict[str, Heard] = {}
    for heard in sorted(said, key=lambda h: h.at):
        firsts.setdefault(heard.article, heard)
    sides: dict[str, list[Heard]] = defaultdict(list)
    for heard in said:
        sides[heard.side or ""].append(heard)
    rates = enough(len(said), len(firsts))
    ends = by_name((h.article, h.side or "", h.words) for h in said) if rates else {}
    came_first = Counter(h.side for h in firsts.values())
    all_ = len(said), sum(h.words for h in said), len(firsts)
    for side, these in sorted(sides.items()):
        yield _found(block or None, side or None, these, all_, came_first[side or None], ends.get(side))


def _found(
    outlet: str | None,
    side: str | None,
    these: Sequence[Heard],
    all_: tuple[int, int, int],
    first: int,
    ends: tuple[float, float] | None,
) -> Found:
    said, of_words, of_articles = all_
    earliest: dict[str, Heard] = {}
    for heard in sorted(these, key=lambda h: h.at):
        earliest.setdefault(heard.article, heard)
    words = sum(h.words for h in these)
    row: Row = {
        "side": side,
        "outlet": outlet,
        "n": len(these),
        "of": said,
        "interval": rounded(wilson(len(these), said)) if ends else None,
        "rows": [h.id for h in sorted(earliest.values(), key=lambda h: h.at)[:CITED]],
        "words": words,
        "of_words": of_words,
        "share": round(words / max(1, of_words), 4) if ends else None,
        "by_article": rounded(ends) if ends else None,
        "direct": round(sum(h.words for h in these if h.direct) / max(1, words), 4),
        "first_at": round(median(h.at for h in earliest.values()), 3),
        "first": first,
        "articles": len(earliest),
        "of_articles": of_articles,
        "speakers": _speakers(these),
    }
    row["why"] = f"{row['n']} of {row['of']} statements in {row['of_articles']} articles"
    row["why"] += "" if ends else ": too few for a rate"
    return Found("heard", row, row["rows"], key=side or "", weight=words)


def _speakers(these: Iterable[Heard]) -> dict[str, int]:
    """Who has most words, each with how many; of equals whoever speaks first: the alphabet favours nobody."""
    words: Counter[str] = Counter()
    for heard in these:
        if heard.speaker:
            words[heard.speaker] += heard.words
    return dict(sorted(words.items(), key=lambda w: -w[1])[:NAMED])


def read(ledger: Ledger, *, outlet: str | None = None, side: str | None = None) -> list[Row]:
    """Who is heard, outlet by outlet, those with most words first."""
    rows = [r for r in ledger.found("heard") if bears(r["outlet"], outlet) and bears(r["side"], side)]
    return sorted(rows, key=lambda r: r["outlet"] or "~")


def _cells(row: Row) -> tuple[str, ...]:
    who = ", ".join(f"{name} ({n})" for name, n in row["speakers"].items())
    if row["share"] is None:
        much = f"{row['n']} of {row['of']} statements, {row['words']} words (too few for a rate)"
    else:
        low, high = row["by_article"]
        much = f"{row['share']:.0%} of quoted words ({low:.0%} to {high:.0%}), {row['n']} of {row['of']} statements"
    early = f"first in {row['first']} of {row['of_articles']} articles; begins {row['first_at']:.0%} down (median)"
    return (
        f"{row['outlet'] or 'outlet unknown'}\n{row['side'] or 'no side'}",
        much,
        early,
        f"most words: {who or 'nobody named'}",
    )


COMPARISONS = (Comparison("heard", VERSION, items, results),)

QUESTIONS = (
    Question(
        *("heard", "heard", read, ("outlet, who is heard", "how much", "how early", "whose words"), _cells),
        asks=("outlet", "side"),
        cites=lambda row: row["rows"][:2],
    ),
)

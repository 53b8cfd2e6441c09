"""How often outlets use which word for whom or what, in whose voice, and how sure one can be of it.

Counted are namings (`referents.py`), copies once. Of fewer than ten in a voice of an outlet, or in fewer than three articles,
there are no rates, only the sentences. Nothing is said of why somebody uses a word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from parley.compare.base import Comparison, Found, Pile, Question, Row, Told
from parley.compare.copying.once import Once
from parley.compare.snippet import snippet
from parley.compare.usage.beside import bears, rate_told
from parley.compare.usage.naming import distances
from parley.compare.usage.overuse import Corpus, Field, Use, events_of
from parley.compare.usage.referents import Naming, lists_of, namings
from parley.compare.usage.shares import benjamini_hochberg, by_name, rounded, wilson

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

VERSION = "3"

KEPT = 3
"""Sentences that are kept of each article for a term in a voice."""

SHOWN, SHOWN_ALONE = 3, 9
"""Sentences that stand beside a rate, and where there is no rate."""

FALSE_ALARMS = 0.05
"""The share of false alarms that is put up with among the over-uses that are told first."""


def items(told: Told) -> Iterable[tuple[str, Row]]:
    """What an article brings: to each thing that it names, how."""
    events = events_of(told)
    blocks: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings(told):
        blocks[f"{naming.referent}\t{naming.side or ''}"].append(naming)
    for block, some in blocks.items():
        seen: Counter[tuple[str, str]] = Counter()
        uses = []
        for n in some:
            seen[n.term, n.voice] += 1
            shown = snippet(told.text, n.start, n.stop) if seen[n.term, n.voice] <= KEPT else None
            uses.append([n.term, n.voice, n.start, n.stop, n.row, shown])
        yield block, {"uses": uses, "events": events}


def results(block: str, held: Sequence[Row], pile: Pile) -> Iterable[Found]:
    """The shares of one thing's words, and how far apart the outlets are."""
    referent, side = block.split("\t")
    name = f"{side}: {referent}" if side else referent
    uses = uses_of(held, pile)
    background = Counter(use.term for use in uses)
    by_voice: dict[str, dict[str, list[Use]]] = defaultdict(lambda: defaultdict(list))
    for use in uses:
        by_voice[use.voice][use.outlet or ""].append(use)
    for voice, outlets in sorted(by_voice.items()):
        field = Field(use for some in outlets.values() for use in some)
        for outlet, mine in sorted(outlets.items()):
            rates = _by_article(mine)
            tests = field.overuses(outlet, background) if outlet and rates else {}
            articles = len({use.article for use in mine})
            for term in sorted({use.term for use in mine}):
                about = {"referent": name, "term": term, "outlet": outlet or None, "voice": voice}
                yield _found(about, referent, side or None, mine, articles, rates.get(term), tests.get(term), pile)
    yield from distances(name, side or None, uses)


def uses_of(held: Iterable[Row], pile: Pile) -> list[Use]:
    """The namings of a block that count: copies once."""
    items = list(held)
    once = Once((item["article"] for item in items), pile)
    uses = []
    for item in items:
        article, events = item["article"], frozenset(item["events"])
        outlet = pile.outlet(article)
        for term, voice, start, stop, row, shown in item["uses"]:
            if once.counts(article, start, stop):
                uses.append(Use(article, outlet, term, voice, start, row, events, shown))
    return uses


def _by_article(mine: Sequence[Use]) -> dict[str, tuple[float, float]]:
    """The interval of each term's share when articles are drawn anew; empty where there is too little for rates."""
    return by_name((use.article, use.term, 1) for use in mine) if Corpus.of(mine).enough else {}


def _found(
    about: Row,
    referent: str,
    side: str | None,
    mine: Sequence[Use],
    articles: int,
    ends: tuple[float, float] | None,
    test: Row | None,
    pile: Pile,
) -> Found:
    these = [use for use in mine if use.term == about["term"]]
    n, of = len(these), len(mine)
    labels = [use.row for use in these if use.row]
    row: Row = {
        **about,
        "n": n,
        "of": of,
        "interval": rounded(wilson(n, of)) if ends else None,
        "rows": list(dict.fromkeys(use.row or use.article for use in these)),
        "share": round(n / of, 4) if ends else None,
        "by_article": rounded(ends) if ends else None,
        "articles": articles,
        "overuse": test,
        "side": side,
        **_usage(referent, about["term"], pile.referents),
        "examples": _examples(these, SHOWN if ends else SHOWN_ALONE, pile),
    }
    row["why"] = _why(row)
    key = "\t".join((about["outlet"] or "", about["voice"], about["term"]))
    return Found("wording_share", row, rests=labels, key=key, weight=len(labels) + n / 1000)


def _usage(referent: str, term: str, own: str) -> Mapping[str, Any]:
    known = lists_of(own).usage.get((referent, term))
    return known or {"used_by": [], "avoided_by": [], "source": None}


def _examples(uses: Sequence[Use], most: int, pile: Pile) -> list[Row]:
    """Sentences, of as many articles as there are, the first ones first; each with its label's id, of a plain word its article's."""
    turn: Counter[str] = Counter()
    ranked: list[tuple[int, Use]] = []
    for use in uses:
        if use.shown is not None and use.shown not in {u.shown for _, u in ranked}:
            turn[use.article] += 1
            ranked.append((turn[use.article], use))
    ranked.sort(key=lambda r: r[0])
    chosen = [use for _, use in ranked[:most]]
    return [
        {
            "row": u.row or u.article,
            "article": u.article,
            "at": u.start,
            "published": pile.head(u.article).published,
            "text": u.shown,
        }
        for u in chosen
    ]


def _why(row: Row) -> str:
    if row["interval"] is None:
        return f"{row['of']} in {row['articles']} articles: too few for a rate"
    said = f"{row['n']} of {row['of']} namings in {row['articles']} articles"
    test = row["overuse"]
    if test is None:
        return said
    return (
        f"{said}; for the same events {test['n']} of {test['of']}, elsewhere {test['others_n']} of {test['others_of']}"
    )


# --- asking ---------------------------------------------------------------------------------------------------------


def read(ledger: Ledger, *, outlet: str | None = None, term: str | None = None, voice: str | None = None) -> list[Row]:
    """The shares: first words that an outlet uses more or less than others do, then labels, then words that nobody disputes."""
    found = ledger.found("wording_share")
    rows = with_false_alarms(found, ledger.chances()) if any(r["overuse"] for r in found) else found
    heard = (r for r in rows if voice is None or r["voice"] == voice)
    return sorted((r for r in heard if bears(r["outlet"], outlet) and bears(r["term"], term)), key=_rank)


def with_false_alarms(rows: list[Row], chances: Sequence[float] | None = None) -> list[Row]:
    """The rows with the share of false alarms (`q`) that one accepts with each over-use, all tests taken together.

    `chances` are the p of all tests, where there were more than those of the rows.
    """
    tests = [r["overuse"] for r in rows if r["overuse"]]
    every = sorted(chances if chances is not None else [test["p"] for test in tests])
    of = dict(zip(every, benjamini_hochberg(every), strict=True))
    for test in tests:
        test["q"] = round(of[test["p"]], 5)
        test["p"] = round(test["p"], 5)
    return rows


def _sure(row: Row) -> bool:
    return bool(row["overuse"]) and row["overuse"]["q"] <= FALSE_ALARMS


def _rank(row: Row) -> float:
    """Sure over-uses by how strong they are; the rest keeps its order."""
    return -abs(row["overuse"]["z"]) if _sure(row) else 0.0


VOICES = {
    "outlet": "own words",
    "headline": "headline",
    "insert": "put in brackets into a quotation",
    "indirect": "in reported speech",
    "quoted": "in quotation",
    "scare": "in quotation marks, nobody named",
}
"""What a voice is called before people."""


def _cells(row: Row) -> tuple[str, ...]:
    who = f"{row['outlet'] or 'outlet unknown'}, {VOICES[row['voice']]}"
    what = f"{row['referent']}\n“{row['term']}”"
    return what, f"{who}\n{_rate(row)}", "\n".join(map(_line, row["examples"][:SHOWN]))


def _rate(row: Row) -> str:
    told = rate_told(row)
    if _sure(row):
        test = row["overuse"]
        more = "more" if test["log_odds"] > 0 else "less"
        told += (
            f"; {more} than others for the same events, {test['others_n']} of {test['others_of']} (q {test['q']:.3f})"
        )
    return told


def _line(example: Row) -> str:
    return f"{example['published'] or 'undated'}: “{example['text']}” [{example.get('row', example['article'])}]"


COMPARISONS = (Comparison("wording", VERSION, items, results),)

QUESTIONS = (
    Question(
        *(
            "wording",
            "wording_share",
            read,
            ("of whom or what, and the word", "outlet, whose voice, how often", "where"),
            _cells,
        ),
        asks=("outlet", "term", "voice"),
        cites=lambda _: (),
    ),
)

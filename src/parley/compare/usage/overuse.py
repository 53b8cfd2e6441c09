"""Who uses a word more than the others who tell the same events: log-odds with an informative Dirichlet prior.

After Monroe, Colaresi and Quinn, "Fightin' Words" (2008). What is compared is an outlet's naming of one thing, in one voice, with
that of all others, in articles that share an event with one of theirs: who writes more of battles writes more of "attacks",
and that is no choice of words.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from parley.compare.base import Row, Told
from parley.compare.usage.shares import FEWEST_MENTIONS, enough, log_odds, log_odds_variance, two_sided

PRIOR = FEWEST_MENTIONS
"""Mentions that the prior is worth: as many as must be there for any rate to be told."""


class Use(NamedTuple):
    """One naming that counts: where, by whom, with which term and in which voice, and the events that its article tells."""

    article: str
    outlet: str | None
    term: str
    voice: str
    start: int
    row: str | None
    events: frozenset[str]
    shown: str | None


def events_of(told: Told) -> list[str]:
    """The events that an article tells as news: type, day, and who or where, by which other articles tell the same one."""
    keys = set()
    for row in told.events:
        if row["status"] != "actual" or row["date_precision"] != "day" or row["row_status"] == "rejected":
            continue
        who = [told.who(a).key for a in row["actors"]] or [row["place"] or ""]
        keys |= {f"{row['type']} {row['date']} {w}" for w in who if w}
    return sorted(keys)


class Corpus:
    """One side of the comparison: what it says, article by article."""

    def __init__(self, articles: Iterable[Counter[str]]) -> None:
        self._articles = list(articles)
        self.terms: Counter[str] = Counter()
        for said in self._articles:
            self.terms.update(said)
        self.mentions = self.terms.total()
        self.articles = len(self._articles)

    @classmethod
    def of(cls, uses: Iterable[Use]) -> Corpus:
        """What some uses say."""
        articles: dict[str, Counter[str]] = defaultdict(Counter)
        for use in uses:
            articles[use.article][use.term] += 1
        return cls(articles.values())

    @property
    def enough(self) -> bool:
        """True where there is enough to tell a rate."""
        return enough(self.mentions, self.articles)

    def spread(self, term: str, prior: float) -> float:
        """The variance of the log-odds when articles, not mentions, are what one has a sample of."""
        share = (self.terms[term] + prior) / (self.mentions + PRIOR)
        strays = sum((a[term] - share * a.total()) ** 2 for a in self._articles)
        return strays / ((self.mentions + PRIOR) * share * (1 - share)) ** 2


class Field:
    """What all outlets say of one thing in one voice, by the events that their articles tell."""

    def __init__(self, uses: Iterable[Use]) -> None:
        self._said: dict[str, Counter[str]] = defaultdict(Counter)
        self._outlet: dict[str, str] = {}
        self._events: dict[str, frozenset[str]] = {}
        self._telling: dict[str, set[str]] = defaultdict(set)
        for use in uses:
            if use.outlet:
                self._said[use.article][use.term] += 1
                self._outlet[use.article] = use.outlet
                self._events[use.article] = use.events
        for article, events in self._events.items():
            for event in events:
                self._telling[event].add(article)

    def overuses(self, outlet: str, background: Mapping[str, int]) -> dict[str, Row]:
        """By term, how much more (or less) an outlet uses it than the others do for the same events; empty where too little is known.

        `background` are the uses by everybody, from which the prior is taken.
        """
        mine, theirs, events = self._shared(outlet)
        one, two = (Corpus(self._said[a] for a in sorted(articles)) for articles in (mine, theirs))
        if not (one.enough and two.enough) or len(background) < 2:
            return {}
        total = sum(background.values())
        return {
            term: _tested(term, one, two, PRIOR * background[term] / total, len(events)) for term in sorted(one.terms)
        }

    def _shared(self, outlet: str) -> tuple[set[str], set[str], set[str]]:
        """An outlet's articles and the others' that share an event, and these events."""
        mine: set[str] = set()
        theirs: set[str] = set()
        events: set[str] = set()
        for event in {e for a, o in self._outlet.items() if o == outlet for e in self._events[a]}:
            others = {a for a in self._telling[event] if self._outlet[a] != outlet}
            if others:
                events.add(event)
                theirs |= others
                mine |= self._telling[event] - others
        return mine, theirs, events


def _tested(term: str, one: Corpus, two: Corpus, prior: float, events: int) -> Row:
    mine, theirs = one.terms[term], two.terms[term]
    odds = log_odds(mine, one.mentions, theirs, two.mentions, prior=prior, all_prior=PRIOR)
    alone = log_odds_variance(mine, theirs, prior=prior)
    z = odds / math.sqrt(max(alone, one.spread(term, prior) + two.spread(term, prior)))
    return {
        "log_odds": round(odds, 3),
        "z": round(z, 3),
        "p": two_sided(z),
        "n": mine,
        "of": one.mentions,
        "others_n": theirs,
        "others_of": two.mentions,
        "events": events,
    }

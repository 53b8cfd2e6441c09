"""A decision on whose side somebody is, with the rule that told it: what every rule of these layers hands on.

The rules stand in the order of trust, and the first that has something to say decides. A rule that sees evidence for two parties
says `NOBODY`: no party is better than a wrong one. What it says to the reader stands with the row (`parley explain`).
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from parley.data import Basis

_TOLD = {
    "codebook": "the codebook has it with {party}",
    "name": "it is a name of {party} in this article",
    "letters": "the article explains its letters as {party}",
    "description": "its description names {party}",
    "ownership": "the article says whose it is: {party}",
    "apposition": "what stands beside it names {party}",
    "person": "other places in the article tell of the same person: {party}",
    "seat": "it is where {party} sits, and stands for it",
    "kind": "{party} is the one party of its kind in the article",
    "topic": "its paragraph is about {party}",
    "office": "it holds an office, and the article tells of one party that has such: {party}",
    "speech": "it says what {party} would do",
    "named last": "{party} was named last before it",
    "labour": "the words beside it make it {party} in this dispute",
    "foes": "rebels and opponents of a state are not that state: {party}",
    "itself": "it has no other party than itself: {party}",
    "doer": "{party} does what the words say",
    "both sides": "the article speaks of two sides most: {party} is one",
    "other side": "it is the side across the table from who speaks: {party}",
    "outside": "it speaks for no party",
    "joint": "it names several sides at once",
}


class Verdict(NamedTuple):
    """The party that a rule tells; None where the rule tells that there is none."""

    party: str | None
    rule: str

    @property
    def basis(self) -> Basis:
        """The decision in words for the reader."""
        return _basis(self.rule, self.party or "nobody")


@lru_cache(4096)
def _basis(rule: str, party: str) -> Basis:
    """A decision in words.

    >>> _basis("office", "Ondra").detail
    'it holds an office, and the article tells of one party that has such: Ondra'
    """
    return Basis(rule, _TOLD[rule].format(party=party))


class Votes(defaultdict[str, float]):
    """What speaks for each party, and for each the rule that says most for it."""

    def __init__(self) -> None:
        super().__init__(float)
        self._rules: dict[str, tuple[float, str]] = {}

    def add(self, party: str, weight: float, rule: str) -> None:
        """One more piece of evidence for a party, or against it."""
        self[party] += weight
        if weight > self._rules.get(party, (0.0, ""))[0]:
            self._rules[party] = (weight, rule)

    def winner(self, lead: float = 1.0) -> Verdict | None:
        """The party for which most speaks, where `lead` speaks for it and it lies as far before the next."""
        ranked = sorted(self.items(), key=lambda vote: -vote[1])[:2]
        if not ranked or ranked[0][1] < lead:
            return None
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        if ranked[0][1] - max(second, 0.0) < lead:
            return None
        return Verdict(ranked[0][0], self._rules.get(ranked[0][0], (0.0, "speech"))[1])

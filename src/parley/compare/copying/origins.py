"""Which of two articles that share text had it first: by credit, by date, by completeness, or left open.

The surest evidence comes first, and evidence against evidence decides nothing:

1. credit: one prints the other's outlet beside the shared text ("By Compass Wire", "(CWS)", "With material from the Ledger");
2. date: one was published before the other can have been;
3. completeness, of articles of one day: one holds all of the other and goes on, and an excerpt does not come before its article.

Where both credit one agency that is neither of them, or only one credits somebody else, the origin is elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from parley.codebooks import lexicon

COMPLETE = 0.95
"""The share of its own words from which an article stands wholly in another."""

MORE = 0.8
"""The share of the fuller one's words that the excerpt then holds at most."""

_BEFORE = 40
"""Characters in front of a body in which a dateline's agency stands, where the dateline is no line of its own."""

_CODE = re.compile(r"\(([^()\n]{2,40})\)")
_CREDIT = (
    *(
        "contributed to",
        "contributing to",
        "contributed reporting",
        "with material",
        "additional material",
        "material from",
    ),
    *(
        "with reporting",
        "additional reporting",
        "with files",
        "originally published",
        "originally appeared",
        "first published",
    ),
    *("first appeared", "reprinted", "republished", "courtesy of", "source:", " agencies", "so far ", " via "),
)
"""Words beside which an article names whose words it prints; looked for one by one, which is ten times as quick as a pattern."""

_AROUND = (60, 100)
"""Characters before and after such words in which the name is looked for: the sentence, as a rule."""


class Origin(NamedTuple):
    """Which article had the text first, None where that is open; by which rule; and why, in words."""

    id: str | None
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What is asked of an article about its origin: `signed` are the texts that may name where its words come from."""

    id: str
    outlet: str | None
    published: str | None
    latest: str | None
    signed: tuple[str, ...]

    def credits(self, outlet: str | None) -> bool:
        """True where the article is signed with an outlet that is not its own."""
        if outlet is None or outlet == self.outlet:
            return False
        return any(names(text, outlet) for text in self.signed)

    @property
    def agencies(self) -> frozenset[str]:
        """The news agencies that it is signed with, its own outlet aside."""
        known = {name for text in self.signed for name in _agencies_in(text)}
        return frozenset(known.difference(_agencies_in(self.outlet or "")))


def signatures(authors: Sequence[str], dropped: Iterable[tuple[str, str]], body: str) -> tuple[str, ...]:
    """The texts of an article that may name where its words come from.

    Its authors; its byline, dateline and footer, `dropped` as (text, reason), but no caption, which names whose the picture is; what stands in brackets at the head of the
    body; and sentences of the body that give credit.
    """
    kept = [words for words, reason in dropped if reason in ("byline", "dateline", "footer", "other")]
    head = [f"({code})" for code in _CODE.findall(body[: _BEFORE + 60])[:1]]
    return (*authors, *kept, *head, *_credits(body))


def _credits(body: str) -> Iterator[str]:
    """The surroundings of words that give credit."""
    small = body.lower() if len(body.lower()) == len(body) else body
    for words in _CREDIT:
        at = small.find(words)
        while at >= 0:
            yield body[max(0, at - _AROUND[0]) : at + _AROUND[1]]
            at = small.find(words, at + 1)


def names(text: str, outlet: str) -> bool:
    """True where a text names an outlet, or has its letters in brackets.

    >>> names("By Compass Wire", "Compass Wire"), names("ADRIM (CWS) --", "Compass Wire"), names("the compass", "Compass Wire")
    (True, True, False)
    """
    if re.search(rf"(?<!\w){re.escape(outlet)}(?!\w)", text):
        return True
    return any(_letters(code, outlet) for code in _CODE.findall(text))


def _letters(code: str, outlet: str) -> bool:
    """True where a code is an outlet's first letters, one more for "service" or "agency" allowed."""
    first = "".join(word[0] for word in re.findall(r"\w+", outlet) if word[0].isupper())
    return len(first) > 1 and code.isupper() and (code == first or code[:-1] == first)


@cache
def _agencies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    out = []
    for row in lexicon("agencies")["agency"]:
        forms = "|".join(re.escape(f) for f in (row["name"], *row.get("forms", ())))
        out.append((row["name"], re.compile(rf"(?<!\w)(?:{forms})(?!\w)")))
    return tuple(out)


def _agencies_in(text: str) -> list[str]:
    return [name for name, pattern in _agencies() if pattern.search(text)]


def origin(left: Signed, right: Signed, *, left_share: float, right_share: float) -> Origin:
    """Which of two articles had the text first; shares are of each one's own words that stand in the other."""
    told = _credit(left, right)
    dated = _date(left, right)
    if told and dated and told.id and told.id != dated.id:
        return Origin(None, "open", f"{told.detail}, but {dated.detail}")
    if told:
        return told
    if elsewhere := left.agencies ^ right.agencies:
        who = left if left.agencies - right.agencies else right
        return Origin(None, "open", f"{_named(who)} credits {', '.join(sorted(elsewhere))}")
    return (
        dated
        or _complete(left, right, left_share, right_share)
        or Origin(None, "open", "nothing tells which was first")
    )


def _named(article: Signed) -> str:
    return article.outlet or "an outlet that is not known"


def _credit(left: Signed, right: Signed) -> Origin | None:
    """By credit; an origin of None where both credit one another or a third."""
    by_left, by_right = left.credits(right.outlet), right.credits(left.outlet)
    if by_left and by_right:
        return Origin(None, "open", "each names the other")
    if by_left:
        return Origin(right.id, "credit", f"{_named(left)} names {right.outlet}")
    if by_right:
        return Origin(left.id, "credit", f"{_named(right)} names {left.outlet}")
    if both := left.agencies & right.agencies:
        return Origin(None, "open", f"both credit {', '.join(sorted(both))}")
    return None


def _date(left: Signed, right: Signed) -> Origin | None:
    """By date: the whole of one's interval before the other's."""
    for first, then in ((left, right), (right, left)):
        if first.latest and then.published and f"{first.latest}~" < then.published:
            return Origin(
                first.id, "date", f"{_named(first)} printed it by {first.latest}, {_named(then)} from {then.published}"
            )
    return None


def _complete(left: Signed, right: Signed, left_share: float, right_share: float) -> Origin | None:
    """By completeness, where nothing is known of either that speaks against it."""
    for whole, part, held, holding in ((left, right, left_share, right_share), (right, left, right_share, left_share)):
        if holding >= COMPLETE and held <= MORE:
            return Origin(
                whole.id, "completeness", f"all of {_named(part)}'s text stands in {_named(whole)}'s, which goes on"
            )
    return None

"""Offices that one person holds at a time: whom "the Ondran foreign minister" means in an article of some day.

Who holds an office is told by the articles that call a person so, each on its day. Between two days on which the same person
is called so, and up to a year beyond the first and the last, that person is meant; between two holders nobody can tell.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from parley.codebooks import Codebook, lexicon
from parley.resolve import organs
from parley.resolve.organs import folded

LONGEST = 366
"""Days beyond the last article that calls somebody so for which the office is still taken to be theirs: most cabinets are
older than a year, but few go two years without a change."""


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody is called holder of an office in articles of the days from `first` to `last`."""

    who: str
    first: str
    last: str


class Owners(organs.Owners):
    """Whom organs may belong to, and offices."""

    def __init__(self, book: Codebook) -> None:
        super().__init__(book)
        self._offices: dict[tuple[str, str | None], tuple[str, str] | None] = {}

    def office(self, words: str, side: str | None) -> tuple[str, str] | None:
        """Whose office a role or description names, and which: `office`, looked up once for the same words."""
        if (words, side) not in self._offices:
            self._offices[words, side] = office(words, side, self)
        return self._offices[words, side]


def office(words: str, side: str | None, owners: organs.Owners) -> tuple[str, str] | None:
    """Whose office a role or description names, and which; None where it names none that one person holds.

    >>> book = Owners(Codebook((), ""))
    >>> office("Ondran foreign minister", "Ondra", book), office("the former president", "Ondra", book)
    (('Ondra', 'foreign minister'), None)
    >>> office("the president of Ondra", "Ondra", book), office("an Ondran minister", "Ondra", book)
    (('Ondra', 'president'), None)
    """
    plain = folded(words).replace("’", "'")
    listed = plain.replace("-", " - ").split()
    if _not_held() & set(listed):
        return None
    for phrase, named in _offices():
        if (at := f" {plain} ".find(f" {phrase} ")) < 0:
            continue
        before, after = plain[:at].strip(), plain[at + len(phrase) :].strip()
        owner = _owner(before, after, side, owners)
        return (owner, named) if owner else None
    return None


def _owner(before: str, after: str, side: str | None, owners: organs.Owners) -> str | None:
    """Whose office it is, by the words around it; None where there are words that say something else."""
    before = before.removesuffix("'s").removesuffix("'").removeprefix("its ").removeprefix("their ")
    for small in ("of the ", "of ", "for "):
        after = after.removeprefix(small)
    ranks = {"its", "their", "the", "country's", "country", "acting", "new", "current", "his", "her", "long-serving"}
    left = " ".join(w for w in before.split() if w not in ranks)
    told = [w for w in (left, after) if w]
    if not told:
        return owners.named(side)
    return owners.of(told[0], side) if len(told) == 1 else None


@cache
def _offices() -> list[tuple[str, str]]:
    """Words for offices, the longest first, each with its office."""
    found = [(folded(word), row["class"]) for row in lexicon("organs")["office"] for word in row["words"]]
    return sorted(found, key=lambda f: (-len(f[0]), f))


@cache
def _not_held() -> frozenset[str]:
    return frozenset(folded(word) for row in lexicon("organs")["not_held"] for word in row["words"])


def holder(terms: Iterable[Term], day: str | None) -> tuple[str | None, frozenset[str], str]:
    """Who holds an office on a day: the one, or None with those who may; and why.

    >>> terms = [Term("a", "2031-01-02", "2031-02-01"), Term("b", "2031-06-01", "2031-06-09")]
    >>> holder(terms, "2031-01-20")[0], holder(terms, "2031-07-01")[0], holder(terms, "2031-04-01")[0]
    ('a', 'b', None)
    """
    held = sorted(terms, key=lambda t: (t.first, t.last, t.who))
    people = frozenset(t.who for t in held)
    if not held:
        return None, people, "nobody is called so"
    if day is None or len(day) < 10:
        one = next(iter(people)) if len(people) == 1 else None
        return one, people, "nobody else is called so" if one else "the article has no day, and several are called so"
    inside = frozenset(t.who for t in held if t.first <= day <= t.last)
    if len(inside) == 1:
        return next(iter(inside)), inside, f"articles of those days call nobody else so on {day}"
    if inside:
        return None, inside, f"several are called so on {day}"
    before = max((t for t in held if t.last < day), key=lambda t: t.last, default=None)
    after = min((t for t in held if t.first > day), key=lambda t: t.first, default=None)
    near = frozenset(t.who for t, reach in ((before, True), (after, False)) if t and _within(t, day, forward=reach))
    if len(near) == 1:
        return next(iter(near)), near, f"articles before or after {day} call nobody else so"
    return None, near or people, f"the office changed hands around {day}" if near else f"nobody is called so near {day}"


def _within(term: Term, day: str, *, forward: bool) -> bool:
    edge = term.last if forward else term.first
    gap = datetime.date.fromisoformat(day) - datetime.date.fromisoformat(edge)
    return abs(gap.days) <= LONGEST


def joined(days: Mapping[str, Iterable[tuple[str, str]]]) -> list[Term]:
    """The terms of several people, from the spans of days in which articles call each so.

    Spans of one person become one term where nobody else is called so between them.

    >>> joined({"a": [("2031-01-01", "2031-01-02"), ("2031-03-01", "2031-03-01")], "b": [("2031-02-01", "2031-02-01")]})
    [Term(who='a', first='2031-01-01', last='2031-01-02'), Term(who='b', first='2031-02-01', last='2031-02-01'), Term(who='a', first='2031-03-01', last='2031-03-01')]
    """
    spans = sorted((first, last, who) for who, held in days.items() for first, last in held)
    out: list[Term] = []
    for first, last, who in spans:
        if out and out[-1].who == who:
            out[-1] = Term(who, out[-1].first, max(out[-1].last, last))
        else:
            out.append(Term(who, first, last))
    return out

"""What an article names, and with which of the words that compete for it (codebooks/referents/*.toml).

Every label that takes a side comes out once, and beside it the words that nobody disputes: without these there is no share.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from parley.annotate.language.phrases import Phrases, apart
from parley.annotate.wording import entry_of
from parley.clean.tokens import tokens
from parley.codebooks import lexicon, shipped
from parley.compare.base import Row, Told
from parley.compare.usage.sided import Sides
from parley.compare.usage.spoken import Spoken, pieces
from parley.data import Token
from parley.errors import CodebookError

BOOKS = ("disputes", "conflict", "trade", "labour")
"""The order of the shipped lists: of two that claim the same words, the one of a named dispute has them."""

OTHER = "other labels"
"""What labels are counted under whose thing no list names."""


@dataclass(frozen=True, slots=True)
class Referent:
    """A thing that is named. `near` are words of which an article must have one for it to be meant."""

    name: str
    sided: bool = False
    near: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Term:
    """A word for a thing; `blocks` marks phrases in which the word means something else."""

    referent: Referent
    term: str
    side: str | None = None
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """A thing named once in an article: whose it is, with which term, in which voice, where, and the label's row if it has one."""

    referent: str
    side: str | None
    term: str
    voice: str
    start: int
    stop: int
    row: str | None = None


def books() -> tuple[Mapping[str, Any], ...]:
    """The shipped lists, parsed."""
    known = [f"referents/{b}" for b in BOOKS]
    more = [b for b in shipped() if b.startswith("referents/") and b not in known]
    return tuple(lexicon(b) for b in (*known, *more))


@dataclass(frozen=True)
class Lists:
    """The things and words that are looked for: those that come with Parley, and over them those a user gives."""

    referents: Mapping[str, Referent]
    terms: Phrases[Term]
    homes: Mapping[str, Referent]
    """The thing that a label of wording.toml names where none of the terms stands in its text."""
    usage: Mapping[tuple[str, str], Mapping[str, Any]]
    """By referent and term, who uses a term, who avoids it, and where that is written."""


@cache
def lists_of(own: str = "") -> Lists:
    """The lists with those of a user, as `Codebook.referents` holds them; raises CodebookError where an entry cannot be used.

    A user's things and words come first: of two that claim the same words the user's has them, and an entry for a thing and
    a term that are listed already stands in its place.
    """
    given = (json.loads(own),) if own else ()
    rows = {r["name"]: r for book in reversed((*given, *books())) for r in book.get("referent", ())}
    referents = {name: Referent(name, r.get("sided", False), frozenset(r.get("near", ()))) for name, r in rows.items()}
    terms: dict[tuple[str, str], Mapping[str, Any]] = {}
    for book in (*given, *books()):
        for row in book.get("term", ()):
            if row["referent"] not in referents:
                there = ", ".join(sorted(referents))
                raise CodebookError(f"term {row['term']!r}: no referent {row['referent']!r}; there are {there}")
            terms.setdefault((row["referent"], row["term"]), row)
    return Lists(
        referents=referents,
        terms=Phrases(list(_entries(terms.values(), referents))),
        homes={label: referents[name] for name, r in rows.items() for label in r.get("labels", ())},
        usage={key: _usage(row) for key, row in terms.items()},
    )


def _usage(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who uses and who avoids a term, and where that is written; a source that nobody has looked up says so."""
    source = f"{row['source']} (not looked up)" if row.get("unread") else row.get("source")
    return {"used_by": row.get("used_by", []), "avoided_by": row.get("avoided_by", []), "source": source}


def _entries(rows: Iterable[Mapping[str, Any]], referents: Mapping[str, Referent]) -> Iterable[tuple[str, Term]]:
    for row in rows:
        referent = referents[row["referent"]]
        yield from ((p, Term(referent, row["term"], row.get("side"))) for p in row["patterns"])
        yield from ((p, Term(referent, row["term"], blocks=True)) for p in row.get("unless", ()))


def namings(told: Told) -> list[Naming]:
    """Every naming in an article's own text, in the order of the text."""
    sides, spoken, lists = Sides(told), Spoken(told), lists_of(told.referents)
    labels = [row for row in told.wording if row["status"] != "rejected"]
    refused = [row["span"] for row in told.wording if row["status"] == "rejected"]
    found: list[Naming] = []
    taken: set[str] = set()
    parts = [tokens(told.text, start, stop) for start, stop in pieces(told)]
    words = {t.lower for part in parts for t in part}
    for part in parts:
        for first, last, term in _named(part, words, lists.terms):
            span = part[first].start, part[last - 1].end
            if any(_shares(span, r) for r in refused):
                continue
            label = next((r for r in labels if r["id"] not in taken and _shares(span, r["span"])), None)
            if label is None:
                side = term.side or (sides.near(part, first, last) if term.referent.sided else None)
                found.append(Naming(term.referent.name, side, term.term, spoken.voice(*span), *span))
            else:
                taken.add(label["id"])
                side = term.side or (
                    label["referent"] or sides.near(part, first, last) if term.referent.sided else None
                )
                found.append(_labelled(term.referent.name, side, term.term, label))
    found += [_by_label(row, lists.homes.get(entry_of(row["term"]) or "")) for row in labels if row["id"] not in taken]
    return sorted(found, key=lambda n: (n.start, n.stop, n.term))


def _named(part: Sequence[Token], words: set[str], terms: Phrases[Term]) -> Iterable[tuple[int, int, Term]]:
    hits = terms.find([t.lower for t in part])
    meant = [h for h in hits if not h.entry.referent.near or h.entry.referent.near & words]
    meant.sort(key=lambda h: h.entry.blocks)  # what blocks one term may be another's words
    return ((h.first, h.last, h.entry) for h in apart(meant) if not h.entry.blocks)


def _by_label(row: Row, home: Referent | None) -> Naming:
    """A label whose words no list of things has: its thing is the one that the label's own list entry belongs to."""
    return _labelled(
        home.name if home else OTHER, row["referent"] if home is None or home.sided else None, row["term"], row
    )


def _labelled(referent: str, side: str | None, term: str, row: Row) -> Naming:
    return Naming(referent, side, term, row["voice"], row["span"][0], row["span"][1], row["id"])


def _shares(span: tuple[int, int], other: Sequence[int]) -> bool:
    return span[0] < other[1] and other[0] < span[1]

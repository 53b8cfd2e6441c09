"""The list of happenings (`codebooks/events.toml`), made ready to be looked for, and its small classes of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from parley.annotate.language.anchored import Anchored
from parley.annotate.language.inflection import expanded, forms
from parley.codebooks import lexicon
from parley.data import Plover


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of the list of happenings."""

    type: str
    plover: Plover
    kind: str = "verb"
    who: str = "doer"
    status: str | None = None
    needs: str | None = None
    toll: bool = False
    blocks: bool = False
    row: int = 0


@cache
def words(name: str) -> frozenset[str]:
    """One of the small word classes of the list: `ongoing`, `announcing`, `plans`, ..."""
    return frozenset(w for row in lexicon("events")["words"] if row["name"] == name for w in row["words"])


@cache
def happenings() -> Anchored[Happening]:
    """Every entry, and what blocks it, ready to be looked for in a sentence."""
    book = lexicon("events")
    return Anchored(pair for n, row in enumerate(book["event"]) for pair in _pairs(n, row, book["classes"]))


def _pairs(number: int, row: Mapping[str, Any], classes: Mapping[str, str]) -> Iterator[tuple[str, Happening]]:
    entry = Happening(
        row["type"],
        Plover(row["plover"], row.get("mode")),
        row.get("kind", "verb"),
        row.get("who", "doer"),
        row.get("status"),
        row.get("needs"),
        row.get("toll", False),
        row=number,
    )
    befalls = replace(entry, kind="state") if entry.kind == "verb" else entry
    for pattern in row["patterns"]:
        yield expanded(pattern, classes), befalls if pattern.startswith("<") else entry
    blocking = replace(entry, blocks=True)
    yield from ((expanded(p, classes), blocking) for p in row.get("unless", ()))


@cache
def bases() -> frozenset[str]:
    """Verbs of the list as they stand after "to" and "will"; alone they tell nothing that was done."""
    patterns = (p for row in lexicon("events")["event"] if row.get("kind", "verb") == "verb" for p in row["patterns"])
    found = {c[1:] for p in patterns for c in _first_choices(p) if c.startswith("~")}
    return frozenset(v for v in found if forms(v).count(v) == 1) | words("bare")


@cache
def finite() -> frozenset[str]:
    """Past and present forms of the list's verbs: what may go on after an aside."""
    patterns = (p for row in lexicon("events")["event"] for p in row["patterns"])
    found = {c for p in patterns for piece in p.split() for c in piece.split("|") if c.startswith("~")}
    told = {f for v in found for f in forms(v[1:].removesuffix("?"))[1:] if not f.endswith("ing")}
    return frozenset(told | words("finite"))


def _first_choices(pattern: str) -> Iterable[str]:
    return pattern.split()[0].split("|")

"""The words that take a stance, as codebooks/stances.toml lists them, ready to be looked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from parley.annotate.language.phrases import Phrases
from parley.codebooks import lexicon


@dataclass(frozen=True, slots=True)
class Trigger:
    """An entry of the list of stance words.

    `kind` says how it stands in a clause: `verb` (its doer holds the position), `adj` ("is ready to"), `noun` ("the
    refusal of"), `modal` ("any deal must"), `will`, `void` (words that look like a stance and are none) or `claim` (so too,
    and so is all that follows them). `negated` is the stance under a "not"; `issue` what it is on where no word names
    one; `speech` marks verbs that are a saying.
    """

    stance: str
    kind: str
    negated: str = "none"
    speech: bool = False
    issue: str | None = None


@cache
def triggers() -> Phrases[Trigger]:
    """Every stance word."""
    return Phrases(
        (p, Trigger(r["stance"], r["kind"], r.get("negated", "none"), r.get("speech", False), r.get("issue")))
        for r in lexicon("stances")["trigger"]
        for p in r["patterns"]
    )


@cache
def conditions() -> Phrases[str]:
    """The words that open a condition; their entry says of what kind: `price`, or `time` ("as soon as", "when")."""
    return Phrases((p, r.get("kind", "price")) for r in lexicon("stances")["condition"] for p in r["patterns"])


@cache
def word_class(name: str) -> frozenset[str]:
    """One of the small word classes of the list."""
    rows = lexicon("stances")["words"]
    return frozenset(w for r in rows if r["name"] == name for w in r["words"])


@cache
def actions() -> frozenset[str]:
    """What a "will" must be followed by to be a position: doing, not happening."""
    return frozenset(w for r in lexicon("stances")["action"] for w in r["words"])


@cache
def relents() -> frozenset[str]:
    """What takes a weapon of the talks away after "ready to"."""
    return frozenset(w for r in lexicon("stances")["relent"] for w in r["words"])

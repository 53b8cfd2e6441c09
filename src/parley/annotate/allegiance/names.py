"""A party goes by one name: adjectives, initials, branches and bodies that act for it are joined to it.

"Dorvani" beside "Dorvan", "AVW Local 88" beside "the Amalgamated Vehicle Workers", "ZKP" where the text explains it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from parley.annotate.allegiance.words import word_class
from parley.annotate.language.lines import Line
from parley.annotate.parties.words import demonyms, people_of, words
from parley.data import Mention, Reading

BODIES = ("union", "company", "bloc", "movement")
_EXPLAINS = ("(", "[", "initials", "acronym", "abbreviat", "known ")
_SHORT = 8
"""Letters that an abbreviation has at most."""
_TRADES = frozenset(("association", "federation", "congress", "council", "committee", "society", "workers"))
_RULING = frozenset(("council", "authority", "administration", "committee", "congress", "assembly", "leadership"))
_TWICE = 2
_OFTEN = 3
"""Times that a name must stand in an article to be no mere seat of something."""


def joined_names(mentions: Sequence[Mention], counted: Counter[str]) -> dict[str, str]:
    """Every side under the one name that its party goes by."""
    sides = list(counted)
    # of two bodies with the same initials the shorter name is meant: "Uplands Relief Front alliance" is a description of the Front
    bodies = sorted(
        {m.name for m in mentions if m.kind == "organisation" and " " in m.name}, key=lambda b: (-len(b), b)
    )
    out: dict[str, str] = {}
    for base in sides:
        if " " not in base and len(base) > 3 and any(s != base and s[:3] == base[:3] for s in sides):
            forms = {*demonyms(base), *people_of(base)}
            out |= {form: base for form in sides if form != base and form in forms}
    full = {initials(s): s for s in (*sides, *bodies) if " " in s}
    for short in (*sides, *bodies, *(m.name for m in mentions if m.name.isupper())):
        first = short.split()[0]
        if first in full and len(first) > 1 and first.isupper() and full[first] != short:
            out[short] = full[first]
    for short in dict.fromkeys(m.name for m in mentions if m.kind == "organisation" and " " not in m.name):
        longer = [b for b in bodies if b.endswith(" " + short)]
        if len(longer) == 1 and short[:1].isupper():
            out[short] = longer[0]  # "the Council"
    for short in sides:
        longer = [s for s in sides if s.startswith(short + " ") and s.rpartition(" ")[2].lower() in words("company")]
        if len(longer) == 1:
            out.setdefault(short, longer[0])
    return {short: out.get(party, party) for short, party in out.items()}


def acting_bodies(mentions: Sequence[Mention]) -> dict[str, str]:
    """A land whose one body acts for it, and never itself, goes by the body's name: "the Tiskan National Council"."""
    named: dict[str, Counter[str]] = {}
    for mention in mentions:
        if mention.side and mention.kind == "organisation" and mention.name.count(" ") > 1:
            named.setdefault(mention.side, Counter())[mention.name] += 1
    out: dict[str, str] = {}
    for side, own in named.items():
        body, uses = own.most_common(1)[0]
        if uses < _OFTEN or body.rpartition(" ")[2].lower() not in _RULING or not body.startswith(side[:3]):
            continue
        if uses > sum(m.side == side and m.span.text == side for m in mentions):
            out[side] = body
    return out


def brackets(reading: Reading, body: Sequence[Line]) -> dict[str, str]:
    """Letters that the text itself explains -> the name: "the Railway Workers' Alliance (ZKP)", "..., known by its initials ZKP"."""
    if not any(mark in reading.text for mark in _EXPLAINS):
        return {}
    known = {m.name for m in reading.mentions if m.actor is not None}
    out: dict[str, str] = {}
    for line in body:
        for at in line.sentence.capitals:
            short = line.tokens[at].text
            if (
                at < _TWICE
                or short in known
                or short in out
                or not (short.isupper() and short.isalpha() and 1 < len(short) < _SHORT)
            ):
                continue
            end = _explained(line, at)
            first = _name_before(line, end) if end is not None else None
            if first is not None and end is not None and short not in line.lowers[first:end]:
                full = reading.text[line.tokens[first].start : line.tokens[end - 1].end].replace("’", "'")
                if " " in full and not {w.strip("'s").lower() for w in full.split()}.isdisjoint(_bodily()):
                    inside = (line.tokens[first].start, line.tokens[end - 1].end)
                    out |= dict.fromkeys((short, *_pieces(reading, inside)), " ".join(full.split()))
    return out


def _pieces(reading: Reading, inside: tuple[int, int]) -> set[str]:
    """Sides that were read out of one name only: the "Bakers" of "the Brotherhood of Bakers"."""
    within: set[str] = set()
    elsewhere: set[str] = set()
    for mention in reading.mentions:
        if mention.actor is None and mention.side is not None:
            held = inside[0] <= mention.span.start and mention.span.end <= inside[1]
            if held and mention.side in mention.span.text.replace("’", "'").split():
                within.add(mention.side)
            elif mention.side in mention.span.text and mention.kind != "person":
                elsewhere.add(mention.side)
    return within - elsewhere


def _explained(line: Line, at: int) -> int | None:
    """Where the name ends that the letters at word `at` are short for."""
    if line.lowers[at - 1] in ("(", "["):
        return at - 1
    near = line.lowers[max(0, at - 8) : at]
    if near[-1:] and near[-1] in ("initials", "acronym", "abbreviation", "by", "as") and ("by" in near or "as" in near):
        mark = next((i for i in range(at - 1, max(0, at - 8), -1) if line.lowers[i] in (",", "(")), None)
        return mark if mark is not None and line.lowers[mark + 1] in ("known", "or", "abbreviated", "called") else None
    return None


def _name_before(line: Line, end: int) -> int | None:
    """The first word of the name in capitals that ends before word `end`."""
    first = end
    while first > 0 and end - first < _SHORT + 2:
        word = line.tokens[first - 1].text
        small = word in ("of", "and", "for", "the", "'", "’", "'s", "’s", "&", "de", "-")
        if not (word[:1].isupper() or small) or word.lower() == "the":
            break
        first -= 1
    while first < end and not line.tokens[first].text[:1].isupper():
        first += 1
    return first if first < end else None


@cache
def _bodily() -> frozenset[str]:
    """Words of the names of bodies, and the trades whose people form unions."""
    trades = word_class("hands")
    return frozenset().union(*map(words, BODIES), trades, (t.removesuffix("s") for t in trades), _TRADES)


def initials(name: str) -> str:
    return "".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper())

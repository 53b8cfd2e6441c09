"""A sentence looked at as clauses: who does what a verb says, and where the clause ends.

There is no parser here. A clause is what stands between walls (subordinating words, semicolons, dashes, quotation
marks, commas that part); the doer is the first name of the stretch before the verb that hangs on no preposition. On
news this is right often enough, and it takes no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.annotate.language.grammar import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
    is_adverb,
)
from parley.annotate.language.lines import Line, Named
from parley.data import Mention

WALLS = frozenset(';:—–()[]“”"«»')
OPENERS = frozenset(
    [
        "that",
        "because",
        "if",
        "when",
        "while",
        "whereas",
        "although",
        "though",
        "unless",
        "until",
        "after",
        "before",
        "as",
        "where",
        "since",
        "whether",
        "once",
        "despite",
        "amid",
        "following",
    ]
)
RELATIVES = frozenset(("which", "who", "whose"))
PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i", "you"])
_LOOSE = frozenset(
    [
        "with",
        "against",
        "to",
        "by",
        "on",
        "over",
        "about",
        "under",
        "between",
        "among",
        "at",
        "during",
        "near",
        "upon",
        "into",
        "onto",
        "per",
        "via",
    ]
)
_CAMPS = ("both ", "two ", "the two ", "neither")
_OWNED = 3
"""Words between a land and the body that is its own: "'s paramilitary"."""
_NEVERS = frozenset(("cannot", "nor", "neither", "without"))
_FORCED = 5
"""Words from the "not" to what it forbids."""
_REACH = 60
"""How many words before a verb its doer is looked for; it bounds the work on a sentence without an end."""


def clause_end(line: Line, at: int) -> int:
    """Where the clause that holds word `at` ends: the wall after it, or the end of the sentence."""
    lowers = line.lowers
    for i in range(at, len(lowers)):
        word = lowers[i]
        if word in WALLS or (i > at and word in RELATIVES) or (i > at and word in OPENERS and word != "that"):
            return i
        if word == "," and not _goes_on(lowers, i):
            return i
        if word == "." and i == len(lowers) - 1:
            return i
    return len(lowers)


def _goes_on(lowers: Sequence[str], comma: int) -> bool:
    """True for a comma inside a list of names or numbers ("Spain, Ireland, and Norway")."""
    after = lowers[comma + 1 : comma + 5]
    return (
        any(w in ("and", "or") for w in after)
        and "," not in after[1:2]
        and len(after) > 2
        and after[0] not in ("and", "but")
    )


def group_start(line: Line, verb: int) -> int:
    """The first word of the verb group that `verb` ends: auxiliaries, adverbs and negations before it."""
    first = verb
    while first > 0 and (
        line.lowers[first - 1] in AUXILIARIES
        or line.lowers[first - 1] in NEGATIONS
        or line.lowers[first - 1] in ("to", "set", "due", "going", "about", "expected", "scheduled", "poised", "ready")
        or is_adverb(line.lowers[first - 1])
    ):
        if line.named_at(first - 1) is not None:
            break
        first -= 1
    return first


@dataclass(frozen=True, slots=True)
class Doer:
    """Who a clause is about: names in order, or a pronoun; `first` is the first word of the stretch they stand in."""

    first: int
    names: tuple[Mention, ...] = ()
    pronoun: str | None = None

    @property
    def side(self) -> str | None:
        """The side of the first name that has one."""
        return next((m.side for m in self.names if m.side and m.kind != "place"), None) or next(
            (m.side for m in self.names if m.side), None
        )

    @property
    def person(self) -> str | None:
        """The name of the person among them who belongs to that side."""
        return next((m.name for m in self.names if m.kind == "person" and not m.name.islower()), None)

    @property
    def sides(self) -> tuple[str, ...]:
        """All sides named, each once; a name without a side counts as itself."""
        out: list[str] = []
        for m in self.names:
            name = m.side or (
                m.name if m.kind in ("government", "organisation", "group") and m.name[:1].isupper() else None
            )
            if (
                name
                and name not in out
                and not name.lower().startswith(_CAMPS)
                and (m.kind != "place" or len(self.names) == 1)
            ):
                out.append(name)
        return tuple(out)


def doer(line: Line, verb: int, *, floor: int = 0) -> Doer:
    """Who does what the word `verb` says, from word `floor` on; empty where the sentence does not tell."""
    lowers = line.lowers
    end = max(floor, group_start(line, verb))
    first = end
    floor = max(floor, verb - _REACH)
    while first > floor:
        word = lowers[first - 1]
        if word == ",":
            skipped = _before_aside(lowers, first - 1, end, floor)
            if skipped is not None:
                first = end = skipped
                continue
            if _holds_name(line, first, end) and not (line.named_at(first) and line.named_at(first - 2)):
                break
        elif word in RELATIVES and not _holds_name(line, first, end):
            return _antecedent(line, first - 1)
        elif (
            word in RELATIVES
            or (word in WALLS and not (word in '”"' and not _holds_name(line, first, end)))
            or (word in OPENERS and line.named_at(first - 1) is None)
            or (word in ("and", "but") and _holds_subject(line, first, end))
        ):
            break
        first -= 1
    return _of(line, first, end)


def _before_aside(lowers: Sequence[str], comma: int, end: int, floor: int) -> int | None:
    """Where an aside that ends at `comma`, right before the verb, begins; None where there is none."""
    if comma + 1 != end:
        return None
    for i in range(comma - 1, floor, -1):
        if lowers[i] == ",":
            return i
    return None


def _holds_name(line: Line, first: int, last: int) -> bool:
    return any(n.first >= first and n.last <= last for n in line.named) or any(
        line.lowers[i] in PRONOUNS for i in range(first, last)
    )


def _holds_subject(line: Line, first: int, last: int) -> bool:
    """True where what follows a conjunction is a subject of its own and not the rest of a list of names."""
    if first < last and line.lowers[first] in PRONOUNS:
        return True
    before = line.named_at(first - 2) if first >= 2 else None
    return before is None and _holds_name(line, first, last)


def _antecedent(line: Line, relative: int) -> Doer:
    near = [n for n in line.named if n.last <= relative and relative - n.last <= 3]
    return Doer(near[-1].first, (near[-1].mention,)) if near else Doer(relative)


def _of(line: Line, first: int, end: int) -> Doer:
    """The doer among the words `[first, end)`."""
    lowers = line.lowers
    inside = [n for n in line.named if n.last > first and n.first >= first - 1 and n.last <= end]
    free = _unowned(lowers, [n for n in inside if not _hangs(lowers, n.first, first)])
    pronoun = next((lowers[i] for i in range(first, end) if lowers[i] in PRONOUNS), None)
    if pronoun is not None and not free:
        return Doer(first, (), pronoun)
    if not free:
        inside = [n for n in inside if not _hangs(lowers, n.first, first, loose=True)]
        return Doer(first, tuple(n.mention for n in inside[:1]))
    kept = [free[0]]
    for name in free[1:]:
        between = lowers[kept[-1].last : name.first]
        if len(between) <= 6 and all(w in COORDINATORS or w in DETERMINERS or w == "," or w.isalpha() for w in between):
            kept.append(name)
    return Doer(first, tuple(n.mention for n in kept))


def _unowned(lowers: Sequence[str], names: list[Named]) -> list[Named]:
    """Without the land of "Karsk's Upland Front", where what it owns is a side of its own."""
    if len(names) < 2 or names[0].mention.kind not in ("government", "place"):
        return names
    land, body = names[0].mention, names[1].mention
    between = lowers[names[0].last : names[1].first]
    owned = between[:1] == ["'s"] or land.span.text.endswith(("'s", "’s"))
    apart = body.kind == "organisation" and body.side is not None and body.side != land.side
    return names[1:] if owned and apart and len(between) <= _OWNED else names


def _hangs(lowers: Sequence[str], at: int, floor: int, *, loose: bool = False) -> bool:
    """True where the name at `at` hangs on a preposition; `loose` asks for those that never lead to a doer."""
    for i in range(at - 1, max(floor, at - 5) - 1, -1):
        word = lowers[i]
        if word in PREPOSITIONS:
            return word in _LOOSE if loose else word != "as"
        if word in COORDINATORS or word == "," or word in AUXILIARIES:
            return False
    return False


def negated(line: Line, verb: int) -> bool:
    """True where the verb group says that it did not happen ("has not rejected", "never agreed")."""
    first = max(0, group_start(line, verb))
    group = line.lowers[first:verb]
    return any(w in NEGATIONS or w.endswith("n't") or w in _NEVERS for w in group) or "no longer" in " ".join(group)


def forced(lowers: Sequence[str], at: int) -> bool:
    """True for the "accepting" of "will not be bullied into accepting": what nobody can be made to do.

    >>> forced(["will", "not", "be", "bullied", "into", "accepting"], 5)
    True
    """
    before = lowers[max(0, at - _FORCED) : at]
    return list(before[-1:]) == ["into"] and (
        not NEGATIONS.isdisjoint(before) or any(w.endswith("n't") for w in before)
    )

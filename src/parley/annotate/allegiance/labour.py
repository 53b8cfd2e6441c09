"""The two sides of a labour dispute: its union and its employer, by the words that stand beside their names.

No state, no army and no delegation tells them, and their names look like anything: "the drivers' union DLV", "their union, Caring
Hands", "the state railway Norrbahn", "Palverk managers". What bears drivers, an offer or a chief executive is an employer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from parley.annotate.allegiance.words import word_class
from parley.annotate.language.grammar import VERBS
from parley.annotate.language.lines import Line, Named
from parley.annotate.parties.verdict import Votes
from parley.annotate.parties.words import CLOSED, POSSESSIVES, speech, words
from parley.annotate.positions.issues import story_of
from parley.data import Mention

_LEAST = 2.0
"""What must speak for a name before it is taken for a side."""
_NEAR = 6
_UNIONS = frozenset(("union", "unions"))
_HANGS = frozenset(("to", "of", "for", "with", "by", "from", "against", "at"))
_LETTERS = 8
_ASSOCIATIONS = frozenset(
    ("association", "federation", "college", "congress", "society", "league", "alliance", "council")
)
_OFFICERS = frozenset(("executive", "ceo", "chairman", "chairwoman", "cfo"))
_USED = 2
"""Letters of an abbreviation at most, and how often one stands that is taken for the union without other evidence."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """The sides of a labour dispute; None where the article does not name one."""

    union: str | None
    company: str | None

    def side(self, mention: Mention) -> str | None:
        """The side that a mention is, or that its noun means: "the trust", "nurses"."""
        if mention.name in (self.union, self.company):
            return mention.name
        short = mention.kind in ("organisation", "unknown") and mention.name[:1].isupper()
        if short and (self.company or "").startswith(mention.name + " "):
            return self.company  # "Norbus" for "Norbus Lines"
        plain = mention.span.text.lower().split()
        if mention.kind == "group":
            plain = _people(plain)
        elif mention.kind == "person" or (mention.span.text[:1].isupper() and len(plain) > 1):
            return None
        if plain[-1] in word_class("employer"):
            return self.company
        if plain[-1] in word_class("hands") or plain[-1] == "union":
            return self.union
        return None


def _people(plain: list[str]) -> list[str]:
    """Without where they are: the "resident doctors" of "resident doctors in England"; of another firm's nothing is left."""
    at = next((i for i, w in enumerate(plain) if w in _HANGS or w in ("in", "across")), len(plain))
    return plain[:at] if at == len(plain) or plain[at] in ("in", "across") else [""]


def dispute(body: Sequence[Line], letters: Mapping[str, str]) -> Dispute | None:
    """The sides of an article about a labour dispute, abbreviations read by `letters`; None of any other article."""
    if story_of(body) != "labour":
        return None
    found: dict[str, Votes] = defaultdict(Votes)
    uses: Counter[str] = Counter()
    single = {n.mention.name: n.mention for line in body for n in line.named if " " not in n.mention.name}
    for line in body:
        for named in (*line.named, *_unseen(line, single)):
            name = letters.get(named.mention.name, named.mention.name)
            who, at, house = name.partition(" at ")
            house = house.removeprefix("the ")
            if at and who.lower() in word_class("hands") and not _is_common(house):
                found[house]["company"] += 3.0  # "Workers at the Norbus depot"
            if named.mention.kind != "person" and not _is_common(name):
                uses[name] += 1
                for kind, weight in _shown(line, named, name):
                    found[name][kind] += weight
    for name, kind in (*_called_next(body, letters), *_led(body)):
        found[name][kind] += _LEAST
    union = _best(found, "union", "company", uses) or _abbreviated(body, uses)
    company = _best({n: v for n, v in found.items() if n != union}, "company", "union", uses)
    company = company or _house(body) or _speaks_most(body, uses, union)
    union = union or _unnamed(body, _UNIONS)
    company = company or _unnamed(body, word_class("employer"))
    return Dispute(union, company) if union or company else None


def _unnamed(body: Sequence[Line], nouns: frozenset[str]) -> str | None:
    """ "Union", "Hospitals": a side that the article speaks of often and never names."""
    uses = Counter(
        noun
        for line in body
        for named in line.named
        if named.mention.kind == "organisation" and named.mention.actor is None
        for noun in [named.mention.span.text.lower().split()[-1]]
        if noun in nouns
    )
    noun, often = uses.most_common(1)[0] if uses else ("", 0)
    return noun.capitalize() if often >= _USED else None


def _called_next(body: Sequence[Line], letters: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A body by what the next sentence calls it: "The Nursing College said no. The union wants ...".

    Where the next sentence opens a paragraph, an association is the union wherever it stood, if no other body did.
    """
    for line, following in pairwise(body):
        if following.lowers[:1] != ["the"]:
            continue
        noun = "".join(following.lowers[1:2])
        kind = "union" if noun in _UNIONS else "company" if noun in word_class("employer") else None
        if kind is None:
            continue
        bodies = [n for n in line.named if n.mention.kind in ("organisation", "unknown")]
        named = line.named[0] if line.named and line.named[0].first <= 1 and line.named[0] in bodies else None
        if line.sentence.paragraph != following.sentence.paragraph or named is None:
            members = [n for n in bodies if n.mention.name[:1].isupper()]
            named = members[0] if kind == "union" and len(members) == 1 and _of_members(members[0]) else None
        name = letters.get(named.mention.name, named.mention.name) if named is not None else ""
        if name and not _is_common(name):
            yield name, kind


def _of_members(named: Named) -> bool:
    return named.mention.name.rpartition(" ")[2].lower() in _ASSOCIATIONS


def _led(body: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """An employer by its officers: "Norbus chief executive Ada Fenn"."""
    for line in body:
        for mention in line.inner:
            role = (mention.role or "").lower().split()
            named = mention.side is not None and mention.span.text.startswith(mention.side)
            if mention.kind == "person" and named and not _OFFICERS.isdisjoint(role):
                yield mention.side or "", "company"


def _unseen(line: Line, single: dict[str, Mention]) -> Iterator[Named]:
    """Names of one word where they stand without having been seen as names, as at the beginning of a sentence."""
    for at, token in enumerate(line.tokens):
        if token.text in single and line.named_at(at) is None:
            yield Named(at, at + 1, single[token.text])


def _is_common(name: str) -> bool:
    """True for "Drivers at Norbus", "Port employers": people and no name; "Quay Workers" is one."""
    plain = name.split()
    small = any(w.islower() and w not in ("of", "and", "for", "the", "de") for w in plain)
    return small or not name[:1].isupper() or name.lower() in _common() or plain[0].lower() in word_class("hands")


@cache
def _common() -> frozenset[str]:
    return CLOSED | word_class("hands") | word_class("employer") | _UNIONS


def _speaks_most(body: Sequence[Line], uses: Counter[str], union: str | None) -> str | None:
    """The body that is spoken of most besides the union, where no word says what it is and it is nowhere a place."""
    places, bodies = set[str](), set[str]()
    outlet = (body[0].reading.article.outlet or "") if body else ""
    for line in body:
        for named in line.named:
            mention = named.mention
            before = line.lowers[named.first - 1] if named.first else ""
            if mention.kind in ("place", "person", "government") or mention.actor or before in ("in", "near", "from"):
                places.update((mention.name, mention.name.rpartition(" ")[2]))
            elif before in ("to", "by", "of") or line.lowers[named.last : named.last + 1] == ["'s"]:
                bodies.add(mention.name)
        bodies.update(s.speaker.name for s in line.statements if s.speaker is not None)
    fit = [
        n
        for n in uses
        if n not in places and n in bodies and n != union and uses[n] >= _USED and n not in outlet and " " not in n
    ]
    return max(fit, key=lambda n: uses[n], default=None)


def _abbreviated(body: Sequence[Line], uses: Counter[str]) -> str | None:
    """ "The ZKP" where the text speaks of a union and never writes its name in full: the only letters that stand often."""
    if not any("union" in line.lowers for line in body):
        return None
    often = [n for n, k in uses.items() if k >= _USED and n.isupper() and n.isalpha() and 1 < len(n) < _LETTERS]
    behind = [
        n
        for n in often
        if any(
            line.lowers[named.first - 1] == "the" for line in body for named in line.named if named.mention.name == n
        )
    ]
    return behind[0] if len(behind) == 1 else None


def _house(body: Sequence[Line]) -> str | None:
    """An employer by the house it bears in its name: "St Brigid's Hospital", "Lorrin Port"."""
    for line in body:
        for at, token in enumerate(line.tokens):
            if at and token.lower in word_class("employer") and token.text[0].isupper() and not line.sentence.in_title:
                first = at
                while first > 0 and (line.tokens[first - 1].text[0].isupper() or line.lowers[first - 1] == "'s"):
                    first -= 1
                if first < at and line.lowers[first] not in CLOSED:
                    return line.reading.text[line.tokens[first].start : token.end]
    return None


def _best(found: dict[str, Votes], kind: str, other: str, uses: Mapping[str, int]) -> str | None:
    """The name for which enough speaks and that is spoken of most; of two alike, the one for which more speaks."""
    fit = [n for n, v in found.items() if v[kind] >= _LEAST and v[kind] > v[other]]
    order = {n: -at for at, n in enumerate(found)}  # of two alike, the one that the article names first
    return max(fit, key=lambda n: (uses[n], found[n][kind], order[n]), default=None)


def _is_called(low: Sequence[str], at: int, heads: frozenset[str]) -> bool:
    """True where an apposition that begins at word `at` says what the name is: ", the state-owned operator,"."""
    if at >= len(low) or low[at] != ",":
        return False
    for i in range(at + 1, min(len(low), at + _NEAR)):
        if low[i] in heads:
            return i + 1 >= len(low) or low[i + 1] not in POSSESSIVES
        if low[i] in VERBS or low[i] in speech() or low[i] in _HANGS or low[i] in (",", "and"):
            return False
    return False


def _shown(line: Line, named: Named, name: str) -> Iterator[tuple[str, float]]:
    """What the words beside a name show it to be."""
    low, at = line.lowers, named.last
    plain = name.lower().replace("’", "'").split()
    span = named.mention.span.text.lower().split()
    before = low[max(0, named.first - 4) : named.first]
    trades = word_class("hands")
    if any(
        w.rstrip("'s") + "s" in trades or w.removesuffix("'s") in trades or w.rstrip("'") in words("union")
        for w in plain
    ):
        yield "union", 4.0  # "the Railway Workers' Alliance", "the Association of Nurses"
    elif plain[-1] in words("company"):
        yield "company", 4.0
    for kind in ("union", "company"):
        heads = _UNIONS if kind == "union" else word_class("employer")
        last = span[1:][-1:] if kind == "union" and name.lower() in span else []  # "the RMT union"
        if not heads.isdisjoint(span[:-1] + last) or not heads.isdisjoint(before[-1:]):
            yield kind, 3.0  # "the drivers' union DLV"
        if before[-1:] == [","] and not heads.isdisjoint(before[-2:-1]) and _HANGS.isdisjoint(before[:-2]):
            yield kind, 3.0  # "their union, Caring Hands,"
        if _is_called(low, at, heads):
            yield kind, 2.0  # "DLV, the drivers' union,"
    beside = low[at + 1 : at + 4] if low[at : at + 1] == ["'s"] else low[at : at + 3]
    if not word_class("of_employer").isdisjoint(beside):
        yield "company", 2.0
    if not word_class("of_union").isdisjoint(beside):
        yield "union", 2.0
    at = named.first - (low[named.first - 1] == "the")
    if low[max(0, at - 1) : at] in (["at"], ["with"]) and not word_class("hands").isdisjoint(low[max(0, at - 4) : at]):
        yield "company", 3.0  # "drivers at Norbus"
    after = low[named.last : named.last + 3]
    if not word_class("employs").isdisjoint(after):
        yield "company", 1.0
    if not word_class("walks_out").isdisjoint(after):
        yield "union", 1.0

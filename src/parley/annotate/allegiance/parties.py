"""The parties of an article under one name each, with what kind of party each is, and the one that "the government" means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from parley.annotate.allegiance.labour import Dispute, dispute
from parley.annotate.allegiance.names import BODIES, acting_bodies, brackets, joined_names
from parley.annotate.allegiance.seats import seats
from parley.annotate.allegiance.words import word_class
from parley.annotate.language.lines import Line
from parley.annotate.parties.verdict import Votes
from parley.annotate.parties.words import heads, is_bystander, is_union_of_states, words
from parley.data import Mention, Party, Reading

WHOLE = frozenset(("state", "movement", "union", "company", "bloc"))
_TWICE = 2
_SHOWN = 2
"""What it weighs that the words beside its name showed a party's kind: as much as one that names its government."""
GOVERNMENT = "Government"
"""What a government is called whose country an article does not name."""


@dataclass(frozen=True, slots=True)
class Parties:
    """An article's parties."""

    same: Mapping[str, str]
    """A side, or a town, as the mentions call it -> the name its party goes by."""
    kinds: Mapping[str, str]
    """Party -> state, movement, union, company, bloc, or empty."""
    between: frozenset[str]
    main: tuple[str, ...]
    """The parties, those most spoken of first, without who only mediates."""
    dispute: Dispute | None = None
    """The sides of a labour dispute."""
    uses: Mapping[str, int] = field(default_factory=dict)
    """Party -> how often it is spoken of."""
    nations: frozenset[str] = frozenset()
    """States that the codebook knows: they are no crowd's party, however little the article says of them."""

    @classmethod
    def of(cls, reading: Reading, body: Sequence[Line], nations: frozenset[str] = frozenset()) -> Parties:
        """The parties of one article."""
        return replace(cls._of(reading, body), nations=nations)

    @classmethod
    def _of(cls, reading: Reading, body: Sequence[Line]) -> Parties:
        counted = Counter(m.side for m in reading.mentions if m.side)
        cast = body[0].cast if body else None
        same = joined_names(reading.mentions, counted)
        same |= acting_bodies(reading.mentions)
        letters = brackets(reading, body)
        same |= letters
        first = _judged(reading, counted, same, cast.between if cast else ())
        sides = dispute(body, letters)
        if sides is not None:
            named = Counter(m.side for m in reading.mentions if m.side and m.side[:4] in m.span.text)
            return _governed(_at_work(first, sides, named), reading.mentions)
        sitting = seats(reading, body, first, counted)
        if sitting:
            first = _judged(reading, counted, {**first.same, **sitting}, first.between)
        return _unnamed(first, reading.mentions)

    def one(self, name: str) -> str:
        """The one name of a party."""
        return self.same.get(name, name)

    def told(self) -> tuple[Party, ...]:
        """The parties by kind, those most spoken of first."""
        ranked = (*self.main, *(p for p in self.kinds if p not in self.main))
        return tuple(Party(name, self.kinds[name]) for name in ranked if self.kinds.get(name))

    def only(self, kind: str) -> str | None:
        """The one main party of a kind; a party of no told kind may be a state."""
        fit = [p for p in self.main if self.kinds.get(p) == kind]
        if kind == "state" and len(fit) > 1:
            often = [p for p in fit if self.uses.get(p, 0) > 1]
            fit = often if len(often) == 1 else fit  # a state that is named once stands by
        if self.dispute is not None:
            return fit[0] if len(fit) == 1 or (fit and kind == "state") else None
        if kind == "bloc" and not fit:
            fit = [p for p in self.main if self.kinds.get(p) == "union"]  # the European Union is one of states
            return fit[0] if len(fit) == 1 else None
        if kind == "state" or not fit:
            open_to = [p for p in self.main[:3] if self.kinds.get(p) == "" and not is_bystander(p)]
            fit += [p for p in open_to if kind == "state" or p not in self.nations]
        return fit[0] if len(fit) == 1 else None


def _at_work(parties: Parties, sides: Dispute, counted: Counter[str]) -> Parties:
    """The parties of a labour dispute: its union and its employer first."""
    two = {name: kind for name, kind in ((sides.union, "union"), (sides.company, "company")) if name is not None}
    one = {parties.one(name): kind for name, kind in two.items()}
    main = (*one, *(p for p in parties.main if p not in one))
    states = {p for p, k in parties.kinds.items() if k == "state" and counted[p] >= _TWICE and not p.isupper()}
    states |= {p for p in parties.kinds if p.rpartition(" ")[2].lower() in heads() and p not in one}
    kinds = {p: "state" if p in states else "" for p in parties.kinds} | one
    same = {**parties.same, **{n: parties.one(n) for n in two}}
    return Parties(same, kinds, parties.between, main, sides, parties.uses)


def _governed(parties: Parties, mentions: Sequence[Mention]) -> Parties:
    """With a party for "the government" that an article speaks of and never says whose it is."""
    uses = sum(m.side is None and _unnamed_noun(m.span.text) in ("government", "ministers") for m in mentions)
    if uses < _TWICE or "state" in parties.kinds.values():
        return parties
    return replace(parties, kinds={**parties.kinds, GOVERNMENT: "state"}, main=(*parties.main, GOVERNMENT))


def _unnamed(parties: Parties, mentions: Sequence[Mention]) -> Parties:
    """With parties for "the government" and "the rebels" where an article sets them against each other and names one at most."""
    told: dict[str, Counter[str]] = {"state": Counter(), "movement": Counter()}
    for mention in mentions:
        noun = _unnamed_noun(mention.span.text) if mention.side is None else ""
        for kind, seen in told.items():
            seen.update([noun] if noun in word_class(f"unnamed {kind}") else [])
    for kind, against in (("state", "movement"), ("movement", "state")):
        opposed = against in parties.kinds.values() or told[against].total() >= _TWICE
        if (
            told[kind].total() < _TWICE
            or not opposed
            or kind in parties.kinds.values()
            or parties.only(kind) is not None
        ):
            continue
        name = GOVERNMENT if kind == "state" else told[kind].most_common(1)[0][0].capitalize()
        parties = replace(parties, kinds={**parties.kinds, name: kind}, main=(*parties.main, name))
    return parties


def _unnamed_noun(words: str) -> str:
    """What "the federal government" and "communist rebels" are called without the words that name nobody; else the words themselves."""
    plain = words.lower().removeprefix("the ").split()
    named = [w for w in plain if w not in word_class("unnamed modifier")]
    return " ".join(named or plain)


def _judged(
    reading: Reading, counted: Counter[str], same: Mapping[str, str], between: Sequence[str] | frozenset[str]
) -> Parties:
    total: Counter[str] = Counter()
    for side, n in counted.items():
        total[same.get(side, side)] += n
    mediating = frozenset(same.get(p, p) for p in between)
    main = tuple(p for p, _ in total.most_common() if p not in mediating)
    return Parties(same, _kinds(reading, same, tuple(total)), mediating, main, uses=total)


def _kinds(reading: Reading, same: Mapping[str, str], parties: Sequence[str]) -> dict[str, str]:
    """What kind of party each is, by its own last word, what its name was shown to be, and the nouns that its mentions end with."""
    seen: dict[str, Votes] = defaultdict(Votes)
    for shown in reading.parties:
        if shown.kind != "state":
            seen[same.get(shown.name, shown.name)][shown.kind] += _SHOWN
    known = {same.get(m.side, m.side) for m in reading.mentions if m.side and m.actor and m.kind == "organisation"}
    for mention in reading.mentions:
        if not mention.side or mention.kind == "person":
            continue
        party = same.get(mention.side, mention.side)
        if mention.kind == "government" and party not in known:
            seen[party]["state"] += 2
        kind = heads().get(mention.span.text.rpartition(" ")[2].lower())
        if kind in WHOLE:
            seen[party][kind] += 1
    for party in parties:
        own = party.rpartition(" ")[2].lower()
        for name in BODIES:
            if own in words(name):
                seen[party]["bloc" if is_union_of_states(party) else name] += 3 * len(reading.mentions)
    return {p: "" if is_bystander(p) else max(seen[p], key=lambda k: seen[p][k], default="") for p in parties}

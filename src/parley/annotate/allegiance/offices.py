"""Whose an office or a crowd is that no party's name stands beside: told by its kind, where the article has one party of the kind.

"President Ada Fenn" in an article that names one state is that state; "the guerrillas" are its one movement, "the strikers" its one
union. "The Calveran guerrillas" and "the Calveran Coalition" are not Calvera, whatever their adjective says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.annotate.language.grammar import PREPOSITIONS
from parley.annotate.parties.verdict import Verdict
from parley.annotate.parties.words import body_words, heads, is_bystander
from parley.annotate.positions.stances import word_class
from parley.data import Mention, Party

_FIRST = 3
"""What it weighs to be the state that an article names first."""
_PLAIN = 2
_CLEAR = 1.5
"""How many times as much as any other the state of officials without a nation must weigh."""
_MOVEMENT, _UNION, _COMPANY = "movement", "union", "company"


@dataclass(frozen=True, slots=True)
class Offices:
    """An article's parties by what offices and crowds they have."""

    states: frozenset[str]
    home: str | None
    """The state of officials without a nation."""
    most: Mapping[str, str]
    """Kind of body -> the one of that kind that the article speaks of most."""
    roles: Mapping[str, str]
    """Word of a person's name -> what he is said to be."""

    @classmethod
    def of(cls, mentions: Sequence[Mention], parties: Sequence[Party]) -> Offices:
        """Whom offices and crowds belong to, by the sides that are told already."""
        states: Counter[str] = Counter()
        bodies: Counter[str] = Counter()
        roles: dict[str, str] = {}
        for m in mentions:
            if m.side is not None and m.side.lower() not in word_class("crowd") and m.kind not in ("place", "unknown"):
                (states if m.kind == "government" else bodies)[m.side] += 1
            if m.role and m.kind == "person":
                roles |= {w: m.role for w in m.name.split() if w[:1].isupper() and w not in roles}
        named = frozenset(states)
        for side in named:
            states[side] += bodies[side]
        most: dict[str, str] = {}
        for side, _ in bodies.most_common():
            kind = kind_of(side.split())
            if side not in named and kind is not None and not is_bystander(side):
                most.setdefault(kind, side)
        for party in parties:
            if party.kind in (_MOVEMENT, _UNION, _COMPANY) and not is_bystander(party.name):
                most.setdefault(party.kind, party.name)
        unnamed = {p.name for p in parties if p.kind == "state" and p.name not in named}
        return cls(named | unnamed, _home(states, mentions), most, roles)

    def tell(self, mention: Mention) -> Verdict | None:
        """The party of a mention that no rule has found a side for."""
        if mention.kind == "place":
            return None
        if is_organ(mention):
            return Verdict(self.home, "office") if self.home is not None else None
        if mention.kind in ("person", "unknown"):
            return self.of_role(mention.role or self._role(mention.name))
        return self.of_crowd(mention.span.text) if mention.kind in ("group", "organisation") else None

    def of_speaker(self, name: str, role: str | None) -> Verdict | None:
        """The party of a speaker by his office, or by what he is called."""
        told = self.of_role(role or self._role(name))
        return told or (self.of_crowd(called(name)) if name.islower() else None)

    def of_role(self, role: str | None) -> Verdict | None:
        """The party of an office: a minister's state, a rebel commander's movement, a shop steward's union."""
        if not role:
            return None
        words = role.lower().replace("-", " ").replace("'s", " ").replace("’s", " ").split()
        if not word_class("bystanding").isdisjoint(words) or not word_class("no office").isdisjoint(words):
            return None
        kind = kind_of([w for w in words if w not in word_class("vague kinds")])
        if kind is not None:
            return Verdict(self.most[kind], "office") if kind in self.most else None
        offices = word_class("state office")
        stranger = offices.isdisjoint(words) or not (body_words() - offices).isdisjoint(words)
        return None if stranger or self.home is None else Verdict(self.home, "office")

    def of_crowd(self, words: str) -> Verdict | None:
        """ "The strikers" are the article's one union, "the guerrillas" its one movement."""
        party = self.most.get(kind_of(words.split()[-1:]) or "")
        party = None if party in self.states else party
        return Verdict(party, "kind") if party is not None else None

    def apart(self, words: str, side: str) -> Verdict | None:
        """What a nation's rebels and opposition are called: they are no party with the state; None for the state's own bodies."""
        plain = words.removeprefix("the ").removeprefix("The ").split()
        if len(plain) < _PLAIN or not plain[0][0].isupper():
            return None
        kinds = [kind_of([w]) or heads().get(w) for w in plain[1:]]
        if side in self.states and plain[-1].islower() and next(filter(None, kinds), None) in (_UNION, _COMPANY):
            return Verdict(self.most.get(_UNION) if plain[-1] in word_class("hands") else None, "outside")
        last = plain[-1]
        if last[0].isupper() and last.lower() in word_class("unowned") and side not in words:
            return Verdict(" ".join(plain), "foes")
        if side not in self.states:
            return None
        if last in word_class("hands"):
            return Verdict(self.most.get(_UNION, " ".join(plain)), "foes")
        if last.lower() in word_class("foes"):
            return Verdict(self.most.get(_MOVEMENT, " ".join(plain)), "foes")
        return None

    def _role(self, name: str) -> str | None:
        return next((self.roles[w] for w in name.split() if w in self.roles), None)


def _home(states: Counter[str], mentions: Sequence[Mention]) -> str | None:
    first = min((m for m in mentions if m.kind == "government" and m.side), key=lambda m: m.span.start, default=None)
    if first is None or first.side is None or first.side not in states:
        return None
    weighed = Counter(states)
    weighed[first.side] += _FIRST
    (best, most), (_, other) = [*weighed.most_common(2), ("", 0)][:2]
    return best if most >= _CLEAR * other else None


def kind_of(words: Sequence[str]) -> str | None:
    """What kind of body words name: a movement, a union, a company; None where they do not tell.

    >>> kind_of(["Calveran", "guerrillas"]), kind_of(["the", "strikers"]), kind_of(["residents"])
    ('movement', 'union', None)
    """
    lowers = [w.lower() for w in words]
    for word in reversed(lowers):
        kind = heads().get(word)
        if kind in (_MOVEMENT, _UNION, _COMPANY):
            return kind
        if word in word_class("hands"):
            return _UNION
        if word in word_class("masters"):
            return _COMPANY
    return None


def called(name: str) -> str:
    """A description as far as it says who somebody is, and not what he does and with whom.

    >>> called("officials leading the talks with the management"), called("strikers at the port")
    ('officials', 'strikers')
    """
    plain = name.split()
    return " ".join(
        plain[: next((i for i, w in enumerate(plain) if i and (w in PREPOSITIONS or w.endswith("ing"))), None)]
    )


def is_organ(mention: Mention) -> bool:
    """True for "the administration", "the ministry": a state's body, and no word of whose."""
    words = mention.span.text.removeprefix("The ")
    return words.count(" ") < _PLAIN and words.islower() and heads().get(words.rpartition(" ")[2]) == "state"

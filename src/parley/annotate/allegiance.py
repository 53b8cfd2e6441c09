"""Whose side everybody is on, told by the article as a whole and by what each speaker says.

The mentions tell sides from the words right beside a name. Much of news tells them elsewhere: "Trade Minister Sigrun Aldhal"
is Velland's because she says what Velland would do, "Belqar" is Dorvan's seat because a Dorvani official speaks of what
Belqar could accept, "the army" is that of the one state at war. Here all such evidence is weighed once for an article:

- a party goes by one name: adjectives, initials and branches ("Dorvani", "BQW", "AVW Local 88") are joined to it;
- a town that acts is the seat of the state whose officials speak in it or for it;
- a person is on the side that he says "will" and "is ready to" for, not on the one that he accuses;
- "the government", "the union", "its negotiator" are those of the party named last that has one.

Nothing is guessed for whoever the article gives no side: a witness, an analyst, the opposition.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from parley.annotate.grammar import AUXILIARIES, is_adverb
from parley.annotate.lines import Line, lines
from parley.annotate.parties_words import CLOSED, demonyms, heads, people_of, words
from parley.data import Mention, Reading, Statement

if TYPE_CHECKING:
    from parley.pipeline import Settings

_WILLS = frozenset(("will", "would", "'ll", "won't", "wouldn't", "shall", "could", "cannot", "can't", "can"))
_READY = frozenset(("ready", "prepared", "willing", "determined", "open", "unwilling", "committed", "going"))
_URGES = frozenset(("urge", "demand", "expect", "ask"))
_INSIDE = frozenset(("in", "near", "outside", "at"))
_BLAMES = frozenset(
    ("urged", "urges", "accused", "accuses", "accusing", "blamed", "blames", "condemned", "criticised", "criticized")
)
_BLAMED = frozenset(("failed", "must", "should", "broke", "violated", "refuses", "stalling", "dragging"))
_OUTSIDERS = frozenset(
    [
        "opposition",
        "exile",
        "exiles",
        "exiled",
        "former",
        "ex",
        "analyst",
        "analysts",
        "professor",
        "economist",
        "historian",
        "expert",
        "lecturer",
        "columnist",
        "pharmacist",
        "teacher",
        "resident",
        "residents",
        "villager",
        "grocer",
        "farmer",
        "shopkeeper",
        "mother",
        "father",
        "son",
        "daughter",
        "witness",
        "seamstress",
        "consultant",
        "consultancy",
        "researcher",
        "scholar",
        "activist",
        "activists",
        "student",
        "bank",
        "harbour",
        "police",
        "medic",
    ]
)
_COMPANY_ROLES = frozenset(("executive", "managing", "plant", "boss", "chairman", "chairwoman", "finance", "ceo"))
_UNION_ROLES = frozenset(("branch", "steward", "convenor", "organiser", "organizer", "secretary", "bargainer"))
_OFFICES = frozenset(("state", "foreign", "transport", "defence", "defense", "interior", "labour", "labor", "press", "trade"))
_STATE_ROLES = frozenset(
    [
        "minister",
        "president",
        "premier",
        "chancellor",
        "secretary",
        "ambassador",
        "consul",
        "envoy",
        "general",
        "colonel",
        "admiral",
        "undersecretary",
        "ministry",
        "king",
        "queen",
    ]
)
_OWN = frozenset(("its", "their", "his", "her"))
_ANY_GROUP = frozenset(("group", "alliance", "commission"))
_WHOLE = frozenset(("state", "movement", "union", "company", "bloc"))
_MIN_LEAD = 1.0
"""What speaks for the best side of a person, and how far it must lie before the next."""


Votes: TypeAlias = "defaultdict[str, float]"


def _votes() -> Votes:
    return defaultdict(float)


@dataclass(frozen=True, slots=True)
class Allegiance:
    """Who is on whose side in one article."""

    same: Mapping[str, str]
    """A side as the mentions call it -> the name the party goes by."""
    people: Mapping[str, str]
    """Surname, or a body's whole name -> its party."""
    kinds: Mapping[str, str]
    """Party -> state, movement, union, company, bloc, or empty."""
    outside: frozenset[str]
    """Surnames of those who are on no side."""
    between: frozenset[str]
    main: tuple[str, ...]
    """The parties, those most spoken of first, without who only mediates."""

    def party(self, name: str) -> str:
        """The one name of a party."""
        return self.same.get(name, name)

    def speaker(self, statement: Statement | None) -> str | None:
        """The party that a statement's speaker is or speaks for."""
        if statement is None or statement.speaker is None:
            return None
        told = statement.speaker
        key = key_of(told.name)
        if key in self.people:
            return self.people[key]
        if key in self.outside:
            return None
        if told.name in self.same or told.name in self.kinds:
            return self.party(told.name)
        return self.party(told.side) if told.side else None

    def of(self, mention: Mention) -> str | None:
        """The party that a mention is or belongs to."""
        key = key_of(mention.name)
        if mention.kind in ("person", "unknown"):
            if key in self.people:
                return self.people[key]
            if key in self.outside:
                return None
        if mention.name in self.same:
            return self.same[mention.name]
        return self.party(mention.side) if mention.side else None

    def only(self, kind: str) -> str | None:
        """The main party of a kind, where one stands out: the only one, or the only one that does not mediate."""
        fit = [p for p in self.main if self.kinds.get(p) == kind]
        return fit[0] if len(fit) == 1 else None


def key_of(name: str) -> str:
    """What a speaker is looked up by: a person's surname, the whole name of anybody else.

    >>> key_of("Dorvan chief negotiator, General Lukas Ferrant"), key_of("second Dorvani official")
    ('Ferrant', 'second Dorvani official')
    """
    last = name.rpartition(", ")[2]
    parts = last.split()
    if len(parts) > 1 and parts[-1][:1].isupper() and parts[-2][:1].isupper() and parts[-1].lower() not in heads():
        return parts[-1]
    return last if "," in name and parts and parts[-1][:1].isupper() else name


def make(settings: Settings) -> Callable[[Reading], Reading]:  # noqa: ARG001  what the codebook knows stands in the mentions
    """The step that corrects the sides of mentions and speakers by the article as a whole."""
    return annotate


def annotate(reading: Reading) -> Reading:
    """The reading with every mention and speaker on the side that the whole article gives them."""
    if not any(m.side for m in reading.mentions):
        return reading
    found = allegiance(reading, lines(reading, title=True))
    mentions = tuple(_mention(m, found) for m in reading.mentions)
    statements = tuple(_statement(s, found) for s in reading.statements)
    if mentions == reading.mentions and statements == reading.statements:
        return reading
    return replace(reading, mentions=mentions, statements=statements)


def _mention(mention: Mention, found: Allegiance) -> Mention:
    side = found.of(mention)
    name = (
        found.same.get(mention.name, mention.name) if mention.kind in ("organisation", "government") else mention.name
    )
    if side == mention.side and name == mention.name:
        return mention
    return replace(mention, side=side, name=name)


def _statement(statement: Statement, found: Allegiance) -> Statement:
    speaker = statement.speaker
    if speaker is None:
        return statement
    side = found.speaker(statement)
    return statement if side == speaker.side else replace(statement, speaker=replace(speaker, side=side))


def allegiance(reading: Reading, body: Sequence[Line]) -> Allegiance:
    """The sides of one article, from its sentences."""
    return _Weigher(reading, body).weigh()


@dataclass
class _Weigher:
    reading: Reading
    body: Sequence[Line]
    votes: dict[str, Votes] = field(default_factory=lambda: defaultdict(_votes))
    same: dict[str, str] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)
    """Whose role has been looked at: a role said twice says no more."""

    def weigh(self) -> Allegiance:
        self.same = self._names()
        self._seats()
        for line in self.body:
            for statement in line.statements:
                if statement.speaker is not None and _starts_in(statement, line):
                    self._hear(line, statement)
        for line in self.body:
            self._described(line)
        people = {key: party for key, found in self.votes.items() if (party := self._winner(found)) is not None}
        self._first_named(people)
        return Allegiance(
            same=self.same,
            people={k: p for k, p in people.items() if k not in self.outside},
            kinds=self.kinds,
            outside=frozenset(self.outside),
            between=self.between,
            main=self.main,
        )

    # ------------------------------------------------------------ parties

    @cached_property
    def counted(self) -> Counter[str]:
        return Counter(m.side for m in self.reading.mentions if m.side)

    @cached_property
    def between(self) -> frozenset[str]:
        cast = self.body[0].cast if self.body else None
        return frozenset(self._party(p) for p in cast.between) if cast else frozenset()

    @cached_property
    def main(self) -> tuple[str, ...]:
        total: Counter[str] = Counter()
        for side, n in self.counted.items():
            total[self._party(side)] += n
        return tuple(p for p, _ in total.most_common() if p not in self.between)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What kind of party each is, by its own last word and the nouns that its mentions end with."""
        seen: dict[str, Votes] = defaultdict(_votes)
        for mention in self.reading.mentions:
            if not mention.side:
                continue
            party = self._party(mention.side)
            if mention.kind == "government":
                seen[party]["state"] += 2
            last = mention.span.text.rpartition(" ")[2].lower()
            kind = heads().get(last)
            if kind in _WHOLE and mention.kind != "person":
                seen[party][kind] += 1
            own = party.rpartition(" ")[2].lower()
            for name in ("union", "company", "bloc", "movement"):
                if own in words(name):
                    seen[party][name] += 3
        return {p: max(c, key=lambda k: c[k], default="") if c else "" for p in self._parties() for c in [seen[p]]}

    @cached_property
    def home(self) -> str | None:
        """The state whose name the outlet bears: "Averon News Bureau"."""
        outlet = (self.reading.article.outlet or "").split()
        return next((p for p in self.main if p in outlet), None)

    def _parties(self) -> list[str]:
        return list(dict.fromkeys(self._party(s) for s in self.counted))

    def _party(self, side: str) -> str:
        return self.same.get(side, side)

    def _names(self) -> dict[str, str]:
        """Every side under the one name that its party goes by."""
        sides = list(self.counted)
        bodies = {m.name for m in self.reading.mentions if m.kind == "organisation" and " " in m.name}
        out: dict[str, str] = {}
        for base in sides:
            if " " not in base and len(base) > 3:
                forms = {*demonyms(base), *people_of(base)}
                out |= {form: base for form in sides if form != base and form in forms}
        full = {_initials(s): s for s in (*sides, *bodies) if " " in s}
        for short in (*sides, *bodies, *(m.name for m in self.reading.mentions if m.name.isupper())):
            first = short.split()[0]
            if first.isupper() and len(first) > 1 and first in full and full[first] != short:
                out[short] = full[first]
        for short in sides:
            longer = [
                s
                for s in sides
                if s != short and s.startswith(short + " ") and s.split()[-1].lower() in words("company")
            ]
            if len(longer) == 1:
                out.setdefault(short, longer[0])
        return {short: out.get(party, party) for short, party in out.items()}

    # ------------------------------------------------------------ seats

    def _seats(self) -> None:
        """Towns that act, joined to the state that sits there."""
        towns = self._towns()
        states = [p for p in self._parties() if self._is_state(p) and p not in towns]
        if not towns or not states:
            return
        votes: dict[str, Votes] = {t: _votes() for t in towns}
        for line in self.body:
            for town in towns:
                if any(n.mention.name == town for n in line.named):
                    self._seat_told(line, town, states, votes[town])
        place = self.reading.article.dateline_place
        first = next((line for line in self.body if not line.sentence.in_title), None)
        if place is not None and place in votes and first is not None:
            for named in first.named[:1]:
                side = self._side_in(named.mention)
                if side is not None and side in states:
                    votes[place][side] += 2
        taken: dict[str, str] = {}
        for town in towns:
            best = self._winner(votes[town])
            if best is not None:
                taken[town] = best
        able = [s for s in states if s not in self.between]
        open_states = [s for s in able if s not in taken.values()]
        left = [t for t in towns if t not in taken]
        at_war = len(able) == 1 and any(self.kinds.get(p) == "movement" for p in self.main[:2])
        if len(left) == 1 and len(open_states) == 1 and (taken or at_war):
            taken[left[0]] = open_states[0]
        self.same |= taken

    def _is_state(self, party: str) -> bool:
        told = any(
            m.side and self._party(m.side) == party and m.kind == "government" and m.actor is None
            for m in self.reading.mentions
        )
        return told or party in self.same.values()

    def _towns(self) -> list[str]:
        """Names of places that act like a party, bear no government, and are not what the article speaks of most."""
        known = {m.name for m in self.reading.mentions if m.actor is not None}
        known |= {self._party(m.side) for m in self.reading.mentions if m.side and m.kind == "government"}
        known |= {p for p in self.main[:2] if self.kinds.get(p) or self.counted[p] > 2}
        known |= {n for n in (m.name for m in self.reading.mentions) if n.lower() in CLOSED}
        out: list[str] = []
        for mention in self.reading.mentions:
            name = mention.name
            fits = mention.kind in ("place", "organisation", "unknown") and mention.side in (name, None)
            if fits and len(name.split()) < 3 and name not in out and name not in known and name[:1].isupper():
                last = name.rpartition(" ")[2].lower()
                if last not in heads() and not self._is_body(last) and self._acts(name) and self._is_place(name):
                    out.append(name)
        return out

    def _is_place(self, name: str) -> bool:
        if name == self.reading.article.dateline_place or len([m for m in self.reading.mentions if m.name == name]) < 3:
            return True
        for line in self.body:
            for n in line.named:
                if n.mention.name == name and n.first > 0 and line.lowers[n.first - 1] in _INSIDE:
                    return True
        return False

    def _is_body(self, last: str) -> bool:
        return any(last in words(kind) for kind in ("union", "company", "bloc", "movement", "media"))

    def _acts(self, name: str) -> bool:
        for line in self.body:
            for n in line.named:
                if n.mention.name == name and _verb_follows(line.lowers, n.last) and not _hangs_on(line, n.first):
                    return True
        return False

    def _seat_told(self, line: Line, town: str, states: Sequence[str], votes: Votes) -> None:
        for at, named in enumerate(line.named):
            if named.mention.name != town:
                continue
            following = line.named[at + 1] if at + 1 < len(line.named) else None
            comma = line.lowers[named.last : named.last + 1] == [","]
            if following is not None and comma and following.first - named.last <= 2:
                side = self._side_in(following.mention)
                if side is not None and side in states:
                    votes[side] += 4
            speaker = next((s for s in line.statements if any(c.holds(named.mention.span) for c in s.content)), None)
            if speaker is not None and speaker.speaker is not None and speaker.speaker.side:
                side = self._party(speaker.speaker.side)
                if side in states:
                    votes[side] += 2 if _commits(line.lowers, named.last) else -1

    # ------------------------------------------------------------ people

    def _side_in(self, mention: Mention) -> str | None:
        return self._party(mention.side) if mention.side else None

    def _hear(self, line: Line, statement: Statement) -> None:
        """What the words that name a speaker, and those that he says, tell about his side."""
        speaker = statement.speaker
        assert speaker is not None
        key = self._key(line, statement)
        if statement.source is not None:
            self._named_so(line, statement, key)
        votes = self.votes[key]
        body = speaker.name[:1].isupper() and any(
            m.name == speaker.name and m.kind in ("organisation", "government") for m in line.inner
        )
        for inner in self.body if len(statement.content) > 1 else (line,):
            if not any(c.overlaps(inner.sentence.span) for c in statement.content):
                continue
            for named in inner.named:
                if not any(c.overlaps(named.mention.span) for c in statement.content):
                    continue
                side = self._side_in(named.mention)
                if side is None or named.mention.kind == "person":
                    continue
                if not body and _commits(inner.lowers, named.last) and not _hangs_on(inner, named.first):
                    votes[side] += 2
                elif _is_blamed(inner.lowers, named.last) or _URGES & set(
                    inner.lowers[max(0, named.first - 3) : named.first]
                ):
                    votes[side] -= 2
        cue = statement.cue.text.lower().split() if statement.cue else []
        if _BLAMES & set(cue) and statement.cue is not None:
            after = [n for n in line.named if 0 <= n.mention.span.start - statement.cue.end < 12]
            for named in after[:1]:
                side = self._side_in(named.mention)
                if side is not None:
                    votes[side] -= 3

    def _key(self, line: Line, statement: Statement) -> str:
        """Who the words of the source name, else who it was found to be."""
        assert statement.speaker is not None
        for mention in line.inner if statement.source is not None else ():
            named = mention.kind in ("person", "unknown") and " " in mention.name and mention.name[:1].isupper()
            if statement.source is not None and named and statement.source.holds(mention.span):
                return key_of(mention.name)
        return key_of(statement.speaker.name)

    def _named_so(self, line: Line, statement: Statement, key: str) -> None:
        """The party, or the kind of party, in the words that name a speaker."""
        source = statement.source
        assert source is not None
        votes = self.votes[key]
        here = [(i, w) for i, w in enumerate(line.lowers) if source.start <= line.tokens[i].start < source.end]
        if not here:
            return
        spoken = {w for _, w in here}
        if _OUTSIDERS & spoken:
            self.outside.add(key)
            return
        inside = [m for m in line.inner if m.span.overlaps(source)]
        plain = [m for m in inside if self._says_its_party(m)]
        for mention in plain:
            side = self._side_in(mention)
            if side is not None:
                votes[side] += 6
        if plain:
            return
        if here[0][1] in _OWN:
            owner = self._owner(line, here[0][0])
            if owner is not None:
                votes[owner] += 4
        if key in self.placed:
            return
        self.placed.add(key)
        for mention in inside:
            if mention.side is not None:
                votes[self._party(mention.side)] += 0.5
        self._by_role(line, spoken, votes)

    def _by_role(self, line: Line, spoken: set[str], votes: Votes) -> None:
        if _STATE_ROLES & spoken:
            side = self._side_in(line.before[0]) if line.before else None
            if side is not None and self.kinds.get(side) in ("state", ""):
                votes[side] += 1.5
            if self.home is not None:
                votes[self.home] += 1
        for roles, kind in ((_COMPANY_ROLES, "company"), (_UNION_ROLES, "union"), (_STATE_ROLES, "state")):
            if roles & spoken and (kind == "state" or not spoken & _OFFICES):
                party = self._only(kind)
                if party is not None:
                    votes[party] += 1.5 if kind != "state" else 1
        kinds = {heads().get(w) for w in spoken - _ANY_GROUP} & (_WHOLE - {"state"})
        for told in kinds:
            party = self._only(told or "")
            if party is not None:
                votes[party] += 3

    def _only(self, kind: str) -> str | None:
        fit = [p for p in self.main if self.kinds.get(p) == kind]
        if kind == "state":
            fit += [p for p in self.main[:3] if self.kinds.get(p) == ""]
        return fit[0] if len(fit) == 1 else None

    def _says_its_party(self, mention: Mention) -> bool:
        """True where the words of a mention, or its role, hold the name or the adjective of its party."""
        if not mention.side:
            return False
        party = self._party(mention.side)
        forms = {party, mention.side} | {s for s, p in self.same.items() if p == party}
        told = f"{mention.span.text} {mention.role or ''}".replace("’", "'")
        if any(f in told for f in forms):
            return True
        return any(w.rstrip("s") in self._adjectives(party) for w in told.split() if w[:1].isupper())

    def _adjectives(self, party: str) -> frozenset[str]:
        return frozenset(demonyms(party)) | frozenset(people_of(party)) if " " not in party else frozenset()

    def _owner(self, line: Line, at: int) -> str | None:
        """The party that "its" or "his" in a speaker's description points to: the one named last before it."""
        start = line.tokens[at].start
        earlier = [
            m
            for m in (*line.before, *line.inner)
            if m.span.end <= start and m.side and m.kind not in ("person", "place")
        ]
        seat = [m for m in (*line.before, *line.inner) if m.span.end <= start and m.name in self.same]
        found = (seat or earlier)[:1] if not earlier or seat else earlier[:1]
        return self._side_in(found[0]) or self._party(found[0].name) if found else None

    def _described(self, line: Line) -> None:
        """Persons whom their own mention ties to a party: "Norland's Margit Aune", "Ferrant, Dorvan's negotiator"."""
        for mention in line.inner:
            if mention.kind in ("person", "unknown") and mention.side and mention.name[:1].isupper():
                self.votes[key_of(mention.name)][self._party(mention.side)] += (
                    6 if self._says_its_party(mention) else 0.5
                )

    def _first_named(self, people: dict[str, str]) -> None:
        """A lead's "Dorvan's foreign minister says ..." is who the next sentence names without a description."""
        told = [s for s in self.reading.statements if s.speaker is not None and s.speaker.name]
        for lead, named in pairwise(told):
            assert lead.speaker is not None
            assert named.speaker is not None
            key = key_of(named.speaker.name)
            bare = named.source is not None and named.source.text == named.speaker.name
            if (
                lead.source is not None
                and lead.source.text[:1].isupper()
                and lead.speaker.side
                and lead.speaker.name.split()[-1].islower()
                and bare
                and key not in people
                and key not in self.outside
                and heads().get(lead.source.text.split()[-1].lower()) in ("state", "voice")
            ):
                people[key] = self._party(lead.speaker.side)

    def _winner(self, found: Votes) -> str | None:
        ranked = sorted(found.items(), key=lambda vote: -vote[1])[:2]
        if not ranked or ranked[0][1] < _MIN_LEAD:
            return None
        second = ranked[1][1] if len(ranked) > 1 else 0
        return ranked[0][0] if ranked[0][1] - max(second, 0) >= _MIN_LEAD else None


def _starts_in(statement: Statement, line: Line) -> bool:
    at = statement.source or statement.cue
    return at is not None and line.sentence.span.holds(at)


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper())


def _verb_follows(lowers: Sequence[str], at: int) -> bool:
    """True where a verb of doing or saying follows, auxiliaries and adverbs aside."""
    for word in lowers[at : at + 4]:
        if word in _WILLS or (word in words("act") and word.endswith(("s", "ed"))):
            return True
        if word not in AUXILIARIES and not is_adverb(word) and word != "not":
            return word.endswith("ed") and word not in ("based", "called", "named")
    return False


def _commits(lowers: Sequence[str], at: int) -> bool:
    """True for "Velland would ...", "the Front was ready to ...": what one says of one's own side."""
    for word in lowers[at : at + 4]:
        if word in _WILLS or word in _READY:
            return True
        if word not in AUXILIARIES and not is_adverb(word) and word not in ("remains", "not", "never"):
            return False
    return False


def _is_blamed(lowers: Sequence[str], at: int) -> bool:
    for word in lowers[at : at + 3]:
        if word in _BLAMED:
            return True
        if word not in AUXILIARIES and not is_adverb(word):
            return False
    return False


def _hangs_on(line: Line, first: int) -> bool:
    """True where a name stands behind a preposition: "in Belqar", "from Quenza"."""
    at = first - 1
    if at >= 0 and line.lowers[at] == "the":
        at -= 1
    return at >= 0 and line.lowers[at] in ("in", "at", "from", "of", "to", "with", "near", "against", "for", "on", "by")

"""Who is on whose side: by the words that name a speaker, by his office, and by what he says.

"Trade Minister Sigrun Aldhal" says what Velland would do and what Quenza failed to do: she is Velland's. "Its negotiator" is of
the party named last, a branch secretary of the article's union; a teacher, an analyst and the opposition are on no side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from parley.annotate.allegiance.names import initials
from parley.annotate.allegiance.parties import WHOLE, Parties
from parley.annotate.allegiance.words import commits, finds_fault, hangs_on, word_class
from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.language.grammar import AUXILIARIES, PRONOUNS, SUBORDINATORS, VERBS
from parley.annotate.language.lines import Line
from parley.annotate.parties.verdict import Verdict, Votes
from parley.annotate.parties.words import demonyms, heads, is_bystander, people_of, speech, titles, words
from parley.data import Mention, Reading, Span, Statement

_VERBAL = AUXILIARIES | VERBS
_STOPS = PRONOUNS | SUBORDINATORS | frozenset(("and", "but", "or", "who", "which"))
_GOVERN = frozenset(("state", "movement"))
_OWN = frozenset(("its", "their", "his", "her"))
_SAID, _FAULT, _BLAMED, _NAMED = 2.0, -2.0, -3.0, -0.5
"""What a "would", a reproach, an accusation and a name in one's own mouth weigh."""
_HEADER = 400
_NEAR = 8
_PLAIN, _KNOWN, _OWNED, _LAST, _HINT = 6.0, 9.0, 4.0, 1.5, 0.25
"""What weighs: the party's name in the description, the codebook, "its", who was named last, and what the mentions guessed."""
_BODY = 3.0
_HOME = 1.5
_LEAST = 3
_APART = 14
_HEAD = 6
"""What the outlet's name weighs, letters of a name at least, words of a description at most, letters before a subject."""
_BESIDE = 12


@dataclass(frozen=True, slots=True)
class People:
    """Surname of a person, or a speaker's whole name -> whose side he is on, and why."""

    told: Mapping[str, Verdict]
    home: str | None = None
    """The state whose officials the article names without their nation."""


@cache
def key_of(name: str) -> str:
    """What a speaker is looked up by: a person's surname, the whole name of anybody else.

    >>> key_of("Dorvan chief negotiator, General Lukas Ferrant"), key_of("second Dorvani official")
    ('Ferrant', 'second Dorvani official')
    >>> key_of("Samir al-Orsk")
    'Orsk'
    """
    last = name.rpartition(", ")[2]
    parts = [w.removeprefix("al-").removeprefix("el-") for w in last.split()]
    if len(parts) > 1 and parts[-1][:1].isupper() and parts[-2][:1].isupper() and parts[-1].lower() not in heads():
        return parts[-1]
    return last if "," in name and parts and parts[-1][:1].isupper() else name


def _opens(low: Sequence[str], at: int) -> int:
    """Where the description begins that ends before word `at`: "a spokesman for the operator, *Ada Fenn*"."""
    first = at
    while first > 0 and at - first < _APART:
        word = low[first - 1]
        if word == "," and first == at and at > 1:
            first -= 1
            continue
        plain = word.replace("-", "").isalpha() or word == "'s"
        if not plain or word in _VERBAL or word in speech() or word in _STOPS:
            break
        first -= 1
    return first


def _aside(low: Sequence[str], at: int) -> int:
    """Where the apposition ends that a comma opens at word `at`; `at` where none does."""
    if low[at] != ",":
        return at
    for i in range(at + 1, min(len(low), at + _APART)):
        if low[i] in (",", ".", ";", ":"):
            return i
        if low[i] in _VERBAL or low[i] in speech() or low[i] in _STOPS:
            return at
    return at


def people_of_article(
    reading: Reading, body: Sequence[Line], parties: Parties, names_of: Mapping[str, Sequence[str]]
) -> People:
    """Who of one article is on whose side; `names_of` are the names and people words of known parties."""
    weigher = _Weigher(reading, parties, names_of)
    for line in body:
        for statement in line.statements:
            if statement.speaker is not None:
                weigher.hear(line, statement)
        weigher.described(line)
    weigher.govern()
    weigher.outside |= {k for k in weigher.between if max(weigher.votes[k].values(), default=0.0) < _OWNED}
    home = weigher.home()
    for key, last in weigher.guessed.items():
        if home is not None or weigher.speech[key][last] < 0:
            weigher.votes[key][last] -= _LAST
    told = {key: best for key, found in weigher.votes.items() if (best := found.winner()) is not None}
    weigher.first_named(told)
    for key in weigher.officials if home is not None else ():
        told.setdefault(key, Verdict(home, "office"))
    return People(told | dict.fromkeys(weigher.outside, Verdict(None, "outside")), home)


def _is_secretary(spoken: frozenset[str]) -> bool:
    """True for "Health Secretary Ada Fenn", who is a minister, and not for a union's general secretary."""
    return "secretary" in spoken and not word_class("office").isdisjoint(spoken)


@dataclass
class _Weigher:
    reading: Reading
    parties: Parties
    names_of: Mapping[str, Sequence[str]]
    votes: dict[str, Votes] = field(default_factory=lambda: defaultdict(Votes))
    outside: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)
    """Whose office has been looked at: an office told twice says no more."""
    officials: dict[str, None] = field(default_factory=dict)
    """Those who hold an office of a state that the text does not name: in a country's own news, its own."""
    between: set[str] = field(default_factory=set)
    """Who speaks of both sides at once."""
    guessed: dict[str, str] = field(default_factory=dict)
    """An official without a nation -> the party named last before him, which says little."""
    cabinet: set[str] = field(default_factory=set)
    """Members of a government."""
    speech: dict[str, Votes] = field(default_factory=lambda: defaultdict(Votes))
    """What each says of the parties."""
    hinted: set[tuple[str, str]] = field(default_factory=set)
    keys: dict[int, str] = field(default_factory=dict)
    """Statement -> whom it is of."""
    plain: dict[Mention, bool] = field(default_factory=dict)

    # ------------------------------------------------------------ what is said

    def hear(self, line: Line, statement: Statement) -> None:
        """What one sentence of a statement tells about its speaker's side."""
        source = statement.source
        key = self._key(line, statement)
        if source is not None and line.sentence.span.holds(source):
            self._named_so(line, source, key)
        if statement.cue is not None and line.sentence.span.holds(statement.cue):
            self._blames(line, statement.cue, key)
        if not self._is_body(line, statement):
            self._says(line, statement, key)

    def _key(self, line: Line, statement: Statement) -> str:
        """Who the words of the source name, else who it was found to be."""
        key = self.keys.get(id(statement))
        if key is None:
            assert statement.speaker is not None
            key = key_of(statement.speaker.name)
            source = statement.source
            for mention in line.inner if source is not None else ():
                named = mention.kind in ("person", "unknown") and " " in mention.name and mention.name[:1].isupper()
                if named and source is not None and source.holds(mention.span):
                    key = key_of(mention.name)
                    break
            self.keys[id(statement)] = key
        return key

    def _is_body(self, line: Line, statement: Statement) -> bool:
        """True for a body with a name of its own, which speaks for itself."""
        name = statement.speaker.name if statement.speaker is not None else ""
        return name[:1].isupper() and any(
            m.name == name and m.kind in ("organisation", "government") for m in line.inner
        )

    def _says(self, line: Line, statement: Statement, key: str) -> None:
        content = statement.content
        first, _ = line.sentence.words(content[0].start, content[0].end)
        if content and not word_class("both").isdisjoint(line.lowers[first : first + 2]):
            self._between(line, first, key)
        for named in line.named:
            mention = named.mention
            if mention.side is None or mention.kind == "person" or line.lowers[named.first] in _OWN:
                continue
            start = mention.span.start
            if not any(c.start <= start < c.end for c in content):
                continue
            side = self.parties.one(mention.side)
            if self._is_one_of_two(line, named.first, side):
                self._stands_between(key)
                continue
            if commits(line.lowers, named.last) and not hangs_on(line, named.first):
                self._tell(key, side, _SAID)
            elif finds_fault(line.lowers, named.last) or not word_class("urges").isdisjoint(
                line.lowers[max(0, named.first - 3) : named.first]
            ):
                self._tell(key, side, _FAULT)
            elif statement.kind == "direct":
                self._tell(key, side, _NAMED)  # one's own country is "we" and "our"

    def _between(self, line: Line, first: int, key: str) -> None:
        """ "Both sides had agreed, the envoy said": an envoy who speaks so is of neither."""
        sides = line.lowers[first + 1 : first + 3]
        if not {"sides", "parties", "delegations", "governments"}.isdisjoint(sides):
            self._stands_between(key)

    def _is_one_of_two(self, line: Line, first: int, side: str) -> bool:
        """ "Velland and Dorvan would meet, the mediators said": the one behind the "and" is no more theirs than the other."""
        joint = first - 2 if first and line.lowers[first - 1] == "the" else first - 1
        if joint < 0 or line.lowers[joint] != "and":
            return False
        others = (n.mention.side for n in line.named if n.last == joint and n.mention.side is not None)
        return any(self.parties.one(other) != side for other in others)

    def _stands_between(self, key: str) -> None:
        self.between.add(key)
        self.officials.pop(key, None)

    def _tell(self, key: str, side: str, weight: float) -> None:
        self.votes[key].add(side, weight, "speech")
        self.speech[key][side] += weight

    def govern(self) -> None:
        """In a labour dispute a minister is of the state, whatever else stands beside his name."""
        if self.parties.dispute is None:
            return
        state = self.parties.only("state")
        for key in self.cabinet:
            self.votes[key] = Votes()
            if state is not None:
                self.votes[key].add(state, _PLAIN, "office")

    def home(self) -> str | None:
        """The state that officials without a nation speak for, all together."""
        states = [p for p in self.parties.main[:4] if self.parties.kinds.get(p) in ("state", "")]
        states = [p for p in states if not is_bystander(p)]
        pooled = Votes()
        for party in states:
            if any(w.startswith(party) for w in (self.reading.article.outlet or "").split()) and len(party) > _LEAST:
                pooled[party] += _HOME
        for key in self.officials:
            for party, weight in self.speech[key].items():
                if party in states:
                    pooled[party] += weight
        text = self.reading.text[:_HEADER]
        for party in states:
            if f"Republic of {party}" in text or f"Kingdom of {party}" in text:
                pooled[party] += _PLAIN
        if len(states) > 1 and pooled and max(pooled.values()) <= 0:
            # Whom they only speak against is not theirs; of two states it is the other's.
            blamed = min(pooled, key=lambda p: pooled[p])
            rest = [p for p in states[:2] if p != blamed]
            return rest[0] if len(rest) == 1 and pooled[blamed] <= _FAULT else None
        best = pooled.winner()
        return best.party if best is not None else None

    def _blames(self, line: Line, cue: Span, key: str) -> None:
        if word_class("blames").isdisjoint(cue.text.lower().split()):
            return
        after = next((n for n in line.named if 0 <= n.mention.span.start - cue.end < _BESIDE), None)
        if after is not None and after.mention.side is not None:
            self._tell(key, self.parties.one(after.mention.side), _BLAMED)

    # ------------------------------------------------------------ how he is named

    def _named_so(self, line: Line, source: Span, key: str) -> None:
        """The party, or the kind of party, in the words that name a speaker."""
        first, last = line.sentence.words(source.start, source.end)
        # What a "who" or "which" goes on to tell is not whom he speaks for.
        aside = next((i for i in range(first, last) if self._turns(line.lowers, i, first)), last)
        last = max(aside, first + 1)
        source = Span.of(self.reading.text, source.start, line.tokens[last - 1].end)
        spoken = frozenset(line.lowers[first:last])
        if not spoken:
            return
        if not word_class("outsider").isdisjoint(spoken):
            self.outside.add(key)
            return
        if not word_class("cabinet").isdisjoint(spoken) or _is_secretary(spoken):
            self.cabinet.add(key)
        found = self.votes[key]
        inside = [m for m in line.inner if m.side and m.span.overlaps(source) and not self._where(line, m)]
        inside = [m for m in inside if not self._about(line, m)] or inside
        if not words_of_class("apart", "hands").isdisjoint(spoken):  # "Boeing employee Ada Fenn"
            inside = [m for m in inside if self.parties.kinds.get(self.parties.one(m.side or "")) in ("union", "state")]
        if not words_of_class("apart", "opposed").isdisjoint(spoken):
            inside = [m for m in inside if self.parties.kinds.get(self.parties.one(m.side or "")) != "state"]
        plain = [m for m in inside if self._says_its_party(m) or self._seats(line, m)]
        for mention in plain:
            found.add(self.parties.one(mention.side or ""), _PLAIN, "description")
        if plain:
            return
        if line.lowers[first] in _OWN:
            owner = self._owner(line, line.tokens[first].start)
            if owner is not None:
                found.add(owner, _OWNED, "ownership")
        if key in self.placed:
            return
        self.placed.add(key)
        for mention in inside:
            found.add(self.parties.one(mention.side or ""), _HINT, "description")
        self._by_office(line, key, spoken, found)

    def _where(self, line: Line, mention: Mention) -> bool:
        """True for the nation of "Oran Melk, in the Ondran capital": where he is, and not whom he speaks for."""
        named = next((n for n in line.named if n.mention is mention), None)
        return named is not None and line.lowers[named.last : named.last + 1] in (["capital"], ["city"], ["town"])

    @staticmethod
    def _turns(low: Sequence[str], at: int, first: int) -> bool:
        """True where a description turns from whom somebody speaks for to others: "who", "talks with", "talking with"."""
        joint = low[at] == "with" and at > first and (low[at - 1] in words("between") or low[at - 1].endswith("ing"))
        return joint or low[at] in ("which", "who", "whose")

    def _about(self, line: Line, mention: Mention) -> bool:
        """True for the Sudan of "the U.S. envoy for Sudan", the Iran of "nations talking with Iran": whom an office is about."""
        at = line.sentence.words(*mention.span.pair)[0]
        at -= at > 0 and line.lowers[at - 1] == "the"
        if at < 2 or mention.kind == "person":
            return False
        sent = line.lowers[at - 2] in words("sent")
        return line.lowers[at - 1] in ("to", "with", "against", "on") or (line.lowers[at - 1] == "for" and sent)

    def _seats(self, line: Line, mention: Mention) -> bool:
        """True for the capital of "the interior ministry in Adrim": whose ministry it is, whoever was spoken of before."""
        if mention.kind != "place":
            return False
        at = next((n.first for n in line.named if n.mention is mention), 0)
        return at > 1 and line.lowers[at - 1] == "in" and heads().get(line.lowers[at - 2]) == "state"

    def _by_office(self, line: Line, key: str, spoken: frozenset[str], found: Votes) -> None:
        for kind in ("company", "union", "state"):
            if word_class(kind).isdisjoint(spoken):
                continue
            if kind != "state" and not word_class("office").isdisjoint(spoken):
                continue
            party = self.parties.only(kind)
            if party is not None:
                found.add(party, 1.0 if kind == "state" else _LAST, "office")
            if kind == "state":
                self._by_place(line, key, found)
                if word_class("foe").isdisjoint(spoken) and key not in self.between and "envoy" not in spoken:
                    self.officials[key] = None
        for told in {heads().get(w) for w in spoken - word_class("vague")} & (WHOLE - {"state"}):
            party = self.parties.only(told or "")
            if party is not None:
                found.add(party, _BODY, "kind")

    def _by_place(self, line: Line, key: str, found: Votes) -> None:
        """Officials without a nation are of the state that the text spoke of last, or whose name the outlet bears."""
        last = line.before[0].side if line.before else None
        if last is not None and self.parties.kinds.get(self.parties.one(last)) in ("state", ""):
            found.add(self.parties.one(last), _LAST, "named last")
            if not self._topic(line, line.before[0]):
                self.guessed[key] = self.parties.one(last)
        outlet = (self.reading.article.outlet or "").split()
        home = next((p for p in self.parties.main if p in outlet), None)
        if home is not None:
            found.add(home, 1.0, "office")

    def _topic(self, line: Line, mention: Mention) -> bool:
        """True for "The Ondrans see it otherwise. Vice-Minister Lorn said ...": what her paragraph is about."""
        sentence = self.reading.sentence_at(mention.span.start)
        same = sentence is not None and sentence.paragraph == line.sentence.paragraph
        return sentence is not None and same and mention.span.start - sentence.span.start < _HEAD

    def _owner(self, line: Line, start: int) -> str | None:
        """The party that "its" or "his" in a speaker's description points to: the one named last before it."""
        earlier = [m for m in (*line.before, *line.inner) if m.span.end <= start]
        at = line.sentence.words(start, start + 1)[0]
        if heads().get("".join(line.lowers[at + 1 : at + 2])) == "state":  # no union of states has a government
            earlier = [m for m in earlier if self.parties.kinds.get(self.parties.one(m.side or "")) in _GOVERN]
        body = next((m for m in earlier if m.kind not in ("person", "place")), None)
        if (
            body is not None
            and body.side is None
            and not word_class("cabinet").isdisjoint(body.span.text.lower().split())
        ):
            return None  # "the ministry of defence ... its spokesman": of a state that is not named
        for mention in earlier:
            if mention.name in self.parties.same:
                return self.parties.one(mention.name)
        return next((self.parties.one(m.side) for m in earlier if m.side and m.kind not in ("person", "place")), None)

    def _beside(self, line: Line) -> None:
        """ "The head of the Ondran team, Dr Pell", "Okash, who leads its delegation": who is described is who is named."""
        for before, named in pairwise(line.named):
            apart = line.lowers[before.last : named.first]
            role = heads().get(line.lowers[before.last - 1])
            person = named.mention.kind in ("person", "unknown") and named.mention.name[:1].isupper()
            held = role in ("voice", "force") or line.lowers[before.last - 1] in titles()
            office = held and apart[:1] == [","] and len(apart) < 3
            if person and office and before.mention.side:
                self.votes[key_of(named.mention.name)].add(self.parties.one(before.mention.side), _OWNED, "apposition")
        for named in line.named:
            follows = line.lowers[named.last : named.last + 4]
            leads = follows[:2] == [",", "who"] and follows[2:3] and follows[2] in words("lead")
            if leads and named.mention.kind in ("person", "unknown"):
                owner = (
                    self._owner(line, line.tokens[named.first].start) if follows[3:] and follows[3] in _OWN else None
                )
                owner = owner or next(
                    (
                        self.parties.one(n.mention.side)
                        for n in line.named
                        if n.mention.side and 0 <= n.first - named.last < _NEAR
                    ),
                    None,
                )
                owner = owner or self._headed(line, named.last)
                if owner is not None:
                    self.votes[key_of(named.mention.name)].add(owner, _OWNED, "apposition")

    def _headed(self, line: Line, at: int) -> str | None:
        """ "Ada Fenn, who heads the Freedom Congress": a political body by its name, though it is no party of the talks."""
        for named in line.named:
            last = named.mention.name.rpartition(" ")[2].lower()
            political = last in word_class("political") or last in words("movement")
            if at <= named.first < at + _NEAR and political and " " in named.mention.name:
                return self.parties.one(named.mention.name)
        return None

    def described(self, line: Line) -> None:
        """Persons whom their own mention ties to a party: "Norland's Margit Aune", "Ferrant, Dorvan's negotiator"."""
        self._beside(line)
        self.titled(line)
        for mention in line.inner:
            if mention.side and mention.kind in ("person", "unknown") and mention.name[:1].isupper():
                weight = _KNOWN if mention.actor is not None else _PLAIN if self._says_its_party(mention) else _HINT
                key, side = key_of(mention.name), self.parties.one(mention.side)
                if weight > _HINT or (key, side) not in self.hinted:
                    self.votes[key].add(side, weight, "codebook" if mention.actor is not None else "description")
                    self.hinted.add((key, side))

    def titled(self, line: Line) -> None:
        """Persons by the office that stands right before or behind their name: "ZKP treasurer Ada Fenn", "Fenn, its treasurer"."""
        for named in line.named:
            mention = named.mention
            if mention.kind not in ("person", "unknown") or not mention.name[:1].isupper() or mention.name.isupper():
                continue
            key = key_of(mention.name)
            name = mention.name.rpartition(" ")[2]
            last = next((i for i in range(named.first, named.last) if line.tokens[i].text == name), named.first) + 1
            behind = _aside(line.lowers, last) if last < len(line.lowers) else last
            for first, end in ((_opens(line.lowers, named.first), named.last), (last + 1, behind)):
                party = self._office_of(line, first, end, key)
                if party is not None:
                    self.votes[key].add(party, _OWNED, "apposition")

    def _office_of(self, line: Line, first: int, end: int, key: str) -> str | None:
        """The party of the office that words `[first, end)` name."""
        said = line.lowers[first:end]
        kinds = {heads().get(w) for w in said}
        if end - first < 2 or kinds.isdisjoint(("voice", "state")) or not word_class("outsider").isdisjoint(said):
            return None
        for named in line.named:
            other = named.mention
            if first <= named.first < end and other.side and key_of(other.name) != key and other.kind != "person":
                before = line.lowers[named.first - 1 - (line.lowers[named.first - 1] == "the")] if named.first else ""
                sent = not words("sent").isdisjoint(line.lowers[first : named.first])
                if before not in ("to", "with", "on", "against", "in", "from") and not (sent and before == "for"):
                    return self.parties.one(other.side)
        for party in self.parties.main:
            plain = party.split()
            at = next((i for i in range(first, end) if line.tokens[i].text == plain[0]), None)
            about = at is not None and line.lowers[at - 1] in ("for", "to") and not words("sent").isdisjoint(said)
            if at is not None and not about and [t.text for t in line.tokens[at : at + len(plain)]] == plain:
                return party
        for i in range(first, end):
            word = line.lowers[i]
            kind = heads().get(word)
            if kind in ("union", "company", "movement") or (kind is None and word in word_class("employer")):
                tied = line.lowers[i + 1 : i + 2] == ["'s"] or line.lowers[max(first, i - 2) : i][:1] == ["of"]
                if tied or line.lowers[i - 1 : i] == ["of"]:
                    return self.parties.only("company" if kind is None else kind)
        return None

    def _says_its_party(self, mention: Mention) -> bool:
        """True where the words of a mention, or its role, hold the name or the adjective of its party."""
        if not mention.side:
            return False
        told = self.plain.get(mention)
        if told is None:
            told = self.plain[mention] = self._holds_name(mention, mention.side)
        return told

    def _holds_name(self, mention: Mention, side: str) -> bool:
        party = self.parties.one(side)
        told = f"{mention.span.text} {mention.role or ''}".replace("’", "'")
        if party in told or side in told or any(s in told for s, p in self.parties.same.items() if p == party):
            return True
        if " " in party and initials(party) in [w.replace(".", "") for w in told.split()]:
            return True  # "U.S. envoy Ada Fenn"
        apart = f" {told} ".replace("'s ", " ")
        if any(f" {name} " in apart for name in self.names_of.get(side, ())):
            return True  # "U.S. ambassador", "Chinese negotiator"
        capitals = [w for w in told.split() if w[:3] == party[:3]]
        return " " not in party and any(w.rstrip("s") in {*demonyms(party), *people_of(party)} for w in capitals)

    def first_named(self, told: dict[str, Verdict]) -> None:
        """A lead's "Dorvan's foreign minister says ..." is who the next statement names without a description."""
        heard = [s for s in self.reading.statements if s.speaker is not None and s.source is not None]
        for lead, named in pairwise(heard):
            if lead.speaker is None or named.speaker is None or lead.source is None or named.source is None:
                continue
            key = key_of(named.speaker.name)
            office = lead.source.text.rpartition(" ")[2].lower()
            person = office in titles() or heads().get(office) == "voice"
            common = lead.speaker.name.rpartition(" ")[2].islower() and lead.source.text[:1].isupper()
            bare = (
                named.source.text == named.speaker.name and named.speaker.name[:1].isupper() and key not in self.outside
            )
            if common and bare and lead.speaker.side and person:
                told.setdefault(key, Verdict(self.parties.one(lead.speaker.side), "person"))

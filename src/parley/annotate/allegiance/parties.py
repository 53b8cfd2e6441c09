"""The parties of an article under one name each: adjectives, initials, branches and seats are joined to their party.

"Dorvani" beside "Dorvan", "AVW Local 88" beside "the Amalgamated Vehicle Workers", and "Belqar", which the article never calls a
capital, but where a Dorvani official says what it could accept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from parley.annotate.allegiance.labour import Dispute, dispute
from parley.annotate.allegiance.words import Votes, acts, commits, hangs_on, votes, winner, word_class
from parley.annotate.language.lines import Line, Named
from parley.annotate.parties.words import CLOSED, demonyms, heads, is_union_of_states, people_of, titles, words
from parley.annotate.positions.stances import is_bystander
from parley.data import Mention, Party, Reading

WHOLE = frozenset(("state", "movement", "union", "company", "bloc"))
_BODIES = ("union", "company", "bloc", "movement")
_EXPLAINS = ("(", "[", "initials", "acronym", "abbreviat", "known ")
_SHORT = 8
"""Letters that an abbreviation has at most."""
_TRADES = frozenset(("association", "federation", "congress", "council", "committee", "society", "workers"))
_INSIDE = frozenset(("in", "near", "outside", "at"))
_RULING = frozenset(("council", "authority", "administration", "committee", "congress", "assembly", "leadership"))
_TWICE = 2
_SHOWN = 2
"""What it weighs that the words beside its name showed a party's kind: as much as one that names its government."""
GOVERNMENT = "Government"
"""What a government is called whose country an article does not name."""
_OFFICE = 5
_OFTEN = 3
"""Times that a name must stand in an article to be no mere seat of something."""


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

    @classmethod
    def of(cls, reading: Reading, body: Sequence[Line]) -> Parties:
        """The parties of one article."""
        counted = Counter(m.side for m in reading.mentions if m.side)
        cast = body[0].cast if body else None
        same = joined_names(reading.mentions, counted)
        same |= _bodies(reading.mentions)
        letters = brackets(reading, body)
        same |= letters
        first = _judged(reading, counted, same, cast.between if cast else ())
        sides = dispute(body, letters)
        if sides is not None:
            named = Counter(m.side for m in reading.mentions if m.side and m.side[:4] in m.span.text)
            return _governed(_at_work(first, sides, named), reading.mentions)
        seats = _seats(reading, body, first, counted)
        if seats:
            first = _judged(reading, counted, {**first.same, **seats}, first.between)
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
            fit += [p for p in self.main[:3] if self.kinds.get(p) == "" and not is_bystander(p)]
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
    seen: dict[str, Votes] = defaultdict(votes)
    for shown in reading.parties:
        if shown.kind != "state":
            seen[same.get(shown.name, shown.name)][shown.kind] += _SHOWN
    for mention in reading.mentions:
        if not mention.side or mention.kind == "person":
            continue
        party = same.get(mention.side, mention.side)
        if mention.kind == "government":
            seen[party]["state"] += 2
        kind = heads().get(mention.span.text.rpartition(" ")[2].lower())
        if kind in WHOLE:
            seen[party][kind] += 1
    for party in parties:
        own = party.rpartition(" ")[2].lower()
        for name in _BODIES:
            if own in words(name):
                seen[party]["bloc" if is_union_of_states(party) else name] += 3 * len(reading.mentions)
    return {p: max(seen[p], key=lambda k: seen[p][k], default="") for p in parties}


# ---------------------------------------------------------------- one name


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
    full = {_initials(s): s for s in (*sides, *bodies) if " " in s}
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


def _bodies(mentions: Sequence[Mention]) -> dict[str, str]:
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
    return frozenset().union(*map(words, _BODIES), trades, (t.removesuffix("s") for t in trades), _TRADES)


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper())


# ---------------------------------------------------------------- seats


def _seats(reading: Reading, body: Sequence[Line], parties: Parties, counted: Counter[str]) -> dict[str, str]:
    """Towns that act, each with the state that sits there."""
    towns = _towns(reading, body, parties, counted)
    states = [p for p, kind in parties.kinds.items() if kind == "state" and p not in towns]
    states += [p for p in parties.main[:2] if not parties.kinds[p] and p not in towns]
    if not towns or not states:
        return {}
    told = {town: votes() for town in towns}
    for town, places in towns.items():
        for line, at in places:
            _seat_told(line, at, states, parties, told[town])
    _by_dateline(reading, body, states, parties, told)
    _by_next(body, states, parties, told)
    taken = {town: best for town in towns if (best := winner(told[town])) is not None}
    able = [s for s in states if s not in parties.between]
    left = [t for t in towns if t not in taken]
    open_states = [s for s in able if s not in taken.values()]
    at_war = len(able) == 1 and any(parties.kinds.get(p) == "movement" for p in parties.main[:2])
    if len(left) == 1 and len(open_states) == 1 and (taken or at_war):
        taken[left[0]] = open_states[0]
    return taken


def _towns(
    reading: Reading, body: Sequence[Line], parties: Parties, counted: Counter[str]
) -> dict[str, list[tuple[Line, int]]]:
    """Places that act like a party and are not what the article speaks of most, each with where it is named."""
    known = {m.name for m in reading.mentions if m.actor is not None or m.kind in ("government", "person")}
    known |= {parties.one(m.side) for m in reading.mentions if m.side and m.kind == "government"}
    known |= {p for p in parties.main[:2] if parties.kinds.get(p) or counted[p] >= _OFTEN}
    known |= parties.same.keys()
    open_names = {
        m.name
        for m in reading.mentions
        if m.side in (m.name, None) and m.kind in ("place", "organisation", "unknown") and m.name not in known
    }
    long = tuple(p for p in parties.kinds if len(p) > _OFTEN and " " not in p)
    open_names = {n for n in open_names if _may_be_town(n) and (n in long or not n.startswith(long))}
    if not open_names:
        return {}
    found: dict[str, list[tuple[Line, int]]] = {}
    people: set[str] = set()
    for line in body:
        for at, named in enumerate(line.named):
            if named.mention.name in open_names:
                found.setdefault(named.mention.name, []).append((line, at))
                if named.first and line.lowers[named.first - 1] in titles():
                    people.add(named.mention.name)
    dateline = reading.article.dateline_place
    return {
        town: places
        for town, places in found.items()
        if town not in people
        and any(_does(line, line.named[at]) or _speaks(line, town) for line, at in places)
        and (town == dateline or len(places) < _OFTEN or any(_inside(line, line.named[at]) for line, at in places))
    }


def _may_be_town(name: str) -> bool:
    last = name.rpartition(" ")[2].lower()
    body = last in heads() or any(last in words(kind) for kind in (*_BODIES, "media"))
    return name[:1].isupper() and name.count(" ") < 2 and name.lower() not in CLOSED and not body


def _does(line: Line, named: Named) -> bool:
    return acts(line.lowers, named.last) and not hangs_on(line, named.first)


def _speaks(line: Line, name: str) -> bool:
    return any(s.speaker is not None and s.speaker.name == name for s in line.statements)


def _inside(line: Line, named: Named) -> bool:
    return named.first > 0 and line.lowers[named.first - 1] in _INSIDE


def _seat_told(line: Line, at: int, states: Sequence[str], parties: Parties, found: Votes) -> None:
    """What one place says of a town: "in Haverstad, Norland's secretary"; a Dorvani official on what Belqar could accept."""
    named = line.named[at]
    following = line.named[at + 1] if at + 1 < len(line.named) else None
    if following is not None and line.lowers[named.last] == "," and following.first - named.last <= 2:
        side = following.mention.side
        if side is not None and parties.one(side) in states:
            found[parties.one(side)] += 4
    start = named.mention.span.start
    told = next((s for s in line.statements if any(c.start <= start < c.end for c in s.content)), None)
    if told is None and named.first > 0 and line.lowers[named.first - 1] == "in":
        # Where somebody speaks is where he sits, unless both sides speak there.
        near = next((s.speaker.side for s in line.statements if s.speaker is not None and s.speaker.side), None)
        if near is not None and parties.one(near) in states:
            found[parties.one(near)] += 1
    if told is not None and told.speaker is not None and told.speaker.side:
        side = parties.one(told.speaker.side)
        hopes = not word_class("hopes").isdisjoint(line.lowers[named.last : named.last + 2])
        if side in states:
            found[side] += 2 if hopes or commits(line.lowers, named.last) else -1
    if (
        told is None
        and _inside(line, named)
        and not word_class("cabinet").isdisjoint(line.lowers[named.last : named.last + _OFFICE])
    ):
        # "In Brell, a foreign ministry statement spoke of Ondra's borders."
        own = {parties.one(n.mention.side) for n in line.named if n.mention.side} & set(states) - parties.between
        if len(own) == 1:
            found[own.pop()] += 1.5


def _by_dateline(
    reading: Reading, body: Sequence[Line], states: Sequence[str], parties: Parties, told: Mapping[str, Votes]
) -> None:
    """The town of the dateline is the seat of the state that the first sentence begins with."""
    place = reading.article.dateline_place
    first = next((line for line in body if not line.sentence.in_title), None)
    if place is None or place not in told or first is None or not first.named:
        return
    if first.named[0].mention.side and not _in_others_mouth(first, first.named[0].mention):
        side = parties.one(first.named[0].mention.side)
        if side in states:
            told[place][side] += 2


def _by_next(body: Sequence[Line], states: Sequence[str], parties: Parties, told: Mapping[str, Votes]) -> None:
    """ "Brell sees it otherwise. The Ondran army said ...": the next sentence goes on about the same side."""
    for line, following in pairwise(body):
        if not line.named or not following.named or line.sentence.paragraph != following.sentence.paragraph:
            continue
        town, state = line.named[0], following.named[0]
        if town.first < _OFTEN and state.first < _OFTEN and town.mention.name in told and state.mention.side:
            side = parties.one(state.mention.side)
            verb = "".join(line.lowers[town.last : town.last + 1])
            does = verb.isalpha() and verb.endswith(("s", "ed")) and state.mention.kind != "person"
            if side in states and does and not hangs_on(line, town.first):
                told[town.mention.name][side] += 1.5


def settled(parties: Parties, reading: Reading, body: Sequence[Line], home: str) -> Parties:
    """The parties where an article is at home in one state: the town in the outlet's name, or of the dateline, is its seat."""
    counted = Counter(m.side for m in reading.mentions if m.side)
    named = {m.name for m in reading.mentions}
    spoke = (s.speaker.name for s in reading.statements if s.speaker is not None and s.source is not None)
    heard = [n for n in spoke if n.isalpha() and _may_be_town(n) and n not in named]
    towns = [
        t
        for t in dict.fromkeys((*_towns(reading, body, parties, counted), *heard))
        if (t not in parties.same and t not in parties.kinds.keys() - {""}) or not parties.kinds.get(t, "x")
    ]
    states = [p for p in parties.main if parties.kinds.get(p) == "state"]
    outlet = reading.article.outlet or ""
    own = [t for t in towns if t in outlet] or [t for t in towns if t == reading.article.dateline_place]
    seats = dict.fromkeys(own[:1], home)
    rest, others = [t for t in towns if t not in seats], [s for s in states if s != home]
    if len(rest) == len(others) == 1 and home in {*seats.values(), *parties.same.values()}:
        seats[rest[0]] = others[0]
    return replace(parties, same={**parties.same, **seats}) if seats else parties


def _in_others_mouth(line: Line, mention: Mention) -> bool:
    """True where a mention stands in what somebody not of its own side says."""
    at = mention.span.start
    return any(any(c.start <= at < c.end for c in s.content) for s in line.statements)

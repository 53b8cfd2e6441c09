"""Parties that no codebook knows: which names of an article are sides in it, and whose side everybody else is on.

From one article alone, by the words beside its names: "the Calveran government" makes Calvera a state, "the Veyra movement"
makes Veyra one too, "Veyra's Oran Melk" speaks for Veyra. Then each name and description gets its side: the party itself, its
adjective and people ("Calverans"), its organs ("Calvera's foreign ministry"), its officials and negotiators, and "the
government", "the movement", "the union" where the article has one of the kind. What a codebook knows is never changed.
A mention keeps its span; a body whose name was read in two pieces ("Dockers' Union") becomes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from parley.annotate.language.gazetteer import gazetteer, stands_apart, words_of_class
from parley.annotate.parties.cast import KINDS, Cast, cast
from parley.annotate.parties.evidence import Part, Scene, gather, head_after, scenes
from parley.annotate.parties.owners import owners
from parley.annotate.parties.verdict import Verdict
from parley.annotate.parties.words import POSSESSIVES, body_words, heads, titles, words
from parley.data import Mention, MentionKind, Party, Reading

if TYPE_CHECKING:
    from parley.pipeline import Settings

_THE = frozenset(("the", "a", "an"))
_STATE_NAMES = frozenset(("government", "regime", "junta", "administration", "movement", "front"))
_LOOSE = frozenset(("spokesman", "spokeswoman", "spokesperson", "negotiator", "official", "delegation", "officials"))
_STATELESS = frozenset(("union", "company", "bloc"))
_MENTION_KIND: dict[str, MentionKind] = {"state": "government"}


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step that gives mentions the sides that only the article tells."""
    return partial(annotate, nations=gazetteer(settings.codebook).nations)


def annotate(reading: Reading, nations: frozenset[str] = frozenset()) -> Reading:
    """The reading with a side for every mention whose side its own text tells; `nations` are names of states known already."""
    if not reading.mentions:
        return reading
    found = scenes(reading)
    people = cast(reading, found, gather(found), nations)
    if not people.kind and not people.places:
        return reading
    return _Sides(reading, found, people, nations).apply()


class _Sides:
    def __init__(self, reading: Reading, found: Sequence[Scene], people: Cast, nations: frozenset[str]) -> None:
        self.reading = reading
        self.nations = nations
        self.found = found
        self.cast = people
        self.owners = owners(found, people)
        self.kinds = {kind: people.only(kind) for kind in KINDS}
        self.endings = self._endings()
        self.owned = self._owned()
        self.out: list[Mention | None] = list(reading.mentions)
        self.added: list[Mention] = []

    def _endings(self) -> dict[str, str]:
        """The last word of a body's name where only one has it: "the League", "the Brigades"."""
        out: dict[str, str] = {}
        for key in (*self.cast.side, *self.cast.organ):
            last = key.split()[-1].lower()
            if " " in key and last in body_words():
                out[last] = "" if out.get(last, key) != key else key
        if "state" in self.cast.kind.values():
            out.pop("army", None)  # beside a state, "the army" is no movement's, whatever that calls itself
        return {last: key for last, key in out.items() if key}

    def _owned(self) -> dict[str, str]:
        """A noun that the article gives to one party alone: "Sudan's army" makes "the army" Sudan's, though other states stand by."""
        told: dict[str, set[str]] = {}
        for scene in self.found:
            for part in scene.parts:
                party = self.cast.side.get(part.key)
                head = head_after(scene, part.last) if party is not None else None
                if party is not None and head is not None and head[1] == self.cast.kind.get(party):
                    for word in scene.low[part.last : head[0] + 1]:  # "Sudan's army chief" tells of its army too
                        if heads().get(word) == head[1]:
                            told.setdefault(word, set()).add(party)
        return {noun: parties.pop() for noun, parties in told.items() if len(parties) == 1}

    def apply(self) -> Reading:
        """Every mention with its side, then every person by what any mention of him told."""
        topic: str | None = None
        paragraph = -1
        for scene in self.found:
            if scene.sentence.paragraph != paragraph:
                paragraph, topic = scene.sentence.paragraph, None
            self._sentence(scene, topic)
            topic = self._topic(scene) or topic
        self._persons()
        mentions = sorted(
            [m for m in self.out if m is not None] + self.added, key=lambda m: (m.span.start, -m.span.end)
        )
        parties = tuple(Party(name, kind) for name, kind in self.cast.kind.items() if kind in KINDS)
        return replace(self.reading, mentions=tuple(mentions), parties=parties)

    def _topic(self, scene: Scene) -> str | None:
        """The party that a sentence is about: the first it names."""
        return next((p for part in scene.parts if (p := self.cast.whose(part.key)) and part.first < 6), None)

    # ------------------------------------------------------------ one sentence

    def _sentence(self, scene: Scene, topic: str | None) -> None:
        whole = {(p.first, p.last): p for p in scene.parts}
        self._join_pieces(scene)
        before: tuple[int, str, int] | None = None
        for first, last, number in scene.mentions:
            mention = self.out[number]
            if mention is None:
                continue
            start = first + (scene.low[first] in _THE and last - first > 1)
            part = whole.get((start, last))
            if self._misread(mention):
                mention = replace(mention, name=mention.span.text, side=None, actor=None)
                self.out[number] = mention
            if mention.side is None and mention.actor is None:
                mention = self._named(mention, part) if part else None
                mention = mention or self._told(scene, first, last, number, topic, before)
                self.out[number] = mention
            if before is not None and scene.low[before[0] : first] == (",",) and " " in mention.name:
                described = self.out[before[2]]
                if described is not None and mention.kind == "person" and mention.side == before[1]:
                    self.out[before[2]] = replace(described, name=mention.name)
            if mention.kind == "person" and mention.side and mention.role == mention.span.text:
                before = (last, mention.side, number)

    def _misread(self, mention: Mention) -> bool:
        """True for "the group" taken for a body that only stands by, such as a broadcaster, where a party can be meant."""
        if mention.actor is None or mention.side is None or mention.kind != "organisation":
            return False
        kind = heads().get(mention.span.text)
        return kind in KINDS and self.kinds[kind] not in (None, mention.side) and not self.cast.acts(mention.side)

    def _join_pieces(self, scene: Scene) -> None:
        """One mention for a body whose name was read as several: "Dockers" and "Union"."""
        for part in scene.parts:
            party = self.cast.whose(part.key)
            if party is None or part.key in self.cast.known:
                continue
            touched = {n: None for i in range(part.first, part.last) for n in scene.numbers.get(i, ())}
            start, end = scene.tokens[part.first].start, scene.tokens[part.last - 1].end
            spans = [self.reading.mentions[n].span for n in touched]
            if any(s.pair == (start, end) or s.start < start or s.end > end for s in spans):
                continue
            inside = list(touched)
            if any((m := self.out[n]) is not None and m.actor for n in inside) or (inside and not part.body):
                continue
            if not part.body and self._complete(scene, part, party):
                continue
            for number in inside:
                self.out[number] = None
            span = self.reading.span(start, end)
            found = self._named(Mention(span, "organisation", part.key), part)
            if found is not None:
                self.added.append(found)

    def _complete(self, scene: Scene, part: Part, party: str) -> bool:
        """ "Ambrovan envoy Ilse Corran", "Meruvia's health ministry" where a sentence opens with the name: one mention of all."""
        owned = part.last < len(scene.low) and scene.low[part.last] in POSSESSIVES
        head = head_after(scene, part.last)
        joined = owned or part.last in scene.numbers
        wanted = part.last if joined else (head[0] + 1 if head else -1)
        number = next(iter(scene.numbers.get(wanted, ())), None)
        mention = self.out[number] if number is not None else None
        if number is None or mention is None or mention.side is not None or mention.kind == "place":
            return False
        if mention.span.start != scene.tokens[wanted].start or not (joined or mention.kind in ("person", "unknown")):
            return False
        start = scene.tokens[part.first].start
        span, told = self.reading.span(start, mention.span.end), Verdict(party, "description").basis
        if joined and mention.kind in ("place", "unknown"):
            return False
        if joined and mention.name[:1].isupper():
            office = self.reading.span(start, mention.span.start).text.strip() + " " + (mention.role or "")
            self.out[number] = replace(mention, span=span, role=office.strip(), side=party, side_basis=told)
        elif joined:
            rest = mention.name.removeprefix("'s").removeprefix("’s").strip()
            role = f"{part.key} {rest}" if mention.role else None
            self.out[number] = replace(
                mention, span=span, name=f"{part.key} {rest}", role=role, side=party, side_basis=told
            )
        else:
            role = self.reading.span(start, mention.span.start).text.strip()
            self.out[number] = replace(mention, span=span, kind="person", role=role, side=party, side_basis=told)
        return True

    def _named(self, mention: Mention, part: Part) -> Mention | None:
        """A mention that is a party's name, its adjective, or one of its bodies."""
        side = self.cast.side.get(part.key)
        # A name that the article uses of a person is no party, so a party's name read as a person's was misread.
        if side is not None and (mention.kind != "person" or part.key not in self.cast.known):
            adjective = part.key in self.cast.adjectives
            of = self.cast.kind.get(side, "")
            kind: MentionKind = _MENTION_KIND.get(of, "organisation")
            if adjective:
                kind = "group" if part.key.endswith("s") else "government"
            place = self.cast.evidence.get(part.key)
            if part.key in self.cast.seats or (of == "capital" and place is not None and place.place):
                kind = "place"
            told = Verdict(side, "seat" if kind == "place" else "name").basis
            name = part.key if kind == "place" else side
            return replace(mention, kind=kind, name=name, side=side, role=None, side_basis=told)
        if part.key in self.cast.organ:
            kind = mention.kind if mention.kind != "unknown" else ("organisation" if part.body else "person")
            owner = self.cast.organ[part.key]
            return replace(mention, kind=kind, side=owner, side_basis=Verdict(owner, "ownership").basis)
        if part.key in self.cast.places and mention.kind in ("unknown", "organisation"):
            return replace(mention, kind="place")
        return None

    def _told(
        self, scene: Scene, first: int, last: int, number: int, topic: str | None, before: tuple[int, str, int] | None
    ) -> Mention:
        """A description, or a person: the party named in it, beside it, or meant by its noun."""
        mention = self.out[number] or self.reading.mentions[number]
        mention = self._without_party(mention)
        if mention.kind == "place" or self._stands_apart(scene, first, last):
            return mention
        claims = self._claims(scene, first, last, mention, topic, before)
        verdict = next((v for v in claims if v.party is not None), None)
        return mention if verdict is None else self._given(scene, first, last, mention, verdict)

    def _claims(
        self,
        scene: Scene,
        first: int,
        last: int,
        mention: Mention,
        topic: str | None,
        before: tuple[int, str, int] | None,
    ) -> Iterator[Verdict]:
        """Whose side each rule says that it is on, the most trusted rule first."""
        low = scene.low
        hands = mention.kind == "group" and heads().keys().isdisjoint(low[first:last])
        for verdict in self._named_beside(scene, first, last, mention, before):
            if verdict.party is not None and not self._may_be(scene.low[first:last], verdict.party):
                continue
            if verdict.party is not None and not (hands and self.cast.kind.get(verdict.party) == "company"):
                yield verdict  # "drivers at Merrin Transit" work for it and may strike against it
            elif verdict.party is not None:
                break
        only = self._by_noun(scene, first, last, mention, topic)
        if only is None or self._may_be(low[first:last], only):
            yield Verdict(only, "kind")
        if _LOOSE & {low[first], low[last - 1]} and last - first < 5:
            yield Verdict(topic, "topic")

    def _named_beside(
        self, scene: Scene, first: int, last: int, mention: Mention, before: tuple[int, str, int] | None
    ) -> Iterator[Verdict]:
        yield Verdict(self.owners.get(mention.name) or self.owners.get(mention.span.text), "ownership")
        yield Verdict(self._inside(scene, first, last, mention), "description")
        closed = last >= len(scene.low) or scene.low[last] in (",", ".")
        if closed and before is not None and scene.low[before[0] : first] == (",",):
            yield Verdict(before[1], "apposition")  # "Calvera's envoy, Ilse Corran": who is described is who is named

    def _may_be(self, low: Sequence[str], party: str) -> bool:
        """False for a state's rebels and opposition, who are not the state, and for the government of what is no state."""
        kind = self.cast.kind.get(party)
        if kind == "state":
            return words_of_class("apart", "opposed").isdisjoint(low)
        return heads().get(low[-1]) != "state" or (kind not in _STATELESS and party not in self.cast.bodies)

    def _stands_apart(self, scene: Scene, first: int, last: int) -> bool:
        """True for a known state's rebels, opposition, churches, watchdogs: they do not speak for it."""
        if stands_apart(scene.low[first:last]):
            named = (part.key for part in scene.within(first, last))
            return any(key in self.nations or not self.nations.isdisjoint(key.split()) for key in named)
        return False

    def _without_party(self, mention: Mention) -> Mention:
        """ "Trade Minister Hugo Lann of Kessland" is named Hugo Lann."""
        name, of, party = mention.name.rpartition(" of ")
        if mention.kind != "person" or not of or self.cast.side.get(party) is None or not name[:1].isupper():
            return mention
        return replace(mention, name=name, side=self.cast.side[party], side_basis=Verdict(party, "description").basis)

    def _given(self, scene: Scene, first: int, last: int, mention: Mention, verdict: Verdict) -> Mention:
        side = verdict.party or ""
        mention = replace(mention, side_basis=verdict.basis)
        low = scene.low[first:last]
        kind: MentionKind = "person" if mention.kind == "unknown" and " " in mention.name else mention.kind
        name = mention.name
        body = scene.ending.get(last)
        if body is not None and body.body and self.cast.side.get(body.key) == side and scene.low[first] in heads():
            return replace(mention, side=side, name=side, kind="organisation", role=None)  # "the rebel Upland Army"
        if mention.kind == "organisation" and self._is_party_itself(scene, first, last):
            name = side
            kind = _MENTION_KIND.get(self.cast.kind.get(side, ""), "organisation")
        elif mention.kind == "organisation" and low[-1] in self.endings and len([w for w in low if w not in _THE]) == 1:
            name = self.endings[low[-1]]
        elif self.cast.side.get(name, side) != side:
            name = mention.span.text  # "the army", which is not the Liberation Army's
        return replace(mention, side=side, name=name, kind=kind)

    def _is_party_itself(self, scene: Scene, first: int, last: int) -> bool:
        """True for "the Calveran government", "the Veyra liberation movement", "the union": a name for the party as a whole."""
        plain = [i for i in range(first, last) if scene.low[i] not in POSSESSIVES and scene.low[i] not in _THE]
        heads_here = [
            i
            for i in plain
            if scene.low[i] in _STATE_NAMES or heads().get(scene.low[i]) in ("union", "company", "bloc")
        ]
        here = [p for p in scene.within(first, last) if self.cast.side.get(p.key)]
        names = {i for p in here for i in range(p.first, p.last)}
        rest = [i for i in plain if i not in heads_here and i not in names and scene.low[i] != "of"]
        return bool(heads_here) and len(rest) <= 1 and (scene.low[last - 1] in _STATE_NAMES or not rest)

    def _inside(self, scene: Scene, first: int, last: int, mention: Mention) -> str | None:
        """The party named in a description, or right before or behind it; rebels "from Goma" are not Goma's."""
        for part in scene.within(first, last):
            if part.key not in self.cast.places and not self._only_from(scene, first, part):
                party = self.cast.whose(part.key)
                if party is not None:
                    return party
        if mention.role:
            for word in mention.role.replace("’s", "").replace("'s", "").split():
                if word in self.cast.side and word[:1].isupper():
                    return self.cast.side[word]
        return self._beside(scene, first, last, mention)

    def _only_from(self, scene: Scene, first: int, part: Part) -> bool:
        low = scene.low[first : part.first]
        if low[-1:] in (("for",), ("to",)) and not words("sent").isdisjoint(low):
            return True
        return low[-1:] in (("from",), ("in",)) and heads().get("".join(low[-2:-1])) == "movement"

    def _beside(self, scene: Scene, first: int, last: int, mention: Mention) -> str | None:
        low = scene.low
        if low[first] in POSSESSIVES or (first > 0 and low[first - 1] in POSSESSIVES):
            at = first if low[first] in POSSESSIVES else first - 1
            owner = scene.ending.get(at)
            return self.cast.whose(owner.key) if owner else None
        if last < len(low) and low[last] in ("of", "in", "for", "from"):
            owner = scene.part_at(last + 1)
            if low[last] == "for" and low[last - 1] in words("sent"):
                return None  # "the Norlander envoy for Ondra" is no Ondran
            noun = heads().get(low[last - 1])
            named = mention.kind != "unknown" or (low[last] == "of" and " " in mention.name)
            if owner is not None and named and (noun is not None or low[last] == "of"):
                return self.cast.whose(owner.key)
        return None

    def _by_noun(self, scene: Scene, first: int, last: int, mention: Mention, topic: str | None) -> str | None:
        """ "The army", "Foreign Minister X", "movement spokeswoman X", "the League": the article's only one."""
        low = scene.low
        if mention.kind == "unknown" or any(p.body for p in scene.within(first, last)):
            return None
        if low[first] in POSSESSIVES or low[first] in ("our", "my", "your"):
            return None
        if low[first] in ("his", "her", "their", "its"):
            return self._own(scene, first, topic) if heads().get(low[last - 1]) is not None else None
        stretch = [i for i in range(first, last) if low[i] not in _THE]
        if len(stretch) == 1 and low[stretch[0]] in self.endings:
            return self.cast.whose(self.endings[low[stretch[0]]])
        if scene.low[first] in ("a", "an", "another", "other", "any", "every", "no"):
            return None
        for i in stretch[:5]:
            if low[i] == "local" and i + 1 < last:
                continue  # "local medics" are of no union's branch
            kind = heads().get(low[i])
            if kind in self.kinds:
                owner = self.owned.get(low[i]) or self.kinds[kind]
                if owner is not None:
                    return owner
            if kind == "state" and mention.kind == "person" and mention.name != mention.role:
                return self._of_which_told(scene)
            if kind is None and low[i] not in titles() and mention.kind != "organisation":
                break
        return None

    def _of_which_told(self, scene: Scene) -> str | None:
        """ "Ondra will send a team, Prime Minister Reve said": a minister tells of his own state."""
        party = self._topic(scene)
        return party if party is not None and self.cast.kind.get(party) in ("", "state") else None

    def _own(self, scene: Scene, at: int, topic: str | None) -> str | None:
        """ "his government", "its army": of the person, or of the body, whom the sentence named last before it."""
        before = [self.out[n] for i in range(at - 1, max(-1, at - 40), -1) for n in scene.numbers.get(i, ())]
        known = [m for m in before if m is not None and m.side]
        if scene.low[at] in ("his", "her"):
            known = [m for m in known if m.kind == "person"] or known
        if known:
            return known[0].side if known[0].kind != "place" else None
        return topic if at == 0 else None

    # ------------------------------------------------------------ persons

    def _persons(self) -> None:
        """A person's side and kind, told at one place, holds at every other."""
        told: dict[str, str] = {}
        for mention in self.out:
            if mention is not None and mention.side and mention.kind == "person" and mention.name[:1].isupper():
                told.setdefault(mention.name, mention.side)
        families: dict[str, str] = {}
        for name, side in told.items():
            last = name.split()[-1]
            families[last] = side if families.get(last, side) == side else ""
        for n, mention in enumerate(self.out):
            if mention is None or mention.side or mention.kind not in ("person", "unknown"):
                continue
            known = told.get(mention.name) or self._family(mention.name, families)
            if known is not None and mention.name[:1].isupper():
                told_of = Verdict(known, "person").basis
                self.out[n] = replace(mention, kind="person", side=known, side_basis=told_of)

    def _family(self, name: str, families: dict[str, str]) -> str | None:
        """A surname that several bear, all of them on one side."""
        return (families.get(name) or None) if " " not in name else None

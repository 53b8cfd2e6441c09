"""Who is a party in one article: the counted evidence judged, names and their adjectives brought together.

A *party* is a state, a movement, a union, a company or a bloc that the article lets act or be acted for. What is judged:

- a name that bears a government, army or ministry is a state, and so is one from which the article makes an adjective
  ("Calvera", "Calveran"): no town, firm or movement has either;
- a name called a movement, front, union or company, or ending as theirs do, is one;
- a name with spokesmen, negotiators or a delegation, or with talks, a truce or a war between it and another, is a party;
- a single name that demands, rejects or offers is a party, unless it is a person's or only ever a place;
- a name that the codebook knows is what the codebook says, whatever the article shows.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from parley.annotate.language.gazetteer import words_of_class
from parley.annotate.parties.evidence import Evidence, Scene
from parley.annotate.parties.words import (
    CLOSED,
    body_words,
    demonyms,
    heads,
    is_bystander,
    is_union_of_states,
    people_of,
    words,
)
from parley.data import Mention, Reading

KINDS = ("state", "movement", "union", "company", "bloc")
# Armed groups are parties where nobody owns them, but "the movement" is who they fight for.
_ARMED = frozenset(("brigades", "brigade", "militia", "army", "guard", "fighters"))
_ORGANS = frozenset(("state", "force", "voice"))


@dataclass(slots=True)
class Cast:
    """An article's parties: what each printed name stands for, and what kind each party is."""

    side: dict[str, str] = field(default_factory=dict)
    """Printed name or adjective -> the party it is."""
    kind: dict[str, str] = field(default_factory=dict)
    """Party -> state, movement, union, company, bloc, or empty."""
    organ: dict[str, str] = field(default_factory=dict)
    """Name of a body -> the party whose body it is."""
    places: set[str] = field(default_factory=set)
    seats: set[str] = field(default_factory=set)
    """Towns that stand for the party that sits in them."""
    adjectives: set[str] = field(default_factory=set)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    """Printed names that the codebook knows; `foreign` are the parties that they stand for."""
    foreign: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    """Parties that the codebook knows for bodies: whatever they are, they are no states."""

    def whose(self, key: str) -> str | None:
        """The party that a printed name is, or is an organ of."""
        return self.side.get(key) or self.organ.get(key)

    def only(self, kind: str) -> str | None:
        """The article's one party of a kind; where there are several, the one that alone talks or acts unmediating."""
        those = [party for party, of in self.kind.items() if of == kind]
        untold = [party for party, of in self.kind.items() if of == "" and self._takes_part(party)]
        untold = [party for party in untold if not is_bystander(party)]
        if kind == "state":
            untold = [party for party in untold if party not in self.bodies]
        if not those and kind in ("state", "movement"):
            those = untold
        if not those and kind == "movement":
            those = [party for party, of in self.kind.items() if of == "armed"]
        if kind == "state" and those != untold and self.foreign.issuperset(those) and untold:
            return None  # states that everybody knows, and one that may be meant
        if kind == "state" and len(those) > 1:
            those = self._at_war(those)
        if len(those) > 1:
            those = [p for p in those if self.acts(p)]
        if len(those) > 1:
            those = (
                [p for p in those if not self.evidence[p].mediates] if all(p in self.evidence for p in those) else []
            )
        if len(those) > 1:
            # A spokesman shows a side, and no more a state than a movement.
            voice = kind != "state"
            those = [p for p in those if self.evidence[p].talks or (voice and self.evidence[p].voice)]
        if len(those) > 1:
            uses = {p: self.evidence[p].uses for p in those}
            those = [p for p in those if all(uses[p] >= 3 * n for other, n in uses.items() if other != p)]
        return those[0] if len(those) == 1 else None

    def _at_war(self, states: list[str]) -> list[str]:
        """The one of some states whose own rebels the article tells of; else those who do not only mediate."""
        shown = {p: self.evidence.get(p) or Evidence() for p in states}
        fought = [p for p in states if shown[p].foes]
        if len(fought) == 1:
            return fought
        apart = [p for p in states if not shown[p].mediates or shown[p].kinds.get("state")]
        return apart or states

    def _takes_part(self, party: str) -> bool:
        shown = self.evidence.get(party)
        return party not in self.places and self.acts(party) and (shown is None or not shown.mediates)

    def acts(self, party: str) -> bool:
        """True where the article lets the party do, say or have something said for it."""
        shown = self.evidence.get(party)
        return shown is not None and (shown.acts + shown.talks + shown.speaks + shown.voice > 0)


def cast(reading: Reading, found: Sequence[Scene], seen: dict[str, Evidence], nations: Container[str] = ()) -> Cast:
    """The parties of an article; a word for a nation that everybody knows makes no party ("Syrian rebels")."""
    out = Cast(evidence=seen)
    persons = _persons(reading.mentions)
    _take_known(out, reading.mentions, seen)
    _join_adjectives(out, seen, persons)
    body = {part.key for scene in found for part in scene.parts if part.body}
    media = _outlet_words(reading)
    for key, evidence in seen.items():
        if (
            key in out.side
            or key in nations
            or key in persons
            or _is_media(key, media)
            or key.lower() in words_of_class("modifier")
        ):
            continue
        kind = _kind_of_body(key) if key in body else _kind_of_name(key, evidence)
        if kind is not None:
            out.side[key] = key
            out.kind[key] = kind
        elif evidence.place and not evidence.person:
            out.places.add(key)
    if reading.article.dateline_place:
        out.places.add(reading.article.dateline_place)
    for key in body:
        _place_body(out, key)
    _take_possessives(out, seen, persons)
    _take_short(out)
    _take_pieces(out)
    _take_initials(out, seen)
    return out


def _persons(mentions: Sequence[Mention]) -> set[str]:
    """Full names and surnames of the article's persons."""
    out: set[str] = set()
    # "declined by Calvera, a diplomat said": one comma makes no person of a name that is none elsewhere.
    open_names = {m.name for m in mentions if m.kind == "unknown"}
    for mention in mentions:
        if mention.name in open_names and " " not in mention.name:
            continue
        plain = mention.name.replace(" al-", " ").replace(" el-", " ").replace("-", " ").split()
        if plain[-1].lower() in body_words():
            continue  # "Merrin Transit" is a firm, and Merrin is short for it
        if plain[0].lower() in CLOSED:
            continue
        if mention.kind == "person" and mention.name != mention.role and all(w[:1].isupper() for w in plain):
            out.add(mention.name)
            out.add(mention.name.split()[-1].removeprefix("al-").removeprefix("el-"))
    return out


def _take_known(out: Cast, mentions: Iterable[Mention], seen: Mapping[str, Evidence]) -> None:
    """What the codebook knows stands; what it is called here counts with it."""
    for mention in mentions:
        if mention.actor is None or mention.side is None or mention.kind == "person" or mention.span.text.islower():
            continue
        key = mention.span.text.replace("’", "'")
        out.side.setdefault(key, mention.side)
        out.known.add(key)
        out.foreign.add(mention.side)
        if mention.kind in ("government", "organisation"):
            kind = "state" if mention.kind == "government" else _most(seen.get(key)) or _kind_of_known(key)
            if mention.kind == "organisation":
                out.bodies.add(mention.side)
            out.kind[mention.side] = out.kind.get(mention.side) or kind
        if mention.kind in ("government", "group") and mention.name != key:
            out.adjectives.add(key)


def _kind_of_known(key: str) -> str:
    """What a body that the codebook knows is by its name: "the National Liberation Army" is a movement, with an army of its own."""
    kind = _kind_of_body(key) if " " in key else None
    return "movement" if kind == "armed" else kind or ""


def _most(evidence: Evidence | None) -> str:
    kinds = {k: n for k, n in (evidence.kinds if evidence else {}).items() if k != "state"}
    return max(kinds, key=lambda k: kinds[k], default="")


def _join_adjectives(out: Cast, seen: dict[str, Evidence], persons: set[str]) -> None:
    """ "Calveran" and "Calverans" beside "Calvera": one state, and what is shown for each is shown for it."""
    single = {key for key in seen if " " not in key}
    single |= {key.split()[0] for key in seen if " " in key and key.split()[-1].lower() in body_words()}
    for base in sorted(single & set(seen)):
        if len(base) < 4 or base in out.known or base in persons:
            continue
        forms, words_made = _forms(base)
        for form, shows in forms if not words_made.isdisjoint(single) else ():
            if form != base and form in single and form not in out.known and form not in persons:
                out.side[form] = base
                out.adjectives.add(form)
                if form in seen:
                    seen[base].add(seen[form])
                if shows:
                    seen[base].saw("state")
                    seen[base].saw("state")


@lru_cache(16_384)
def _forms(base: str) -> tuple[tuple[tuple[str, bool], ...], frozenset[str]]:
    """The words that a name may be printed as, each with whether it shows a state; and the words alone."""
    made = [(form, True) for form in demonyms(base)] + [(form, False) for form in people_of(base)]
    both = tuple((word, shows) for form, shows in made for word in (form, form + "s"))
    return both, frozenset([word for word, _ in both])


def _outlet_words(reading: Reading) -> frozenset[str]:
    return frozenset((reading.article.outlet or "").split())


def _is_media(key: str, outlet: frozenset[str]) -> bool:
    whole = key.split()
    return whole[-1].lower() in words("media") or (len(whole) > 1 and outlet.issuperset(whole))


def _kind_of_body(key: str) -> str | None:
    """What the last word of a body's name says it is; None for courts, hospitals and other bystanders."""
    last = key.partition(" of ")[0].split()[-1].lower()
    if key[-1].isdigit():
        return "union"
    if is_union_of_states(key):
        return "bloc"
    if last in _ARMED:
        return "armed"
    if key.split()[0].endswith("s'") and last in body_words() and last not in words("company"):
        return "union"  # "the Metalworkers' League": people of one trade who have a body in common
    return next((k for k in ("union", "company", "bloc", "movement") if last in words(k)), None)


def _kind_of_name(key: str, evidence: Evidence) -> str | None:
    """What the words beside a name make of it; None where they make no party of it."""
    kinds = evidence.kinds
    if evidence.person > evidence.talks + evidence.voice + sum(kinds.values()):
        return None
    top = max(kinds, key=lambda k: (kinds[k], k != "state"), default="")
    if "movement" in kinds and top == "state" and kinds["movement"] * 3 > kinds["state"]:
        top = "movement"  # a movement that governs has ministries too
    one_word = " " not in key
    if top and (one_word or kinds[top] > 1 or top != "state"):
        return top
    if evidence.talks > 1 or evidence.voice > 1 or (evidence.which and one_word):
        named = one_word or evidence.talks > 2 or evidence.voice > 3
        return None if not named else "capital" if evidence.place > evidence.talks + evidence.voice else ""
    if one_word and (evidence.acts or (evidence.speaks and evidence.place)):
        return "capital" if evidence.place else ""
    return None


def _take_short(out: Cast) -> None:
    """ "The Metalworkers" beside "the Metalworkers' League", "Harlow" beside "Harlow Motors": one party by its first word."""
    for key in [k for k, kind in out.kind.items() if kind in ("union", "company") and " " in k]:
        short = key.split()[0].rstrip("'")
        open_to = out.kind.get(short, "") in ("", "company") and short != key and short not in out.known
        if open_to and short in out.evidence and out.evidence[short].place == 0:
            out.kind.pop(short, None)
            out.side[short] = key


def _take_possessives(out: Cast, seen: Mapping[str, Evidence], persons: set[str]) -> None:
    """ "Calveras army" in a text that has lost its apostrophes: nobody but Calvera."""
    for key in seen:
        base = key[:-1]
        if not key.endswith("s") or key in out.known or not (base in out.side or base in out.places or base in persons):
            continue
        if base in out.side:
            out.kind.pop(key, None)
            out.side[key] = out.side[base]
        elif out.side.get(key) == key:
            out.kind.pop(out.side.pop(key), None)


def _take_pieces(out: Cast) -> None:
    """ "Auto union" in a headline above "the United Auto Workers": the one union whose name holds the word."""
    unions = [k for k, kind in out.kind.items() if kind == "union"]
    _join(out, [k for k in unions if " " not in k], unions)
    movements = [k for k, kind in out.kind.items() if kind == "movement"]
    _join(out, movements, [k for k in (*movements, *out.bodies) if k.count(" ") > 1])


def _join(out: Cast, pieces: Iterable[str], names: Sequence[str]) -> None:
    """Each piece that is no more than words of one of some longer names goes by that name: "Tamil Tiger rebels" by the Tigers' own."""
    held = {
        name: {w.rstrip("s") for w in name.replace("'", " ").replace("-", " ").split()} for name in dict.fromkeys(names)
    }
    for short in [k for k in pieces if k not in out.known]:
        plain = {w.rstrip("s") for w in short.replace("-", " ").split()}
        whole = [k for k in held if k != short and k in (*out.kind, *out.bodies) and plain <= held[k]]
        if len(whole) == 1 and short in out.kind:
            out.kind.pop(short)
            out.side[short] = whole[0]


def _take_initials(out: Cast, seen: Mapping[str, Evidence]) -> None:
    """ "FUF" beside "the Free Uplands Front": the fullest name that the article has is the party's."""
    by_initials: dict[str, str] = {}
    for key in out.kind:
        initials = "".join(w[0] for w in key.split() if w[0].isupper())
        if " " in key and len(initials) > 1:
            by_initials[initials] = "" if by_initials.get(initials, key) != key else key
    for short in seen:
        full = by_initials.get(short)
        if full and short not in out.known:
            out.kind.pop(short, None)
            out.side[short] = full


def _place_body(out: Cast, key: str) -> None:
    """A body that bears a party's name is the party's organ, or where it is called its movement, the party itself.

    One that only watches or helps, "the Meruvian Observatory", bears a state's name and is nobody's organ.
    """
    whole = key.split()
    for length in range(len(whole) - 1, 0, -1):
        owner = out.side.get(" ".join(whole[:length]))
        if owner is None or owner == key or out.kind.get(owner) not in ("state", "movement"):
            continue
        kind = out.kind.get(key)
        last = whole[-1].lower()
        if kind in ("union", "company", "bloc") or last in words("media"):
            return
        if heads().get(last) in _ORGANS or last in body_words():
            out.side.pop(key, None)
            out.kind.pop(key, None)
            if out.kind.get(owner) != "state" or last not in words_of_class("apart", "civil"):
                out.organ[key] = owner
        return

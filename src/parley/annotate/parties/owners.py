"""Who belongs to or speaks for whom, by the words between a name and a party.

"Calvera's chief negotiator, Jorin Castel", "Oran Melk of Veyra", "the Toven Brigades, Veyra's armed wing", "Hester Rowe, the
union's secretary", "Vahl, who leads the Tessel team". A party itself is never given to another by these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parley.annotate.language.grammar import is_mark
from parley.annotate.parties.cast import KINDS, Cast
from parley.annotate.parties.evidence import Part, Scene, hangs, head_after
from parley.annotate.parties.words import POSSESSIVES, heads, titles, words

_LONGEST_APPOSITION = 12
_THE = frozenset(("the", "a", "an"))


def owners(found: Sequence[Scene], cast: Cast) -> dict[str, str]:
    """Name as printed -> the party that it is said to belong to or to speak for; the first telling stands."""
    out: dict[str, str] = {}
    _link_capitals(found, cast)
    for scene in found:
        for key, party in _told(scene, cast):
            if cast.side.get(key) is None or cast.kind.get(cast.side[key]) in ("", "movement", "company", "armed"):
                out.setdefault(key, party)
    for key, party in out.items():
        if party == cast.side.get(key):
            continue
        # "The Toven Brigades, Veyra's armed wing": no party of its own.
        if key in cast.side and key not in cast.known:
            cast.kind.pop(cast.side.pop(key), None)
        cast.organ.setdefault(key, party)
    _branches(found, cast)
    return out


def _branches(found: Sequence[Scene], cast: Cast) -> None:
    """ "The group's Eastern Front", "its Southern Command": a body that is somebody's is no party of its own."""
    for scene in found:
        for part in scene.parts:
            before = scene.low[max(0, part.first - 2) : part.first]
            owned = before[-1:] and (before[-1] in POSSESSIVES or before[-1] in ("its", "their"))
            if not owned or not part.body or part.key in cast.known or scene.ending.get(part.first - 1):
                continue
            if cast.kind.pop(cast.side.pop(part.key, ""), None) is None:
                continue
            kind = heads().get(before[0], "movement")
            owner = cast.only(kind if kind in KINDS else "movement")
            if owner is not None:
                cast.organ[part.key] = owner


def _told(scene: Scene, cast: Cast) -> Iterator[tuple[str, str]]:
    for part in scene.parts:
        party = cast.whose(part.key)
        if party is not None and part.key not in cast.places:
            yield from _follows(scene, part, party)
        # Only one who is no main party may be somebody's.
        yield from _described(scene, part, cast)


def _follows(scene: Scene, part: Part, party: str) -> Iterator[tuple[str, str]]:
    """ "Veyra's Oran Melk", "Ambrova's envoy, Ilse Corran", "Veyra's armed wing, the Toven Brigades"."""
    low = scene.low
    at = part.last
    if at >= len(low):
        return
    if low[at] == "," and low[at + 1 : at + 3] in (("led", "by"), ("headed", "by"), ("represented", "by")):
        yield from ((name.key, party) for name in [next(scene.within(at + 3, at + 7), None)] if name is not None)
        return
    if low[at] in POSSESSIVES:
        name = scene.part_at(at + 1)
        if name is not None and (name.last - name.first > 1) and not name.body:
            yield name.key, party
            return
    head = head_after(scene, at)
    if head is None or head[1] == "claim":
        return
    after = head[0] + 1
    comma = after < len(low) and low[after] == ","
    name = scene.part_at(after + comma)
    if name is None:
        return
    closes = name.last >= len(low) or low[name.last] in (",", ".") or not comma
    armed = low[head[0]] in ("wing", "brigades", "militia") or head[1] == "voice" or low[head[0]] in titles()
    if closes and armed and (not name.body or low[head[0]] in ("wing", "brigades", "militia")):
        yield name.key, party


def _described(scene: Scene, part: Part, cast: Cast) -> Iterator[tuple[str, str]]:
    low = scene.low
    at = part.last
    if at + 1 >= len(low):
        return
    if low[at] in ("of", "for") and not part.body and part.last - part.first < 5:
        other = scene.part_at(at + 1)
        person = part.last - part.first > 1 or cast.whose(part.key) is None
        if other is not None and person and part.key not in cast.places and cast.whose(part.key) is None:
            party = cast.whose(other.key)
            if party is not None:
                yield part.key, party
        return
    if low[at] == "," and low[at + 1] in ("who", "which"):
        yield from _relative(scene, part, cast)
    elif low[at] == ",":
        yield from _apposition(scene, part, cast)


def _relative(scene: Scene, part: Part, cast: Cast) -> Iterator[tuple[str, str]]:
    """ "Vahl, who leads the Tessel delegation"; "Veyra, which governs the territory of Meruvia"."""
    low = scene.low
    verb = part.last + 2
    if verb >= len(low) or low[verb] not in words("lead"):
        return
    end = next((i for i in range(verb, min(len(low), verb + 10)) if low[i] == ","), min(len(low), verb + 10))
    other = next(scene.within(verb + 1, end), None)
    if low[part.last + 1] == "who":
        party = cast.whose(other.key) if other is not None else _by_noun(low[verb:end], cast)
        if party is not None:
            yield part.key, party
    elif (
        other is not None
        and cast.side.get(part.key)
        and other.key not in cast.known
        and cast.kind.get(cast.side[part.key]) != "company"
        and low[other.last : other.last + 1] != ("'s",)
    ):
        _govern(cast, cast.side[part.key], other.key)


def _govern(cast: Cast, party: str, territory: str) -> None:
    """What is of a territory, its ministries and its people, is of the party that governs it."""
    was = cast.side.get(territory, territory)
    cast.kind.pop(was, None)
    cast.side[territory] = party
    for form, base in list(cast.side.items()):
        if base == was:
            cast.side[form] = party


def _apposition(scene: Scene, part: Part, cast: Cast) -> Iterator[tuple[str, str]]:
    """ "Hale, a captain of the Toven Brigades,"; "Hester Rowe, the union's secretary"; "the Brigades, Veyra's armed wing"."""
    low = scene.low
    if part.last - part.first == 1 and hangs(low, part.first):
        return  # "on the road to Orlen, the first tents of the army"
    first = part.last + 1
    stop = min(len(low), first + _LONGEST_APPOSITION)
    end = next((i for i in range(first, stop) if is_mark(low[i]) and low[i] not in POSSESSIVES), stop)
    other = next(scene.within(first, end), None)
    opens = low[first] in _THE or low[first] in heads() or low[first] in titles() or (other and other.first == first)
    if not opens:
        return
    kinds = [(i, heads().get(low[i])) for i in range(first, end)]
    role = next((i for i, k in kinds if k in ("voice", "force", "state", "movement") or low[i] in titles()), None)
    if role is None:
        return
    if other is None:
        # A description far from the name describes something else: "a nurse arrested at a checkpoint of the army".
        party = _by_noun(low[first : min(end, first + 5)], cast)
        if party is not None and party != part.key and not part.body and part.key not in cast.places:
            yield part.key, party
        return
    party = cast.whose(other.key)
    modifies = other.first < role and (other.first == first or low[first] in _THE)
    follows = other.first > role and any(low[i] in ("of", "for", "from", "with") for i in range(role, other.first))
    if party is not None and party != part.key and (modifies or follows):
        yield part.key, party


def _by_noun(stretch: Sequence[str], cast: Cast) -> str | None:
    """The party meant by "the union's", "the company", "the movement" in a stretch of words: the only one of its kind."""
    for word in stretch:
        kind = heads().get(word)
        if kind in KINDS:
            return cast.only(kind)
    return None


def _link_capitals(found: Sequence[Scene], cast: Cast) -> None:
    """A town that speaks is its party's seat: "the ministry in Adrim", "in Toven the movement", or the seat that is left.

    Where the two that talk with each other have one seat told, the only other town that acts is the other's.
    """
    seats: dict[str, str] = {}
    state: str | None = None
    for scene in found:
        for part in scene.parts:
            low = scene.low[max(0, part.first - 2) : part.first]
            if state is not None and (low[-1:] == ("capital",) or low == ("capital", ",")):
                seats.setdefault(part.key, state)
            state = _state(cast, part.key) or state
            if cast.kind.get(part.key) == "capital" or part.key in cast.places:
                party = _seated(scene, part, cast)
                if party is not None:
                    seats.setdefault(part.key, party)
    acting = [key for key, kind in cast.kind.items() if key not in seats and _may_be_seat(cast, key, kind)]
    talking = [p for p in cast.kind if (e := cast.evidence.get(p)) and not e.mediates and (e.talks or e.voice)]
    left = [p for p in talking if p not in seats.values()]
    if len(talking) == 2 and len(left) == 1 and len(acting) == 1:
        seats[acting[0]] = left[0]
    for key, party in seats.items():
        cast.kind.pop(key, None)
        cast.side[key] = party
        cast.seats.add(key)


def _state(cast: Cast, key: str) -> str | None:
    party = cast.whose(key)
    return party if party is not None and cast.kind.get(party) == "state" else None


def _may_be_seat(cast: Cast, key: str, kind: str) -> bool:
    shown = cast.evidence.get(key)
    return kind == "capital" or (kind == "" and shown is not None and not shown.talks and not shown.voice)


def _seated(scene: Scene, part: Part, cast: Cast) -> str | None:
    low = scene.low
    if part.first == 0 or low[part.first - 1] != "in":
        return None
    following = low[part.last : part.last + 4]
    nouns = [w for w in following if w != "," and w not in _THE][:1] if "the" in following[:2] else []
    if part.first > 2 and low[part.first - 3] in _THE:
        nouns.append(low[part.first - 2])
    return next((p for noun in nouns if heads().get(noun) in KINDS and (p := cast.only(heads()[noun]))), None)

"""Linking hangs on nothing in a name but who it is: swap two parties in every name, and the links come out swapped.

One party stands before the other in the alphabet, and behind it once they are swapped.
"""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from parley.codebooks import ActorEntry, Codebook
from parley.resolve.actors import Name, resolve
from parley.store.rows import name_key

SWAP = {"Abrava": "Zemora", "Zemora": "Abrava"}


def swapped(text: str) -> str:
    """The text with the two parties in each other's place, upper and lower case kept."""
    both = SWAP | {a.lower(): b.lower() for a, b in SWAP.items()}
    return re.sub("|".join(both), lambda m: both[m[0]], text)


PARTIES = st.sampled_from(("Abrava", "Zemora"))
SIDES = st.sampled_from((None, "Abrava", "Zemora"))
ORGANS = st.sampled_from(
    ("interior ministry", "health ministry", "army", "ministry", "foreign minister", "foreign ministry")
)
PEOPLE = st.sampled_from(("Oran Melk", "Melk", "Lio Melk", "Orran Melk", "O. Melk", "Dina Reve", "Reve", "Aldan Reve"))
ROLES = st.sampled_from((None, "spokesman", "foreign minister", "mayor"))
DAYS = st.sampled_from(("2031-03-04", "2031-03-11"))


@st.composite
def printed(draw: st.DrawFn) -> Name:
    """A name as an article may print it: a party, an organ of one with or without its name, or a person."""
    what = draw(st.sampled_from(("party", "organ", "whose organ", "person")))
    side, role, kind = draw(SIDES), None, "organisation"
    if what == "party":
        name = side = draw(PARTIES)
        kind = "government"
    elif what == "person":
        name, role, kind = draw(PEOPLE), draw(ROLES), draw(st.sampled_from(("person", "unknown")))
    else:
        name = draw(ORGANS)
        if what == "whose organ":
            side = draw(PARTIES)
            name = f"{side} {name}"
        kind = "person" if name.endswith("minister") else "organisation"
    day = draw(DAYS)
    return Name(name_key(name, side), name, kind, side, role, draw(st.integers(1, 3)), day, day)


def mirrored(name: Name) -> Name:
    side = swapped(name.side) if name.side else None
    return Name(swapped(name.key), swapped(name.name), name.kind, side, name.role, name.uses, name.first, name.last)


def linked(names: list[Name], change: bool) -> set[tuple[str, str, str, str]]:
    """Each link as key, the actor's name and side, and judgement, swapped back where `change`.

    Without its score: of two names that tell alike one is taken first, and makes the actor known whom the other one means.
    """
    book = Codebook(
        ("test",),
        "0",
        actors=tuple(
            ActorEntry(swapped(n) if change else n, "government", swapped(n) if change else n)
            for n in ("Abrava", "Zemora")
        ),
    )
    actors, links = resolve([mirrored(n) for n in names] if change else names, book)
    who = {a.id: a for a in actors}
    back = swapped if change else str
    return {(back(k.left), back(who[k.right].name), back(who[k.right].side or ""), k.judgement) for k in links}


@given(st.lists(printed(), max_size=9))
@settings(max_examples=120, deadline=None)
def test_swapping_two_parties_swaps_their_links(names: list[Name]) -> None:
    assert linked(names, change=False) == linked(names, change=True)

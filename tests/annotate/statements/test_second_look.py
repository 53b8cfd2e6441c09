"""A second look: what the rules see beside what another finder found."""

from __future__ import annotations

from finders import found, told


def test_an_outlet_passes_on_what_somebody_said() -> None:
    text = "State media reported Dara Vahl said on Sunday that the road was open."
    row = ("State media", "reported", "Dara Vahl said on Sunday that the road was open")
    (statement,) = found(text, row, rules=True)
    assert (*told(statement), statement.via) == ("Dara Vahl", "said", "the road was open", "State media")


def test_words_inside_words_are_nested_whoever_found_the_outer_ones() -> None:
    text = "Dara Vahl said that the council had warned that the bridge would fall."
    row = ("Dara Vahl", "said", "the council had warned that the bridge would fall")
    outer, inner = found(text, row, rules=True)
    assert not outer.nested
    assert (inner.nested, inner.nested_in) == (True, outer.id)
    assert told(inner) == ("the council", "warned", "the bridge would fall")

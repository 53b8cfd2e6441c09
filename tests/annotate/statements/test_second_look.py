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


def test_a_source_that_holds_an_attribution_is_that_one() -> None:
    text = (
        "He said Tor Olim, head of the rebels, had come to the talks, contradicting earlier reports that he had fled."
    )
    row = ("He said Tor Olim, head of the rebels", "contradicting", "earlier reports that he had fled")
    (statement,) = found(text, row, rules=True)
    assert told(statement) == ("He", "said", "Tor Olim, head of the rebels, had come to the talks")


def test_what_nobody_else_saw_said_is_added() -> None:
    text = "Kell said through its official KPA news agency that it had reached an understanding."
    (statement,) = found(text, rules=True)
    assert (*told(statement), statement.via) == ("Kell", "said", "it had reached an understanding", "KPA news agency")


def test_where_somebody_spoke_may_lead_in_what_an_outlet_passes_on() -> None:
    text = "Addressing a briefing in Orlo, Dara Vahl said the talks had ended in a stalemate, the Orlo Herald reported."
    row = (
        "the Orlo Herald",
        "reported",
        "Addressing a briefing in Orlo, Dara Vahl said the talks had ended in a stalemate",
    )
    (statement,) = found(text, row, rules=True)
    assert (*told(statement), statement.via) == (
        "Dara Vahl",
        "said",
        "the talks had ended in a stalemate",
        "Orlo Herald",
    )

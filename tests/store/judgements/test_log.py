"""What the log comes to: pure functions of its entries."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.store.judgements.log import found, in_order, match, moved, selectors, standing, verdict

WORDS = st.text("ab c.\n", max_size=60)


def entry(n: int, act: str, by: str = "Ana", **more: Any) -> dict[str, Any]:
    return {"id": f"ju_{n}", "at": f"{n:03}", "by": by, "act": act, "changes": None, "undoes": None, **more}


def test_an_undo_takes_back_and_can_be_taken_back() -> None:
    log = [entry(1, "confirm"), entry(2, "reject"), entry(3, "undo", undoes="ju_2"), entry(4, "undo", undoes="ju_3")]
    assert [len(standing(log[:n])) for n in range(5)] == [0, 1, 2, 1, 2]
    assert [verdict(log[:n]).status for n in range(5)] == ["machine", "confirmed", "rejected", "confirmed", "rejected"]


@given(st.permutations([1, 2, 3, 4, 5]))
def test_the_order_in_which_entries_came_to_be_known_plays_no_part(order: list[int]) -> None:
    log = [
        entry(1, "correct", changes={"place": "x", "date": "2031"}),
        entry(2, "correct", "Ben", changes={"place": "y"}),
        entry(3, "reject", "Cem"),
        entry(4, "undo", undoes="ju_3"),
        entry(5, "confirm", "Cem"),
    ]
    shuffled = [log[n - 1] for n in order]
    assert in_order(shuffled) == log
    final = verdict(shuffled)
    assert (final.status, final.changes, final.disputed) == ("corrected", {"place": "y", "date": "2031"}, True)


@given(WORDS, WORDS, WORDS, WORDS)
def test_words_are_found_again_whatever_is_put_before_and_after(a: str, b: str, words: str, more: str) -> None:
    exact = f"Q{words}Q"
    text = a + exact + b
    anchor = {"selector": selectors(text, len(a), len(a) + len(exact))}
    assert found(text, anchor) == (len(a), len(a) + len(exact))
    longer = more + text + more
    place = found(longer, anchor)
    assert place
    assert longer[slice(*place)] == exact


def test_of_the_same_words_twice_those_with_the_same_context_are_meant() -> None:
    text = "The ministry said 23. The rebels said 23."
    anchor = {"selector": selectors(text, 38, 40)}
    assert found("The rebels said 23. The ministry said 23.", anchor) == (16, 18)
    assert found("Nobody counted.", anchor) is None
    assert found("The rebels\nsaid  23 ", {"selector": selectors(text, 22, 40)}) == (0, 19)


def test_spans_move_with_their_words_or_say_that_they_are_gone() -> None:
    assert moved({"a": [[3, 5, "no"], None], "b": 7}, 10, "." * 13 + "no") == {"a": [[13, 15, "no"], None], "b": 7}
    assert moved([3, 5, "no"], 0, "x no x no") == [2, 4, "no"]
    with pytest.raises(ValueError, match="no"):
        moved([3, 5, "no"], 0, "yes")


def position(party: str, stance: str = "demands", start: int = 10, stop: int = 30) -> dict[str, Any]:
    return {"id": f"po_{party}_{stance}_{start}", "start": start, "stop": stop} | {
        "party": party,
        "issue": "truce",
        "stance": stance,
    }


def test_a_judgement_goes_to_the_row_that_means_the_same() -> None:
    said = verdict([entry(1, "confirm", machine=position("Veyra"))])
    rows = [position("Calvera"), position("Veyra", "accepts"), position("Veyra", start=12)]
    assert match("position", said, (10, 30), rows) == rows[2]
    assert match("position", said, (10, 30), rows[:2]) == rows[1]
    assert match("position", said, (10, 30), rows[:1]) is None
    assert match("position", said, (60, 80), rows) is None
    corrected = verdict([entry(1, "correct", machine=position("Veyra"), changes={"party": "Calvera"})])
    assert match("position", corrected, (10, 30), rows[:1]) == rows[0]
    rejected = verdict([entry(1, "reject", machine=position("Veyra"))])
    assert match("position", rejected, (10, 30), rows[:2]) is None
    assert match("position", rejected, (10, 30), rows) == rows[2]


def test_a_rejected_statement_found_with_other_words_or_another_speaker_is_a_new_one() -> None:
    machine = {"start": 10, "stop": 30, "speaker": "Melk"}
    said = verdict([entry(1, "reject", machine=machine)])
    near = machine | {"id": "st_2", "stop": 32}
    assert match("statement", said, (10, 30), [near]) == near
    assert match("statement", said, (10, 30), [near | {"stop": 45}]) is None
    assert match("statement", said, (10, 30), [near | {"speaker": "Pell"}]) is None
    confirmed = verdict([entry(1, "confirm", machine=machine)])
    assert match("statement", confirmed, (10, 30), [near | {"stop": 45}])

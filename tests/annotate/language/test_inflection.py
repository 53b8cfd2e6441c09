"""Forms of verbs, and patterns written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.language.inflection import expanded, forms
from parley.errors import CodebookError


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("suspend", "suspend suspends suspended suspending"),
        ("walk", "walk walks walked walking"),
        ("impose", "impose imposes imposed imposing"),
        ("carry", "carry carries carried carrying"),
        ("veto", "veto vetoes vetoed vetoing"),
        ("reach", "reach reaches reached reaching"),
        ("ban", "ban bans banned banning"),
        ("expel", "expel expels expelled expelling"),
        ("visit", "visit visits visited visiting"),
        ("aid", "aid aids aided aiding"),
        ("withdraw", "withdraw withdraws withdrew withdrawn withdrawing"),
        ("cancel", "cancel cancels cancelled canceled cancelling canceling"),
    ],
)
def test_forms(verb: str, expected: str) -> None:
    assert forms(verb) == tuple(expected.split())


def test_a_pattern_is_written_out() -> None:
    assert expanded("~end the? ... <talks>|war", {"talks": "talks round"}) == (
        "end|ends|ended|ending the? ... talks|round|war"
    )


def test_an_unknown_class_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CodebookError, match="<deal> is not among talks"):
        expanded("sign ... <deal>", {"talks": "talks"})


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12))
def test_the_base_comes_first_whatever_the_verb(verb: str) -> None:
    assert forms(verb)[0] == verb
    assert len(forms(verb)) >= 3

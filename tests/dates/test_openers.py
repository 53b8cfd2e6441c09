"""A look at the first code: it never refuses what the rule itself would take."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from parley.dates.openers import guarded

PATTERNS = ["[ab]", "(?:[ab]_)?[cd]", "(?:a|(?:b)?c)(?!_d)", r"\^?(?:[ab]-)?(?:c|d_)", "(?:a?|b)", "a(?:_b)?"]


@given(st.sampled_from(PATTERNS), st.text("abcd_-^", max_size=8))
@settings(deadline=None)
def test_a_guarded_pattern_finds_what_the_plain_one_finds(pattern: str, text: str) -> None:
    plain, with_look = (re.compile(p).finditer(text) for p in (pattern, guarded(pattern)))
    assert [m.span() for m in plain] == [m.span() for m in with_look]


def test_a_pattern_that_may_be_empty_is_left_alone() -> None:
    assert guarded("(?:a)?") == "(?:a)?"

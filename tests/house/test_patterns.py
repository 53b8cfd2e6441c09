"""No regular expression runs away: each is tried on strings made from its own repeats, with a hard bound on its time."""

from __future__ import annotations

import re

import pytest

from benchmarks.reliability.patterns import LIMIT, Found, check, collect, cost


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_pattern_is_through_in_time() -> None:
    collected = collect()
    assert collected.unreached == [], "a pattern made of words that no run makes: read it, and say so in REVIEWED"
    assert len(collected.patterns) > 600
    # Those made of codebooks are among them, and know how they are used.
    assert any("clean/tokens.py" in found.where and "split" in found.methods for found in collected.patterns)
    slow = [found for pattern in collected.patterns if (found := check(pattern))]
    assert [(s.found.where, s.found.pattern[:80], s.seconds, s.string[:40]) for s in slow] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(?:\w+\s?)*!",
        r"(?:x|xx|xxx)*y",
        r"by ((?:\w{1,30}\s?){1,9}) said",
        r"(?:\d+[.,]?)+ people",
        r"\s*,?\s*,?\s*\Z",
    ],
)
def test_the_attack_finds_what_runs_away(pattern: str) -> None:
    assert check(Found(pattern, 0, "here", ("search",))) is not None


@pytest.mark.parametrize(
    "pattern", [r"[A-Z][a-z]{1,20} said", r"\d{1,3}(?:,\d{3}){0,4}", r"(?<!\s)\s+\Z", "“[^”]{1,300}”"]
)
def test_what_is_bounded_passes(pattern: str) -> None:
    assert check(Found(pattern, 0, "here", ("search",))) is None


def test_a_search_without_end_is_ended() -> None:
    assert cost(re.compile(r"(a+)+$"), "a" * 60 + "!", ["match"]) == LIMIT


def test_how_a_pattern_is_used_counts() -> None:
    """Held against a place a run costs its square, looked for its cube."""
    assert check(Found(r"\s*,?\s*x", 0, "here", ("search",))) is not None
    assert check(Found(r"\s*,?\s*x", 0, "here", ("match",))) is None

"""Spellings of one name are told from two names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.resolve.spelling import sound, spelt

ONE = """
haniyeh haniya · haddaniyeh haddaniyah · mohammed muhammad · mohamed mohammad · hussein husayn · hossein husain
khaled khalid · yevgeny evgenii · sergei sergey · zarovsky zarovskii · aleksandr alexander · qaddafi gadhafi
osama usama · burenkov burenkow · salim saleem · jafari jaafari · nassour nassur · melk melck
"""
TWO = """
mohammed mahmoud · martin martina · burenkov burenkova · jan jen · rosario rosaria · hamad hamdan · khan khal · iran iraq · marco maria
"""
SLIPS = "bardan badran · solvane slovane · verrell verrelt · hamidan hamdan"


def pairs(text: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in (p.split() for p in text.replace("\n", " · ").split(" · ") if p.strip())]


@pytest.mark.parametrize(("left", "right"), pairs(ONE))
def test_transcriptions_of_one_name_are_one(left: str, right: str) -> None:
    assert spelt(left, right) == "transliteration"
    assert sound(left) == sound(right)


@pytest.mark.parametrize(("left", "right"), pairs(TWO))
def test_other_names_are_two(left: str, right: str) -> None:
    assert spelt(left, right) in ("different", "ending")


@pytest.mark.parametrize(("left", "right"), pairs(SLIPS))
def test_a_slip_is_told_from_a_transcription(left: str, right: str) -> None:
    assert spelt(left, right) == "slip"


@given(st.text("abcdefghijklmnoqrstuvwxyz", max_size=12), st.text("abcdefghijklmnoqrstuvwxyz", max_size=12))
def test_likeness_goes_both_ways(left: str, right: str) -> None:
    assert spelt(left, right) == spelt(right, left)
    assert spelt(left, left) == "same"

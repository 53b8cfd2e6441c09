"""Groups come out alike from whichever block they are seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.compare.speech.occasions import BLOCK, REACH, UNDATED, blocks_of, origins, owner, shown_day

DAYS = st.lists(st.integers(0, 4 * BLOCK), max_size=30).map(sorted)
PAIRS = st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40)


def links(days: list[int], pairs: list[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for a, b in pairs:
        if a < len(days) and b < len(days) and abs(days[a] - days[b]) <= REACH:
            found.setdefault(a, []).append(b)
            found.setdefault(b, []).append(a)
    return found


@given(DAYS, PAIRS)
def test_a_group_is_seen_whole_by_the_block_that_owns_it(days: list[int], pairs: list[tuple[int, int]]) -> None:
    near = links(days, pairs)
    everywhere = origins(days, near)
    for block in {owner(day) for day in days}:
        here = [i for i, day in enumerate(days) if block in blocks_of(day, day)]
        place = {i: at for at, i in enumerate(here)}
        seen = origins(
            [days[i] for i in here], {place[i]: [place[j] for j in near.get(i, ()) if j in place] for i in here}
        )
        owned = {i: here[seen[place[i]]] for i in here if owner(days[here[seen[place[i]]]]) == block}
        assert owned == {i: first for i, first in enumerate(everywhere) if owner(days[first]) == block}


def test_a_statement_goes_to_the_block_that_would_own_its_group() -> None:
    assert owner(739000) in blocks_of(739000, 739000)
    assert owner(None) == UNDATED
    assert blocks_of(None, 739000) == [UNDATED]


def test_days_are_shown_as_dates() -> None:
    assert shown_day(None) is None
    assert shown_day(1) == "0001-01-01"

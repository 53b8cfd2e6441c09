"""Figure series of the annotated sample, of invented articles in any order, and in a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from piles import compared, figure, mirrored, reflected, rows, sample, told

from parley.compare.base import Row, Told
from parley.compare.figures.series import COMPARISONS
from parley.compare.refresh import refresh
from parley.data import Reading
from parley.store.ledger import Ledger

SERIES = COMPARISONS[0]

PLANTED = (
    ("killed", "Meruvia", {"Meruvia health ministry", "Calvera interior ministry"}, "running"),
    ("killed", "Fennick", {"Meruvia health ministry", "Calvera interior ministry"}, "17"),
    ("killed", "Calverans", {"Calvera interior ministry", "Veyra information office"}, "running"),
    ("killed", "Orlen", {"Calveran army", "Veyra"}, "7"),
    ("captives released", "detainees", {"Calvera interior ministry", "Talia Wren"}, "177"),
    ("share of killed", "Meruvia", {"Calvera interior ministry", "diplomats"}, "1/3"),
    ("money", "the port", {"Quayside Company", "Dockers' Union"}, "600,000"),
)
"""The figures that disagree, of the sample's README: what, where or whom, who, and words of the reason."""


def test_every_planted_disagreement_is_found_and_nothing_else() -> None:
    found = rows(compared(SERIES, sample()), "conflict")
    for what, where, who, words in PLANTED:
        mine = [c for c in found if what in c["why"] and where in c["why"] and words in c["why"]]
        assert [c for c in mine if set(c["conflict"]["claimants"]) == who], (what, where)
    assert len(found) == len(PLANTED) + 1  # the share of the armed is told twice, once by "Adrim"


def one(found: list[Row], **like: Any) -> Row:
    [row] = [r for r in found if all(r[k] == v for k, v in like.items())]
    return row


def test_a_running_toll_of_the_sample_is_one_series() -> None:
    found = rows(compared(SERIES, sample()), "series")
    toll = one(found, category="killed", place="Meruvia", scope="cumulative", claimant="Meruvia health ministry")
    assert [p["value"] for p in toll["points"]][:4] == [4012, 4061, 4070, 4096]
    assert toll["points"][-1]["value"] == 4334
    assert not any(p["note"] for p in toll["points"])
    assert {tuple(c["claimants"]) for c in toll["conflicts"]} == {
        ("Meruvia health ministry", "Calvera interior ministry")
    }
    keys = [tuple(r[k] for k in ("category", "population", "place", "scope", "claimant", "since")) for r in found]
    assert len(keys) == len(set(keys))


def test_what_was_corrected_says_so() -> None:
    [freed] = [r for r in rows(compared(SERIES, sample()), "series") if any(p["note"] for p in r["points"])]
    assert [p["note"] for p in freed["points"]] == ["corrected: not 62"]
    assert freed["points"][0]["value"] == 59


def test_swapping_the_parties_mirrors_every_series() -> None:
    here = [f.row for f in compared(SERIES, sample())]
    there = [f.row for f in compared(SERIES, sample(mirrored))]
    assert sorted(json.dumps(reflected(r), sort_keys=True) for r in here) == sorted(
        json.dumps(r, sort_keys=True) for r in there
    )


COUNTS = st.tuples(
    st.sampled_from(("A Ministry", "B Ministry", "police", None)),
    st.sampled_from((9, 17, 40, 1900, 2740, 4061)),
    st.sampled_from((None, "incident", "cumulative")),
    st.sampled_from(("exact", "at_least", "approximately")),
    st.sampled_from((None, "2033-05-09", "2033-05")),
    st.integers(8, 12),
)


def made(n: int, count: tuple[Any, ...]) -> Told:
    claimant, value, scope, qualifier, day, printed = count
    row = figure(value, claimant, scope=scope, qualifier=qualifier, date=day, id=f"fi_{n}")
    return told(f"2033-05-{printed:02}", id=f"ar_{n:02}", outlet=f"Outlet {n % 3}", figures=[row])


@given(st.lists(COUNTS, max_size=8), st.randoms())
@settings(max_examples=60)
def test_whatever_order_articles_come_in_the_series_are_the_same(counts: list[tuple[Any, ...]], rng: Any) -> None:
    pages = [made(n, c) for n, c in enumerate(counts)]
    before = compared(SERIES, pages)
    rng.shuffle(pages)
    assert compared(SERIES, pages) == before
    series = [f.row for f in before if f.kind == "series"]
    assert sorted(i for r in series for p in r["points"] for i in p["rows"]) == sorted(
        f"fi_{n}" for n in range(len(counts))
    )
    assert all(set(c["rows"]) <= {f"fi_{n}" for n in range(len(counts))} for r in series for c in r["conflicts"])


@pytest.fixture
def ledger(ledger_place: str, reading: Callable[..., Reading]) -> Any:
    with Ledger.open(ledger_place, create=True) as held:
        for n in "12":
            held.add(reading(file=f"{n}.txt", source_id=n), fingerprint="f", run="r")
        refresh(held, rules={"series": SERIES})
        yield held


def test_a_ledger_gives_its_series_and_chooses_among_them(ledger: Ledger) -> None:
    whole = ledger.series()
    assert whole
    first = whole[0]
    assert list(first)[:9] == [
        "row",
        "id",
        "category",
        "population",
        "place",
        "scope",
        "claimant",
        "points",
        "conflicts",
    ]
    assert first in ledger.series(category=first["category"])
    assert ledger.series(category="displaced") == []
    assert ledger.series(claimant="nobody at all") == []
    if first["place"]:
        assert first in ledger.series(place=first["place"].upper().title())

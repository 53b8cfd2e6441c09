"""How much there is, counted when a build ends, and told with its moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from parley.data import Reading, Run
from parley.store import tally
from parley.store.ledger import Ledger

DAYS = ("2031-03-05", "2031-03-05", "2031-03", None)


@pytest.fixture
def held(ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    """Four articles of two outlets, one without an outlet and a day."""
    with Ledger.open(ledger_place, create=True) as ledger:
        for n, day in enumerate(DAYS):
            made = reading(file=f"in/{n}.txt", source_id=f"{n}")
            outlet = None if day is None else "Herald" if n % 2 else "Post"
            dated = replace(made.article, published=day, published_latest=day, outlet=outlet)
            ledger.add(replace(made, article=dated), fingerprint="f", run="ru_1")
        yield ledger


def run(id: str, finished: str | None) -> Run:
    return Run(
        id=id, parley="0", models=(), codebooks=(), settings="f", started=f"2031-04-0{id[-1]}", finished=finished
    )


def test_everything_is_counted_by_kind_outlet_day_and_reason(held: Ledger) -> None:
    told = tally.counted(held)
    assert told.rows == held.counts()
    assert told.outlets == [("Post", 2), ("", 1), ("Herald", 1)]
    assert told.days == [("", 1), ("2031-03", 1), ("2031-03-05", 2)]
    assert sum(n for _, n in told.dropped) == sum(len(a["dropped"]) for a in held.articles())
    assert told.copies == 0


def test_how_sure_rows_are_is_the_mean_of_each_kind(held: Ledger) -> None:
    told = {kind: (mean, n) for kind, mean, n in tally.counted(held).sure}
    sure = [s["confidence"] for s in held.statements()]
    mean, count = told["statement"]
    assert count == len(sure)
    assert mean == pytest.approx(sum(sure) / len(sure))
    assert "date" not in told


def test_where_no_build_has_counted_it_is_counted_when_asked(held: Ledger) -> None:
    assert replace(tally.tally(held), at="") == replace(tally.counted(held), at="")


def test_what_a_build_counted_is_told_until_the_next_one_counts(held: Ledger, reading: Callable[..., Reading]) -> None:
    held.save_run(run("ru_1", "2031-04-01"))
    tally.keep(held)
    before = tally.tally(held)
    assert (before.rows["article"], before.fresh) == (4, True)
    held.save_run(run("ru_2", None))  # begins, adds an article, and is killed
    held.add(reading(file="in/new.txt", source_id="new"), fingerprint="f", run="ru_2")
    assert tally.tally(held) == replace(before, fresh=False)
    held.save_run(run("ru_2", "2031-04-02"))
    tally.keep(held)
    assert (tally.tally(held).rows["article"], tally.tally(held).fresh) == (5, True)


def test_a_shard_that_was_loaded_makes_a_tally_old(held: Ledger) -> None:
    tally.keep(held)
    held.note("shard ab", "ru_1")
    assert not tally.tally(held).fresh

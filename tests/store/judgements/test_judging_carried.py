"""Whatever people say, in whatever order: a rebuild shows it again, and another ledger shows the same, on both databases."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.data import Reading
from parley.errors import UsageError
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]
LAYERS = ("articles", "statements", "figures", "positions", "events", "wording", "dates")
WORDS = st.text(st.characters(exclude_categories=[]), min_size=1, max_size=8).filter(lambda s: bool(s.strip()))
CHANGES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "st": st.fixed_dictionaries({"speaker": st.one_of(st.none(), WORDS)}, optional={"venue": WORDS}),
    "fi": st.fixed_dictionaries(
        {"value": st.one_of(st.none(), st.integers(0, 10**6), st.floats(0, 1e9), WORDS)},
        optional={"place": st.one_of(st.none(), WORDS), "span": st.sampled_from(["23", "militants were killed"])},
    ),
    "po": st.fixed_dictionaries({"stance": st.sampled_from(["rejects", "accepts"])}, optional={"party": WORDS}),
    "ev": st.fixed_dictionaries({"actors": st.lists(WORDS, max_size=2)}, optional={"date": st.just("2031-03")}),
    "wo": st.fixed_dictionaries({"term": WORDS}),
    "da": st.fixed_dictionaries({"value": WORDS}),
    "ar": st.fixed_dictionaries({"outlet": st.one_of(st.none(), WORDS)}, optional={"published": st.just("2031-04")}),
}
ACTS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from(["confirm", "correct", "reject", "undo"]),
        st.sampled_from("AB"),
        WORDS,
        st.data(),
    ),
    max_size=8,
)
relaxed = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
_N = itertools.count()


@pytest.fixture
def two(ledger_place: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Ledger]]:
    folder = tmp_path_factory.mktemp("two")
    with Ledger.open(ledger_place, create=True) as one, Ledger.open(folder / "x.db", create=True) as other:
        yield one, other


def everything(ledger: Ledger, article: str) -> list[Any]:
    return [list(getattr(ledger, layer)(article=article)) for layer in LAYERS]


@relaxed
@given(acts=ACTS)
def test_what_was_said_is_shown_again(two: tuple[Ledger, Ledger], reading: MakeReading, acts: list[Any]) -> None:
    one, other = two
    name = f"{next(_N)}.txt"
    first = reading(file=name, source_id=name)
    article = first.article.id
    one.add(first, fingerprint="f1", run="r1")
    untouched = everything(one, article)
    ids = [row["id"] for rows in untouched for row in rows]
    for at, act, by, why, data in acts:
        id = ids[at]
        changes = data.draw(CHANGES[id[:2]]) if act == "correct" else None
        try:
            one.judge(id, act, by=by, why=why, changes=changes)
        except UsageError:
            assert act == "undo"
    shown = everything(one, article)
    one.add(replace(first, figures=(), positions=(), wording=()), fingerprint="f2", run="r2")
    one.add(first, fingerprint="f3", run="r3")
    assert everything(one, article) == shown
    other.take_in(one.carried())
    other.add(first, fingerprint="f1", run="r1")
    assert everything(other, article) == shown
    assert list(other.carried()) == list(one.carried())
    assert other.take_in(one.carried())["new"] == 0
    while standing := [e for e in one.judgements() if e["stands"] and e["act"] != "undo"]:
        one.judge(standing[-1]["id"], "undo", by="A")
    assert everything(one, article) == untouched
    assert list(one.check()) == []

"""The same rows are found by whatever way: looked up by one filter, walked by day, or walked for a while and then looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from parley.data import Actor, Link, Reading
from parley.errors import UsageError
from parley.store import browse, narrow, query, search
from parley.store.ledger import Ledger
from parley.store.query import VOICES

WAYS = {
    "looked up": (100, 100, 100),
    "walked": (0, 0, 100),
    "walked a while": (0, 0, 1),
    "looked up by another filter than the words": (100, 0, 1),
}
"""How many rows are few, how many passages with the words are, and how many articles are walked."""
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("statement", {"speaker": "melk"}),
    ("statement", {"speaker": "ENVOY OF VEYRA"}),
    ("statement", {"speaker": "me"}),
    ("statement", {"speaker": "nobody"}),
    ("statement", {"speaker": "100%"}),
    ("statement", {"side": "Vey", "outlet": "Herald"}),
    ("statement", {"outlet": "Her", "text": "road"}),
    ("statement", {"text": "road will"}),
    ("statement", {"text": "oa"}),
    ("statement", {"text": "road", "speaker": "melk"}),
    ("statement", {"text": "killed", "speaker": "melk"}),
    ("figure", {"text": "militants", "category": "killed"}),
    ("position", {"text": "dam", "stance": "conditional", "issue": "territory"}),
    ("statement", {"kind": "direct", "since": "2031-03-04", "until": "2031-03"}),
    ("statement", {"status": "rejected"}),
    ("statement", {"issue": "territory"}),
    ("statement", {"issue": "none_such", "outlet": "Herald"}),
    *(("statement", {"voice": voice}) for voice in VOICES),
    ("position", {"issue": "territory"}),
    ("position", {"stance": "undecided"}),
    ("event", {"status": "actual"}),
    ("wording", {"voice": "outlet"}),
    ("figure", {"category": "killed", "claimant": "ministry"}),
    ("figure", {"outlet": "none such"}),
    ("position", {"party": "calv", "issue": "dam"}),
    ("event", {"type": "meet", "place": "port"}),
    ("wording", {"term": "milit", "voice": "outlet"}),
    ("article", {"outlet": "post", "since": "2031-03-05"}),
]


@pytest.fixture(scope="module")
def narrowed(module_ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    """Eight articles of two outlets; "Oran Melk" is known to be the envoy of Veyra."""
    with Ledger.open(module_ledger_place, create=True) as ledger:
        for n, day in enumerate(
            ["2031-03-05", "2031-03-03", None, "2031-03-05", "2031-03", "2030", "2031-04-01", None]
        ):
            made = reading(file=f"in/{n}.txt", source_id=f"{n}")
            dated = replace(made.article, published=day, published_latest=day, outlet="Herald" if n % 2 else "Post")
            ledger.add(replace(made, article=dated), fingerprint="f", run="ru_1")
        keys = sorted({s["key"] for s in ledger.names()})
        actor = Actor(id="ac_1", name="Envoy of Veyra", kind="person", role=None, side="Veyra", aliases=())
        links = [Link(key, "ac_1", "positive", 1.0, "same", "", "test") for key in keys if "melk" in key]
        ledger.replace_actors([actor], links, by="test", state=("actors", "x"))
        yield ledger


def found(ledger: Ledger, kind: str, asked: dict[str, Any]) -> list[str]:
    ids, after = [], None
    while True:
        page = browse.page(ledger, kind, after=after, limit=3, **asked)
        ids += [r["id"] for r in page.rows]
        after = page.after
        if after is None:
            return ids


@pytest.mark.parametrize(("kind", "asked"), ASKED, ids=[f"{k} {a}" for k, a in ASKED])
def test_every_way_finds_the_rows_that_an_export_has(
    narrowed: Ledger, monkeypatch: pytest.MonkeyPatch, kind: str, asked: dict[str, Any]
) -> None:
    methods = {"wording": "wording", "article": "articles"}
    every = {r["id"] for r in getattr(narrowed, methods.get(kind, f"{kind}s"))(**asked)}
    for few, passages, walked in WAYS.values():
        monkeypatch.setattr(narrow, "FEW", few)
        monkeypatch.setattr(search, "FEW", passages)
        monkeypatch.setattr(browse, "STRIDES", (1, walked, walked))
        ids = found(narrowed, kind, asked)
        assert set(ids) == every
        assert len(ids) == len(every)


def test_the_ways_are_tried_on_filters_that_find_something(narrowed: Ledger) -> None:
    some = [asked for kind, asked in ASKED if found(narrowed, kind, asked)]
    assert len(some) > len(ASKED) // 2


def test_outlets_are_found_by_a_part_of_their_name_in_any_case(narrowed: Ledger) -> None:
    with narrowed._reading() as connection:
        assert query.outlets(connection, "hER") == ["Herald"]
        assert query.outlets(connection, "") == ["Herald", "Post"]


@pytest.mark.parametrize("kind", ["articles", "statements"])
def test_rows_of_an_outlet_are_found_by_a_part_of_its_name_and_none_of_one_that_is_not_there(
    narrowed: Ledger, kind: str
) -> None:
    every = list(getattr(narrowed, kind)())
    articles = {a["id"] for a in narrowed.articles() if a["outlet"] == "Herald"}
    here = [r for r in every if (r["id"] if kind == "articles" else r["article"]) in articles]
    assert here
    assert list(getattr(narrowed, kind)(outlet="hER")) == here
    assert list(getattr(narrowed, kind)(outlet="nowhere")) == []


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({"name": "VOY"}, True),
        ({"side": "vey"}, True),
        ({"name": "envoy", "side": "calv"}, False),
        ({"side": "é"}, False),
    ],
)
def test_actors_are_found_by_name_and_side_however_many_there_are(
    narrowed: Ledger, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any], there: bool, few: int
) -> None:
    monkeypatch.setattr(narrow, "FEW", few)
    assert [a["id"] for a in narrowed.actors(**asked)] == ["ac_1"] * there


def test_a_name_that_is_corrected_is_found(module_ledger_place: str, narrowed: Ledger) -> None:
    [first, *_] = narrowed.statements(speaker="melk")
    narrowed.judge(first["id"], "correct", by="Ana", changes={"speaker": "Zyta Quell"})
    assert found(narrowed, "statement", {"speaker": "quell"}) == [first["id"]]


def test_statements_are_chosen_by_who_tells_them_and_by_the_issue_on_which_they_take_a_position(
    narrowed: Ledger,
) -> None:
    voices = {voice: {s["id"] for s in narrowed.statements(voice=voice)} for voice in VOICES}
    every = narrowed.statements()
    assert sum(map(len, voices.values())) == len(every)  # each in one voice
    assert voices["headline"] == {s["id"] for s in every if s["content"][0][0] < len("Envoy says road will open")}
    assert voices["passed_on"] == {s["id"] for s in every if s["via"]} - voices["nested"]
    assert voices["nested"] == {s["id"] for s in every if s["nested"]}
    on_land = {p["statement"] for p in narrowed.positions(issue="territory")}
    assert {s["id"] for s in narrowed.statements(issue="territory")} == on_land
    offered = browse.choices(narrowed, "statement").values
    assert dict(offered["issue"]) == {"territory": len(on_land)}
    assert dict(offered["voice"]) == {voice: len(ids) for voice, ids in voices.items() if ids}
    with pytest.raises(UsageError, match="headline"):
        narrowed.statements(voice="loud")[0]

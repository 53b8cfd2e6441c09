"""The timeline: events of many articles, each once, with its tellings, its plans and how many tell it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import Case, cases, fill

from parley.compare.base import Head, Pile, Row
from parley.compare.events.timeline import COMPARISONS, read, results
from parley.store.ledger import Ledger

RULES = {c.name: c for c in COMPARISONS}


def told(row: Row) -> str:
    """An event as the golden files write it."""
    line = f"{row['date']} {row['type']} {row['status']} [{', '.join(row['actors'])}] {row['outlets']}/{row['independent']}"
    planned = " ".join(p["date"] or "?" for p in row["planned"])
    return line + (f" planned {planned}" if planned else "") + (" background" if row["background"] else "")


@pytest.mark.parametrize("case", cases("timeline"), ids=lambda c: c.title)
def test_golden(case: Case, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        fill(ledger, case.reports, RULES)
        assert [told(row) for row in read(ledger)] == case.expected


def test_events_are_chosen_by_day_type_actor_and_place(tmp_path: Path) -> None:
    reports = [r for case in cases("timeline")[:3] for r in case.reports]
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        fill(ledger, reports, RULES)
        assert {r["type"] for r in read(ledger, since="2031-03-18", until="2031-03-31")} == {"sanction"}
        assert {r["date"] for r in read(ledger, type="reject_proposal")} == {"2031-03-15"}
        assert {tuple(r["actors"]) for r in read(ledger, actor="estmark")} == {("Estmark",)}
        assert read(ledger, place="nowhere") == []
        ids = {e["id"] for e in ledger.events()}
        assert {id for r in read(ledger) for id in r["rows"]} <= ids
        assert all(ledger.found("event_told", row=id) for r in read(ledger) for id in r["rows"])


def item(n: int, day: int, kind: str, words: dict[str, int], dated: bool) -> Row:
    about = {"status": "actual", "actors": {"Calvera": "Calvera"}, "by": None, "place": None, "around": {}}
    when = {"dated": "day" if dated else None, "date": "2031-03-01" if dated else None, "day": day, "last": day}
    known = {"id": f"e{n}", "article": f"a{n}", "span": [0, 9], "type": kind, "words": words, "news": [day, day + 1]}
    return {**about, **when, **known, "first": day if dated else day - 7}


ITEMS = st.lists(
    st.tuples(
        st.integers(741_500, 741_508),
        st.sampled_from(("withdraw", "release", "sanction")),
        st.dictionaries(st.sampled_from(("orlen", "bridge", "lorry")), st.integers(1, 2)),
        st.booleans(),
    ),
    max_size=12,
)


@given(ITEMS)
def test_every_telling_is_in_one_event_and_only_one(drawn: list[tuple[int, str, dict[str, int], bool]]) -> None:
    items = [item(n, *values) for n, values in enumerate(drawn)]
    heads = {
        i["article"]: Head(i["article"], i["article"], i["article"], None, i["article"], None, None) for i in items
    }
    found = [r for month in ("2031-02", "2031-03", "2031-04") for r in results(f"x\t{month}", items, Pile(heads))]
    rows = [id for r in found if r.kind == "event_told" for id in r.row["rows"]]
    assert sorted(rows) == sorted(i["id"] for i in items)

"""Forms of rows: what stands in them, and what somebody changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from parley.errors import UsageError
from parley.store.judgements.fields import FIELDS
from parley.store.ledger import Ledger
from parley.web.fields import AROUND, Field, _found, changes_of, fields_of, passage
from parley.web.given import Given


def sent(fields: list[Field], **changed: Any) -> Given:
    """What a browser sends of a form when nothing but some fields was changed."""
    pairs: list[tuple[str, str]] = []
    for f in fields:
        pairs.append((f"base.{f.name}", f.base))
        if f.name in changed:
            new = changed[f.name]
            pairs += [(f"f.{f.name}{k}", v) for k, v in (new.items() if isinstance(new, dict) else [("", new)])]
            pairs += [(f"at.{f.name}", p.at) for p in f.parts[:1]]
        elif f.shape == "spans":
            pairs += [p for part in f.parts for p in ((f"f.{f.name}", part.words), (f"at.{f.name}", part.at))]
        else:
            pairs.append((f"f.{f.name}", f.value))
    return Given.of(urlencode(pairs).encode())


@pytest.fixture
def rows(small_ledger: Ledger) -> Callable[[str], tuple[dict[str, Any], str]]:
    def one(kind: str) -> tuple[dict[str, Any], str]:
        found = {"statement": small_ledger.statements, "figure": small_ledger.figures, "event": small_ledger.events}
        found |= {"position": small_ledger.positions, "wording": small_ledger.wording, "date": small_ledger.dates}
        every = list(found.get(kind, small_ledger.articles)())
        row = next((r for r in every if r.get("source")), every[0])
        return row, small_ledger.text(str(row.get("article", row["id"])))

    return one


@pytest.mark.parametrize("kind", [k for k in FIELDS if k != "actor"])
def test_a_form_that_comes_back_untouched_changes_nothing(rows: Any, kind: str) -> None:
    row, text = rows(kind)
    fields = fields_of(kind, row, text)
    assert [f.name for f in fields] == list(FIELDS[kind])
    assert changes_of(kind, fields, sent(fields), row, text) == {}


def test_only_what_was_changed_is_said(rows: Any) -> None:
    row, text = rows("statement")
    fields = fields_of("statement", row, text, people=[{"name": "Talia Wren"}])
    form = sent(fields, speaker="Talia Wren", venue="", said_on="2031-03")
    assert changes_of("statement", fields, form, row, text) == {
        "speaker": "Talia Wren",
        "venue": None,
        "said_on": "2031-03",
    }
    other = sent(fields, speaker={"": "Talia Wren", ".other": "Ana Pell", ".side": "Veyra"})
    assert changes_of("statement", fields, other, row, text)["speaker"] == {
        "name": "Ana Pell",
        "role": None,
        "side": "Veyra",
    }


def test_what_a_colleague_changed_meanwhile_is_not_taken_back(rows: Any) -> None:
    row, text = rows("event")
    form = sent(fields_of("event", row, text), type="release")
    theirs = row | {"place": "Dunmere"}
    again = fields_of("event", theirs, text, said=form)
    assert changes_of("event", again, form, theirs, text) == {"type": "release"}
    assert {f.name: f.value for f in again if f.name in ("place", "type")} == {"place": "Dunmere", "type": "release"}
    once_more = sent(again)
    assert changes_of("event", again, once_more, theirs, text) == {"type": "release"}


def test_words_are_found_where_they_stand_nearest_whatever_space_is_between_them(rows: Any) -> None:
    row, text = rows("statement")
    fields = fields_of("statement", row, text)
    changes = changes_of("statement", fields, sent(fields, content="the\r\n road  will open”"), row, text)
    [[start, stop]] = changes["content"]
    assert text[start:stop] == "the road will open”"
    with pytest.raises(UsageError, match="does not hold the words “no such words”"):
        changes_of("statement", fields, sent(fields, source="no such words"), row, text)


def test_a_place_is_taken_where_its_words_stand_there_and_else_the_words(rows: Any) -> None:
    row, text = rows("wording")
    fields = fields_of("wording", row, text)
    at = text.rindex("officials")
    base = {f"base.{f.name}": f.base for f in fields if f.name == "span"}
    form = Given.of(urlencode({**base, "f.span": "officials", "at.span": f"{at}:{at + 9}"}).encode())
    assert changes_of("wording", fields, form, row, text) == {"span": [at, at + 9]}
    stale = Given.of(urlencode({**base, "f.span": "officials", "at.span": "0:9"}).encode())
    assert changes_of("wording", fields, stale, row, text) == {"span": [at, at + 9]}


@pytest.mark.parametrize(
    ("written", "value"),
    [("32", 32), ("1,200", 1200), ("45 514", 45514), ("2.5", 2.5), ("85%", "85%"), ("1/3", "1/3"), ("", None)],
)
def test_numbers_are_read_as_people_write_them(rows: Any, written: str, value: Any) -> None:
    row, text = rows("figure")
    fields = fields_of("figure", row | {"value": 9}, text)
    assert changes_of("figure", fields, sent(fields, value=written), row, text) == {"value": value}


def test_what_is_no_number_is_refused_by_the_fields_name(rows: Any) -> None:
    row, text = rows("figure")
    fields = fields_of("figure", row, text)
    with pytest.raises(UsageError, match="At least is a number, not “many”"):
        changes_of("figure", fields, sent(fields, low="many"), row, text)


def test_lists_codes_and_flags_are_read(rows: Any) -> None:
    row, text = rows("event")
    fields = fields_of("event", row, text)
    form = sent(fields, actors="Orlen\r\n\r\nVeyra ", plover="AGREE, sign", status="planned")
    assert changes_of("event", fields, form, row, text) == {
        "actors": ["Orlen", "Veyra"],
        "plover": {"type": "AGREE", "mode": "sign"},
        "status": "planned",
    }


def test_the_passage_beside_the_form_counts_characters_as_the_ledger_does() -> None:
    text = "a😀 one\r\n\r\ntwo\0 three\rfour\n" + "x" * 9_000 + "\nlast line"
    spans = [[text.index("two"), text.index("two") + 3]]
    lines = passage(text, spans)
    for line in lines:
        whole = "".join(words for words, _ in line.pieces)
        assert len(whole) == len(text[line.at : line.at + len(whole)])
        assert whole.replace("\ufffd", "\0") == text[line.at : line.at + len(whole)]
    assert [w for line in lines for w, marked in line.pieces if marked] == ["two"]
    assert len(passage("\n".join(["y" * 100] * 900), [[45_000, 45_010]])) < 2 * AROUND // 100 + 4
    assert passage("", []) == []


@any_of(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", min_size=1, max_size=5))
def test_every_place_that_is_found_holds_the_words(text: str, given: str) -> None:
    found = _found(text, given)
    assert all(text[s:e].split() == given.split() for s, e in found)
    assert bool(found) == (bool(given.split()) and " ".join(given.split()) in " ".join(text.split()))

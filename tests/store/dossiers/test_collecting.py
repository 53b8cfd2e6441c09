"""A dossier holds what was collected, in people's order, whatever becomes of the rows; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from parley.data import Reading
from parley.errors import UsageError
from parley.store.dossiers.collecting import LONGEST_NAME, LONGEST_NOTE
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]


@pytest.fixture
def ledger(ledger_place: str, reading: MakeReading) -> Iterator[Ledger]:
    """One article with a row of every kind."""
    with Ledger.open(ledger_place, create=True) as held:
        held.add(reading(), fingerprint="f1", run="r1")
        yield held


def every_row(ledger: Ledger) -> list[str]:
    """A row of each kind that can be collected."""
    kinds: list[Any] = [
        ledger.statements(kind="mixed"),
        ledger.figures(),
        ledger.positions(),
        ledger.events(),
        ledger.wording(),
    ]
    return [rows[0]["id"] for rows in [*kinds, ledger.dates(), ledger.articles()]]


def states(ledger: Ledger, which: str = "Roads") -> dict[str, str]:
    return {e["held"]["row"]["row"]: e["state"] for e in ledger.dossier(which)["list"]}


def test_rows_of_every_kind_are_collected_in_order_with_article_and_notes(ledger: Ledger) -> None:
    made = ledger.dossier_make("Roads", note="for Monday")
    ids = every_row(ledger)
    added = ledger.dossier_add("roads", ids, note="see this", by="Ana")
    held = ledger.dossier(made["id"])
    assert [e["about"] for e in held["list"]] == ids
    assert [e["number"] for e in held["list"]] == list(range(1, len(ids) + 1))
    assert held["entries"] == len(ids) == 7
    assert held["note"] == "for Monday"
    assert {e["note"] for e in held["list"]} == {"see this"}
    assert {e["by"] for e in held["list"]} == {"Ana"}
    assert all(e["state"] == "here" and e["article"]["outlet"] == "Herald" and not e["loud"] for e in held["list"])
    assert [e["shown"]["id"] for e in held["list"]] == ids
    assert ledger.in_dossier("Roads") == {e["about"]: e["id"] for e in added}


def test_a_row_is_in_a_dossier_once_and_in_several_dossiers(ledger: Ledger) -> None:
    row = every_row(ledger)[0]
    for name in ("Roads", "Dams"):
        ledger.dossier_make(name)
        first = ledger.dossier_add(name, [row, row])
        again = ledger.dossier_add(name, row, note="later")
        assert len(first) == 1
        assert (again[0]["id"], again[0]["known"]) == (first[0]["id"], True)
        assert [e["note"] for e in ledger.dossier(name)["list"]] == ["later"]
    assert {d["name"]: d["entries"] for d in ledger.dossiers()} == {"Roads": 1, "Dams": 1}


def test_the_first_letters_of_an_id_collect_its_row(ledger: Ledger) -> None:
    row = every_row(ledger)[0]
    ledger.dossier_make("Roads")
    assert ledger.dossier_add("Roads", row[:9])[0]["about"] == row


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda x: x.dossier("Roads"), "there are none so far"),
        (lambda x: x.dossier_make("  "), "needs words"),
        (lambda x: x.dossier_make("n" * (LONGEST_NAME + 1)), "200 characters at most"),
        (lambda x: x.dossier_make("Roads", note="n" * (LONGEST_NOTE + 1)), "20,000 characters at most"),
        (lambda x: x.dossier_note("de_nothing", "x"), "no dossier of .* has an entry"),
        (lambda x: x.dossier_move("de_nothing", 1), "no dossier of .* has an entry"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(ledger: Ledger, asked: Callable[[Ledger], Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        asked(ledger)
    assert ledger.dossiers() == []


def test_a_row_that_is_not_there_collects_none_of_the_others(ledger: Ledger) -> None:
    ledger.dossier_make("Roads")
    with pytest.raises(UsageError, match="no row 'st_nothing'"):
        ledger.dossier_add("Roads", [every_row(ledger)[0], "st_nothing"])
    with pytest.raises(UsageError, match="there is “Roads”"):
        ledger.dossier_add("Rods", every_row(ledger)[0])
    assert ledger.dossier("Roads")["list"] == []


def test_two_dossiers_never_have_one_name(ledger: Ledger) -> None:
    ledger.dossier_make("Roads")
    with pytest.raises(UsageError, match="“Roads” already"):
        ledger.dossier_make(" ROADS ")
    ledger.dossier_make("Dams")
    with pytest.raises(UsageError, match="“Roads” already"):
        ledger.dossier_change("Dams", name="roads")
    ledger.dossier_change("Dams", name="DAMS", note="of both sides")
    assert ledger.dossier("dams")["note"] == "of both sides"


def test_a_dossier_that_was_taken_away_is_brought_back_whole(ledger: Ledger) -> None:
    made = ledger.dossier_make("Roads")
    ledger.dossier_add("Roads", every_row(ledger))
    ledger.dossier_remove("Roads")
    assert ledger.dossiers() == []
    assert [d["name"] for d in ledger.dossiers(removed=True)] == ["Roads"]
    other = ledger.dossier_make("roads")
    with pytest.raises(UsageError, match="already"):
        ledger.dossier_restore(made["id"])
    ledger.dossier_remove(other["id"])
    ledger.dossier_restore(made["id"])
    assert len(ledger.dossier("Roads")["list"]) == 7


def test_entries_are_moved_taken_out_and_put_back_to_their_place(ledger: Ledger) -> None:
    ledger.dossier_make("Roads")
    a, b, c = (e["id"] for e in ledger.dossier_add("Roads", every_row(ledger)[:3]))

    def order() -> list[str]:
        return [e["id"] for e in ledger.dossier("Roads")["list"]]

    assert ledger.dossier_move(c, -1) == 2
    assert order() == [a, c, b]
    assert ledger.dossier_move(a, 99) == 3
    assert order() == [c, b, a]
    ledger.dossier_take_out(b)
    ledger.dossier_take_out(c)
    assert order() == [a]
    assert [e["id"] for e in ledger.dossier("Roads", removed=True)["list"]] == [c, b]
    assert ledger.dossier_put_back("Roads") == c
    assert ledger.dossier_put_back("Roads", b) == b
    assert order() == [c, b, a]
    with pytest.raises(UsageError, match="nothing was taken out"):
        ledger.dossier_put_back("Roads")


def test_what_was_taken_out_is_collected_again_without_its_old_note(ledger: Ledger) -> None:
    ledger.dossier_make("Roads")
    row = every_row(ledger)[0]
    [first] = ledger.dossier_add("Roads", row, note="old")
    ledger.dossier_take_out(first["id"])
    [second] = ledger.dossier_add("Roads", row)
    assert second["id"] != first["id"]
    ledger.dossier_put_back("Roads")  # both are there then, as a person asked for
    assert [e["note"] for e in ledger.dossier("Roads")["list"]] == ["old", ""]


def test_headings_stand_between_rows_and_are_reworded(ledger: Ledger) -> None:
    ledger.dossier_make("Roads")
    row = every_row(ledger)[0]
    heading = ledger.dossier_heading("Roads", " What was\n offered ")
    [entry] = ledger.dossier_add("Roads", row)
    ledger.dossier_note(entry["id"], "one\ntwo")
    held = ledger.dossier("Roads")
    assert [(e["kind"], e["heading"], e["note"]) for e in held["list"]] == [
        ("heading", "What was offered", ""),
        ("statement", None, "one\ntwo"),
    ]
    assert (held["entries"], held["length"]) == (1, 2)
    ledger.dossier_note(heading["id"], "What was refused")
    assert ledger.dossier("Roads")["list"][0]["heading"] == "What was refused"
    with pytest.raises(UsageError, match="needs words"):
        ledger.dossier_note(heading["id"], " ")


def test_a_long_dossier_is_read_in_parts(ledger: Ledger) -> None:
    ledger.dossier_make("Roads")
    for n in range(9):
        ledger.dossier_heading("Roads", f"part {n}")
    some = ledger.dossier("Roads", start=4, limit=2)
    assert [(e["number"], e["heading"]) for e in some["list"]] == [(5, "part 4"), (6, "part 5")]
    assert some["length"] == 9


# --- what becomes of rows -------------------------------------------------------------------------------------------


def test_a_rebuild_that_reads_the_same_changes_nothing(ledger: Ledger, reading: MakeReading) -> None:
    ledger.dossier_make("Roads")
    ledger.dossier_add("Roads", every_row(ledger))
    before = ledger.dossier("Roads")["list"]
    assert ledger.add(reading(), fingerprint="f2", run="r2") == "updated"
    assert ledger.dossier("Roads")["list"] == before


def test_a_newer_model_that_reads_the_words_otherwise_is_followed_to_its_row(
    ledger: Ledger, reading: MakeReading
) -> None:
    """The figure gets another value, and so another id; the words in print are the same."""
    ledger.dossier_make("Roads")
    figure = ledger.figures()[0]
    ledger.dossier_add("Roads", figure["id"])
    newer = reading()
    changed = replace(newer.figures[0], value=24, low=24)
    ledger.add(replace(newer, figures=(changed, *newer.figures[1:])), fingerprint="f2", run="r2")
    [entry] = ledger.dossier("Roads")["list"]
    assert entry["state"] == "moved"
    assert entry["shown"]["id"] != figure["id"]
    assert (entry["shown"]["value"], entry["held"]["row"]["value"]) == (24, figure["value"])
    assert set(entry["differs"]) == {"value", "low"}
    assert ledger.dossiers_unfound() == []


def test_a_row_that_parley_finds_no_more_keeps_its_words_and_says_so(ledger: Ledger, reading: MakeReading) -> None:
    ledger.dossier_make("Roads")
    ledger.dossier_add("Roads", every_row(ledger))
    newer = reading()
    empty: dict[str, Any] = dict.fromkeys(("statements", "figures", "positions", "events", "wording"), ())
    ledger.add(replace(newer, **empty), fingerprint="f2", run="r2")
    assert states(ledger) == dict.fromkeys(("statement", "figure", "position", "event", "wording"), "kept") | {
        "date": "here",
        "article": "here",
    }
    first = ledger.dossier("Roads")["list"][0]
    assert first["loud"]
    assert "finds no statement" in first["told"]
    assert first["shown"]["content_text"] == ["“the road will open”", "if the dam is returned"]
    assert first["article"]["sha256"] == newer.page.sha256
    assert [(e["name"], e["state"]) for e in ledger.dossiers_unfound()] == [("Roads", "kept")] * 5
    ledger.add(reading(), fingerprint="f3", run="r3")
    assert set(states(ledger).values()) == {"here"}


def test_an_article_that_is_gone_leaves_quote_and_citation(ledger: Ledger, reading: MakeReading) -> None:
    import sqlalchemy as sa

    ledger.dossier_make("Roads")
    ledger.dossier_add("Roads", every_row(ledger))
    before = ledger.dossier("Roads")["list"]
    with ledger._writing() as connection:
        connection.execute(sa.text("DELETE FROM article"))
    held = ledger.dossier("Roads")["list"]
    assert {e["state"] for e in held} == {"lost"}
    assert all("not in this ledger any more" in e["told"] for e in held)
    for was, now in zip(before, held, strict=True):
        assert now["shown"] == was["shown"]
        assert now["article"]["sha256"] == was["article"]["sha256"]
        assert now["article"]["title"] == "Envoy says road will open"


def test_an_article_that_comes_again_as_another_file_is_found_by_its_words(
    ledger: Ledger, reading: MakeReading
) -> None:
    import sqlalchemy as sa

    ledger.dossier_make("Roads")
    ledger.dossier_add("Roads", every_row(ledger))
    text = reading().article.text + "Page 2 of 2\n"
    with ledger._writing() as connection:
        connection.execute(sa.text("DELETE FROM article"))
    ledger.add(reading(text), fingerprint="f2", run="r2")
    held = ledger.dossier("Roads")["list"]
    assert [e["state"] for e in held] == ["moved"] * len(held)
    assert [e["shown"]["row"] for e in held] == [e["held"]["row"]["row"] for e in held]
    texts = [(e["shown"]["text"], e["held"]["row"]["text"]) for e in held if "text" in e["shown"]]
    assert all(now == then for now, then in texts)


def test_words_that_left_their_article_are_lost_aloud(ledger: Ledger, reading: MakeReading) -> None:
    import sqlalchemy as sa

    ledger.dossier_make("Roads")
    ledger.dossier_add("Roads", ledger.statements(kind="mixed")[0]["id"])
    with ledger._writing() as connection:
        connection.execute(sa.text("UPDATE article SET text = 'Nothing of the kind.'"))
        connection.execute(sa.text("DELETE FROM statement"))
    [entry] = ledger.dossier("Roads")["list"]
    assert (entry["state"], entry["loud"]) == ("lost", True)
    assert "not in the article any more" in entry["told"]


def test_a_correction_is_shown_and_told_and_a_rejection_is_loud(ledger: Ledger) -> None:
    ledger.dossier_make("Roads")
    statement, figure = ledger.statements(kind="mixed")[0]["id"], ledger.figures()[0]["id"]
    ledger.dossier_add("Roads", [statement, figure])
    ledger.judge(statement, "correct", by="Ana", changes={"speaker": "Senn Idrow"})
    ledger.judge(figure, "reject", by="Ben", why="a misprint")
    first, second = ledger.dossier("Roads")["list"]
    assert (first["state"], first["differs"]) == ("here", ["speaker"])
    assert first["shown"]["speaker"]["name"] == "Senn Idrow"
    assert (second["state"], second["loud"]) == ("rejected", True)
    assert "rejected by Ben" in second["told"]
    assert "(a misprint)" in second["told"]
    ledger.judge(figure, "undo", by="Ben")
    assert ledger.dossier("Roads")["list"][1]["state"] == "here"


def test_what_people_write_comes_back_as_it_was_written(ledger: Ledger) -> None:
    words = "\"><script>alert('1')</script> \\ { } %s ;-- Élysée \u202e"
    ledger.dossier_make(words, note=words)
    ledger.dossier_heading(words, words)
    [entry] = ledger.dossier_add(words, every_row(ledger)[0], note=words)
    held = ledger.dossier(words)
    assert (held["name"], held["note"], entry["note"]) == (words, words, words)
    assert held["list"][0]["heading"] == words


# --- several people, any order --------------------------------------------------------------------------------------


def test_people_who_collect_at_once_lose_nothing(ledger: Ledger) -> None:
    ledger.dossier_make("Roads")
    ids = every_row(ledger)

    def collect(n: int) -> None:
        ledger.dossier_heading("Roads", f"part {n}")
        ledger.dossier_add("Roads", ids[n % len(ids)])

    with ThreadPoolExecutor(8) as people:
        list(people.map(collect, range(24)))
    held = ledger.dossier("Roads")
    assert held["entries"] == 7
    assert len({e["heading"] for e in held["list"] if e["heading"]}) == 24


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@any_of(st.lists(st.tuples(st.integers(0, 4), st.integers(-6, 6), st.booleans()), max_size=12))
def test_no_order_of_moving_and_taking_out_loses_or_doubles_an_entry(
    tmp_path_factory: pytest.TempPathFactory, reading: MakeReading, steps: list[tuple[int, int, bool]]
) -> None:
    with Ledger.open(tmp_path_factory.mktemp("d") / "d.db", create=True) as ledger:
        ledger.dossier_make("Roads")
        ids = [ledger.dossier_heading("Roads", f"{n}")["id"] for n in range(5)]
        for which, by, out in steps:
            if out:
                ledger.dossier_take_out(ids[which])
                assert ledger.dossier_put_back("Roads") == ids[which]
            number = ledger.dossier_move(ids[which], by)
            assert ledger.dossier("Roads")["list"][number - 1]["id"] == ids[which]
        assert sorted(e["id"] for e in ledger.dossier("Roads")["list"]) == sorted(ids)

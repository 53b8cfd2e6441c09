"""A ledger gives back what was put in, once, on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from parley.data import Reading, Run, Span, Statement
from parley.errors import LedgerError, UsageError
from parley.store import schema
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]


def stored(reading: Reading) -> Reading:
    """A reading without what a ledger does not keep."""
    return replace(reading, sentences=(), quotations=(), mentions=(), done=frozenset())


def test_what_is_stored_is_loaded_again(ledger_place: str, reading: MakeReading) -> None:
    first = reading()
    with Ledger.open(ledger_place, create=True) as ledger:
        assert ledger.add(first, fingerprint="f1", run="r1") == "added"
        assert ledger.reading(first.article.id) == stored(first)
        assert ledger.source(first.page.sha256) == first.page.data
        assert ledger.text(first.article.id) == first.article.text


def test_the_same_reading_is_stored_once_and_a_newer_one_replaces_it(ledger_place: str, reading: MakeReading) -> None:
    first = reading()
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(first, fingerprint="f1", run="r1")
        before = ledger.counts()
        assert ledger.has(first.article.id, "f1")
        assert not ledger.has(first.article.id, "f2")
        assert ledger.add(first, fingerprint="f1", run="r2") == "unchanged"
        assert ledger.counts() == before
        assert ledger.add(replace(first, figures=()), fingerprint="f2", run="r2") == "updated"
        assert ledger.counts() == {**before, "figure": 0}
        assert [r["row"] for r in ledger.search("militants")] == ["article", "wording"]
        assert len(ledger.search("dam returned")) > 0


def test_rows_have_the_documented_keys_in_order(ledger_place: str, reading: MakeReading) -> None:
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(reading(), fingerprint="f1", run="r1")
        article, statement = ledger.articles()[0], ledger.statements(speaker="melk")[0]
        figures, event = list(ledger.figures()), ledger.events()[0]
    assert list(article)[:17] == [
        "row",
        "id",
        "file",
        "source_id",
        "sha256",
        "title",
        "outlet",
        "url",
        "authors",
        "language",
        "dateline_place",
        "published",
        "published_precision",
        "published_basis",
        "body",
        "dropped",
        "copy_of",
    ]
    assert article["published_precision"] == "day"
    assert [d["reason"] for d in article["dropped"]] == ["footer", "dateline"]
    assert list(article["published_basis"][0]) == ["rule", "span", "detail"]
    assert list(statement)[:18] == [
        "row",
        "id",
        "article",
        "source",
        "cue",
        "content",
        "kind",
        "speaker",
        "addressee",
        "venue",
        "said_on",
        "via",
        "nested_in",
        "nested",
        "confidence",
        "method",
        "status",
        "source_text",
    ]
    assert statement["speaker"] == {"id": None, "name": "Oran Melk", "role": "envoy", "side": "Calvera"}
    assert statement["content_text"] == ["“the road will open”", "if the dam is returned"]
    assert [(f["value"], f["low"], f["text"]) for f in figures] == [
        (23, 23, "At least 23 militants"),
        ("85%", None, "23"),
    ]
    assert event["plover"] == {"type": "CONSULT", "mode": "meet"}
    assert (event["status"], event["row_status"], event["date_precision"]) == ("actual", "machine", "month")


def test_articles_come_in_the_order_of_their_numbers_whatever_order_they_were_stored_in(
    ledger_place: str, reading: MakeReading
) -> None:
    with Ledger.open(ledger_place, create=True) as ledger:
        for n in (10, 2, 1):
            ledger.add(reading(file=f"a/{n}.txt", source_id=f"{n}.txt"), fingerprint="f1", run="r1")
        assert [a["source_id"] for a in ledger.articles()] == ["1.txt", "2.txt", "10.txt"]
        assert [ledger.row(s["article"])["source_id"] for s in ledger.statements()][::2] == ["1.txt", "2.txt", "10.txt"]  # type: ignore[index]


def test_search_refuses_a_query_without_words(ledger_place: str) -> None:
    with Ledger.open(ledger_place, create=True) as ledger, pytest.raises(UsageError, match="nothing to search for"):
        list(ledger.search("?! --"))


def test_a_row_is_found_by_its_id(ledger_place: str, reading: MakeReading) -> None:
    first = reading()
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(first, fingerprint="f1", run="r1")
        ids = [first.article.id, first.statements[0].id, first.figures[1].id, first.events[0].id, first.dates[0].id]
        for id in ids:
            row = ledger.row(id)
            assert row
            assert row["id"] == id
            assert ledger.row(id[:-3]) == row
        assert list(ledger.by_ids(reversed(ids))) == list(reversed(ids))
        assert ledger.row("st_none") is None
        assert ledger.row("nonsense") is None


def test_an_unknown_filter_is_refused_with_those_there_are(ledger_place: str) -> None:
    with Ledger.open(ledger_place, create=True) as ledger, pytest.raises(UsageError, match="they have article, outlet"):
        ledger.figures(speaker="x")


def test_nothing_is_left_of_an_article_that_could_not_be_written_whole(ledger_place: str, reading: MakeReading) -> None:
    broken = reading()
    broken = replace(broken, wording=(replace(broken.wording[0], voice=None),))  # type: ignore[arg-type]
    with Ledger.open(ledger_place, create=True) as ledger:
        with pytest.raises(sa.exc.IntegrityError):
            ledger.add(broken, fingerprint="f1", run="r1")
        assert not any(ledger.counts().values())


def test_two_findings_that_mean_the_same_are_one_row(ledger_place: str, reading: MakeReading) -> None:
    first = reading()
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(replace(first, figures=first.figures + first.figures), fingerprint="f1", run="r1")
        assert len(ledger.figures()) == 2


def test_a_failure_is_noted_once_and_forgotten_when_the_article_is_read(
    ledger_place: str, reading: MakeReading
) -> None:
    first = reading()
    told = {"file": first.article.file, "record": first.article.source_id, "article": first.article.id}
    with Ledger.open(ledger_place, create=True) as ledger:
        for run in ("r1", "r2"):
            ledger.fail(**told, step="figures", error="ValueError: no", run=run)
        assert [(f["step"], f["run"]) for f in ledger.failures()] == [("figures", "r2")]
        ledger.add(first, fingerprint="f1", run="r1")
        assert len(ledger.failures()) == 0


def test_a_run_is_kept_with_when_it_finished(ledger_place: str) -> None:
    run = Run("ru_1", "0.1", ("m",), ("world",), "fp", "2031-03-03T00:00:00Z")
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.save_run(run)
        ledger.save_run(replace(run, finished="2031-03-03T00:00:01Z"))
        assert [(r["models"], r["finished"]) for r in ledger.runs()] == [(["m"], "2031-03-03T00:00:01Z")]


def test_rows_become_frames(ledger_place: str, reading: MakeReading) -> None:
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(reading(), fingerprint="f1", run="r1")
        for kind in ("articles", "statements", "figures", "positions", "events", "wording", "dates"):
            rows = getattr(ledger, kind)()
            table = rows.to_arrow()
            assert table.num_rows == len(rows)
            assert table.column_names == list(rows[0])[1:]
        speakers = ledger.statements().to_arrow().column("speaker").to_pylist()
        assert [s and s["name"] for s in speakers] == [None, "Oran Melk"]


def test_characters_that_databases_refuse_are_replaced_one_for_one(ledger_place: str, reading: MakeReading) -> None:
    text = "A\x00B said \ud800 no\n"
    plain = reading()
    page = replace(plain.page, text=text)
    statement = Statement(plain.article.id, (Span.of(text, 9, 13),), "indirect", cue=Span.of(text, 0, 8))
    odd = Reading(
        page,
        replace(plain.article, text=text, title=None, dateline=None, published_basis=(), body=None, dropped=()),
        statements=(statement,),
    )
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(odd, fingerprint="f1", run="r1")
        kept = ledger.text(plain.article.id)
        assert kept == "A�B said � no\n"
        [row] = ledger.statements()
        assert [kept[slice(*c)] for c in row["content"]] == row["content_text"] == ["� no"]
        assert row["id"] == statement.id


def test_the_migrated_schema_is_the_one_in_the_code(ledger_place: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with Ledger.open(ledger_place, create=True) as ledger, ledger._engine.connect() as connection:
        # alembic does not see that text with a collation is our text
        ours = {
            "compare_type": ledger_place.endswith(".db"),
            "include_name": lambda name, kind, parents: (
                not (kind == "table" and name.startswith(("passage_", "spelling")))
            ),
        }
        found = compare_metadata(MigrationContext.configure(connection, opts=ours), schema.metadata)
    # it cannot compare indexes in descending order, nor such of expressions: those it would take out and put in again
    made, gone = ({d[1].name for d in found if d[0] == act} for act in ("add_index", "remove_index"))
    of_expressions = {name for name in gone if name.startswith("ix_passage_words") or name.endswith("_trigrams")}
    assert gone - made - of_expressions == made - gone == set()
    assert made <= {"ix_article_published_id", "ix_article_outlet_published_id", "ix_result_kind_date_weight_id"}
    assert [d for d in found if d[0] not in ("add_index", "remove_index")] == []


def test_a_ledger_of_a_newer_schema_is_refused(ledger_place: str) -> None:
    with Ledger.open(ledger_place, create=True) as ledger, ledger._writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerError, match="newer Parley"):
        Ledger.open(ledger_place)


def test_migrations_go_down_and_up_again(ledger_place: str) -> None:
    from alembic import command

    from parley.store.migrate import config

    with Ledger.open(ledger_place, create=True) as ledger:
        with ledger._writing() as connection:
            command.downgrade(config(connection), "base")
        assert ledger.version is None
    with Ledger.open(ledger_place, create=True) as ledger:
        assert ledger.version == schema.VERSION


def test_a_ledger_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"parley build SOURCE... -l"):
        Ledger.open(tmp_path / "none.db")
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger.open(tmp_path)
    with pytest.raises(LedgerError, match="there is no folder"):
        Ledger.open(tmp_path / "no" / "x.db", create=True)


@pytest.mark.postgres
def test_an_empty_database_says_how_to_make_a_ledger(postgres: str) -> None:
    with pytest.raises(LedgerError, match=r"parley build SOURCE... -l"):
        Ledger.open(postgres)


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(LedgerError, match="cannot be opened as a ledger"):
        Ledger.open(tmp_path / "x.db", create=True)
    other = sqlite3.connect(tmp_path / "y.db")
    other.execute("CREATE TABLE mine (x)")
    other.close()
    with pytest.raises(LedgerError, match="holds no ledger"):
        Ledger.open(tmp_path / "y.db")
    assert sqlite3.connect(tmp_path / "y.db").execute("SELECT name FROM sqlite_master").fetchall() == [("mine",)]


def test_passwords_are_not_told() -> None:
    with pytest.raises(LedgerError) as error:
        Ledger.open("postgresql://ana:secret@127.0.0.1:1/none")
    assert "secret" not in str(error.value)

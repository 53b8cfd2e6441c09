"""`parley dossier`: collecting, ordering and taking along from a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from commands import Run, runner
from docx import Document

from parley.data import Reading
from parley.store.ledger import Ledger


@pytest.fixture
def run(
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    reading: Callable[..., Reading],
) -> Run:
    """Runs `parley dossier` in a folder with a ledger; gives exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARLEY_LEDGER", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    with Ledger.open("parley.db", create=True) as held:
        held.add(reading(), fingerprint="f1", run="r1")
    return runner(monkeypatch, capfd, "dossier")


def rows() -> list[str]:
    with Ledger.open("parley.db") as held:
        return [held.statements(kind="mixed")[0]["id"], held.figures()[0]["id"], held.events()[0]["id"]]


def order(run: Run) -> list[str]:
    code, out, _ = run("show", "Roads", "--format", "json")
    assert code == 0
    return [e["about"] or e["heading"] for e in json.loads(out)["list"]]


def test_rows_are_collected_shown_and_counted(run: Run) -> None:
    assert run("list") == (0, "", "parley.db has no dossier so far: parley dossier add NAME ROW... makes one\n")
    a, b, c = rows()
    code, out, err = run("add", "Roads", a, b[:9], "--note", "see there")
    assert (code, out, err) == (0, "", "2 added to “Roads”: 2 in it\n")
    assert "1 added to “Roads”, 1 were there already: 3 in it" in run("add", "roads", b, c)[2]
    code, out, _ = run("show", "roads")
    assert code == 0
    assert "2  the ministry: at least 23 killed" in out
    assert "⟦At least 23 militants⟧ were killed, the ministry said." in out
    assert "SHA-256" in out
    assert "Note: see there" in out
    assert [d["name"] for d in json.loads(run("list", "--format", "json")[1])] == ["Roads"]
    assert "Roads" in run("list")[1]


def test_entries_are_ordered_noted_taken_out_and_brought_back(run: Run) -> None:
    a, b, c = rows()
    run("add", "Roads", a, b, c)
    assert "heading 4" in run("heading", "Roads", "What was offered")[2]
    assert "entry 4 is entry 1 now" in run("move", "Roads", "4", "1")[2]
    assert order(run) == ["What was offered", a, b, c]
    assert run("note", "Roads", "for Monday")[0] == 0
    assert run("note", "Roads", "What was refused", "--entry", "1")[0] == 0
    assert "brings it back" in run("remove", "Roads", "3")[2]
    assert order(run) == ["What was refused", a, c]
    assert run("undo", "Roads")[0] == 0
    assert order(run) == ["What was refused", a, b, c]
    run("remove", "Roads")
    assert run("show", "Roads")[0] == 2
    assert run("undo", "Roads")[0] == 0
    assert order(run) == ["What was refused", a, b, c]


@pytest.mark.parametrize("ending", ["docx", "md", "html", "bib", "json"])
def test_a_file_has_the_format_of_its_ending(run: Run, tmp_path: Path, ending: str) -> None:
    run("add", "Roads", *rows())
    code, out, err = run("export", "Roads", "-o", f"roads.{ending}")
    made = (tmp_path / f"roads.{ending}").read_bytes()
    assert (code, out, err) == (0, "", f"{len(made)} bytes written to roads.{ending}\n")
    starts = {"docx": b"PK", "md": b"# Roads", "html": b"<!doctype html>", "bib": b"@article{", "json": b"["}
    assert made.startswith(starts[ending])
    if ending == "docx":
        assert any("At least 23 militants" in p.text for p in Document(str(tmp_path / "roads.docx")).paragraphs)


def test_markdown_goes_to_standard_output(run: Run) -> None:
    run("add", "Roads", *rows())
    code, out, err = run("export", "Roads")
    assert (code, err) == (0, "")
    assert out.startswith("# Roads\n")
    assert "[^3]: Herald" in out


def test_rows_that_are_gone_are_said_on_stderr(run: Run) -> None:
    run("add", "Roads", *rows())
    with Ledger.open("parley.db") as held, held._writing() as connection:
        connection.execute(sa.text("DELETE FROM article"))
    code, out, err = run("show", "Roads")
    assert code == 0
    assert err.count("its article is not in this ledger any more") == 3
    assert out.count("Careful: ") == 3
    assert "At least 23 militants" in out


def test_a_build_says_which_dossier_has_rows_that_are_gone(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    from parley.cli.common import tell_lost

    run("add", "Roads", *rows())
    tell_lost("parley.db")
    assert capfd.readouterr().err == ""
    with Ledger.open("parley.db") as held, held._writing() as connection:
        connection.execute(sa.text("DELETE FROM figure"))
    tell_lost("parley.db")
    assert capfd.readouterr().err == (
        "parley: 1 row is not in this ledger any more, and kept as collected: parley dossier show 'Roads' -l parley.db\n"
    )


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("show", "Rods"), "has no dossier 'Rods'"),
        (("add", "Rods", "st_nothing"), "no row 'st_nothing'"),
        (("move", "Roads", "9", "1"), "there is no entry 9"),
        (("undo", "Roads"), "nothing was taken out"),
        (("export", "Roads", "--format", "pdf"), "--format 'pdf' is not known"),
        (("export", "Roads", "-o", "nowhere/x.md"), "cannot be written"),
        (("note", "Roads", "n" * 20_001), "20,000 characters"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence_and_changes_nothing(run: Run, args: tuple[str, ...], told: str) -> None:
    run("add", "Roads", *rows())
    before = order(run)
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert told in err
    assert order(run) == before
    assert len(json.loads(run("list", "--format", "json")[1])) == 1

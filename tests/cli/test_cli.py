"""The command: data to stdout, talk to stderr, exit codes that mean something, errors as sentences."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import Run, runner

from parley.cli import showing

ARTICLE = """Envoy says road will open
PORT AMITY, March 4, 2031 - The envoy of Calvera, Oran Melk, said on Tuesday the Sill road would open within days.

"We will not leave the table," Melk told reporters. At least 23 people were killed in Fennick, the health ministry said.
"""


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `parley` in a folder of its own; gives exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARLEY_LEDGER", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return runner(monkeypatch, capfd)


@pytest.fixture
def ledger(run: Run, tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    code, out, err = run("build", "a.txt", "--outlet", "Herald")
    assert (code, out) == (0, "")
    assert err.startswith("1 article read: 1 added in")
    return "parley.db"


def test_a_build_says_what_it_did_and_leaves_stdout_alone(run: Run, ledger: str) -> None:
    code, out, err = run("build", "a.txt", "--outlet", "Herald")
    assert (code, out) == (0, "")
    assert "0 added, 1 unchanged" in err


def test_export_writes_data_and_nothing_else(run: Run, ledger: str) -> None:
    code, out, err = run("export", "--format", "jsonl")
    assert (code, err) == (0, "")
    rows = [json.loads(line) for line in out.splitlines()]
    assert rows[0]["row"] == "article"
    assert rows[-1]["row"] == "run"
    assert any(r["row"] == "statement" and r["speaker"]["name"] == "Oran Melk" for r in rows)


def test_export_to_files_says_so_on_stderr(run: Run, ledger: str, tmp_path: Path) -> None:
    assert run("export", "-o", "x.jsonl")[1] == ""
    code, out, err = run("export", "--format", "parquet", "-o", "tables")
    assert (code, out) == (0, "")
    assert err.endswith("rows written to tables\n")
    assert (tmp_path / "tables" / "statement.parquet").is_file()
    assert (tmp_path / "x.jsonl").stat().st_size > 1000


def test_other_formats_are_exported_too(run: Run, ledger: str, tmp_path: Path) -> None:
    code, out, err = run("export", "--format", "webanno")
    assert (code, err) == (0, "")
    assert json.loads(out)["type"] == "AnnotationCollection"
    code, out, err = run("export", "--format", "brat", "-o", "out")
    assert (code, out) == (0, "")
    assert err.endswith("rows written to out\n")
    assert (tmp_path / "out" / "annotation.conf").is_file()
    assert '"@vocab"' in run("export", "--format", "schemaorg", "--offline")[1]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["export", "--format", "xlsx"], "there are jsonl, csv, parquet"),
        (["export", "--format", "brat", "--offline", "-o", "x"], "it is for webanno and schemaorg"),
        (["export", "-o", "none/x.jsonl"], "there is no folder none"),
        (["export", "--format", "csv"], "name a folder with -o"),
        (["export", "-l", "none.db"], "make one with `parley build"),
        (["show", "statments"], "there are statements, figures"),
        (["show", "figures", "--voice", "outlet"], "no filter 'voice'; they have article"),
        (["show", "actors", "--voice", "outlet"], "actors cannot be chosen by --voice"),
        (["show"], "Missing argument"),
        (["explain", "st_none"], "has no one row 'st_none'"),
        (["search", "--", "?!"], "nothing to search for"),
        (["build", "none/*.txt"], "no sources match none/*.txt"),
        (["build", "a.txt", "--profile", "wild"], "there are accurate, fast"),
        (["build", "a.txt", "--codebook", "nowhere"], "no codebook 'nowhere'"),
        (["build", "a.txt", "-l", "no/folder/x.db"], "there is no folder"),
        (["codebook", "show", "nowhere"], "no codebook 'nowhere'"),
        (["nonsense"], "No such command"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_wrong_usage_ends_with_2_and_says_what_there_is(run: Run, ledger: str, args: list[str], told: str) -> None:
    code, out, err = run(*args)
    assert code == 2
    assert out == ""
    assert told in " ".join(err.replace("│", " ").split())
    assert "Traceback" not in err


def test_an_empty_folder_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = run("build", "empty")
    assert code == 2
    assert "no sources match empty" in err
    assert not (tmp_path / "parley.db").exists()


def test_some_articles_that_fail_end_with_1_and_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "1", "text": ARTICLE}) + "\n{broken\n", encoding="utf-8")
    code, out, err = run("build", "in.jsonl")
    assert (code, out) == (1, "")
    assert "in.jsonl" in err.splitlines()[0]
    assert "1 added, 1 failed" in err


def test_columns_of_a_csv_can_be_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("nr,artikel\n1,Oran Melk said the road would open.\n", encoding="utf-8")
    assert run("build", "in.csv", "--column", "text=artikel")[0] == 0
    assert run("build", "in.csv", "--column", "text")[0] == 2


def test_a_json_log_is_json_lines_on_stderr(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    code, out, err = run("build", "a.txt", "--json-log")
    assert (code, out) == (0, "")
    events = [json.loads(line) for line in err.splitlines()]
    assert [e["event"] for e in events] == ["article", "stage", "stage", "stage", "report"]
    assert events[0]["what"] == "added"
    assert events[-1]["added"] == 1


@pytest.mark.postgres
def test_nothing_tells_the_password_of_a_server_or_where_on_the_disk_things_lie(
    run: Run, postgres: str, tmp_path: Path
) -> None:
    address = postgres.replace("postgres:@", "postgres:se-cret@")
    away = "postgresql://ana:se-cret@127.0.0.1:9/none?password=se-cret"
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("{broken\n", encoding="utf-8")
    (tmp_path / "c.html").write_text("<div>" * 300, encoding="utf-8")
    asked = [
        ("build", "a.txt", "b.jsonl", "c.html", "--profile", "rules", "--json-log"),
        ("build", "a.txt", "--profile", "rules"),
        ("show", "statements"),
        ("show", "nothing"),
        ("search", "road"),
        ("explain", "st_0"),
        ("doctor",),
        ("export",),
        ("judge", "log"),
        ("import", "none.jsonl"),
    ]
    assert "se-cret" in address
    for words in asked:
        for place in (address, away, address.replace("/t", "/none")):
            code, out, err = run(*words, "-l", place)
            assert "se-cret" not in out + err, (words, place)
            assert str(tmp_path) not in out + err, (words, place)
            assert code == 0 or place != address or words[0] in ("build", "show", "explain", "judge", "import")


@pytest.mark.parametrize("kind", showing.KINDS)
def test_every_kind_is_shown_as_table_json_and_csv(run: Run, ledger: str, kind: str) -> None:
    code, out, _ = run("show", kind)
    assert code == 0
    assert all(len(line) <= 80 for line in out.splitlines())
    code, out, err = run("show", kind, "--format", "json")
    assert (code, err) == (0, "")
    rows = json.loads(out)
    assert out == json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    code, out, err = run("show", kind, "--format", "csv")
    assert (code, err) == (0, "")
    assert len(list(csv.DictReader(io.StringIO(out)))) == len(rows)


ACROSS = [(kind,) for kind in showing.ACROSS if kind != "missing"]


@pytest.mark.parametrize(
    "asked", [*ACROSS, ("missing", "--outlet", "Herald"), ("positions", "--matrix"), ("wording", "--rows")]
)
def test_every_question_is_answered_as_table_json_and_csv(run: Run, ledger: str, asked: tuple[str, ...]) -> None:
    code, out, _ = run("show", *asked)
    assert code == 0
    assert all(len(line) <= 80 for line in out.splitlines())
    code, out, err = run("show", *asked, "--format", "json")
    assert (code, err) == (0, "")
    rows = json.loads(out)
    assert all(list(row)[:2] == ["row", "id"] for row in rows)
    code, out, err = run("show", *asked, "--format", "csv")
    assert (code, err) == (0, "")
    assert len(list(csv.DictReader(io.StringIO(out)))) == len(rows)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("statements", "--matrix"), "--matrix is for positions"),
        (("figures", "--rows"), "--rows is for wording"),
        (("copies", "--category", "killed"), "cannot be chosen by category"),
    ],
)
def test_a_question_that_cannot_be_asked_so_is_wrong_usage(
    run: Run, ledger: str, asked: tuple[str, ...], told: str
) -> None:
    code, _, err = run("show", *asked)
    assert (code, told in err) == (2, True)


def test_a_statement_stands_beside_who_where_and_when(run: Run, ledger: str) -> None:
    _, out, _ = run("show", "statements", "--speaker", "melk")
    assert "Oran Melk" in out
    assert "Herald" in out
    assert "4 March 2031" in out


def test_nothing_found_is_said_on_stderr(run: Run, ledger: str) -> None:
    code, out, err = run("show", "statements", "--speaker", "nobody")
    assert (code, out) == (0, "")
    assert "no rows" in err


def test_search_and_explain_lead_to_the_characters(run: Run, ledger: str) -> None:
    _, out, _ = run("search", "sill road", "--format", "json")
    hits = json.loads(out)
    statement = next(h for h in hits if h["row"] == "statement")
    code, out, _ = run("explain", statement["id"][:9])
    assert code == 0
    assert "⟦" in out
    assert "a.txt" in out
    assert f"characters  {statement['content'][0][0]} to" in out


def test_the_ledger_may_be_named_by_the_environment(run: Run, ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    os.rename("parley.db", "other.db")  # noqa: PTH104
    monkeypatch.setenv("PARLEY_LEDGER", "other.db")
    assert run("show", "articles")[0] == 0


def test_doctor_finds_a_sound_ledger_sound_and_a_wrong_one_wrong(run: Run, ledger: str) -> None:
    import sqlite3

    code, out, _ = run("doctor")
    assert code == 0
    assert "every span is its text" in out
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE figure SET start = start + 1")
        connection.execute("UPDATE source SET bytes = x'00'")
    connection.close()
    code, out, _ = run("doctor")
    assert code == 1
    assert "its span" in out
    assert "damaged" in out


def test_codebooks_are_listed_shown_and_checked(run: Run, tmp_path: Path) -> None:
    assert "world" in run("codebook", "list")[1].split()
    assert run("codebook", "show", "world")[1].startswith("#")
    assert "actor" in run("codebook", "check", "world")[1]
    (tmp_path / "bad.toml").write_text("[[actor]]\nkind = 'person'\n", encoding="utf-8")
    code, _, err = run("codebook", "check", "bad.toml")
    assert code == 2
    assert "bad.toml, line 1, [[actor]] 1: has no name" in err


def test_an_error_that_nobody_expected_is_still_no_traceback(
    run: Run, ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from parley.store.ledger import Ledger

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no idea")

    monkeypatch.setattr(Ledger, "open", broken)
    code, out, err = run("show", "articles")
    assert (code, out) == (1, "")
    assert "RuntimeError: no idea" in err
    assert "Traceback" not in err


# --- as a process ---------------------------------------------------------------------------------------------------


def parley(*args: str, **env: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "parley", *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **env})


def test_a_reader_who_has_enough_ends_an_export_without_a_word(run: Run, ledger: str, tmp_path: Path) -> None:
    from dataclasses import replace

    from parley.store.ledger import Ledger

    with Ledger.open(ledger) as held:
        one = held.reading(held.articles()[0]["id"])
        for n in range(100):
            page = replace(one.page, source_id=str(n))
            article = replace(one.article, id=page.id, source_id=str(n))
            held.add(
                replace(
                    one,
                    page=page,
                    article=article,
                    statements=(),
                    figures=(),
                    events=(),
                    positions=(),
                    wording=(),
                    dates=(),
                ),
                fingerprint="f",
                run="r",
            )
    process = parley("export", "-l", ledger)
    assert process.stdout
    process.stdout.readline()
    process.stdout.close()
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, b"")


def test_an_ascii_terminal_gets_every_row(run: Run, ledger: str) -> None:
    process = parley("show", "statements", "-l", ledger, LC_ALL="C", PYTHONIOENCODING="ascii", TERM="", PYTHONUTF8="0")
    out, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, b"")
    assert b"Oran Melk" in out


def test_help_needs_nothing_heavy() -> None:
    script = "import sys; sys.argv = ['parley', '--help']\nfrom parley import cli\ntry: cli.main()\nexcept SystemExit: pass\nprint(sorted(m for m in ('sqlalchemy', 'alembic', 'pyarrow', 'rich.table', 'numpy', 'lxml') if m in sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr == b"[]\n"
    assert b"explain" in done.stdout


@pytest.mark.slow
def test_the_demo_shows_a_ledger(run: Run, tmp_path: Path) -> None:
    code, out, err = run("demo")
    assert code == 0
    assert out.splitlines()[0].startswith("42 articles from")
    for title in ("Who said what", "Counted differently", "Who wants what"):
        assert title in out
    assert "What to try next" in err
    assert (tmp_path / "parley-demo.db").is_file()
    assert all(len(line) <= 80 for line in out.splitlines())


def test_explaining_a_result_that_is_not_there_says_so(run: Run, ledger: str) -> None:
    code, out, err = run("explain", "re_708f8d620ff991eaea4e")
    assert (code, out) == (2, "")
    assert "has no one row 're_708f8d620ff991eaea4e'" in err


@pytest.mark.parametrize("stopped", [KeyboardInterrupt(), SystemExit(130)])
def test_what_ctrl_c_stopped_says_so(
    stopped: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import parley.cli

    def command() -> None:
        raise stopped

    monkeypatch.setattr(parley.cli, "app", command)
    with pytest.raises(SystemExit) as end:
        parley.cli.main()
    assert end.value.code == 130
    assert capsys.readouterr().err == "parley: interrupted\n"

"""`parley judge`, `parley import` and `parley export --judgements`: the last word from a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Run, runner

from parley.data import Reading
from parley.store.ledger import Ledger


@pytest.fixture
def run(
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    reading: Callable[..., Reading],
) -> Run:
    """Runs `parley` in a folder with a ledger; gives exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARLEY_LEDGER", raising=False)
    monkeypatch.delenv("PARLEY_BY", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    with Ledger.open("parley.db", create=True) as held:
        held.add(reading(), fingerprint="f1", run="r1")
    return runner(monkeypatch, capfd)


def statement(run: Run, **fields: str) -> str:
    rows = json.loads(run("show", "statements", "--format", "json")[1])
    return str(next(r["id"] for r in rows if all(r[k] == v for k, v in fields.items())))


def test_a_wrong_speaker_is_corrected_shown_and_taken_back(run: Run) -> None:
    id = statement(run, kind="mixed")
    code, out, err = run("judge", id[:9], "correct", "speaker=Osama Hamdan", "--by", "Ana", "--why", "heard him")
    assert (code, err) == (0, "Ana corrected speaker to “Osama Hamdan”: heard him\n")
    assert "corrected by Ana" in out
    assert "Oran Melk" in out
    assert "Osama Hamdan" in run("show", "statements", "--speaker", "hamdan")[1]
    assert "corrected by Ana" in run("show", "statements")[1]
    assert "heard him" in run("explain", id)[1]
    exported = [json.loads(line) for line in run("export")[1].splitlines()]
    assert [r["status"] for r in exported if r.get("id") == id] == ["corrected"]
    code, out, err = run("judge", id, "correct", "speaker=Senn Idrow", "--by", "Ben")
    assert "Ana had said otherwise" in err
    assert run("judge", id, "undo", "--by", "Ben")[0] == 0
    assert run("judge", id, "undo", "--by", "Ben")[0] == 0
    assert statement(run, kind="mixed", status="machine") == id
    log = json.loads(run("judge", id, "--log", "--format", "json")[1])
    assert [e["act"] for e in log] == ["correct", "correct", "undo", "undo"]


def test_the_queue_is_printed_where_nobody_can_press_keys(run: Run) -> None:
    code, out, _ = run("judge", "--layer", "figures", "--format", "json")
    assert (code, {r["row"] for r in json.loads(out)}) == (0, {"figure"})
    assert "At least 23 militants" in run("judge", "--order", "layer")[1]
    assert run("judge", "--order", "mood")[0] == 2
    assert run("judge", "--layer", "gossip")[0] == 2


def test_a_word_on_a_row_that_reads_otherwise_by_now_is_refused(run: Run) -> None:
    id = statement(run, kind="mixed")
    told = run("judge", id)[2]
    mark = told.split("--seen ")[1].strip()
    assert run("judge", id, "confirm", "--by", "Ben", "--seen", mark)[0] == 0
    code, _, err = run("judge", id, "reject", "--by", "Ana", "--seen", mark)
    assert (code, "changed while you looked at it" in err) == (2, True)
    assert [e["by"] for e in json.loads(run("judge", id, "--log", "--format", "json")[1])] == ["Ben"]


def test_judgements_are_carried_by_file_and_what_waits_is_said_loudly(run: Run) -> None:
    id = statement(run, kind="indirect")
    run("judge", id, "reject", "--by", "Ana")
    code, _, err = run("export", "--judgements", "j.jsonl")
    assert (code, err) == (0, "1 judgements written to j.jsonl\n")
    assert run("export", "--judgements", "-")[1] == Path("j.jsonl").read_text(encoding="utf-8")
    Ledger.open("empty.db", create=True).close()
    code, _, err = run("import", "j.jsonl", "-l", "empty.db")
    assert code == 0
    assert "1 judgements taken in, 0 were here already" in err
    assert "no place in this ledger" in err
    assert "its article is not in this" in " ".join(run("judge", "--lost", "-l", "empty.db")[1].split())
    assert run("import", "j.jsonl")[2].startswith("0 judgements taken in, 1 were here already")
    assert run("import", "none.jsonl")[0] == 2


def test_dossiers_are_carried_by_file_alone_or_beside_judgements(run: Run) -> None:
    id = statement(run, kind="indirect")
    run("dossier", "add", "Mine", id, "--note", "why not")
    assert run("export", "--dossiers", "all.jsonl")[2] == "1 dossiers written to all.jsonl\n"
    assert run("dossier", "export", "Mine", "-o", "mine.jsonl")[0] == 0
    assert Path("all.jsonl").read_text(encoding="utf-8") == Path("mine.jsonl").read_text(encoding="utf-8")
    run("judge", id, "confirm", "--by", "Ana")
    both = run("export", "--judgements", "-", "--dossiers", "-")[1]
    Path("both.jsonl").write_text(both, encoding="utf-8")
    Ledger.open("empty.db", create=True).close()
    code, _, err = run("import", "both.jsonl", "-l", "empty.db")
    assert (code, "1 judgements taken in" in err, "2 dossiers and rows in them taken in" in err) == (0, True, True)
    assert "why not" in run("dossier", "show", "Mine", "-l", "empty.db")[1]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("po_none", "confirm"), "no row"),
        (("ST", "confirm", "x=1"), "takes nothing more"),
        (("ST", "correct"), "nothing to correct"),
        (("ST", "correct", "kind=loud"), "it can be direct"),
        (("ST", "praise"), "is no judgement"),
        (("st_none",), "has no one row"),
    ],
)
def test_what_cannot_be_said_is_told_in_a_sentence(run: Run, args: tuple[str, ...], told: str) -> None:
    given = [statement(run, kind="mixed") if a == "ST" else a for a in args]
    code, out, err = run("judge", *given, "--by", "Ana")
    assert (code, out) == (2, "")
    assert told in err
    assert run("judge", "--log")[2].startswith("nobody has judged")

"""Building: every article once, whatever happens on the way."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from builds import ENGINE, build, rows

import parley
from parley.data import Reading
from parley.engine import budget
from parley.engine import build as engine
from parley.engine.budget import Budget
from parley.engine.build import Done
from parley.engine.sample import sample
from parley.errors import ParleyError, UsageError
from parley.store.check import problems
from parley.store.ledger import Ledger

FILES = Path(__file__).resolve().parents[1] / "read" / "files"
MakeArticles = Callable[..., Path]


@pytest.fixture
def articles(tmp_path: Path) -> MakeArticles:
    """Makes a JSON Lines file of invented articles; `bad` says what stands in which."""

    def make(count: int, bad: dict[int, str] | None = None, every: str = "") -> Path:
        path = tmp_path / "articles.jsonl"
        lines = [
            {
                "id": f"a{n}",
                "date": "2031-03-04",
                "outlet": f"Outlet {n % 3}",
                "text": _text(n, (bad or {}).get(n, every)),
            }
            for n in range(count)
        ]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return path

    return make


def _text(n: int, more: str) -> str:
    names: Sequence[str] = ("Oran Melk", "Mira Solvane", "Ilse Corran")
    return f"Talks go on, day {n}.\n{names[n % 3]} said the road number {n} will open. {n} people were hurt. {more}"


def test_every_article_is_read_and_a_second_build_adds_nothing(ledger_place: str, articles: MakeArticles) -> None:
    source = articles(20)
    first = build(source, ledger_place)
    before = rows(ledger_place)
    second = build(source, ledger_place)
    assert (first.read, first.added, first.unchanged, first.failed) == (20, 20, 0, 0)
    assert (second.read, second.added, second.unchanged, second.failed) == (20, 0, 20, 0)
    assert rows(ledger_place) == before
    assert first.rows["statements"] == 20
    with Ledger.open(ledger_place) as held:
        assert len(held.runs()) == 1
        assert held.runs()[0]["finished"]


def test_other_settings_read_the_articles_again_into_the_same_ids(ledger_place: str, articles: MakeArticles) -> None:
    source = articles(3)
    build(source, ledger_place)
    before = rows(ledger_place)
    assert build(source, ledger_place, profile="fast").updated == 3
    assert rows(ledger_place) == before


@pytest.mark.parametrize(("workers", "batch"), [(1, 1), (1, 64), (2, 1), (3, 16), (2, 7)])
def test_neither_workers_nor_batches_change_a_row(
    tmp_path: Path, articles: MakeArticles, monkeypatch: pytest.MonkeyPatch, workers: int, batch: int
) -> None:
    source = articles(90, {30: "RAISE", 77: "“odd” \u202e text"})
    alone, together = str(tmp_path / "alone.db"), str(tmp_path / "together.db")
    assert build(source, alone, workers=1).failed == 1
    monkeypatch.setattr(engine, "BATCH", batch)
    seen: list[Done] = []
    assert build(source, together, workers=workers, progress=seen.append).failed == 1
    assert rows(alone) == rows(together)
    assert [d.record for d in seen] == [f"a{n}" for n in range(90)]


@pytest.mark.slow
def test_the_sample_is_the_same_ledger_from_two_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real steps, what one article leaves behind in a worker must not reach the next."""
    given = sample()
    alone, together = str(tmp_path / "alone.db"), str(tmp_path / "together.db")
    for ledger, workers, batch in ((alone, 1, 16), (together, 2, 3)):
        monkeypatch.setattr(engine, "BATCH", batch)
        sources = given.sources if workers == 1 else given.sources[::-1]
        engine.build(sources, ledger, workers=workers, codebook=given.codebooks, profile="fast")
    assert rows(alone) == rows(together)


def test_sources_may_be_built_in_any_order_and_in_pieces(tmp_path: Path, articles: MakeArticles) -> None:
    lines = articles(30).read_text(encoding="utf-8").splitlines(keepends=True)
    whole, pieces = str(tmp_path / "whole.db"), str(tmp_path / "pieces.db")
    build(tmp_path / "articles.jsonl", whole)
    for some in (lines[20:], lines[:10], lines[5:25]):
        (tmp_path / "articles.jsonl").write_text("".join(some), encoding="utf-8")
        build(tmp_path / "articles.jsonl", pieces)
    assert rows(whole) == rows(pieces)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_fails_is_noted_and_the_rest_goes_on(
    tmp_path: Path, articles: MakeArticles, workers: int
) -> None:
    told: list[Done] = []
    ledger = str(tmp_path / "x.db")
    report = build(articles(40, {7: "RAISE"}), ledger, workers=workers, on_failure=told.append)
    assert (report.added, report.failed) == (39, 1)
    assert [(d.record, d.step) for d in told] == [("a7", "stub")]
    assert told[0].error
    assert told[0].error.startswith("ValueError: this text is not liked")
    with Ledger.open(ledger) as held:
        [failure] = held.failures()
        assert (failure["record"], failure["step"]) == ("a7", "stub")
    articles(40)
    assert build(tmp_path / "articles.jsonl", ledger).added == 1
    with Ledger.open(ledger) as held:
        assert len(held.failures()) == 0


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("bad", "why"), [("SPIN", "took longer than the"), ("HOG", "needed more than the 200 MB")])
def test_an_article_past_its_budget_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, articles: MakeArticles, workers: int, bad: str, why: str
) -> None:
    source = articles(40, {7: bad, 22: bad})
    told: list[Done] = []
    report = build(source, tmp_path / "x.db", workers=workers, budget=Budget(0.3, 200), on_failure=told.append)
    assert (report.added, report.failed) == (38, 2)
    assert [(d.record, d.step) for d in told] == [("a7", "stub"), ("a22", "stub")]
    assert all(d.error and why in d.error for d in told)


@pytest.mark.parametrize("workers", [1, 2])
def test_taking_a_source_apart_counts_to_its_budget(tmp_path: Path, workers: int) -> None:
    """A page of links and a PDF of marks, each honest by its size, and a page of nested tags: set aside, and the rest goes on."""
    pile = tmp_path / "pile"
    pile.mkdir()
    for n in range(3):
        (pile / f"{n}.html").write_text(f"<p>Oran Melk said road {n} will open for all.</p>", encoding="utf-8")
    (pile / "links.html").write_text("<p>" + "<a href=x>b</a> " * 45_000, encoding="utf-8")
    (pile / "nested.html").write_text("<div>" * 200_000 + "Oran Melk said no.", encoding="utf-8")
    (pile / "marks.pdf").write_bytes(_pdf(b"BT /F 9 Tf (a) Tj ET " * 60_000))
    told: list[Done] = []
    began = time.process_time()
    report = build(pile, tmp_path / "x.db", workers=workers, budget=Budget(0.5), on_failure=told.append)
    assert time.process_time() - began < 10
    assert report.added == 3
    assert [(Path(d.file).name, d.record, d.step) for d in told] == [
        ("links.html", None, "read"),
        ("marks.pdf", None, "read"),
        ("nested.html", None, "read"),
    ]
    assert ["took longer than the 0.5 s" in (d.error or "") for d in told] == [True, True, False]


def test_a_document_past_its_memory_is_set_aside(tmp_path: Path) -> None:
    """A Word file whose paragraphs take a hundred times its bytes, opened in a worker: the builder goes on."""
    out = io.BytesIO()
    with zipfile.ZipFile(FILES / "word.docx") as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                data = data.replace(b"</w:body>", b"<w:p><w:r><w:t>no</w:t></w:r></w:p>" * 1_000_000 + b"</w:body>")
            new.writestr(info, data)
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "large.docx").write_bytes(out.getvalue())
    shutil.copy(FILES / "word.docx", pile)
    told: list[Done] = []
    report = build(pile, tmp_path / "x.db", workers=2, profile="rules", budget=Budget(60, 100), on_failure=told.append)
    assert (report.added, report.failed) == (1, 1)
    assert [(Path(d.file).name, d.step) for d in told] == [("large.docx", "read")]


def test_a_file_of_many_articles_is_read_in_its_place(tmp_path: Path) -> None:
    """The same rows in the same order, whoever reads; a second build finds every article known."""
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "a.txt").write_text("Oran Melk said yes.", encoding="utf-8")
    shutil.copy(FILES / "nexis_uni.DOCX", pile / "b.docx")
    shutil.copy(FILES / "factiva.html", pile / "c.html")
    (pile / "d.txt").write_text("Oran Melk said no.", encoding="utf-8")
    for workers in (1, 2):
        told: list[Done] = []
        build(pile, tmp_path / f"{workers}.db", workers=workers, profile="rules", progress=told.append)
        names = {what: [Path(d.file).name for d in told if d.what == what] for what in ("added", "failed")}
        assert names["added"] == ["a.txt", *["b.docx"] * 3, *["c.html"] * 3, "d.txt"]
        assert names["failed"] == ["b.docx", "c.html"]
    assert rows(tmp_path / "1.db") == rows(tmp_path / "2.db")
    again = build(pile, tmp_path / "1.db", profile="rules")
    assert (again.added, again.unchanged, again.failed) == (0, 8, 2)


@pytest.mark.parametrize("name", ["a.html", "word.docx"])
def test_what_the_ledger_holds_is_not_taken_apart_again(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text("<p>Oran Melk said the road will open.</p>", encoding="utf-8")
    shutil.copy(FILES / "word.docx", tmp_path)
    assert build(tmp_path / name, tmp_path / "x.db").added == 1
    monkeypatch.setattr("parley.read.unopened.Unopened.opened", None)
    assert build(tmp_path / name, tmp_path / "x.db").unchanged == 1


def _pdf(drawn: bytes) -> bytes:
    """A PDF of one page on which this is drawn."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer, stream, out = PdfWriter(), DecodedStreamObject(), io.BytesIO()
    page = writer.add_blank_page(200, 200)
    stream.set_data(drawn)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    face = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
    fonts = DictionaryObject({NameObject("/F"): face})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(out)
    return out.getvalue()


def test_a_worker_that_no_longer_answers_is_ended_and_named_by_its_step(
    tmp_path: Path, articles: MakeArticles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "GRACE", 0.5)
    report = build(articles(40, {9: "STUCK"}), tmp_path / "x.db", workers=2, budget=Budget(0.2))
    assert (report.added, report.failed) == (39, 1)
    with Ledger.open(tmp_path / "x.db") as held:
        [failure] = held.failures()
        assert (failure["record"], failure["step"]) == ("a9", "stub")
        assert "took longer than" in failure["error"]


def test_a_worker_that_dies_takes_one_article_with_it(tmp_path: Path, articles: MakeArticles) -> None:
    report = build(articles(70, {33: "DIE"}), str(tmp_path / "x.db"), workers=2)
    assert (report.added, report.failed) == (69, 1)
    with Ledger.open(tmp_path / "x.db") as held:
        assert [f["record"] for f in held.failures()] == ["a33"]
        assert "died" in held.failures()[0]["error"]
        assert held.failures()[0]["step"] == "stub"


def test_steps_that_cannot_be_made_ready_end_the_build(
    tmp_path: Path, articles: MakeArticles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUB_NOT_READY", "1")
    with pytest.raises(ParleyError, match="the model is missing"):
        build(articles(4), str(tmp_path / "x.db"), workers=2)


def test_a_record_that_cannot_be_read_is_noted_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": "1", "text": "Oran Melk said yes."}\n{broken\n', encoding="utf-8")
    report = build(tmp_path / "in.jsonl", str(tmp_path / "x.db"))
    assert (report.added, report.failed) == (1, 1)
    with Ledger.open(tmp_path / "x.db") as held:
        assert held.failures()[0]["step"] == "read"


def test_what_a_reader_remarks_is_told_and_is_no_failure(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as pile:
        pile.writestr("a.txt", "Oran Melk said yes.")
        pile.writestr("picture.png", "x")
    told: list[Done] = []
    report = build(tmp_path / "in.zip", str(tmp_path / "x.db"), progress=told.append)
    assert (report.read, report.added, report.failed) == (1, 1, 0)
    assert [(d.what, d.error) for d in told if d.what != "added"] == [
        ("noted", f"{tmp_path / 'in.zip'}: passed over 1 other kind of file")
    ]
    with Ledger.open(tmp_path / "x.db") as held:
        assert len(held.failures()) == 0
        assert list(problems(held)) == []


def test_nothing_to_read_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "none.txt", tmp_path / "empty", str(tmp_path / "*.txt")):
        with pytest.raises(UsageError, match="no sources match"):
            build(source, str(tmp_path / "x.db"))
    assert not (tmp_path / "x.db").exists()


def test_names_are_linked_after_the_build(tmp_path: Path, articles: MakeArticles) -> None:
    build(articles(6), str(tmp_path / "x.db"))
    with Ledger.open(tmp_path / "x.db") as held:
        assert [a["name"] for a in held.actors()] == ["Ilse Corran", "Mira Solvane", "Oran Melk"]
        by_name = {a["name"]: a["id"] for a in held.actors()}
        assert all(s["speaker"]["id"] == by_name[s["speaker"]["name"]] for s in held.statements())
        assert len(held.statements(speaker="corran")) == 2


def test_progress_tells_of_every_article_in_order(tmp_path: Path, articles: MakeArticles) -> None:
    seen: list[Done] = []
    build(articles(5, {2: "RAISE"}), str(tmp_path / "x.db"), progress=seen.append)
    assert [(d.record, d.what) for d in seen] == [
        ("a0", "added"),
        ("a1", "added"),
        ("a2", "failed"),
        ("a3", "added"),
        ("a4", "added"),
    ]


def test_building_works_outside_the_main_thread(tmp_path: Path, articles: MakeArticles) -> None:
    reports = []
    source = articles(3)
    thread = threading.Thread(target=lambda: reports.append(build(source, str(tmp_path / "x.db"))))
    thread.start()
    thread.join()
    assert reports[0].added == 3


def test_two_builds_into_one_ledger_at_once_read_every_article_once(ledger_place: str, articles: MakeArticles) -> None:
    source = articles(40)
    Ledger.open(ledger_place, create=True).close()
    reports: list[engine.BuildReport] = []
    threads = [threading.Thread(target=lambda: reports.append(build(source, ledger_place))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(r.added for r in reports) == 40
    assert [r.read for r in reports] == [40, 40]
    with Ledger.open(ledger_place) as held:
        assert len(held.actors()) == 3
        assert list(held.check()) == []


# --- interruptions --------------------------------------------------------------------------------------------------

DRIVER = """
import sys
sys.path.insert(0, sys.argv[1])
from stubs import STEPS
from parley.engine.build import build
report = build(sys.argv[2], sys.argv[3], workers=int(sys.argv[4]), steps=STEPS)
print("report", report.added, report.unchanged, report.interrupted)
"""


def start(source: Path, ledger: str, workers: int = 1) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", DRIVER, str(ENGINE), str(source), ledger, str(workers)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def stored(ledger: str) -> int:
    """How many articles a build has stored so far."""
    try:
        with Ledger.open(ledger) as held:
            return held.counts()["article"]
    except (ParleyError, Exception):
        return 0


def wait_for(ledger: str, count: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while stored(ledger) < count and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.slow
def test_a_build_killed_at_any_of_ten_points_goes_on_where_it_stopped(tmp_path: Path, articles: MakeArticles) -> None:
    source = articles(120, every="SLOW")
    whole, killed = str(tmp_path / "whole.db"), str(tmp_path / "killed.db")
    build(source, whole)
    rng = random.Random(7)
    kills = 0
    for point, at in enumerate(sorted(rng.sample(range(1, 115), 10))):
        process = start(source, killed, workers=1 + point % 2)
        wait_for(killed, at, process)
        time.sleep(rng.random() * 0.02)
        before = stored(killed)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
        assert stored(killed) >= before
        with Ledger.open(killed) as held:
            assert list(held.check()) == []
    assert kills >= 8
    process = start(source, killed)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert rows(killed) == rows(whole)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupted_build_ends_cleanly_after_the_article_in_hand(
    tmp_path: Path, articles: MakeArticles, workers: int
) -> None:
    source, ledger = articles(300, every="SLOW"), str(tmp_path / "x.db")
    process = start(source, ledger, workers)
    wait_for(ledger, 5, process)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    added = stored(ledger)
    assert 5 <= added < 300
    assert out.split()[-4:] == [b"report", str(added).encode(), b"0", b"True"]
    assert build(source, ledger).unchanged == added


@pytest.mark.slow
def test_workers_go_when_their_builder_is_killed(tmp_path: Path, articles: MakeArticles) -> None:
    ledger = str(tmp_path / "x.db")
    process = start(articles(300, every="SLOW"), ledger, 2)
    wait_for(ledger, 1, process)
    tasks = Path(f"/proc/{process.pid}/task")
    if not tasks.is_dir():
        pytest.skip("children are looked up in /proc")
    workers = [int(p) for task in tasks.iterdir() for p in (task / "children").read_text().split()]
    process.kill()
    process.communicate()
    assert workers
    until = time.monotonic() + 20
    while any(alive(pid) for pid in workers):
        assert time.monotonic() < until
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def test_the_public_function_is_this_one() -> None:
    assert parley.build is engine.build
    assert parley.BuildReport is engine.BuildReport
    assert Reading is parley.Reading


def test_a_build_leaves_the_environment_as_it_was(tmp_path: Path, articles: MakeArticles) -> None:
    before, handler = dict(os.environ), signal.getsignal(signal.SIGINT)
    build(articles(2), str(tmp_path / "x.db"), workers=2)
    assert dict(os.environ) == before
    assert signal.getsignal(signal.SIGINT) is handler
    assert json.loads(rows(str(tmp_path / "x.db"))[0])["row"] == "article"

"""Shards: the same rows by another way, however often they are loaded, and whoever wrote them."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from builds import ENGINE, STEPS, build, rows, source
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.data import Reading, Run
from parley.engine import build as engine
from parley.engine import into, places, shards
from parley.engine.load import load
from parley.engine.sample import sample
from parley.engine.shards import Failure, Made
from parley.errors import LedgerError, UsageError
from parley.store.ledger import Ledger
from parley.store.sheets import sheet_of


def test_the_sample_through_shards_is_the_ledger_that_a_build_makes(tmp_path: Path, ledger_place: str) -> None:
    given, plain = sample(), tmp_path / "plain.db"
    told: dict[str, Any] = {"codebook": given.codebooks, "series": given.series, "profile": "fast"}
    wanted = engine.build(given.sources, plain, **told)
    report = engine.build(given.sources, shards=tmp_path / "shards", **told)
    assert (report.added, report.rows) == (wanted.added, wanted.rows)
    loaded = load(tmp_path / "shards", ledger_place, codebook=given.codebooks, series=given.series)
    assert (loaded.added, loaded.failed) == (wanted.added, 0)
    assert rows(ledger_place) == rows(plain)
    with Ledger.open(ledger_place) as held:
        assert list(held.check()) == []


def test_loading_twice_and_from_copies_changes_nothing(tmp_path: Path) -> None:
    build(source(tmp_path, 30, {4: "RAISE"}), shards=tmp_path / "one")
    [shard] = (tmp_path / "one").iterdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "renamed.parquet").write_bytes(shard.read_bytes())
    first = load(tmp_path / "one", tmp_path / "x.db", steps=STEPS)
    before = rows(tmp_path / "x.db")
    again = load([tmp_path / "one", tmp_path / "two"], tmp_path / "x.db", steps=STEPS)
    assert (first.added, first.failed) == (29, 1)
    assert (again.added, again.unchanged, again.passed) == (0, 29, 1)
    assert rows(tmp_path / "x.db") == before
    with Ledger.open(tmp_path / "x.db") as held:
        assert [(f["record"], f["step"]) for f in held.failures()] == [("a4", "stub")]


def test_a_build_into_shards_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(into, "SHARD", 10)
    folder = tmp_path / "shards"
    assert build(source(tmp_path, 25, {3: "RAISE"}), shards=folder).failed == 1
    second = build(source(tmp_path, 40), shards=folder)
    assert (second.added, second.unchanged, second.failed) == (16, 24, 0)  # what failed is another text now
    assert sum(len(shards.ids(s)) for s in shards.shards([str(folder)])) == 40
    assert {p.suffix for p in folder.iterdir()} == {".parquet"}


def test_a_later_build_is_not_undone_by_loading_again(tmp_path: Path) -> None:
    pile, ledger = source(tmp_path, 5), tmp_path / "x.db"
    build(pile, shards=tmp_path / "shards")
    load(tmp_path / "shards", ledger, steps=STEPS)
    assert build(pile, ledger, outlet="The Plumbline").updated == 5
    assert load(tmp_path / "shards", ledger, steps=STEPS).passed == 1
    assert build(pile, ledger, outlet="The Plumbline").unchanged == 5


def test_a_failure_does_not_come_back_over_an_article_that_is_there(tmp_path: Path) -> None:
    pile, ledger = source(tmp_path, 3, {1: "RAISE"}), tmp_path / "x.db"
    build(pile, shards=tmp_path / "shards")
    folder = str(tmp_path / "shards")
    [shard] = shards.shards([folder])
    [failure] = [r for r in shards.read(shard) if isinstance(r, Failure)]
    article = next(iter(shards.ids(shard)))
    late = Failure(failure.file, "a0", article, "stub", "an older worker could not")
    shards.write(folder, [], [late], shard.made)
    load(folder, ledger, steps=STEPS)
    with Ledger.open(ledger) as held:
        assert [f["record"] for f in held.failures()] == ["a1"]


def test_other_codebooks_than_those_of_the_shards_are_asked_for(tmp_path: Path) -> None:
    book = tmp_path / "mine.toml"
    book.write_text('parties = ["Calvera"]\n', encoding="utf-8")
    pile = source(tmp_path, 3)
    build(pile, shards=tmp_path / "shards", codebook=str(book))
    with pytest.raises(UsageError, match=r"mine\.toml.*--codebook"):
        load(tmp_path / "shards", tmp_path / "x.db", steps=STEPS)
    with pytest.raises(UsageError, match="other codebooks"):
        load(tmp_path / "shards", tmp_path / "x.db", codebook="issues/trade", steps=STEPS)
    assert load(tmp_path / "shards", tmp_path / "y.db", compare=False, steps=STEPS).added == 3
    assert load(tmp_path / "shards", tmp_path / "x.db", codebook=str(book), steps=STEPS).added == 3


def test_what_is_no_shard_is_named(tmp_path: Path) -> None:
    build(source(tmp_path, 3), shards=tmp_path / "shards")
    [good] = (tmp_path / "shards").iterdir()
    with pytest.raises(UsageError, match="no shards in"):
        load(tmp_path / "nothing", tmp_path / "x.db")
    for name, data in {"cut": good.read_bytes()[:-40], "empty": b"", "text": b"words"}.items():
        bad = tmp_path / name / f"{name}.parquet"
        bad.parent.mkdir()
        bad.write_bytes(data)
        with pytest.raises(LedgerError, match=f"{name}.parquet is damaged"):
            load(bad.parent, tmp_path / "x.db")
    other = tmp_path / "other.parquet"
    pq.write_table(pq.read_table(good).replace_schema_metadata({}), other)
    with pytest.raises(LedgerError, match="is no shard"):
        load(other, tmp_path / "x.db")
    newer = pq.read_table(good)
    meta = json.loads(newer.schema.metadata[shards.META]) | {"format": shards.FORMAT + 1}
    pq.write_table(newer.replace_schema_metadata({shards.META: json.dumps(meta)}), other)
    with pytest.raises(LedgerError, match="newer Parley"):
        load(other, tmp_path / "x.db")


MADE = Made(Run("ru_1", "0", (), (), "fp", "2031-01-01"), "fp", "rules", (), "", (), None, None)


def test_every_kind_of_row_comes_back_from_a_shard(reading: Callable[..., Reading], tmp_path: Path) -> None:
    sheet = sheet_of(reading(), fingerprint="fp", run="ru_1")
    shards.write(str(tmp_path), [sheet], [], MADE)
    [back] = shards.read(shards.shards([str(tmp_path)])[0])
    assert not isinstance(back, Failure)
    assert {k: [tuple(r) for r in v] for k, v in back.rows.items()} == {k: list(v) for k, v in sheet.rows.items()}
    assert (back.article, back.found, back.file) == (sheet.article, dict(sheet.found), sheet.file)


@settings(max_examples=30)
@given(st.lists(st.builds(Failure, st.text(), st.none() | st.text(), st.none(), st.text(), st.text()), max_size=5))
def test_any_failure_comes_back_from_a_shard(failures: list[Failure]) -> None:
    clean = [f for f in failures if _storable(f)]
    table = shards.table([], clean, MADE)
    assert [Failure(**f) for f in table.column("failed").to_pylist()] == clean


def _storable(failure: Failure) -> bool:
    return all(
        c < "\ud800" or c > "\udfff"
        for t in (failure.file, failure.record, failure.step, failure.error)
        for c in t or ""
    )


def test_a_shard_is_named_by_what_it_holds_whatever_the_order(reading: Callable[..., Reading], tmp_path: Path) -> None:
    sheets = [sheet_of(reading(), fingerprint="fp", run="ru_1")] * 2
    names = {shards.write(str(tmp_path), some, [], MADE) for some in (sheets, sheets[::-1])}
    assert len(names) == len(list(tmp_path.iterdir())) == 1
    assert shards.write(str(tmp_path), [], [], MADE) is None


# --- addresses ------------------------------------------------------------------------------------------------------

needs_fsspec = pytest.mark.skipif(importlib.util.find_spec("fsspec") is None, reason="fsspec is not installed")


@needs_fsspec
def test_sources_and_shards_may_lie_at_addresses(tmp_path: Path) -> None:
    pile = source(tmp_path, 12)
    plain, ledger = tmp_path / "plain.db", tmp_path / "x.db"
    build(f"file://{pile}", plain)
    assert build(f"file://{tmp_path}/*.jsonl", shards=f"file://{tmp_path}/out/shards").added == 12
    assert load(f"file://{tmp_path}/out/shards", ledger, steps=STEPS).added == 12
    assert [r for r in rows(ledger) if b'"article"' in r] == [r for r in rows(plain) if b'"article"' in r]
    with Ledger.open(ledger) as held:
        assert {a["id"] for a in held.articles()} == {a["id"] for a in _articles(tmp_path, pile)}


def _articles(folder: Path, pile: Path) -> list[dict[str, Any]]:
    build(pile, folder / "path.db")
    with Ledger.open(folder / "path.db") as held:
        return list(held.articles())


@needs_fsspec
def test_web_addresses_and_unknown_ones_are_refused() -> None:
    with pytest.raises(UsageError, match="parley fetch"):
        build("https://example.org/a.jsonl", "x.db")
    with pytest.raises(UsageError, match="begin with ftp:// are not read"):
        build("ftp://user:word@example.org/a.jsonl", "x.db")


def test_no_password_of_an_address_is_told() -> None:
    assert places.told("s3://key:secret@bucket/a@b.jsonl") == "s3://bucket/a@b.jsonl"


# --- Ray ------------------------------------------------------------------------------------------------------------

RAY = """
import sys
sys.path.insert(0, sys.argv[1])
from builds import STEPS
from pathlib import Path
import ray
from parley.engine.build import build
from parley.engine.ray import _started
from parley.engine.sample import sample
import ray._common.usage.usage_lib as usage

_started(1)
print("told at home", usage.usage_stats_enabled())
def once(name, *args, **options):
    told = []
    report = build(*args, engine="ray", workers=1, progress=told.append, **options)
    print(name, report.added, report.failed, report.unchanged, len(told), ray.is_initialized())
folder, given = Path(sys.argv[2]), sample()
once("sample", given.sources, folder / "ray.db", profile="fast", codebook=given.codebooks)
for time in ("first", "again"):
    once(time, folder / "articles.jsonl", shards=folder / "shards", steps=STEPS)
"""


@pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install 'parley-ledger[ray]'"
)
@pytest.mark.slow
@pytest.mark.timeout(400)
def test_ray_makes_what_the_local_engine_makes(tmp_path: Path) -> None:
    """The sample with the real steps into a ledger; a pile with bad articles into shards; that pile again, nothing of it read twice.

    One Ray for the three, as it is slow to start: one that the calling program started is used and left to it. Nobody is called home.
    """
    given = sample()
    wanted = engine.build(given.sources, tmp_path / "local.db", codebook=given.codebooks, profile="fast").added
    pile = source(tmp_path, 40, {7: "RAISE", 33: "DIE"})
    pile.write_text(pile.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    build(pile, tmp_path / "pile.db", workers=2)
    done = subprocess.run(
        [sys.executable, "-c", RAY, str(ENGINE.parent), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.splitlines()[-4:] == [
        "told at home False",
        f"sample {wanted} 0 0 {wanted} True",
        "first 38 3 0 41 True",
        "again 0 3 38 41 True",
    ]
    assert rows(tmp_path / "ray.db") == rows(tmp_path / "local.db")
    assert not (tmp_path / "ray.db.shards").exists()
    load(tmp_path / "shards", tmp_path / "loaded.db", steps=STEPS)
    assert rows(tmp_path / "loaded.db") == rows(tmp_path / "pile.db")

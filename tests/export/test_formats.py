"""Every format by its name: the same rows each time, to a file or a folder, and errors that say what to do."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parley.data import Reading
from parley.errors import UsageError
from parley.export.formats import FORMATS, save, write
from parley.store.ledger import Ledger

NEEDS = {"ftm": "followthemoney", "docbin": "spacy"}


@pytest.fixture
def ledger(ledger_place: str, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(ledger_place, create=True) as held:
        for n in (1, 2):
            held.add(reading(file=f"{n}.txt", source_id=str(n)), fingerprint="f", run="r")
        held.judge(held.figures()[0]["id"], "confirm", by="Ana")
        yield held


def contents(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in ([path] if path.is_file() else path.rglob("*")) if p.is_file()}


def test_writing_twice_gives_the_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    for name, made in FORMATS.items():
        if name in NEEDS:
            pytest.importorskip(NEEDS[name])
        count = save(ledger, name, tmp_path / "a" if made.stream else tmp_path / name)
        first = contents(tmp_path / "a" if made.stream else tmp_path / name)
        assert count == save(ledger, name, tmp_path / "a" if made.stream else tmp_path / name)
        assert contents(tmp_path / "a" if made.stream else tmp_path / name) == first, name
        if made.stream:
            out = io.BytesIO()
            assert write(ledger, name, out) == count
            assert out.getvalue() == first["a"]


def test_wrong_use_says_what_to_do(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are jsonl, csv"):
        save(ledger, "xlsx", tmp_path / "x")
    with pytest.raises(UsageError, match="name a folder with -o"):
        write(ledger, "brat", io.BytesIO())
    with pytest.raises(UsageError, match="it is for webanno and schemaorg"):
        write(ledger, "jsonl", io.BytesIO(), offline=True)

"""brat: `.txt` and `.ann` that hold together as brat itself checks them, read back by its rules."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from exported import Shelf, pieces_of, readings, shelf
from hypothesis import given, settings

from parley.data import Reading
from parley.errors import UsageError
from parley.export import brat
from parley.store.ledger import Ledger

Ann = dict[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def kept() -> Iterator[Shelf]:
    with shelf() as held:
        yield held


@pytest.fixture
def ledger(tmp_path: Path, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "l.db", create=True) as held:
        held.add(reading(), fingerprint="f", run="r")
        yield held


def read_back(ann: str, text: str) -> Ann:
    """Annotations by id, checked as brat's server checks them: by `splitlines`, fragments apart, the words those of the text."""
    found: Ann = {}
    for line in ann.splitlines():
        id, _, rest = line.partition("\t")
        assert id not in found
        assert re.fullmatch(r"[TEARM#]\d+", id)
        if id[0] == "T":
            head, words = rest.split("\t")
            name, _, where = head.partition(" ")
            spans = [tuple(map(int, pair.split(" "))) for pair in where.split(";")]
            assert all(0 <= a < b <= len(text) for a, b in spans)
            assert all(b <= c for (_, b), (c, _) in pairwise(spans))
            assert words == " ".join(text[a:b] for a, b in spans)
            found[id] = (name, where)
        elif id[0] == "#":
            kind, about, note = re.fullmatch(r"(\S+) (\S+)\t(.*)", rest).groups()  # type: ignore[union-attr]
            found[id] = (kind, about, note)
        else:
            found[id] = tuple(rest.split(" "))
    for id, parts in found.items():
        if id[0] == "E":
            name, trigger = parts[0].split(":")
            assert found[trigger][0] == name
        for part in parts[1:] if id[0] in "ER" else parts[1:2] if id[0] in "A#" else ():
            assert part.rpartition(":")[2] in found
    return found


def files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.ann")):
        yield path.read_bytes().decode(), path.with_suffix(".txt").read_bytes().decode()


def test_rows_are_read_back_by_brats_own_rules(ledger: Ledger, tmp_path: Path) -> None:
    ledger.judge(ledger.figures()[0]["id"], "confirm", by="Ana")
    assert brat.save(ledger, tmp_path / "out") == 9
    ((ann, text),) = files(tmp_path / "out")
    assert text == ledger.text(ledger.articles()[0]["id"])
    found = read_back(ann, text)
    events = [p for i, p in found.items() if i[0] == "E"]
    assert [e[0].split(":")[0] for e in events] == ["Statement", "Statement", "talks_held"]
    assert [a.split(":")[0] for a in events[1][1:]] == ["Source", "Content"]
    content = found[events[1][2].split(":")[1]]
    assert content[1].count(";") == 1
    assert ("Category", "killed") in {(p[0], p[2]) for i, p in found.items() if i[0] == "A"}
    assert ("Judged", "confirmed") in {(p[0], p[2]) for i, p in found.items() if i[0] == "A"}
    assert [p[0] for i, p in found.items() if i[0] == "R"] == ["In_statement"]
    notes = [json.loads(p[2]) for i, p in found.items() if i[0] == "#"]
    assert {n["id"] for n in notes if n["row"] == "figure"} == {f["id"] for f in ledger.figures()}


def test_the_configuration_names_all_that_occurs(ledger: Ledger, tmp_path: Path) -> None:
    brat.save(ledger, tmp_path / "out")
    conf = (tmp_path / "out" / "annotation.conf").read_text()
    sections = dict(re.findall(r"^\[(\w+)\]\n((?:[^\[\n].*\n)*)", conf, re.MULTILINE))
    assert list(sections) == ["entities", "relations", "events", "attributes"]
    ((ann, text),) = files(tmp_path / "out")
    for id, parts in read_back(ann, text).items():
        name = parts[0].split(":")[0]
        if id[0] == "A":
            line = next(x for x in sections["attributes"].splitlines() if x.startswith(f"{name}\t"))
            assert parts[2] in line.partition("Value:")[2].split("|")
        elif id[0] in "TER":
            assert any(re.search(rf"^{name}(\t|$)", s, re.MULTILINE) for s in sections.values()), name


def test_many_articles_go_to_folders(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brat, "FLAT", 0)
    brat.save(ledger, tmp_path / "out")
    (path,) = (tmp_path / "out").rglob("*.ann")
    assert path.parent.name == path.name[3:5]


def test_a_folder_of_other_things_is_left_alone(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    with pytest.raises(UsageError, match="holds other files"):
        brat.save(ledger, tmp_path / "mine")
    brat.save(ledger, tmp_path / "out")
    brat.save(ledger, tmp_path / "out")


@settings(max_examples=60)
@given(reading=readings())
def test_every_offset_reads_the_rows_own_characters(kept: Shelf, reading: Reading) -> None:
    whole = kept.whole(reading)
    text = brat.text_of(whole.text)
    assert len(text) == len(whole.text)
    found = read_back("".join(brat.standoff(whole, brat.Schema())), text)
    said = {json.loads(p[2])["id"]: p[1] for i, p in found.items() if i[0] == "#"}
    for row, pieces in pieces_of(whole).items():
        if not row.startswith("st_"):
            id = found[said[row]][0].split(":")[1] if said.get(row, "")[:1] == "E" else said.get(row)
            marked = "" if id is None else "".join(text[a:b] for a, b in _spans(found[id][1]))
            assert _letters(marked) == _letters("".join(pieces))


def _spans(where: str) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in (pair.split(" ") for pair in where.split(";"))]


def _letters(text: str) -> str:
    """Without spaces and line ends, which part fragments."""
    return re.sub(r"[\s\x1c-\x1e]+", "", text)

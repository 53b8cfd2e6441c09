"""Files are there whole or not at all, and what stands in the way is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.errors import UsageError
from parley.export.places import folder_at, whole_file


def write_and_be_interrupted(path: Path) -> None:
    with whole_file(path) as out:
        out.write(b"half")
        raise KeyboardInterrupt


def write_to_a_full_disk(path: Path) -> None:
    with whole_file(path), Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")


def test_an_export_cut_short_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt):
        write_and_be_interrupted(path)
    assert path.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["x.jsonl"]
    with whole_file(path) as out:
        out.write(b"after")
    assert path.read_bytes() == b"after"


def test_what_stands_in_the_way_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="make it, or name another"), whole_file(tmp_path / "none" / "x"):
        pass
    with pytest.raises(UsageError, match="is a folder: name a file in it"), whole_file(tmp_path):
        pass
    with pytest.raises(UsageError, match="name a folder with -o"):
        folder_at(tmp_path / "file")
    with pytest.raises(UsageError, match="cannot be written"):
        folder_at(tmp_path / "file" / "below")


def test_a_full_disk_is_told_and_leaves_no_half(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with pytest.raises(UsageError, match="No space left"):
        write_to_a_full_disk(path)
    assert list(tmp_path.iterdir()) == []

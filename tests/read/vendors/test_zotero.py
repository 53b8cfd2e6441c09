"""Snapshots beside an export are read as the text; nothing outside the export's folder ever is."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.kinds import Origin, read_stream
from parley.read.sources import read_pages

FILES = Path(__file__).resolve().parents[1] / "files" / "zotero"
SECRET = "Nothing of this may be read by way of an export. It lies outside its folder."


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An empty export's folder; beside it lies what no export may reach."""
    folder = tmp_path / "export"
    (folder / "files").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "export-other").mkdir()
    (tmp_path / "export-other" / "secret.txt").write_text(SECRET, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "files/../../secret.txt",
        "..\\secret.txt",
        "files/%2e%2e/%2e%2e/secret.txt",
        "../export-other/secret.txt",
        "{outside}/secret.txt",
        "file://{outside}/secret.txt",
        "Snapshot:../secret.txt:text/html",
        "files/link.txt",
        "files\x00/../../secret.txt",
    ],
)
def test_no_path_leaves_the_exports_folder(export: Path, path: str) -> None:
    (export / "files" / "link.txt").symlink_to(export.parent / "secret.txt")
    named = path.replace("{outside}", str(export.parent))
    (export / "x.json").write_text(
        json.dumps([{"id": "a", "type": "webpage", "title": "T", "issued": {}, "container-title": "O", "file": named}])
    )
    (export / "x.ris").write_text(f"TY  - NEWS\nTI  - T\nL1  - {named}\nER  - \n", encoding="utf-8")
    for name in ("x.json", "x.ris"):
        (found,) = read_pages(export / name)
        assert isinstance(found, ReadError)
        assert "has no abstract" in str(found)


def test_an_id_that_climbs_finds_nothing(export: Path) -> None:
    item = {"id": "../..", "type": "webpage", "title": "T", "issued": {}, "container-title": "O"}
    (export / "x.json").write_text(json.dumps([item]))
    (found,) = read_pages(export / "x.json")
    assert isinstance(found, ReadError)


def test_a_folder_named_by_the_items_key_is_looked_in(export: Path) -> None:
    (export / "storage" / "ABCD1234").mkdir(parents=True)
    (export / "storage" / "ABCD1234" / "page.txt").write_text("Talks go on.", encoding="utf-8")
    item = {"id": "http://zotero.org/users/1/items/ABCD1234", "type": "webpage", "title": "T", "issued": {}}
    (export / "x.json").write_text(json.dumps([{**item, "container-title": "Orlen Post"}]))
    (found,) = read_pages(export / "x.json")
    assert isinstance(found, RawPage)
    assert (found.text, found.outlet, found.source_id, found.file) == (
        "Talks go on.",
        "Orlen Post",
        "ABCD1234",
        str(export / "x.json"),
    )


def test_an_export_from_standard_input_has_no_folder() -> None:
    data = (FILES / "export.ris").read_bytes()
    found = list(read_stream(io.BytesIO(data), Origin("<stdin>")))
    assert [p.text.split("\n")[0] for p in found if isinstance(p, RawPage)] == [
        "Calvera says talks go on",
        "Truce holds",
    ]
    assert all("snapshot" in str(e) for e in found if isinstance(e, ReadError))


def test_an_attached_file_that_cannot_be_read_is_named_and_the_abstract_read(export: Path) -> None:
    (export / "files" / "empty.html").write_bytes(b"")
    (export / "x.ris").write_text("TY  - NEWS\nTI  - T\nAB  - Talks go on.\nL2  - files/empty.html\nER  - \n")
    error, page = read_pages(export / "x.ris")
    assert "empty.html: the file is empty" in str(error)
    assert isinstance(page, RawPage)
    assert page.text == "T\n\nTalks go on."

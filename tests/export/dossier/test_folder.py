"""Every dossier of a ledger as files of a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx import Document

from parley.data import Reading
from parley.export.formats import save
from parley.store.ledger import Ledger


def test_each_dossier_is_a_file_by_its_name_whatever_that_is(
    ledger_place: str, reading: Callable[..., Reading], tmp_path: Path
) -> None:
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="r")
        row = ledger.statements()[0]
        for name in ("Roads: who pays?", "roads who pays", "../../up", "§"):
            ledger.dossier_add(name, [row["id"]], make=True)
        assert save(ledger, "dossier", tmp_path / "out") == 4
        files = {p.name: p for p in (tmp_path / "out").iterdir()}
        assert len(files) == 4
        assert "up.docx" in files
        assert sorted(tmp_path.rglob("*.docx")) == sorted(files.values())  # none went up
        for where in files.values():
            text = "\n".join(p.text for p in Document(str(where)).paragraphs)
            assert " ".join(row["content_text"][0].split()) in text


def test_a_ledger_without_dossiers_gives_an_empty_folder(ledger_place: str, tmp_path: Path) -> None:
    with Ledger.open(ledger_place, create=True) as ledger:
        assert save(ledger, "dossier", tmp_path / "out") == 0
    assert list((tmp_path / "out").iterdir()) == []

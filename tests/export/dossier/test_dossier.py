"""Every format is made of every dossier, an empty and a hostile one, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.errors import UsageError
from parley.export.dossier import FORMATS, save, write
from parley.export.dossier.sheet import Sheet
from parley.store.ledger import Ledger


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_written_and_twice_the_same(roads: Ledger, tmp_path: Path, form: str) -> None:
    where = tmp_path / f"roads.{FORMATS[form].ending}"
    assert save(roads, "roads", form, where) == len(where.read_bytes())
    if form != "docx":  # a zip file tells when it was made
        assert where.read_bytes() == write(roads, "Roads", form)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_dossier_is_a_file_too(roads: Ledger, form: str) -> None:
    roads.dossier_make("Empty")
    assert isinstance(write(roads, "Empty", form), bytes)


@pytest.mark.parametrize("form", FORMATS)
def test_no_attack_stops_a_dossier_from_being_written(hostile_sheet: Sheet, form: str) -> None:
    assert len(FORMATS[form].make(hostile_sheet)) > 1000


def test_what_cannot_be_written_is_told_in_words(roads: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are docx, md, html, bibtex, csl"):
        write(roads, "Roads", "pdf")
    with pytest.raises(UsageError, match="no dossier 'Rods'"):
        write(roads, "Rods", "md")
    with pytest.raises(UsageError, match="cannot be written"):
        save(roads, "Roads", "md", tmp_path / "nowhere" / "x.md")

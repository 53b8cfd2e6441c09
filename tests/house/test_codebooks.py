"""Codebooks keep the form that lets people read and cite them. That each example triggers its entry is tested beside its layer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from parley.codebooks import lexicon, load_codebook, shipped
from parley.errors import CodebookError

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import make_codebooks  # noqa: E402  (these live in docs/, which is no package)
import make_quality  # noqa: E402


@pytest.mark.parametrize("name", shipped())
def test_a_codebook_says_where_it_comes_from(name: str) -> None:
    book = lexicon(name)
    assert book["source"]
    assert book["licence"]
    assert book["version"]


@pytest.mark.parametrize("name", shipped())
def test_every_entry_has_an_example(name: str) -> None:
    bare = [
        entry for entry in make_codebooks.entries(lexicon(name)) if not (entry.get("example") or entry.get("examples"))
    ]
    assert bare == []


def test_the_page_about_codebooks_is_up_to_date() -> None:
    assert make_codebooks.TARGET.read_text(encoding="utf-8") == make_codebooks.page()


def test_the_page_about_quality_is_up_to_date() -> None:
    assert make_quality.TARGET.read_text(encoding="utf-8") == make_quality.page()


def test_an_unknown_codebook_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CodebookError, match="issues/trade"):
        load_codebook("no-such-book")


def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("parties = [", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"mine\.toml: not a TOML file"):
        load_codebook(str(path))


def test_an_entry_without_a_name_is_refused_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[actor]]\nname = "Calvera"\n[[actor]]\nkind = "person"\n', encoding="utf-8")
    with pytest.raises(CodebookError, match=r"mine\.toml, entry 2: has no name"):
        load_codebook(str(path))


def test_a_users_file_comes_over_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('parties = ["Corda"]\n[[actor]]\nname = "Corda"\ndemonyms = ["Cordan"]\n', encoding="utf-8")
    book = load_codebook(str(path))
    assert book.parties[-1] == "Corda"
    assert book.actors[-1].demonyms == ("Cordan",)
    assert book.sha256 != load_codebook().sha256

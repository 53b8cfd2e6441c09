"""The pages of `make docs` load nothing from elsewhere, and the index leads to pages that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from release.pages import mended, on_post_build

ROOT = Path(__file__).resolve().parents[2]


def test_what_the_theme_loads_from_elsewhere_is_its_copy_here(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    page = tmp_path / "a" / "b.html"
    page.write_text('<script src="https://unpkg.com/iframe-worker/shim"></script><a href="https://x.example">x</a>')
    on_post_build({"site_dir": str(tmp_path)})
    assert '<script src="../assets/iframe-worker.js"></script><a href=' in page.read_text()
    assert mended("x", "") == "x"


@pytest.mark.parametrize(
    "tag", ['<script src="//cdn.example/x.js">', "<link rel=stylesheet href=https://x.example/a.css>"]
)
def test_a_page_that_would_load_something_else_is_refused(tmp_path: Path, tag: str) -> None:
    (tmp_path / "x.html").write_text(tag)
    with pytest.raises(SystemExit, match="would load something from elsewhere"):
        on_post_build({"site_dir": str(tmp_path)})


def test_every_page_that_the_index_names_is_there() -> None:
    """The theme lists all pages by itself; the index says which to read for what."""
    named = set(re.findall(r"\((\w+\.md)\)", (ROOT / "docs/index.md").read_text(encoding="utf-8")))
    assert len(named) > 15
    assert named <= {p.name for p in (ROOT / "docs").glob("*.md")}

"""Docs that could drift are held against what they describe."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def locked(name: str) -> set[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE))


def test_the_licence_list_names_every_locked_package() -> None:
    listed = set(
        re.findall(r"^\| ([a-z0-9._-]+) \| ", (ROOT / "docs/licences.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert locked("requirements.lock") <= listed


def test_the_development_lock_holds_the_runtime_lock() -> None:
    assert locked("requirements.lock") <= locked("requirements-dev.lock")


def test_every_locked_package_has_a_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        for block in re.split(r"^(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            assert "--hash=sha256:" in block, block.splitlines()[0]

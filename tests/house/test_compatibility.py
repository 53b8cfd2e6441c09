"""What docs/compatibility.md promises about names and versions."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from parley.store.frames import COLUMNS
from parley.store.schema import VERSION

ROOT = Path(__file__).resolve().parents[2]
TOLD = (ROOT / "docs/compatibility.md").read_text(encoding="utf-8")
PROMISED: dict[str, list[str]] = json.loads(
    (ROOT / "tests/golden/compatibility/columns.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("kind", PROMISED)
def test_keys_that_were_promised_are_there_in_their_order(kind: str) -> None:
    assert [name for name in COLUMNS[kind] if name in PROMISED[kind]] == PROMISED[kind]


def test_the_schema_version_that_is_told_is_the_one_there_is() -> None:
    assert f"this Parley's is **{VERSION}**" in TOLD


def test_every_migration_is_told() -> None:
    versions = sorted((ROOT / "src/parley/store/migrations/versions").glob("v*.py"))
    told = re.findall(r"^\| (\d{4}) \| (.+) \|$", TOLD, re.MULTILINE)
    assert [number for number, _ in told] == [p.name[1:5] for p in versions]
    for path, (_, what) in zip(versions, told, strict=True):
        first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
        assert what == first.replace("\n", " ")

"""Docs that could drift are held against what they describe."""

from __future__ import annotations

import re
from pathlib import Path

import parley
from parley.pipeline import STEPS

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


def test_the_architecture_names_every_step_as_it_is() -> None:
    told = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    for step in STEPS:
        row = f"| {step.name} | `{step.module}` | {', '.join(step.needs) or '-'} | {', '.join(step.adds)} |"
        assert row in told


def test_what_the_architecture_says_was_dropped_is_dropped() -> None:
    told = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").replace("\\|", "|")
    text = (ROOT / "src/parley/sample/16_vom_rejects.txt").read_text(encoding="utf-8")
    for dropped in parley.analyse(text).article.dropped:
        assert f"| `{dropped.span.text}` | {dropped.reason}" in told

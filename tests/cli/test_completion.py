"""Shells complete verbs, options and the names of formats; `python -m parley` is `parley`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PARLEY = [str(Path(sys.executable).with_name("parley"))]


def asked(**asking: str) -> str:
    done = subprocess.run(PARLEY, env=os.environ | asking, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [("parley ex", {"export", "explain"}), ("parley export --for", {"--format"}), ("parley codebook ch", {"check"})],
)
def test_bash_is_offered_what_can_come_next(words: str, offered: set[str]) -> None:
    count = str(len(words.split()) - 1)
    assert set(asked(_PARLEY_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=count).split()) == offered


def test_formats_are_offered_by_name() -> None:
    found = asked(_PARLEY_COMPLETE="complete_bash", COMP_WORDS="parley export --format b", COMP_CWORD="3")
    assert found.split() == ["brat"]


@pytest.mark.parametrize(("shell", "holds"), [("zsh", '"export"'), ("fish", "export")])
def test_other_shells_are_answered_too(shell: str, holds: str) -> None:
    asking = {"_PARLEY_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": "parley expo"}
    assert holds in asked(**asking, _TYPER_COMPLETE_FISH_ACTION="get-args")


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_takes_the_script_that_is_shown(tmp_path: Path) -> None:
    (tmp_path / "parley.bash").write_text(asked(_PARLEY_COMPLETE="source_bash"), encoding="utf-8")
    script = f"source {tmp_path}/parley.bash && complete -p parley"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("complete ")


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "parley", "--help"], capture_output=True, text=True, check=True)
    assert "build" in done.stdout

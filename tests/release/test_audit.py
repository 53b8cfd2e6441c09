"""An audit that could ask nobody does not pass for a clean one."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from release.audit import main, verdict

BAD = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"], "description": ""}]}
GOOD = {"name": "a", "version": "1", "vulns": []}
LEFT = {"name": "c", "skip_reason": "not found"}


def test_a_vulnerable_package_is_named_with_its_mending() -> None:
    assert verdict({"dependencies": [GOOD, BAD, LEFT]}, "x") == (
        False,
        ["x: known vulnerabilities", "b 2: PYSEC-1, mended in 3"],
    )


def test_what_could_not_be_asked_about_is_told_aloud() -> None:
    assert verdict({"dependencies": [LEFT]}, "x") == (
        True,
        ["SKIPPED: none of the 1 packages of x could be audited from here"],
    )
    assert verdict({"dependencies": [GOOD, LEFT]}, "x")[1][-1] == "SKIPPED: not audited: c"


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        (
            '{"dependencies": [{"name": "b", "version": "2", "vulns": [{"id": "P", "fix_versions": []}]}]}',
            1,
            "no version yet",
        ),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', 0, "1 packages audited"),
        ("no json", 0, "SKIPPED"),
    ],
)
def test_the_exit_code_says_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, code: int, told: str
) -> None:
    script = tmp_path / "pip-audit"
    script.write_text(f"#!/bin/sh\ncat <<'X'\n{said}\nX\n")
    script.chmod(script.stat().st_mode | stat.S_IEXEC)
    assert main(str(script), "x.lock") == code
    assert told in capsys.readouterr().err

"""The container's files hold what docs/deploy.md promises; hadolint reads the Dockerfile where it is at hand."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HADOLINT = shutil.which("hadolint") or shutil.which("hadolint", path=str(ROOT / ".venv-release" / "bin"))


@pytest.fixture
def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return found


def test_what_the_dockerfile_copies_is_there_and_let_in() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    allowed = re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists()
            assert name in allowed
    assert "--require-hashes" in text
    assert re.findall(r"^USER (\S+)", text, re.MULTILINE)[-1] not in ("root", "0")
    assert all(":" in image for image in re.findall(r"^FROM (\S+)", text, re.MULTILINE))


def test_only_this_machine_reaches_parley_and_nobody_the_database(services: dict[str, dict[str, Any]]) -> None:
    assert services["parley"]["ports"] == ["127.0.0.1:8731:8731"]
    assert "ports" not in services["db"]
    assert services["parley"]["read_only"] is True
    assert services["parley"]["cap_drop"] == ["ALL"]
    assert services["parley"]["depends_on"] == {"db": {"condition": "service_healthy"}}


def test_no_password_is_written_down(services: dict[str, dict[str, Any]]) -> None:
    for service, name in (("db", "POSTGRES_PASSWORD"), ("parley", "PGPASSWORD")):
        assert services[service]["environment"][name].startswith("${POSTGRES_PASSWORD:?")
    assert services["parley"]["environment"]["PARLEY_LEDGER"] == "postgresql://parley@db/parley"


@pytest.mark.skipif(HADOLINT is None, reason="hadolint is not at hand: make .venv-release/ready installs it")
def test_hadolint_has_nothing_to_say() -> None:
    done = subprocess.run([str(HADOLINT), str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")

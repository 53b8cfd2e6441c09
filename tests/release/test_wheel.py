"""What is released: a wheel and an sdist with all that Parley needs, which work where nothing else of Parley is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from parley import __version__

ROOT = Path(__file__).resolve().parents[2]
MEGABYTES = 40
"""A wheel at most: PyPI takes 100, and the models are most of it."""

MODELS = (".onnx",)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of this tree."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    return folder


def wheel(folder: Path) -> Path:
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_every_file_of_the_package(built: Path) -> None:
    names = set(zipfile.ZipFile(wheel(built)).namelist())
    tracked = subprocess.run(["git", "ls-files", "src/parley"], cwd=ROOT, check=True, capture_output=True, text=True)
    here = {line.removeprefix("src/") for line in tracked.stdout.splitlines()}
    assert here - names == set()
    assert {n for n in names if n.startswith("parley/") and "__pycache__" not in n} - here == set()
    assert (
        len({n.split("/")[2] for n in names if n.startswith("parley/models/attribution") and n.endswith(MODELS)}) == 2
    )
    assert {"parley/py.typed", "parley/export/contexts/anno.jsonld"} <= names
    assert wheel(built).stat().st_size < MEGABYTES * 1_000_000


def test_the_sdist_makes_the_same_wheel(built: Path, tmp_path: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    again = tmp_path / "again"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(again)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    first, second = (zipfile.ZipFile(wheel(d)) for d in (built, again))
    assert {i.filename: i.CRC for i in first.infolist()} == {i.filename: i.CRC for i in second.infolist()}


def test_an_installed_wheel_reads_articles(built: Path, tmp_path: Path) -> None:
    """In an environment of its own: Parley comes from the wheel, what it stands on from here, so that nothing is downloaded."""
    venv.create(tmp_path / "clean", with_pip=False)
    python = tmp_path / "clean" / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path / "clean")}))
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*command, "--disable-pip-version-check", str(wheel(built))], check=True, capture_output=True)
    # a path that a .pth names is searched, but its own .pth files, among them that of this tree, are not read
    (site / "beside.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PARLEY_LEDGER")}

    def run(*args: str) -> str:
        done = subprocess.run(
            [str(python), *args], cwd=tmp_path, env=clean, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("-c", "import parley; print(parley.__file__, parley.__version__)").split() == [
        str(site / "parley" / "__init__.py"),
        __version__,
    ]
    (tmp_path / "a.txt").write_text("Envoy speaks\n\nThe envoy Oran Melk said the road will open.\n", encoding="utf-8")
    run("-m", "parley", "build", "a.txt", "--date", "2031-03-03", "--workers", "1", "--profile", "fast")
    rows = [json.loads(line) for line in run("-m", "parley", "export").splitlines()]
    assert [r["speaker"]["name"] for r in rows if r["row"] == "statement"] == ["Oran Melk"]
    assert (
        "parley"
        in subprocess.run([str(python.parent / "parley"), "--help"], capture_output=True, text=True, check=True).stdout
    )

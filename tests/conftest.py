"""What tests share: where things are, and how a golden file is read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that tests can import `benchmarks`, which is no part of the package


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with sets that do not come with Parley; the test is skipped where it is not at hand."""
    folder = Path(os.environ.get("PARLEY_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the shared sets are not at hand")
    return folder

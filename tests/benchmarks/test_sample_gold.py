"""The sample's gold is what its quotes say: nobody edited spans by hand, and no text moved under them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_gold_is_what_its_quotes_compile_to() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/quality/sample_gold.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

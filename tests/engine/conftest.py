"""Articles to build from, and steps that are quick."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # so that `stubs` can be imported here and in worker processes

MakeArticles = Callable[..., Path]


@pytest.fixture
def articles(tmp_path: Path) -> MakeArticles:
    """Makes a JSON Lines file of invented articles; `bad` says what stands in which."""

    def make(count: int, bad: dict[int, str] | None = None, every: str = "") -> Path:
        path = tmp_path / "articles.jsonl"
        lines = [
            {
                "id": f"a{n}",
                "date": "2031-03-04",
                "outlet": f"Outlet {n % 3}",
                "text": _text(n, (bad or {}).get(n, every)),
            }
            for n in range(count)
        ]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return path

    return make


def _text(n: int, more: str) -> str:
    names: Sequence[str] = ("Oran Melk", "Mira Solvane", "Ilse Corran")
    return f"Talks go on, day {n}.\n{names[n % 3]} said the road number {n} will open. {n} people were hurt. {more}"

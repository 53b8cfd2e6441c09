"""Trained models, each a dated folder: `<task>-<language>-<date>/` with the network, its tokenizer, `manifest.json` and `card.md`."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


CONFIDENCE = FOLDER / "confidence.json"
"""The curves from raw confidences to shares."""


@cache
def shipped() -> tuple[str, ...]:
    """All that was learned from data and can change a row, as `name@hash`: each model, by its manifest, which holds its files' hashes;
    and the curves of confidence."""
    manifests = sorted(FOLDER.glob("*/manifest.json"))
    return (*(f"{m.parent.name}@{_digest(m)}" for m in manifests), f"{CONFIDENCE.stem}@{_digest(CONFIDENCE)}")


@cache
def common_words() -> tuple[str, ...]:
    """The words that the fast model knows, in small letters, frequent ones first; names among them."""
    (listed,) = FOLDER.glob("attribution-en-fast-*/words.txt")
    return tuple(listed.read_text(encoding="utf-8").split("\n"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]

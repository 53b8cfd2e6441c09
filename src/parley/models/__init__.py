"""Trained models, each a dated folder: `<task>-<language>-<date>/` with the network, its tokenizer, `manifest.json` and `card.md`."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@cache
def shipped() -> tuple[str, ...]:
    """Each model that this Parley carries as `name@hash`; the hash is of its manifest, which holds its files' hashes."""
    manifests = sorted(FOLDER.glob("*/manifest.json"))
    return tuple(f"{m.parent.name}@{hashlib.sha256(m.read_bytes()).hexdigest()[:12]}" for m in manifests)

"""The files of a model: where they lie, whether they are the right ones, how they are opened."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import onnxruntime
from tokenizers import Tokenizer

from parley.errors import ModelMissing


def load_session(path: Path) -> onnxruntime.InferenceSession:
    """A network on one thread: Parley's workers share the cores out among articles."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The fused operator takes four times as long as the two that it replaces.
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


@cache
def load_tokenizer(path: Path) -> Tokenizer:
    """The word-piece tokenizer without cutting or padding; these are ours to do. One for all models that share its file."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a model folder, after each file it lists was compared with its hash."""
    path = folder / "manifest.json"
    if not path.is_file():
        raise ModelMissing(
            f"no model in {folder}: manifest.json is missing. "
            "Reinstall parley-ledger, or remake the model as the README of its folder in training/ tells."
        )
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for name, expected in manifest["files"].items():
        file = folder / name
        if not file.is_file():
            raise ModelMissing(f"the model in {folder} is incomplete: {name} is missing. Reinstall parley-ledger.")
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if digest != expected["sha256"]:
            raise ModelMissing(
                f"{file} is not the file its manifest names: sha256 {digest}, expected {expected['sha256']}. "
                "Reinstall parley-ledger; if you trained the model yourself, export it again."
            )
    return manifest

"""A model's files are the ones its manifest names."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from parley.annotate.statements.attribution.model import DEFAULT_MODEL, AttributionModel
from parley.errors import ModelMissing
from parley.models import FOLDER


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"manifest\.json is missing.*Reinstall"):
        AttributionModel.load(tmp_path)


@pytest.mark.model
def test_a_file_that_is_not_the_manifests_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER / DEFAULT_MODEL, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["linker.onnx"]["sha256"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelMissing, match=r"linker\.onnx is not the file its manifest names"):
        AttributionModel.load(folder)

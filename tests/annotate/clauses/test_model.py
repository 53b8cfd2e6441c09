"""The network's files and its answers for one window."""

from __future__ import annotations

import shutil
import time
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from parley.annotate.clauses.labels import ISSUES, STANCES, STATUSES, TYPES
from parley.annotate.clauses.model import DEFAULT_MODEL, EVENT, POSITION, ClauseModel
from parley.annotate.clauses.proposals import SIGNS
from parley.annotate.clauses.signs import SIZES
from parley.errors import ModelMissing
from parley.models import FOLDER

WORDS = "The union demanded a pay rise of six percent and said its members would walk out on Monday ."


@cache
def model() -> ClauseModel:
    return ClauseModel.load()


def test_the_model_is_told_apart_as_the_code_reads_it() -> None:
    labels = model().manifest["labels"]
    assert [tuple(labels[k]) for k in ("stances", "issues", "types", "statuses")] == [STANCES, ISSUES, TYPES, STATUSES]
    assert tuple(model().manifest["signs"]) == SIGNS
    for layer in model().manifest["scales"].values():
        assert all(len(who["weights"]) == len(SIGNS) + 1 for who in layer.values())


def test_it_loads_in_a_moment() -> None:
    model()
    began = time.process_time()
    ClauseModel.load()
    assert time.process_time() - began < 0.6


def test_each_clause_has_shares_that_sum_to_one() -> None:
    ids = np.array(model().tokenizer.encode(WORDS, add_special_tokens=False).ids, dtype=np.int64)
    features = np.zeros((len(ids), 3 + len(SIZES)), dtype=np.int64)
    asked = [(POSITION, 2, 6), (EVENT, 12, 16)]
    marked, told = model().read(ids, features, asked)
    assert [(one.kind, one.start, one.end) for one in told] == asked
    for one in [*marked, *told]:
        assert one.labels.sum() == pytest.approx(1, abs=1e-4)
        assert one.details.sum() == pytest.approx(1, abs=1e-4)
        assert one.holder.sum() + one.nobody == pytest.approx(1, abs=1e-4)
        assert len(one.holder) == len(ids)
        assert 0 <= one.chance <= 1
        assert 0 <= one.share <= 1


def test_another_tokenizer_than_it_learned_with_is_refused(tmp_path: Path) -> None:
    there = tmp_path / DEFAULT_MODEL
    shutil.copytree(FOLDER / DEFAULT_MODEL, there)
    beside = (there / model().manifest["tokenizer"]).resolve()
    beside.parent.mkdir()
    beside.write_text("{}", encoding="utf-8")
    with pytest.raises(ModelMissing, match="is not the file its manifest names"):
        ClauseModel.load(there)

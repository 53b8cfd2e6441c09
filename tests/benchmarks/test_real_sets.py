"""Gold whose texts lie elsewhere: filled from the texts, refused with other texts, and without a word of them in what is stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.gate import GoldSet
from benchmarks.quality.real_sets import NAMES, OtherTextError, entries, fill
from benchmarks.quality.score import LAYERS

REAL = Path(__file__).resolve().parents[2] / "benchmarks" / "quality" / "real"
HALVES = sorted(REAL.glob("*.json"))
AGENCIES = ("AFP Agence France-Presse", "dpa Deutsche Presse-Agentur")
TEXT = "TOVEN, 3 MAY (RTA) -- THE MERUVIAN\nARMY SAID 12 MEN DIED."
RECORD = {"id": "x-1", "text": TEXT, "title": "Twelve die", "publisher": "rta"}
ENTRY: dict[str, Any] = {
    "source": "set/dev.jsonl",
    "id": "x-1",
    "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    "input": {"title": "title", "outlet": "publisher"},
    "meta": {
        "title": {"record": "title"},
        "outlet": {"record": "publisher"},
        "dateline_place": [[0, 5]],
        "published": None,
        "body": [22, 57],
    },
    "statements": [
        {"speaker": [[26, 39]], "source": [22, 39], "cue": [40, 44], "content": [[45, 56]], "kind": "indirect"}
    ],
    "figures": [],
    "positions": [],
    "events": [{"type": "armed_action", "actors": [[[26, 34], [35, 39]]], "span": [45, 56]}],
    "wording": [],
}


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    """A folder with one set of one record, and the gold that points into it beside it."""
    (tmp_path / "bench/set").mkdir(parents=True)
    (tmp_path / "gold.json").write_text(json.dumps([ENTRY]))
    (tmp_path / "bench/set/dev.jsonl").write_text(
        json.dumps({**RECORD, "text": "Another."}) + "\n" + json.dumps(RECORD)
    )
    return tmp_path / "bench"


def test_names_are_read_from_the_text_and_the_input_is_what_a_holder_of_the_set_has(bench: Path) -> None:
    gold, sources = fill(bench.parent / "gold.json", bench, bench.parent)
    assert gold[0]["file"] == "x-1.txt"
    assert gold[0]["statements"][0]["speaker"] == "MERUVIAN ARMY"
    assert gold[0]["events"][0]["actors"] == ["MERUVIAN ARMY"]
    assert (gold[0]["meta"]["title"], gold[0]["meta"]["dateline_place"]) == ("Twelve die", "TOVEN")
    assert json.loads(Path(sources[0]).read_text()) == {
        "id": "x-1",
        "text": TEXT,
        "title": "Twelve die",
        "outlet": "rta",
    }


def test_another_text_under_the_same_id_is_refused(bench: Path) -> None:
    (bench / "set/dev.jsonl").write_text(json.dumps({**RECORD, "text": TEXT.lower()}))
    with pytest.raises(OtherTextError, match="x-1"):
        fill(bench.parent / "gold.json", bench, bench.parent)


def test_a_set_is_at_hand_only_with_its_texts(bench: Path) -> None:
    real = GoldSet("real", bench.parent / "gold.json", bench=bench)
    assert real.here
    (bench / "set/dev.jsonl").unlink()
    assert not real.here


def strings(value: object) -> Iterator[str]:
    """Every string inside a value that is not a key."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


@pytest.mark.parametrize("half", HALVES, ids=lambda p: p.stem)
def test_what_is_stored_holds_no_word_of_the_articles(half: Path) -> None:
    for entry in entries(half):
        rows = [row for layer in LAYERS for row in entry[layer]]
        names = [row[key] for row in rows for key in NAMES if key in row]
        assert not list(strings([names, [row.get("actors") for row in rows]]))
        assert all(len(word) <= 22 and " " not in word for word in strings(rows))
        assert all(isinstance(entry["meta"][key], list | dict | None) for key in ("title", "dateline_place"))
        assert entry["meta"]["outlet"] in AGENCIES or not isinstance(entry["meta"]["outlet"], str)


@pytest.mark.parametrize("half", HALVES, ids=lambda p: p.stem)
def test_every_span_stands_on_whole_words_of_its_text(half: Path, shared: Path, tmp_path: Path) -> None:
    gold, _ = fill(half, shared / "bench", tmp_path)
    texts = [
        json.loads(line)["text"] for line in (tmp_path / f"{half.stem}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(gold) == 10
    for article, text in zip(gold, texts, strict=True):
        rows = [row for layer in LAYERS for row in article[layer]]
        spans = [row[key] for row in rows for key in ("span", "source", "cue") if row.get(key)]
        spans += [span for row in rows for span in row.get("content", ())]
        for start, end in [*spans, article["meta"]["body"]]:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            assert not (text[start - 1 : start + 1].isalnum() and start)
            assert not text[end - 1 : end + 1].isalnum() or end == len(text) or text[end].isupper()  # "DefenceUS"

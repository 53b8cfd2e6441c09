"""spaCy DocBin: read back by spaCy, the text is the article's and every span the row's own characters."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from exported import Shelf, pieces_of, readings, shelf
from hypothesis import given, settings

from parley.data import Reading
from parley.errors import UsageError
from parley.export import docbin
from parley.store.ledger import Ledger

spacy: Any = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'parley-ledger[spacy]'")

TOKENIZERS = docbin.Tokenizers(spacy)


@pytest.fixture(scope="module")
def kept() -> Iterator[Shelf]:
    with shelf() as held:
        yield held


@pytest.fixture
def ledger(tmp_path: Path, reading: Callable[..., Reading]) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "l.db", create=True) as held:
        for n, language in enumerate((None, "en", "no-such")):
            held.add(reading(source_id=str(n), file=f"{n}.txt", language=language), fingerprint="f", run="r")
        yield held


def docs(folder: Path) -> list[Any]:
    vocab = spacy.blank("xx").vocab
    paths = sorted(folder.glob("*.spacy"))
    return [d for p in paths for d in spacy.tokens.DocBin().from_disk(p).get_docs(vocab)]


def test_spacy_reads_every_row_back(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.judge(ledger.wording()[0]["id"], "reject", by="Ana")
    monkeypatch.setattr(docbin, "A_FILE", 2)
    assert docbin.save(ledger, tmp_path / "out") == 27
    assert [p.name for p in sorted((tmp_path / "out").iterdir())] == ["articles-00001.spacy", "articles-00002.spacy"]
    found = docs(tmp_path / "out")
    assert len(found) == 3
    for doc in found:
        held = json.loads(doc.user_data["parley"])
        assert doc.text == ledger.text(held["article"]["id"])
        figures = [(s.text, s.label_, s.id_) for s in doc.spans["figure"]]
        rows = [(r["text"], r["category"], r["id"]) for r in ledger.figures(article=held["article"]["id"])]
        assert sorted(figures) == sorted(rows)
        assert [s.text for s in doc.spans["statement.content"]][1:] == [
            "“the road will open”",
            "if the dam is returned",
        ]
        assert {s.label_ for s in doc.spans["position"]} == {"territory:demands"}
    assert [sorted(g for g in d.spans if "wording" in g) for d in found].count(["rejected.wording"]) == 1


def test_a_shorter_export_leaves_nothing_of_a_longer_one(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docbin, "A_FILE", 1)
    docbin.save(ledger, tmp_path / "out")
    monkeypatch.setattr(docbin, "A_FILE", 3)
    docbin.save(ledger, tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["articles-00001.spacy"]
    (tmp_path / "out" / "other.txt").write_text("x")
    with pytest.raises(UsageError, match="holds other files"):
        docbin.save(ledger, tmp_path / "out")


def test_without_spacy_it_says_how_to_get_it(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(UsageError, match=r"pip install 'parley-ledger\[spacy\]'"):
        docbin.save(ledger, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@settings(max_examples=30)
@given(reading=readings())
def test_every_span_reads_the_rows_own_characters(kept: Shelf, reading: Reading) -> None:
    whole = kept.whole(reading)
    bin = spacy.tokens.DocBin(store_user_data=True)
    bin.add(docbin.doc_of(whole, TOKENIZERS))
    (doc,) = spacy.tokens.DocBin().from_bytes(bin.to_bytes()).get_docs(spacy.vocab.Vocab())
    assert doc.text == whole.text
    found: dict[str, list[str]] = {}
    for name in (
        "statement.content",
        "statement.source",
        "statement.cue",
        "figure",
        "position",
        "event",
        "wording",
        "date",
    ):
        for span in doc.spans.get(name, ()):
            found.setdefault(span.id_, []).append(span.text)
    assert found == pieces_of(whole)
    assert json.loads(doc.user_data["parley"])["rows"].keys() == found.keys()

"""The feed: every page of every source in order, and how far along it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from parley.data import RawPage
from parley.engine.feed import Feed
from parley.errors import ReadError, UsageError


def test_the_share_grows_to_one_whatever_the_files_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Oran Melk said yes. " * 20, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(
        "".join(json.dumps({"text": f"No {n}."}) + "\n" for n in range(50)), encoding="utf-8"
    )
    (tmp_path / "c.html").write_text("", encoding="utf-8")
    feed = Feed((str(tmp_path),), None)
    shares, kinds = [], []
    for page in feed.pages():
        shares.append(feed.share)
        kinds.append(type(page))
    assert kinds.count(RawPage) == 51
    assert kinds.count(ReadError) == 1
    assert shares == sorted(s for s in shares if s is not None)
    assert feed.share == 1.0


def test_a_file_that_gives_no_next_page_in_time_is_read_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        re.match("(a+)+b", "a" * 60)  # would take longer than the universe has

    (tmp_path / "a.jsonl").write_text('{"text": "Oran Melk said yes."}', encoding="utf-8")
    (tmp_path / "b.txt").write_text("Oran Melk said yes.", encoding="utf-8")
    monkeypatch.setattr("parley.read.records.page_from_record", never)
    error, page = Feed((str(tmp_path),), None, seconds=0.2).pages()
    assert isinstance(error, ReadError)
    assert "a.jsonl: took longer than the 0.2 s" in str(error)
    assert isinstance(page, RawPage)


def test_from_a_pipe_nobody_knows_how_far(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Feed(("-",), None).share is None


def test_nothing_to_read_is_wrong_usage_and_tells_no_secret(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no sources match .*none\.txt"):
        Feed((str(tmp_path / "none.txt"),), None)

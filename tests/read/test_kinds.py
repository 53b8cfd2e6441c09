"""The table of kinds: names and first bytes lead to the right reader, and nothing but pages and ReadErrors comes out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from parley.data import RawPage
from parley.errors import ReadError
from parley.read import kinds
from parley.read.kinds import KINDS, UNREAD, Kind, Origin, Pages, endings, kind_of, may_hold_articles, read_stream


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.name)
def test_every_reader_is_there(kind: Kind) -> None:
    assert callable(kinds._reader(kind.reader))


def test_what_is_read_is_not_called_unread() -> None:
    assert UNREAD.isdisjoint(endings())


def test_every_ending_has_its_row_in_the_docs() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [e for e in endings() if f"`{e}`" not in page] == []


@pytest.mark.parametrize(
    ("name", "start", "kind"),
    [
        ("a.TXT", b"{}", "text"),
        ("a.htm", b"no tag", "html"),
        ("", b'{"text": "x"}\n', "jsonl"),
        ("", b'[{"text": "x"}]', "json"),
        ("README", b"# Talks", "text"),
        ("a.b/README", b"<!doctype html>", "html"),
    ],
)
def test_the_name_decides_and_without_an_ending_the_first_bytes(name: str, start: bytes, kind: str) -> None:
    found = kind_of(name, start)
    assert found is not None
    assert found.name == kind


def test_special_kinds_are_asked_before_the_general_one(monkeypatch: pytest.MonkeyPatch) -> None:
    special = Kind("special", "text:read_text", (".txt",), lambda head: head.startswith(b"SPECIAL"))
    monkeypatch.setattr(kinds, "KINDS", (special, *KINDS))
    assert [k.name for head in (b"SPECIAL", b"plain") if (k := kind_of("a.txt", head))] == ["special", "text"]


@pytest.mark.parametrize(("name", "may"), [("a.txt", True), ("README", True), ("a.pdf", True), ("a.png", False)])
def test_what_may_hold_articles(name: str, may: bool) -> None:
    assert may_hold_articles(name) is may


def test_a_reader_that_breaks_gives_an_error_after_what_it_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(stream: io.BytesIO, origin: Origin) -> Pages:
        yield ReadError("first", file=origin.file)
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(kinds, "_reader", lambda _: broken)
    first, last = read_stream(io.BytesIO(b"x"), Origin("a.txt", "a.txt"))
    assert "first" in str(first)
    assert "a.txt: its reader gave up (ZeroDivisionError: oh)" in str(last)


def test_a_stream_that_cannot_look_ahead_is_read_too() -> None:
    class Plain:
        def __init__(self) -> None:
            self.inner = io.BytesIO(b"Talks go on.")

        def read(self, n: int = -1) -> bytes:
            return self.inner.read(n)

    (page,) = read_stream(Plain(), Origin("<stdin>"))  # type: ignore[arg-type]
    assert isinstance(page, RawPage)
    assert (page.text, page.source_id) == ("Talks go on.", "stdin")

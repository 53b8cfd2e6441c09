"""gzip: whatever came before a break is read, and the break is named."""

from __future__ import annotations

import gzip
import io

import pytest
from held import errors, pages, read, sample
from hypothesis import given
from hypothesis import strategies as st

from parley.read.budget import Budget
from parley.read.gunzip import Gunzip

LINE = b'{"text": "Talks go on."}\n'


def unpacked(data: bytes, *, resume: bool = False) -> tuple[bytes, str | None]:
    stream = Gunzip(io.BytesIO(data), Budget("x"), file="x", resume=resume)
    return io.BufferedReader(stream).read(), stream.broken


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_members_come_out_one_after_the_other(parts: list[bytes]) -> None:
    assert unpacked(b"".join(map(gzip.compress, parts))) == (b"".join(parts), None)


def test_the_kind_is_told_by_the_name_inside() -> None:
    found = read(sample("lines.jsonl.gz"), "lines.jsonl.gz")
    assert [p.source_id for p in pages(found)] == ["a1", "a2", "a3", "a4"]
    (page,) = pages(read(gzip.compress(b"<!doctype html><p>The talks failed.</p>"), "page.html.gz"))
    assert (page.media, page.source_id, page.file) == ("html", "page", "page.html.gz")


def test_a_truncated_file_loses_nothing_that_was_read_and_says_where_it_broke() -> None:
    data = gzip.compress(LINE * 10) + gzip.compress(LINE * 10)[:-12]
    found = read(data, "x.jsonl.gz")
    assert len(pages(found)) >= 10
    assert f"x.jsonl.gz: gzip broke off near byte {len(data)} (the file ends in the middle)" in errors(found)[-1]


@pytest.mark.parametrize("end", [1, 5, 9, 15, 40])
def test_cut_anywhere_it_ends_with_the_break(end: int) -> None:
    assert unpacked(gzip.compress(LINE * 20)[:end])[1] is not None


def test_zeros_at_the_end_are_padding_and_other_bytes_are_named() -> None:
    whole = gzip.compress(LINE)
    assert unpacked(whole + bytes(70_000)) == (LINE, None)
    data, broken = unpacked(whole + b"and more")
    assert data == LINE
    assert broken is not None
    assert "not gzip" in broken


def test_reading_can_go_on_after_a_damaged_member() -> None:
    damaged = bytearray(gzip.compress(LINE * 50))
    damaged[20:30] = bytes(10)
    whole = gzip.compress(b"One.\n") + bytes(damaged) + gzip.compress(b"Three.\n")
    data, broken = unpacked(whole, resume=True)
    assert data.startswith(b"One.\n")
    assert data.endswith(b"\r\n\r\nThree.\n")
    assert broken is not None


def test_a_bomb_is_set_aside() -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    (error,) = errors(read(bomb, "x.jsonl.gz"))
    assert error == "x.jsonl.gz: unpacks to more than 400 times its size; it is set aside"
    inside = gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x")))))
    (error,) = errors(read(inside, "x.gz"))
    assert "more than 3 archives" in error

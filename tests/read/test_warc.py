"""WARC: pages come out, everything else is counted, and no lie about a length costs more than its own record."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from typing import cast

import pytest
from held import LEAD, TITLE, errors, pages, read, remarks, sample
from hypothesis import given
from hypothesis import strategies as st

from parley.data import RawPage
from parley.read.kinds import Origin, read_stream
from parley.read.warc_records import Records


def record(n: int, body: bytes | None = None, *, length: int | None = None, status: int = 200) -> bytes:
    """A record as a crawler writes it; `length` is what it says of itself, where that is not true."""
    page = (
        body if body is not None else b"<html><p>Page %d of the talks.</p><p>%s</p></html>" % (n, b"They go on. " * 20)
    )
    http = b"HTTP/1.1 %d OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%s" % (status, page)
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://kell.example/%d\r\nWARC-Date: 2031-03-05T02:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:%d>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    )
    return head % (n, n, len(http) if length is None else length) + http + b"\r\n\r\n"


def ids(data: bytes, name: str = "c.warc") -> list[str]:
    return [p.source_id for p in pages(read(data, name))]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_the_pages_of_a_crawl_with_their_addresses(name: str) -> None:
    found = read(sample(name), name)
    first, packed, chunked = pages(found)
    assert (first.title, first.url, first.published) == (TITLE, "https://gazette.kell.example/1", "2031-03-04")
    assert (first.source_id, first.saved) == ("00000000-0000-4000-8000-000000000002", "2031-03-05")
    assert LEAD in first.text
    assert packed.data.startswith(b"<!DOCTYPE html>")
    assert chunked.data.endswith(b"</html>")
    assert errors(found) == []


def test_what_is_no_page_is_counted_by_its_reason() -> None:
    (told,) = remarks(read(sample("crawl.warc"), "crawl.warc"))
    assert told.startswith("crawl.warc: passed over 4 records that are no page: ")
    for reason in ("1 request", "1 answer with status 404", "1 answer with status 301", "1 image/png"):
        assert reason in told


LIES = {"too long": 5_000, "far too long": 10**15, "too short": 60, "negative": -5, "nothing": 0}


@pytest.mark.parametrize("length", LIES.values(), ids=LIES.keys())
@pytest.mark.parametrize("packed", [False, True])
def test_a_lie_about_a_length_costs_nothing(length: int, packed: bool) -> None:
    records = [record(1), record(2, length=length), record(3), record(4)]
    data = b"".join(map(gzip.compress, records)) if packed else b"".join(records)
    found = read(data, "c.warc.gz" if packed else "c.warc")
    assert [(p.source_id, p.text) for p in pages(found)] == [
        (p.source_id, p.text) for p in pages(read(b"".join(map(record, (1, 2, 3, 4))), "c.warc"))
    ]
    assert remarks(found) == [
        f"{'c.warc.gz' if packed else 'c.warc'}: 1 record not as long as stated; read up to the next one"
    ]


def test_one_gzip_member_for_all_records_is_read_too() -> None:
    assert ids(gzip.compress(record(1) + record(2)), "c.warc.gz") == ["1", "2"]


def test_junk_between_records_is_named_with_its_place() -> None:
    found = read(record(1) + b"junk\r\nmore junk\r\n\r\n" + record(2), "c.warc")
    assert [p.source_id for p in pages(found)] == ["1", "2"]
    assert errors(found) == [f"c.warc, record 2 at byte {len(record(1)):,}: bytes that belong to no record"]


def test_a_damaged_member_costs_itself_alone() -> None:
    members = [gzip.compress(record(n)) for n in range(1, 5)]
    hurt = bytearray(members[1])
    hurt[30:40] = bytes(10)
    found = read(members[0] + bytes(hurt) + members[2] + members[3], "c.warc.gz")
    assert {"1", "3", "4"} <= {p.source_id for p in pages(found)}
    assert any("gzip broke off near byte" in e for e in errors(found))


def test_a_file_that_was_cut_off_gives_what_is_there_and_says_so() -> None:
    found = read((record(1) + record(2))[:-100], "c.warc")
    assert [p.source_id for p in pages(found)] == ["1", "2"]
    (error,) = errors(found)
    assert error.startswith("c.warc, record 2 at byte ")
    assert "the file ends in this record" in error


def test_a_record_too_large_is_passed_over_and_the_next_is_read() -> None:
    found = read(record(1, b"x" * 13_000_000) + record(2), "c.warc")
    assert [p.source_id for p in pages(found)] == ["2"]
    assert "1 larger than 12,000,000 bytes" in remarks(found)[-1]


def test_a_page_names_its_server_s_encoding_last_of_all_but_guessing() -> None:
    (page,) = pages(
        read(record(1, "<html><p>Déjà vu at the talks.</p>".encode("latin-1")).replace(b"utf-8", b"latin1"), "c.warc")
    )
    assert page.text == "Déjà vu at the talks."


@given(st.lists(st.binary(max_size=200), max_size=6))
def test_sound_records_come_out_whole_whatever_they_hold(bodies: list[bytes]) -> None:
    whole = b"".join(record(n, body) for n, body in enumerate(bodies))
    found = list(Records(io.BytesIO(whole)))
    assert [r.data + b"\r\n\r\n" for r in found] == [record(n, body) for n, body in enumerate(bodies)]


class _Crawl(io.RawIOBase):
    """A long WARC, made as it is read."""

    def __init__(self, records: int) -> None:
        self.left, self.made, self.held = records, 0, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while len(self.held) < len(buffer) and self.left:
            self.left -= 1
            self.made += 1
            self.held += record(self.made, b"x" * 20_000, status=404 if self.made % 50 else 200)
        part, self.held = self.held[: len(buffer)], self.held[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def test_memory_stays_flat_over_a_long_crawl() -> None:
    found = read_stream(io.BufferedReader(cast(io.RawIOBase, _Crawl(500))), Origin("c.warc", "c.warc"))
    next(found)
    tracemalloc.start()
    count = sum(isinstance(page, RawPage) for page in found)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 9
    assert peak < 5_000_000


@pytest.mark.parametrize("junk", [b"\r\nWARC/1.0\r\n", b"\nWARC/1.0\n", b"WARC/1.0\r\nx\r\n\r\n"])
def test_a_file_of_nothing_but_broken_records_is_given_up(junk: bytes) -> None:
    found = read(junk * 100_000, "c.warc")
    assert pages(found) == []
    assert 2 < len(found) < 1_100
    assert "1,000 records one after the other cannot be read" in errors(found)[-1]


def test_a_good_record_among_a_few_broken_ones_is_found() -> None:
    found = read(b"WARC/1.0\r\n\r\n" * 900 + record(1) + b"WARC/1.0\r\n\r\n" * 900, "c.warc")
    assert [p.source_id for p in pages(found)] == ["1"]

"""Whatever a file holds, nothing but pages and ReadErrors comes out of its reader, and every page keeps its promises."""

from __future__ import annotations

import hashlib
import io

import pytest
from held import FILES, sample
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.kinds import KINDS, Kind, Origin, ending_of, kind_of
from parley.read.streams import head, peekable
from parley.read.unopened import Unopened

SAMPLES = sorted(p.relative_to(FILES).as_posix() for p in FILES.rglob("*") if p.is_file())
NAMES = [kind.endings[0] for kind in KINDS]
MARKS = (
    b"\x00",
    b"\xff",
    b"<",
    b">",
    b"{",
    b"}",
    b'"',
    b"\r\n\r\n",
    b"WARC/1.0\r\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"<!DOCTYPE x [",
    b"-1",
)
quick = settings(max_examples=15, suppress_health_check=list(HealthCheck), derandomize=True)


def checked(kind: Kind, data: bytes, name: str) -> None:
    """Read, and check each thing that comes out; any other exception than a ReadError is the reader's fault."""
    stream = peekable(io.BytesIO(data))
    try:
        for found in kind.read(stream, Origin(name, name)):
            for page in found.opened() if isinstance(found, Unopened) else (found,):
                if isinstance(page, RawPage):
                    assert hashlib.sha256(page.data).hexdigest() == page.sha256
                    assert page.text.strip()
                    assert page.source_id
                    assert all(0 <= start < end <= len(page.text) for start, end in page.main)
                else:
                    assert isinstance(page, ReadError)
                    assert page.file.startswith(name)
    except ReadError:
        return  # the reader ends with it; `read_stream` puts it in its place


@st.composite
def harmed(draw: st.DrawFn, data: bytes) -> bytes:
    """A file with some of its bytes changed, cut out, doubled, or its end cut off."""
    whole = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(whole) - 1)))
        size = draw(st.integers(0, 40))
        what = draw(st.sampled_from(("change", "cut", "double", "mark", "end", "flip")))
        if what == "change":
            whole[at : at + size] = draw(st.binary(min_size=size, max_size=size))
        elif what == "cut":
            del whole[at : at + size]
        elif what == "double":
            whole[at:at] = whole[at : at + size * 10]
        elif what == "mark":
            whole[at : at + size % 5] = draw(st.sampled_from(MARKS))
        elif what == "flip" and whole:
            whole[at] ^= 1 << draw(st.integers(0, 7))
        elif what == "end":
            del whole[at:]
    return bytes(whole)


@pytest.mark.parametrize("name", SAMPLES)
def test_harmed_files(name: str) -> None:
    good = sample(name)
    kind = kind_of(name, head(peekable(io.BytesIO(good))))
    assert kind is not None

    @quick
    @given(harmed(good))
    def harm(data: bytes) -> None:
        checked(kind, data, name)

    harm()


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.name)
def test_any_bytes(kind: Kind) -> None:
    name = "x" + kind.endings[0]

    @quick
    @given(st.binary(max_size=300) | st.lists(st.sampled_from(MARKS), max_size=20).map(b"".join))
    @example(b"")
    @example(b"\x00" * 40)
    def read(data: bytes) -> None:
        checked(kind, data, name)

    read()


def test_every_kind_of_file_that_this_folder_reads_has_its_sample() -> None:
    # Tested on records and pages of their own, and on bytes in test_documents.
    without = {".csv", ".jsonl", ".json", ".html", ".txt", ".doc"}
    held = {ending_of(name) for name in SAMPLES}
    assert [k.name for k in KINDS if not (held | without) & set(k.endings)] == []

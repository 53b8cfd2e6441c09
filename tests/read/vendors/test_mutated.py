"""Damaged files give pages and errors, never a reader that gives up; and what is broken in one article stays in it."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.kinds import Origin, read_stream

FILES = Path(__file__).resolve().parents[1] / "files"
NAMES = [
    "proquest.txt",
    "lexisnexis.txt",
    "nexis_uni.txt",
    "factiva.html",
    "proquest.html",
    "proquest.eml",
    "mediacloud.csv",
    "mediacloud_list.csv",
    "news_please.json",
    "newsapi.json",
    "gdelt.json",
    "zotero/export.ris",
    "zotero/export.json",
    "nexis_uni.rtf",
    "nexis_uni.DOCX",
    "factiva.rtf",
]
ODD = [
    b"\x00",
    b"\xff\xfe",
    b"\xe2\x80",
    b"\r",
    b"\x0c",
    b"<",
    b"{",
    b'"',
    b"\x1a",
    "\u2028".encode(),
    b"9" * 40,
    b"____" * 20,
]


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A good file with parts cut out, doubled, moved or replaced."""
    data = (FILES / name).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 1, 7, 60, 900])))
        new = draw(st.one_of(st.just(b""), st.sampled_from(ODD), st.binary(max_size=12), st.just(data[start:end] * 2)))
        data = data[:start] + new + data[end:]
    return data


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(draw=st.data())
def test_a_damaged_file_gives_pages_and_errors(name: str, draw: st.DataObject) -> None:
    for found in read_stream(io.BytesIO(draw.draw(damaged(name))), Origin(name, name)):
        if isinstance(found, ReadError):
            assert "gave up" not in str(found)
        else:
            assert found.text.strip()


@pytest.mark.parametrize(
    ("name", "broken", "by"),
    [
        ("proquest.txt", b"Full text: Not available.", b""),
        ("lexisnexis.txt", b"                               Orlen Evening News\n", b"\xff\xfe\x00"),
        ("nexis_uni.txt", b"Photo of the day", b"\x00\x00"),
        ("factiva.html", b'<span class="enHeadline">Pictures of the week</span>', b"<div>" * 300),
        ("mediacloud.csv", b"Veyra walks out", b'Veyra "walks" \x00'),
        ("newsapi.json", b'"content":null', b'"content":[[[]]]'),
        ("zotero/export.json", b'"issued":{"raw":"6 March 2031"}', b'"issued":[["x"]]'),
    ],
)
def test_one_broken_article_loses_no_other(name: str, broken: bytes, by: bytes) -> None:
    data = (FILES / name).read_bytes()
    assert broken in data
    whole = _texts(data, name)
    assert len(whole) > 1
    assert [t for t in _texts(data.replace(broken, by, 1), name) if t in whole] == whole


def _texts(data: bytes, name: str) -> list[str]:
    found = read_stream(io.BytesIO(data), Origin(str(FILES / name), name))
    return [page.text for page in found if isinstance(page, RawPage)]


@pytest.mark.parametrize("name", ["proquest.txt", "lexisnexis.txt", "nexis_uni.txt", "factiva.html", "proquest.html"])
def test_thousands_of_articles_take_time_in_proportion(name: str) -> None:
    """Twenty times as many articles take less than fifty times as long."""
    data = (FILES / name).read_bytes()
    costs = []
    for times in (20, 400):
        began = time.process_time()
        count = sum(isinstance(p, RawPage) for p in read_stream(io.BytesIO(data * times), Origin(name, name)))
        costs.append(time.process_time() - began)
        assert count == times * len(_texts(data, name))
    assert costs[1] < 50 * max(costs[0], 0.01)


def test_what_fuzzing_found_stays_mended() -> None:
    """A feed whose encoding is named in broken bytes, a text that is a byte order mark, a document with a part cut out of its archive."""
    odt = (FILES / "writer.odt").read_bytes()
    found = [
        ("a.rss", b'<?xml version="1.0" encoding="ut\xfa8"?><rss version="2.0"><channel/></rss>'),
        ("a.txt", b"\xff\xfe"),
        *(("a.odt", odt[:100] + odt[100 + cut :]) for cut in range(50, 4_000, 450)),
    ]
    for name, data in found:
        errors = [str(e) for e in read_stream(io.BytesIO(data), Origin(name, name)) if isinstance(e, ReadError)]
        assert errors
        assert not any("gave up" in e for e in errors)

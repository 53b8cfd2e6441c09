"""Files, folders, patterns, standard input and records: every page comes out, and so does every failure."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tracemalloc
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from parley.data import RawPage
from parley.engine.build import Done, build
from parley.errors import ReadError
from parley.read import records
from parley.read.records import pages_from_jsonl
from parley.read.sources import STDIN, find_sources, passed_over, read_pages
from parley.read.text import decode, page_from_bytes, page_from_text


def _pages(path: Path, **columns: str) -> list[RawPage]:
    return [p for p in read_pages(path, columns=columns or None) if isinstance(p, RawPage)]


def _errors(path: Path) -> list[ReadError]:
    return [p for p in read_pages(path) if isinstance(p, ReadError)]


def test_a_folder_is_read_recursively_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden/d.txt", ".e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Talks.", encoding="utf-8")
    found = [Path(str(p)).relative_to(tmp_path).as_posix() for p in find_sources([tmp_path])]
    assert found == ["a.md", "b.txt", "sub/c.txt"]


def test_what_tells_of_a_folder_is_passed_over_in_it_and_read_where_it_is_named(tmp_path: Path) -> None:
    for name in (
        "README.md",
        "sub/LICENSE",
        "sub/CHANGELOG.txt",
        "readme.txt",
        "Readme first, said the minister.txt",
        "a.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Talks went on.", encoding="utf-8")
    found = [Path(str(p)).relative_to(tmp_path).as_posix() for p in find_sources([tmp_path])]
    assert found == ["Readme first, said the minister.txt", "a.txt"]
    passed = {p.relative_to(tmp_path).as_posix() for p in passed_over([tmp_path, tmp_path / "a.txt"])}
    assert passed >= {"README.md", "readme.txt", "sub/CHANGELOG.txt"}
    assert list(find_sources([tmp_path / "README.md"])) == [tmp_path / "README.md"]
    assert list(passed_over([tmp_path / "README.md"])) == []


def test_a_build_says_what_it_passed_over(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("README.md", "a.txt"):
        (tmp_path / "in" / name).write_text("Talks on the dam went on, the envoy said on Monday.", encoding="utf-8")
    told: list[Done] = []
    report = build(tmp_path / "in", tmp_path / "l.db", profile="rules", workers=1, progress=told.append)
    assert (report.added, report.failed) == (1, 0)
    assert [(Path(d.file).name, "passed over" in str(d.error)) for d in told if d.what == "noted"] == [
        ("README.md", True)
    ]


def test_patterns_and_standard_input_are_sources(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Talks.", encoding="utf-8")
    (tmp_path / "y.md").write_text("Talks.", encoding="utf-8")
    assert list(find_sources([str(tmp_path / "*.txt"), "-"])) == [tmp_path / "x.txt", STDIN]


def test_a_file_that_is_not_there_is_named_and_not_raised(tmp_path: Path) -> None:
    (error,) = _errors(tmp_path / "no.txt")
    assert "no such file" in str(error)
    assert error.file.endswith("no.txt")


def test_an_unknown_kind_says_which_are_read(tmp_path: Path) -> None:
    (tmp_path / "x.epub").write_bytes(b"PK")
    (error,) = _errors(tmp_path / "x.epub")
    assert ".jsonl" in str(error)


def test_text_is_the_decoded_file_with_nothing_stripped(tmp_path: Path) -> None:
    data = b"\r\n\r\n  Talks\xc2\xa0go on.\r\n\tStill.\r\n"
    (tmp_path / "x.txt").write_bytes(data)
    (page,) = _pages(tmp_path / "x.txt")
    assert page.text == data.decode()
    assert page.data == data
    assert page.sha256 == hashlib.sha256(data).hexdigest()
    assert page.source_id == "x"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("déjà vu".encode(), "déjà vu", "utf-8"),
        ("déjà vu".encode("utf-8-sig"), "\ufeffdéjà vu", "utf-8-sig"),
        ("déjà vu, “non”".encode("utf-16"), "déjà vu, “non”", "utf-16"),
        ("The minister’s café — closed.".encode("cp1252"), "The minister’s café — closed.", "cp1252"),
        ("“Talks”, ".encode() * 40 + b"\xff failed", "“Talks”, " * 40 + "\ufffd failed", "utf-8"),
        (b"Talks\x00 failed", "Talks\x00 failed", "utf-8"),
    ],
)
def test_any_encoding_is_read(data: bytes, text: str, encoding: str) -> None:
    page = page_from_bytes(data, file="x.txt", source_id="x")
    assert (page.text, page.encoding) == (text, encoding)


def test_decoding_never_fails() -> None:
    assert isinstance(decode(bytes(range(256)) * 4)[0], str)


def test_given_text_keeps_lone_surrogates_out_of_the_way() -> None:
    assert page_from_text("Talks \ud800 failed.").text == "Talks \ud800 failed."


def test_json_lines_with_the_names_people_use(tmp_path: Path) -> None:
    rows = [
        {
            "id": "a1",
            "text": "Talks.",
            "title": "T",
            "date": "2031-03-04",
            "outlet": "The Post",
            "authors": ["A B"],
            "language": "en",
        },
        {
            "maintext": "Talks.",
            "date_publish": "2031-03-04 10:00:00",
            "source_domain": "kell.example",
            "authors": "A B; C D",
        },
        {"body": "Talks.", "published": "Tue, 04 Mar 2031 10:00:00 GMT", "url": "https://kell.example/1"},
    ]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    first, second, third = _pages(path)
    assert (first.source_id, first.title, first.outlet, first.authors) == ("a1", "T", "The Post", ("A B",))
    assert (second.source_id, second.outlet, second.authors) == ("2", "kell.example", ("A B", "C D"))
    assert {p.published for p in (first, second, third)} == {"2031-03-04"}
    assert first.published_rule == "field date"
    assert first.data == json.dumps(rows[0]).encode()


def test_one_bad_record_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(
        b'{"text": "One."}\nnot json\n[1]\n{"title": "no text"}\n\n{"text": "\xff Two."}\n'
        + b"[" * 100_000
        + b"\n"
        + b'{"text": "Three."}'
    )
    found = list(read_pages(path))
    assert [p.text for p in found if isinstance(p, RawPage)] == ["One.", "\ufffd Two.", "Three."] or len(found) == 7
    errors = [p for p in found if isinstance(p, ReadError)]
    assert [e.record for e in errors] == ["line 2", "line 3", "line 4", "line 7"]
    assert "name the column" in str(errors[2])


def test_a_record_too_large_is_passed_over_and_the_next_is_read() -> None:
    big = b'{"text": "' + b"a" * 20_000_001 + b'"}\n'
    found = list(pages_from_jsonl(io.BytesIO(big + b'{"text": "Next."}\n'), file="x.jsonl"))
    assert isinstance(found[0], ReadError)
    assert isinstance(found[1], RawPage)
    assert found[1].text == "Next."


def test_a_json_list_keeps_the_bytes_of_each_item(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('[ {"text":  "One."},\n {"text": "Two."} ]', encoding="utf-8")
    assert [(p.text, p.data) for p in _pages(path)] == [("One.", b'{"text":  "One."}'), ("Two.", b'{"text": "Two."}')]


def test_csv_columns_are_recognised_or_named(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        'headline,content,pub_date,media_name\r\nT,"One,\r\n“two”.",2031-03-04,The Post\r\n',
        encoding="utf-8-sig",
        newline="",
    )
    (page,) = _pages(path)
    assert (page.title, page.text, page.published, page.outlet) == ("T", "One,\r\n“two”.", "2031-03-04", "The Post")
    assert page.data.decode().startswith('T,"One')
    path = tmp_path / "y.csv"
    path.write_text("kop;artikel\nT;Talks.\n", encoding="utf-8")
    assert _errors(path)
    (page,) = _pages(path, text="artikel", title="kop")
    assert (page.title, page.text) == ("T", "Talks.")


def test_a_table_without_articles_gives_one_error(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("date,value\n" + "2031-03-04,1\n" * 50, encoding="utf-8")
    assert len(list(read_pages(path))) == 1


def test_a_csv_in_half_characters_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xff\xfe" + "id,text\n1,Oran Melk said yes.\n".encode("utf-16-le") + b"2")
    [page] = [p for p in read_pages(path) if isinstance(p, RawPage)][:1]
    assert page.text == "Oran Melk said yes."
    path.write_bytes(b"\xfe\xffid,text\n1,Oran Melk said yes.\n")  # the sign of UTF-16, and none of it
    [error] = read_pages(path)
    assert "no column is called" in str(error)


@pytest.mark.parametrize(
    ("encoding", "end"), [("utf_16_be", b"z"), ("utf_16_le", b"z"), ("gb18030", b"\x810"), ("iso2022_jp", b"\x1b")]
)
def test_a_csv_in_wide_characters_without_a_mark_that_is_cut_short_is_read(
    tmp_path: Path, encoding: str, end: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "decode", lambda data: (data.decode(encoding, "replace"), encoding))
    path = tmp_path / "x.csv"
    path.write_bytes("id,text\n1,Oran Melk said yes.\n2,議会は\n".encode(encoding) + end)
    pages = list(read_pages(path))
    assert [page.text for page in pages if isinstance(page, RawPage)][:2] == ["Oran Melk said yes.", "議会は"]
    assert "gave up" not in str(pages)


def test_a_csv_with_odd_bytes_and_nul_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"id,text\n1,One.\n2,caf\xe9 shut\n3,\x00 Three.\n")
    assert [p.text for p in _pages(path)] == ["One.", "café shut", "\x00 Three."]


class _Endless(io.RawIOBase):
    """A hundred thousand records, made as they are read."""

    def __init__(self) -> None:
        self.left = 100_000
        self.held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while len(self.held) < len(buffer) and self.left:
            self.left -= 1
            self.held += b'{"text": "' + b"Talks go on. " * 8 + b'"}\n'
        part, self.held = self.held[: len(buffer)], self.held[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def test_memory_stays_flat_over_a_long_stream() -> None:
    stream = cast(BinaryIO, io.BufferedReader(_Endless()))
    pages = pages_from_jsonl(stream, file="long.jsonl")
    next(pages)
    tracemalloc.start()
    count = sum(1 for _ in zip(pages, range(20_000), strict=False))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 3_000_000


@pytest.mark.parametrize(
    ("data", "media", "count"),
    [
        (b'{"text": "One."}\n{"text": "Two."}\n', "record", 2),
        (b'[{"text": "One."}]', "record", 1),
        (b"<!doctype html><p>The talks failed.</p>", "html", 1),
        (b"Talks go on.\n", "text", 1),
    ],
)
def test_standard_input_is_told_by_its_first_bytes(
    monkeypatch: pytest.MonkeyPatch, data: bytes, media: str, count: int
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    pages = [p for p in read_pages(STDIN) if isinstance(p, RawPage)]
    assert [p.media for p in pages] == [media] * count

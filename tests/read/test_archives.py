"""ZIP and tar: members are read by their kinds, names lead nowhere, bombs and breaks are named and stop nothing else."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import tracemalloc
import zipfile
from pathlib import Path
from typing import cast

import pytest
from held import FILES, TITLE, errors, pages, read, remarks, sample

from parley.data import RawPage
from parley.read import budget
from parley.read.kinds import Origin, read_stream
from parley.read.sources import read_pages


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def taped(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize("name", ["pile.zip", "pile.tar.gz"])
def test_each_member_is_read_by_the_reader_for_its_kind(name: str) -> None:
    found = read(sample(name), name)
    first = pages(found)
    assert [p.file for p in first[:4]] == [f"{name}/news/lines.jsonl"] * 4
    assert [(p.file, p.media) for p in first[4:7]] == [
        (f"{name}/news/page.html", "html"),
        (f"{name}/news/brief.txt", "text"),
        (f"{name}/climbs.txt", "text"),
    ]
    assert first[4].title == TITLE
    assert errors(found) == []


def test_what_is_passed_over_is_counted() -> None:
    assert remarks(read(sample("pile.zip"), "p.zip")) == ["p.zip: passed over 1 other kind of file, 1 hidden file"]
    (told,) = remarks(read(sample("pile.tar.gz"), "p.tgz"))
    assert "1 link or device" in told


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:\\etc\\passwd.txt", "a/../../b.txt", "a\x1b[2J.txt"]
)
def test_no_name_of_a_member_reaches_the_file_system(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = pages(read(zipped({name: b"Talks."}), "p.zip") + read(taped({name: b"Talks."}), "p.tar"))
    assert [p.text for p in found] == ["Talks."] * 2
    assert not any(".." in p.file or "\x00" in p.file or "\x1b" in p.file for p in found)
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_the_same_article_inside_an_archive_and_outside(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_bytes(b"Talks go on.")
    (outside,) = pages(read_pages(tmp_path / "brief.txt"))
    (inside,) = pages(read(zipped({"2031/brief.txt": b"Talks go on."}), "p.zip"))
    assert outside.id == inside.id


@pytest.mark.parametrize("packed", [zipped, taped])
def test_archives_inside_archives_are_read_one_level_deep(packed: object) -> None:
    deepest = zipped({"c.txt": b"Third."})
    middle = zipped(
        {"b.txt": b"Second.", "deeper.zip": deepest, "lines.jsonl.gz": gzip.compress(b'{"text": "Packed."}')}
    )
    found = read(packed({"a.txt": b"First.", "deep.zip": middle}), "p.zip" if packed is zipped else "p.tar")  # type: ignore[operator]
    assert [p.text for p in pages(found)] == ["First.", "Second.", "Packed."]
    (error,) = errors(found)
    assert "deep.zip/deeper.zip: an archive in an archive in an archive" in error


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_set_aside_and_the_rest_is_read(method: int) -> None:
    found = read(zipped({"a.txt": b"First.", "bomb.jsonl": b"0" * 30_000_000, "b.txt": b"Second."}, method), "p.zip")
    assert [p.text for p in pages(found)] == ["First.", "Second."]
    (error,) = errors(found)
    assert error.startswith("p.zip/bomb.jsonl: unpacks to more than 400 times its size")


def test_a_tar_that_is_a_bomb_ends_there() -> None:
    found = read(taped({"a.txt": b"First.", "bomb.jsonl": b"0" * 30_000_000}, "w:gz"), "p.tar.gz")
    assert [p.text for p in pages(found)] == ["First."]
    assert len(errors(found)) >= 1


def test_all_members_share_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "LARGEST_UNPACKED", 1_000)
    monkeypatch.setattr(budget, "MOST_MEMBERS", 50)
    found = read(zipped({f"{n}.txt": b"%d " % n + b"Talks. " * 40 for n in range(9)}), "p.zip")
    assert len(pages(found)) == 3
    assert errors(found) == ["p.zip: unpacks to more than 1,000 bytes; split it"]
    found = read(zipped({f"{n}.txt": b"x" for n in range(60)}), "p.zip")
    assert len(pages(found)) == 50
    assert errors(found) == ["p.zip: holds more than 50 members; split it"]


def test_a_locked_member_and_a_damaged_one_are_named() -> None:
    good = zipped({"a.txt": b"First. " * 50, "b.txt": b"Second."}, zipfile.ZIP_STORED)
    found = read(good.replace(b"First. First.", b"Forst. First.", 1), "p.zip")
    assert [p.text for p in pages(found)] == ["Second."]
    assert "p.zip/a.txt: " in errors(found)[0]
    locked = bytearray(zipped({"a.txt": b"First."}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    (error,) = errors(read(bytes(locked), "p.zip"))
    assert "password" in error


@pytest.mark.parametrize("size", [0, 3, 30, 300, 1_500, 3_000])
def test_a_zip_that_was_cut_off_is_named(size: int) -> None:
    (error,) = errors(read(sample("pile.zip")[:size], "p.zip"))
    assert error.startswith("p.zip: ")


@pytest.mark.parametrize("less", range(0, 400, 45))
def test_a_tar_that_was_cut_off_gives_what_came_before(less: int) -> None:
    whole = taped({f"{n}.txt": hashlib.sha512(b"%d" % n).hexdigest().encode() * 6 for n in range(20)}, "w:gz")
    found = read(whole[: len(whole) // 2 - less], "p.tar.gz")
    assert 4 < len(pages(found)) < 15
    (error,) = [e for e in errors(found) if "gzip broke off" in e]
    assert "what came before was read" in error


def test_a_header_that_is_a_bomb_is_refused() -> None:
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 80_000_000
    found = read(gzip.compress(info.tobuf(tarfile.USTAR_FORMAT) + b"0" * 80_000_000, 1), "p.tar.gz")
    assert pages(found) == []
    assert len(errors(found)) == 1


class _Tape(io.RawIOBase):
    """A tar of very many members, made as it is read."""

    def __init__(self, members: int) -> None:
        self.left = members
        self.held = b""
        member = tarfile.TarInfo("a.txt")
        member.size = 500
        self.member = member.tobuf() + b"Talks go on. ".ljust(500, b".") + bytes(12)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while len(self.held) < len(buffer) and self.left:
            self.left -= 1
            self.held += self.member
            if not self.left:
                self.held += bytes(1024)
        part, self.held = self.held[: len(buffer)], self.held[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def test_memory_stays_flat_over_a_long_tar() -> None:
    found = read_stream(io.BufferedReader(cast(io.RawIOBase, _Tape(1_200))), Origin("long.tar", "long.tar"))
    next(found)
    tracemalloc.start()
    count = sum(isinstance(page, RawPage) for page in found)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1_199
    assert peak < 2_000_000


def test_reading_again_finds_every_article_by_its_hash() -> None:
    for path in sorted(FILES.iterdir()):
        first, again = pages(read_pages(path)), pages(read_pages(path))
        assert [(p.id, p.sha256, p.data) for p in first] == [(p.id, p.sha256, p.data) for p in again]
        assert len({p.id for p in first}) == len(first)

"""Sources that are yet to be opened: which article they are is known before, and opening them gives what reading gives."""

from __future__ import annotations

import io
import pickle

import pytest
from held import FILES

from parley.data import RawPage
from parley.errors import ReadError, Remark
from parley.read.kinds import Origin, read_stream, read_stream_unopened
from parley.read.unopened import Unopened, opened


@pytest.mark.parametrize(
    "name",
    [
        "report.pdf",
        "columns.pdf",
        "chrome.mhtml",
        "crawl.warc",
        "crawl.warc.gz",
        "singlefile.html",
        "word.docx",
        "word.rtf",
        "writer.odt",
    ],
)
def test_a_source_has_the_id_of_its_page(name: str) -> None:
    data = (FILES / name).read_bytes()
    found = list(read_stream_unopened(io.BytesIO(data), Origin(name, name)))
    waiting = [one for one in found if isinstance(one, Unopened)]
    assert waiting
    assert [one.id for one in waiting] == [p.id for p in opened(iter(waiting)) if isinstance(p, RawPage)]
    told = [p if isinstance(p, RawPage) else str(p) for p in opened(iter(found))]
    assert told == [p if isinstance(p, RawPage) else str(p) for p in read_stream(io.BytesIO(data), Origin(name, name))]


@pytest.mark.parametrize("name", ["nexis_uni.DOCX", "nexis_uni.rtf", "factiva.rtf", "factiva.html"])
def test_a_file_of_many_articles_waits_whole(name: str) -> None:
    data = (FILES / name).read_bytes()
    [waiting] = read_stream_unopened(io.BytesIO(data), Origin(name, name))
    assert isinstance(waiting, Unopened)
    found = waiting.opened()
    assert len(found) > 1
    assert waiting.id not in [p.id for p in found if isinstance(p, RawPage)]


def test_what_cannot_be_opened_is_told_with_file_and_record() -> None:
    bad = Unopened("c.warc", "u1", b"<p>", "0" * 64, "html:page_from_html", where="record 3 at byte 12")
    with pytest.raises(ReadError, match=r"c\.warc, record 3 at byte 12: "):
        bad.opened()
    [error] = opened(iter([bad]))
    assert isinstance(error, ReadError)
    assert (error.file, error.record) == ("c.warc", "record 3 at byte 12")


def test_a_reader_that_gives_up_is_told_in_its_place() -> None:
    [error] = opened(iter([Unopened("a.html", "a", None, "0" * 64, "html:page_from_html")]))  # type: ignore[arg-type]
    assert "its reader gave up (TypeError" in str(error)


def test_an_error_passes_from_process_to_process() -> None:
    for error in (ReadError("cut short", file="a.pdf"), Remark("two of them", file="b.zip", record="member 2")):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.told, again.record) == (
            type(error),
            str(error),
            error.told,
            error.record,
        )

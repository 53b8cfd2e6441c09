"""Pages saved with SingleFile: read as pages, without what was written into them."""

from __future__ import annotations

from held import LAST, TITLE, errors, pages, read, sample

from parley.read.singlefile import without_data


def test_the_page_its_address_and_the_day_it_was_saved() -> None:
    (page,) = pages(read(sample("singlefile.html"), "s.html"))
    assert (page.title, page.outlet, page.url) == (
        TITLE,
        "The Kell Gazette",
        "https://gazette.kell.example/world/corda-crossing",
    )
    assert page.saved == "2031-03-05"
    assert LAST in page.text
    assert b"base64" not in page.data


def test_the_page_s_own_address_comes_first() -> None:
    data = sample("singlefile.html").replace(b"<title>", b'<link rel="canonical" href="https://k.example/1"><title>')
    assert pages(read(data, "s.html"))[0].url == "https://k.example/1"


def test_pictures_of_any_size_do_not_make_a_page_too_large() -> None:
    data = sample("singlefile.html").replace(b"base64,", b"base64," + b"A" * 15_000_000, 1)
    assert LAST in pages(read(data, "s.html"))[0].text
    assert errors(read(b"<html><!-- Page saved with SingleFile -->" + b"<p>x</p>" * 2_000_000, "s.html"))


def test_the_cut_leaves_everything_else() -> None:
    page = b"<p style=\"background:url('data:image/svg+xml,%3Csvg/%3E')\">data: 12 of 40 metadata:text</p>"
    assert without_data(page) == b"<p style=\"background:url('data:,')\">data: 12 of 40 metadata:text</p>"

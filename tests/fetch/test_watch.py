"""Feeds: what is new since the last look, nothing twice, and nothing lost when a look is interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from web_site import Page, Site, served

from parley.errors import UsageError
from parley.fetch.fetch import Fetched, Manners
from parley.fetch.reach import Reach
from parley.fetch.watch import feeds_in, watch

OPML = '<?xml version="1.0"?><opml version="2.0"><body><outline text="Talks"><outline xmlUrl="{0}"/><outline XMLURL="{0}2"/></outline></body></opml>'


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as made:
        yield made


def put_feed(site: Site, paths: list[str], etag: str) -> str:
    items = "".join(f"<item><title>T</title><link>{site.url}{path}</link></item>" for path in paths)
    body = f'<rss version="2.0"><channel><title>K</title>{items}</channel></rss>'.encode()
    site.pages["/feed"] = Page(body, headers={"Content-Type": "application/rss+xml", "ETag": etag})
    return site.url + "/feed"


def look(feed: str, folder: Path) -> list[Fetched]:
    now = [0.0]
    manners = Manners(clock=lambda: now[0], sleep=lambda s: now.__setitem__(0, now[0] + s))
    return list(watch([feed], folder, manners=manners, reach=Reach(loopback=True)))


def test_each_page_once_and_an_unchanged_feed_not_at_all(site: Site, tmp_path: Path) -> None:
    for path in ("/1", "/2", "/3"):
        site.article(path, f"Talks {path}")
    feed = put_feed(site, ["/1", "/2"], '"a"')
    assert [p.what for p in look(feed, tmp_path)] == ["new", "new"]
    assert look(feed, tmp_path) == []
    assert site.asked[-1][1]["If-None-Match"] == '"a"'
    put_feed(site, ["/3", "/1", "/2"], '"b"')
    (page,) = look(feed, tmp_path)
    assert page.url.endswith("/3")
    assert site.paths().count("/1") == 1


def test_a_page_that_failed_for_now_is_asked_for_again_though_the_feed_stays(site: Site, tmp_path: Path) -> None:
    site.pages["/1"] = Page(b"", 500)
    feed = put_feed(site, ["/1"], '"a"')
    assert [p.what for p in look(feed, tmp_path)] == ["failed"]
    site.article("/1")
    assert [p.what for p in look(feed, tmp_path)] == ["new"]


def test_a_page_that_is_gone_is_left_alone_for_a_day(site: Site, tmp_path: Path) -> None:
    feed = put_feed(site, ["/gone"], '"a"')
    assert [p.told for p in look(feed, tmp_path)] == ["answered 404: there is no such page"]
    put_feed(site, ["/gone", "/gone#x"], '"b"')
    assert look(feed, tmp_path) == []
    assert site.paths().count("/gone") == 1


def test_an_interrupted_look_loses_no_page(site: Site, tmp_path: Path) -> None:
    for path in ("/1", "/2"):
        site.article(path)
    feed = put_feed(site, ["/1", "/2"], '"a"')
    first = watch([feed], tmp_path, manners=Manners(sleep=lambda _: None), reach=Reach(loopback=True))
    next(first)
    first.close()  # type: ignore[attr-defined]
    assert [p.url[-2:] for p in look(feed, tmp_path)] == ["/2"]


def test_what_is_no_feed_is_told_and_the_others_are_read(site: Site, tmp_path: Path) -> None:
    site.article("/page")
    (told,) = look(site.url + "/page", tmp_path)
    assert told.told == "holds no entry that names a page; is it a feed?"
    (told,) = look(site.url + "/nothing", tmp_path)
    assert told.told == "answered 404: there is no such page"


def test_a_feed_cannot_lead_off_the_web(site: Site, tmp_path: Path) -> None:
    body = '<rss version="2.0"><channel><item><link>{}</link></item><item><link>{}</link></item></channel></rss>'
    page = Page(body.format("file:///etc/passwd", "javascript:x").encode(), headers={"Content-Type": "text/xml"})
    site.pages["/feed"] = page
    (told,) = look(site.url + "/feed", tmp_path)
    assert "no entry that names a page" in (told.told or "")


def test_feeds_by_address_opml_and_list(tmp_path: Path) -> None:
    (tmp_path / "f.opml").write_text(OPML.format("https://kell.example/feed"), encoding="utf-8")
    (tmp_path / "f.txt").write_text("# feeds\nhttps://orrin.example/rss\n\n", encoding="utf-8")
    assert feeds_in([str(tmp_path / "f.opml"), str(tmp_path / "f.txt"), "https://kell.example/feed"]) == [
        "https://kell.example/feed",
        "https://kell.example/feed2",
        "https://orrin.example/rss",
    ]


@pytest.mark.parametrize("data", [b"", b"<opml><body/></opml>", b"<opml><outline", b"# nothing\n"])
def test_lists_that_name_nothing_are_wrong_usage(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "f.opml").write_bytes(data)
    with pytest.raises(UsageError, match=r"f\.opml"):
        feeds_in([str(tmp_path / "f.opml")])
    with pytest.raises(UsageError, match="cannot be read"):
        feeds_in([str(tmp_path / "none.opml")])


def test_no_entity_of_a_list_is_loaded(tmp_path: Path) -> None:
    evil = (
        '<!DOCTYPE o [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + OPML.format("https://k.example/&e;").split("?>")[1]
    )
    (tmp_path / "f.opml").write_text(evil, encoding="utf-8")
    try:
        named = feeds_in([str(tmp_path / "f.opml")])
    except UsageError:
        return
    assert all(url.startswith("https://k.example/") and len(url) < 30 for url in named)

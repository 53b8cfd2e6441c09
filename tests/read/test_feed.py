"""RSS and Atom: full content where there is any, the summary else and said, each entry with its own bytes."""

from __future__ import annotations

import pytest
from held import LAST, LEAD, TITLE, errors, pages, read, remarks, sample

RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title><item>%s</item></channel></rss>'


def test_content_is_taken_before_the_summary() -> None:
    full, short = pages(read(sample("wordpress.rss"), "w.rss"))
    assert (full.title, full.outlet, full.authors, full.language) == (TITLE, "The Kell Gazette", ("Tilda Marn",), "en")
    assert (full.url, full.published) == ("https://gazette.kell.example/world/corda-crossing/", "2031-03-04")
    assert full.published_rule == "feed published"
    assert full.text.startswith(LEAD)
    assert full.text.endswith(LAST)
    assert short.title == "Orlen’s dairies count their losses"


def test_summaries_and_bare_links_are_said() -> None:
    assert remarks(read(sample("wordpress.rss"), "w.rss")) == [
        "w.rss: 1 of 3 entries carry a summary only, which was read",
        "w.rss: 1 of 3 entries carry a title and a link only; `parley fetch` gets their pages",
    ]


def test_an_atom_entry_with_its_markup_unfolded() -> None:
    (page,) = pages(read(sample("agency.atom"), "a.atom"))
    assert (page.title, page.outlet, page.published) == ("No accord on Corda & no new date", None, "2031-03-04")
    assert page.text.endswith(LAST)
    assert remarks(read(sample("agency.atom"), "a.atom")) == []


def test_an_entry_keeps_its_bytes_when_the_feed_grows() -> None:
    feed = sample("wordpress.rss")
    before = pages(read(feed, "w.rss"))[0]
    assert before.data.startswith(b"<item>")
    assert before.data.endswith(b"</item>")
    assert before.data in feed
    grown = feed.replace(b"<item>", b"<item><title>New</title><description>Word.</description></item>\n<item>", 1)
    assert before.id in [p.id for p in pages(read(grown, "w.rss"))]


@pytest.mark.parametrize("title", ["Kell Gazette | World", "World - Kell Gazette", "Kell Gazette » Talks"])
def test_a_feed_s_title_with_a_section_names_no_outlet(title: str) -> None:
    (page,) = pages(read(RSS % (title.encode(), b"<description>Talks go on.</description>"), "w.xml"))
    assert page.outlet is None


def test_a_feed_is_told_without_a_name() -> None:
    assert len(pages(read(sample("wordpress.rss"), ""))) == 2
    assert len(pages(read(b"<!-- by <x> -->" + sample("agency.atom").split(b"?>", 1)[1].strip(), ""))) == 1


def test_utf_16_and_feeds_that_are_not_well_formed_are_read() -> None:
    (page,) = pages(read(sample("agency.atom").replace(b"utf-8", b"utf-16").decode().encode("utf-16"), "a.xml"))
    assert page.text.endswith(LAST)
    found = read(sample("wordpress.rss")[:-40], "w.rss")
    assert pages(found)[0].text.endswith(LAST)
    assert "not well-formed" in remarks(found)[0]


@pytest.mark.parametrize(
    ("data", "told"), [(b"<a>x</a>", "not RSS or Atom"), (b"no xml", "not RSS or Atom"), (b"", "empty")]
)
def test_what_is_no_feed_is_named(data: bytes, told: str) -> None:
    (error,) = errors(read(data, "w.xml"))
    assert error.startswith("w.xml: ")
    assert told in error


def test_no_entity_is_loaded_and_none_explodes() -> None:
    laughs = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"ha") for n in range(12))
    doctype = b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">%s]>' % laughs
    for entity in (b"&f;", b"&a11;"):
        body = b"<description>Talks: %s</description>" % entity
        found = read((RSS % (b"K", body)).replace(b"?>", b"?>" + doctype, 1), "w.rss")
        assert all(len(p.text) < 100_000 for p in pages(found))
        with open("/etc/hostname", encoding="utf-8") as own:  # noqa: PTH123 - what an attacker would name
            assert not any(own.read().strip() in p.text for p in pages(found))

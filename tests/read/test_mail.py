"""MHTML and mails: the one part that is the article, and what the headers say of it."""

from __future__ import annotations

from held import LAST, LEAD, TITLE, errors, pages, read, remarks, sample


def test_a_page_as_a_browser_saved_it() -> None:
    (page,) = pages(read(sample("chrome.mhtml"), "c.mhtml"))
    assert (page.title, page.url) == (TITLE, "https://gazette.kell.example/world/corda-crossing")
    assert (page.published, page.saved, page.media) == ("2031-03-04", "2031-03-05", "html")
    assert page.data.startswith(b"<!DOCTYPE html>")
    assert LAST in page.text
    assert "Newsletter" not in page.text  # a frame


def test_mhtml_is_told_without_its_ending() -> None:
    assert LAST in pages(read(sample("chrome.mhtml"), ""))[0].text
    assert LAST in pages(read(sample("chrome.mhtml"), "c.mht"))[0].text


def test_a_mail_with_its_subject_and_day() -> None:
    found = read(sample("mail.eml"), "m.eml")
    (page,) = pages(found)
    assert (page.title, page.published) == ("KNA: Gespräche über Corda – no accord", "2031-03-04")
    assert (page.published_rule, page.authors) == ("mail Date", ("Kell News Agency",))
    assert page.text.startswith(LEAD)
    assert page.data == sample("mail.eml")
    assert remarks(found) == ["m.eml: 1 attachment not read; save and give them"]


def test_a_mail_whose_plain_text_says_nothing_is_read_from_its_html() -> None:
    data = (
        b'Subject: Talks\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nOpen this mail in a browser.\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>The talks failed.</p><p>They go on.</p>\r\n--b--\r\n"
    )
    (page,) = pages(read(data, "m.eml"))
    assert page.text == "The talks failed.\nThey go on."
    assert page.title == "Talks"


def test_what_holds_no_article_is_named() -> None:
    mhtml = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--'
    assert errors(read(mhtml, "c.mhtml")) == ["c.mhtml: holds no page: no part is text/html"]
    assert errors(read(b"Subject: nothing\r\n\r\n \r\n", "m.eml")) == ["m.eml: a mail without text"]


def test_parts_inside_parts_without_end_are_set_aside() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(3_000))
    assert "set aside" in errors(read(b"Subject: x\r\n" + deep + b"\r\nText.", "m.eml"))[0]
    many = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 40_000
    assert "set aside" in errors(read(many, "m.eml"))[0]

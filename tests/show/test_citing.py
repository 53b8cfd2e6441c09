"""A citation names outlet, title, day, address, characters and hash, on one line whatever is in them."""

from __future__ import annotations

from typing import Any

from parley.show.citing import characters, cited, file_name

ARTICLE: dict[str, Any] = {
    "row": "article",
    "id": "ar_1",
    "file": "in/2031/road.txt",
    "source_id": "road.txt",
    "sha256": "ab12",
    "title": "Envoy says road will open",
    "outlet": "Herald",
    "url": "https://herald.example/road",
    "published": "2031-03-03",
    "published_precision": "day",
    "published_earliest": "2031-03-03",
    "published_latest": "2031-03-03",
}
FIGURE = {"row": "figure", "id": "fi_1", "span": [134, 155]}


def test_a_row_is_cited_with_all_that_proves_it() -> None:
    assert cited(FIGURE, ARTICLE) == (
        "Herald, “Envoy says road will open”, 3 March 2031. https://herald.example/road. "
        "Characters 134-155 of road.txt, SHA-256 ab12. Row fi_1."
    )


def test_what_is_not_known_is_written_out() -> None:
    bare = {**ARTICLE, "outlet": None, "title": None, "url": None, "published": None, "published_precision": None}
    assert cited(FIGURE, bare).startswith("Outlet unknown, “no title”, no date. Characters")
    interval = {**ARTICLE, "published_precision": "interval", "published_latest": "2031-03-05"}
    assert "3 March 2031 to 5 March 2031" in cited(FIGURE, interval)


def test_an_article_is_cited_without_characters() -> None:
    assert cited(ARTICLE, ARTICLE).endswith("File road.txt, SHA-256 ab12. Article ar_1.")


def test_a_statement_in_parts_names_each_of_them() -> None:
    statement = {"row": "statement", "id": "st_1", "content": [[3, 9], [12, 20]]}
    assert "Characters 3-9, 12-20 of" in cited(statement, ARTICLE)
    assert characters([]) == ""


def test_no_folder_and_no_line_break_gets_into_a_citation() -> None:
    odd = {**ARTICLE, "file": "C:\\home\\ana\\a\nb.jsonl", "source_id": "12\n", "title": "one\ntwo", "outlet": "A\tB"}
    assert file_name(odd) == "a b.jsonl, record 12"
    assert "\n" not in cited(FIGURE, odd)
    assert "home" not in cited(FIGURE, odd)

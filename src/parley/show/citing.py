"""A line to cite a row by: outlet, title, day, address, characters and hash. One wording, on pages, in a terminal and in files."""

from __future__ import annotations

from collections.abc import Sequence

from parley.show.terminal import dated, flat
from parley.show.words import spans_of
from parley.store.rows import Row


def cited(row: Row, article: Row) -> str:
    """What proves a row: whoever has the source's bytes can check their hash, and the characters in them."""
    spans = [] if row["row"] == "article" else spans_of(row)
    where = f"Characters {characters(spans)} of {file_name(article)}" if spans else f"File {file_name(article)}"
    address = f" {flat(article['url'])}." if article["url"] else ""
    return (
        f"{outlet(article)}, “{title(article)}”, {dated(article)}.{address} "
        f"{where}, SHA-256 {article['sha256']}. {'Article' if row['row'] == 'article' else 'Row'} {row['id']}."
    )


def outlet(article: Row) -> str:
    """Who published it."""
    return flat(article["outlet"] or "") or "Outlet unknown"


def title(article: Row) -> str:
    """Its title on one line."""
    return flat(article["title"] or "") or "no title"


def characters(spans: Sequence[Sequence[int]]) -> str:
    """Spans as they are written: first character, and the one after the last, from 0.

    >>> characters([[3, 9], [12, 20]])
    '3-9, 12-20'
    """
    return ", ".join(f"{s[0]}-{s[1]}" for s in spans)


def file_name(article: Row) -> str:
    """The name of a source without the folders that it lay in, and its record."""
    name = flat(article["file"].replace("\\", "/").rsplit("/", 1)[-1])
    same = article["source_id"] is None or flat(article["source_id"]) == name
    return name if same else f"{name}, record {flat(article['source_id'])}"

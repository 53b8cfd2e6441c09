"""A line to cite a row by: outlet, title, day, address, characters and hash. One wording, on pages, in a terminal and in files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.show.terminal import dated, flat
from parley.show.words import spans_of
from parley.store.rows import Row


def cited(row: Row, article: Row) -> str:
    """What proves a row: whoever has the source's bytes can check their hash, and the characters in them."""
    spans = [] if row["row"] == "article" else spans_of(row)
    where = f"Characters {characters(spans)} of {file_name(article)}" if spans else f"File {file_name(article)}"
    address = f" {line(article['url'])}." if article["url"] else ""
    return (
        f"{outlet(article)}, “{title(article)}”, {dated(article)}.{address} "
        f"{where}, SHA-256 {article['sha256']}. {'Article' if row['row'] == 'article' else 'Row'} {row['id']}."
    )


def outlet(article: Row) -> str:
    """Who published it."""
    return line(article["outlet"] or "") or "Outlet unknown"


def title(article: Row) -> str:
    """Its title on one line."""
    return line(article["title"] or "") or "no title"


def characters(spans: Sequence[Sequence[int]]) -> str:
    """Spans as they are written: first character, and the one after the last, from 0.

    >>> characters([[3, 9], [12, 20]])
    '3-9, 12-20'
    """
    return ", ".join(f"{s[0]}-{s[1]}" for s in spans)


def file_name(article: Row) -> str:
    """The name of a source without the folders that it lay in, and its record."""
    name = line(article["file"].replace("\\", "/").rsplit("/", 1)[-1])
    same = line(article["source_id"] or name) in (name, name.rpartition(".")[0])
    return name if same else f"{name}, record {line(article['source_id'])}"


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_EMBEDS, _ISOLATES = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"


def line(text: str) -> str:
    """Text on one line, fit to stand among other text."""
    return flat(fit(text))


def fit(text: str) -> str:
    """Text without control characters, and with every change of direction in it ended: it cannot turn what stands after it around.

    >>> fit("a\\x00b"), fit("\\u202eabc") == "\\u202eabc\\u202c"
    ('a\ufffdb', True)
    """
    shown = _UNSEEN.sub("\ufffd", text)
    embedded = isolated = 0
    for c in shown:
        embedded += (c in _EMBEDS) - (c == "\u202c" and embedded > 0)
        isolated += (c in _ISOLATES) - (c == "\u2069" and isolated > 0)
    return shown + "\u202c" * embedded + "\u2069" * isolated

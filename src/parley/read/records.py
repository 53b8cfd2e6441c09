"""Records -> RawPages: JSON Lines, JSON and CSV, one article a record, streamed, with the bytes of each record kept.

A record that cannot be read is yielded as a ReadError that names it; the ones after it are read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any, BinaryIO

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.day import day_of
from parley.read.kinds import Origin, Pages
from parley.read.streams import head, peekable, whole
from parley.read.text import decode

LARGEST_RECORD = 20_000_000
FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "maintext", "body", "content", "article", "article_text", "fulltext", "full_text", "articlebody", "main_text", "story", "story_text"),
    "title": ("title", "headline", "heading"),
    "published": (
        "date", "date_publish", "published", "publish_date", "date_published", "datepublished", "published_at", "published_date",
        "publication_date", "pub_date", "pubdate", "publishedat", "timestamp", "datetime",
    ),
    "url": ("url", "link", "permalink", "source_url", "canonical_url"),
    "outlet": ("outlet", "source_domain", "source", "publisher", "media_name", "publication", "site_name", "sitename", "site", "newspaper", "domain"),
    "authors": ("authors", "author", "byline", "by"),
    "language": ("language", "lang"),
    "id": ("id", "source_id", "article_id", "_id", "uid", "guid", "stories_id"),
}  # fmt: skip
_DELIMITERS = ",;\t|"


def read_jsonl(stream: BinaryIO, origin: Origin) -> Pages:
    """One page a line."""
    lines: BinaryIO = (buffered := peekable(stream))
    if head(buffered)[:2] in (b"\xff\xfe", b"\xfe\xff"):
        # UTF-16 has no bytes to find lines by; it is rare enough for JSON Lines to be held whole.
        lines = io.BytesIO(decode(whole(buffered, origin.file))[0].encode("utf-8", "replace"))
    return pages_from_jsonl(lines, file=origin.file, columns=origin.columns)


def read_json(stream: BinaryIO, origin: Origin) -> Pages:
    """The object, or the objects of the list, that a file holds."""
    return pages_from_json(whole(stream, origin.file), file=origin.file, columns=origin.columns)


def read_csv(stream: BinaryIO, origin: Origin) -> Pages:
    """One page a row."""
    return pages_from_csv(stream, file=origin.file, columns=origin.columns)


def pages_from_jsonl(
    stream: BinaryIO, *, file: str, columns: Mapping[str, str] | None = None
) -> Iterator[RawPage | ReadError]:
    """One page a line; memory holds one line at a time."""
    number = 0
    while line := stream.readline(LARGEST_RECORD + 1):
        number += 1
        where = f"line {number}"
        if len(line) > LARGEST_RECORD:
            _skip_line(stream, line)
            yield ReadError(f"a record of more than {LARGEST_RECORD:,} bytes; split it", file=file, record=where)
            continue
        line = line.rstrip(b"\r\n")
        if line.strip(b" \t\x00\xef\xbb\xbf"):
            yield _from_line(line, file, where, number, columns)


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(LARGEST_RECORD)


def _from_line(
    line: bytes, file: str, where: str, number: int, columns: Mapping[str, str] | None
) -> RawPage | ReadError:
    text, encoding = decode(line)
    try:
        record = json.loads(text.replace("\x00", "\ufffd"), strict=False)
    except (ValueError, RecursionError) as error:
        return ReadError(f"not a JSON object ({_brief(error)}); mend or remove the line", file=file, record=where)
    return page_from_record(
        record, data=line, file=file, where=where, number=number, encoding=encoding, columns=columns
    )


def _brief(error: Exception) -> str:
    return str(error)[:120] or type(error).__name__


def pages_from_json(
    data: bytes, *, file: str, columns: Mapping[str, str] | None = None
) -> Iterator[RawPage | ReadError]:
    """A JSON file: one object, or a list of them."""
    text, encoding = decode(data)
    try:
        whole = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        if text.lstrip()[:1] == "{" and "\n" in text.strip():
            yield from pages_from_jsonl(io.BytesIO(data), file=file, columns=columns)
            return
        yield ReadError(f"not JSON ({_brief(error)})", file=file)
        return
    if not isinstance(whole, list):
        yield page_from_record(
            whole, data=data, file=file, where="the object", number=0, encoding=encoding, columns=columns
        )
        return
    for number, (record, part) in enumerate(_items(text, whole), 1):
        where = f"item {number}"
        yield page_from_record(
            record, data=part, file=file, where=where, number=number, encoding=encoding, columns=columns
        )


def _items(text: str, whole: list[Any]) -> Iterator[tuple[Any, bytes]]:
    """The items of a JSON list with the bytes that each was written with."""
    read = json.JSONDecoder(strict=False).raw_decode
    at = text.index("[") + 1
    for item in whole:
        while text[at] in " \t\r\n,":
            at += 1
        _, end = read(text, at)
        yield item, text[at:end].encode("utf-8", "surrogatepass")
        at = end


def pages_from_csv(
    stream: BinaryIO,
    *,
    file: str,
    columns: Mapping[str, str] | None = None,
    without_text: Callable[[dict[str, str], str], ReadError] | None = None,
) -> Iterator[RawPage | ReadError]:
    """One page a row; the first row names the columns.

    `without_text` says of a row, by its place, that it has none; without it a table that has no column for texts is one error.
    """
    csv.field_size_limit(LARGEST_RECORD)
    head: bytes = getattr(stream, "peek", lambda _: b"")(65_536)
    encoding = decode(head[: head.rfind(b"\n") + 1] or head)[1]
    # A byte that is not of the encoding is kept, for `_mended`; half a wide character may be a byte that stands for a letter too.
    errors = "surrogateescape" if _by_the_byte(encoding) else "replace"
    decoded = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
    try:
        yield from _pages_from_rows(decoded, file, _delimiter(head, encoding), columns, without_text)
    finally:
        decoded.detach()  # the stream is the caller's to close


def _pages_from_rows(
    decoded: io.TextIOWrapper,
    file: str,
    delimiter: str,
    columns: Mapping[str, str] | None,
    without_text: Callable[[dict[str, str], str], ReadError] | None,
) -> Iterator[RawPage | ReadError]:
    consumed: list[str] = []
    names: list[str] = []
    rows = csv.reader(_kept(decoded, consumed), delimiter=delimiter)
    for number in count(1):
        consumed.clear()
        where = f"row {number}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield ReadError(f"not a CSV row ({error})", file=file, record=where)
            continue
        if not names:
            names = [name.strip() for name in row]
            if not without_text and not _has_text([name.lower() for name in names], columns):
                wanted = (columns or {}).get("text") or ", ".join(FIELDS["text"][:4])
                message = f"no column is called {wanted}; name the one that holds the articles"
                yield ReadError(message, file=file, record=where)
                return
        elif any(cell.strip() for cell in row):
            data = "".join(consumed).encode(decoded.encoding.removesuffix("-sig"), decoded.errors or "strict")
            record = dict(zip(names, map(_mended, row), strict=False))
            page = page_from_record(
                record, data=data, file=file, where=where, number=number, encoding=decoded.encoding, columns=columns
            )
            if without_text and isinstance(page, ReadError):
                page = without_text({name.lower(): cell for name, cell in record.items()}, where)
            yield page


def _by_the_byte(encoding: str) -> bool:
    """True of ASCII with more: what is not ASCII is a character, or wrong, byte by byte.

    >>> [name for name in ("utf-8", "cp1252", "utf_16_be", "shift_jis", "iso2022_jp") if _by_the_byte(name)]
    ['utf-8', 'cp1252']
    """
    plain, other = (
        bytes(range(128)) + b"\x1b$B00",
        bytes(range(128, 256)),
    )  # ISO 2022 writes Japanese as `ESC $ B` and ASCII
    return plain.decode(encoding, "replace").isascii() and len(other.decode(encoding, "replace")) == len(other)


def _has_text(names: list[str], columns: Mapping[str, str] | None) -> bool:
    chosen = (columns or {}).get("text")
    return chosen.lower() in names if chosen else any(name in names for name in FIELDS["text"])


def _mended(cell: str) -> str:
    """A cell whose bytes were not in the encoding of the file's head, decoded by itself."""
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return decode(cell.encode("utf-8", "surrogateescape"))[0]
    return cell


def _kept(stream: io.TextIOWrapper, consumed: list[str]) -> Iterator[str]:
    """The stream's lines, each noted in `consumed`; a line without end comes in parts of a record's size."""
    while line := stream.readline(LARGEST_RECORD):
        consumed.append(line)
        yield line


def _delimiter(head: bytes, encoding: str) -> str:
    first = head.decode(encoding, "replace").split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


def page_from_record(
    record: Any,
    *,
    data: bytes,
    file: str,
    where: str,
    number: int,
    encoding: str,
    columns: Mapping[str, str] | None = None,
) -> RawPage | ReadError:
    """A record as a page, or the ReadError that says what it lacks.

    `columns` names a record's own fields for ours: `{"text": "artikel", "title": "kop"}`.
    """
    if not isinstance(record, dict):
        return ReadError(f"a JSON {type(record).__name__}, not an object with a text field", file=file, record=where)
    fields = {str(k).strip().lower(): v for k, v in record.items()}

    def field(name: str) -> tuple[str | None, Any]:
        chosen = (columns or {}).get(name)
        for key in (chosen.lower(),) if chosen else FIELDS[name]:
            if fields.get(key) not in (None, "", []):
                return key, fields[key]
        return None, None

    text = field("text")[1]
    if not isinstance(text, str) or not text.strip():
        wanted = (columns or {}).get("text") or ", ".join(FIELDS["text"][:4])
        return ReadError(f"no text: none of the fields {wanted} holds any; name the column", file=file, record=where)
    date_key, date = field("published")
    day = day_of(date)
    return RawPage(
        file=file,
        source_id=_word(field("id")[1]) or (str(number) if number else _stem(file)),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        media="record",
        text=text,
        encoding=encoding,
        title=_word(field("title")[1]),
        outlet=_word(field("outlet")[1]),
        url=_word(field("url")[1]),
        authors=_people(field("authors")[1]),
        published=day,
        published_rule=f"field {date_key}" if day else None,
        language=_word(field("language")[1]),
    )


def _stem(file: str) -> str:
    name = file.replace("\\", "/").rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[0] or name


def _word(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or value.get("$oid")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split()) or None


def _people(value: Any) -> tuple[str, ...]:
    """Author names from a list, or from a text that parts them with semicolons, bars or commas."""
    if isinstance(value, str):
        text = value.strip()
        if text[:1] == "[":  # a list that a CSV column holds as text
            text = text.strip("[]").replace("'", "").replace('"', "")
        mark = next((m for m in (";", "|", ",") if m in text), None)
        value = text.split(mark) if mark else [text]
    if not isinstance(value, list):
        value = [value]
    names = [_word(v) for v in value[:50]]
    return tuple(dict.fromkeys(n.removeprefix("By ").removeprefix("by ") for n in names if n))

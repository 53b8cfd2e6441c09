"""Zotero and its like: references as RIS or CSL-JSON, with the snapshots that were exported beside them.

    TY  - NEWS                          {"id": "...", "type": "article-newspaper", "title": "...",
    TI  - Title                          "container-title": "Outlet", "abstract": "...",
    AU  - Pell, Ana                      "author": [{"family": "Pell", "given": "Ana"}],
    T2  - Outlet                         "issued": {"date-parts": [[2031, 3, 5]]},
    DA  - 2031/03/05/                    "attachments": [{"path": "files/12/talks.html"}]}
    L2  - files/12/talks.html
    ER  -

The text of an article is its snapshot's or PDF's. One without such a file gives its abstract, and an error that says so; one
without either is an error. Files are looked for inside the export's own folder and nowhere else, whatever the export says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from parley.data import RawPage
from parley.errors import ReadError, Remark
from parley.read.day import day_of
from parley.read.kinds import Origin, Pages, read_stream
from parley.read.streams import whole
from parley.read.text import decode
from parley.read.vendors.days import day_in
from parley.read.vendors.fields import Fields, Record, called, page_of
from parley.read.vendors.split import Part, parts

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|)\Z", re.DOTALL)
_OPENS = re.compile(rb"TY  ?- ")
_TITLES, _OUTLETS, _DAYS = ("TI", "T1", "CT"), ("T2", "JF", "JO", "JA", "BT", "PB"), ("DA", "Y1", "PY")
_FILES = ("L1", "L2", "L4", "LK", "FI")
_READ_AS_TEXT = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".docx", ".rtf", ".txt", ".md")
"""Endings of attached files that may be the article, those of snapshots first."""
_KEY = re.compile(r"(?:.*/items/|.*/)?([A-Za-z0-9][\w.-]{2,80})\Z", re.DOTALL)
_FOLDERS = ("files", "storage")
_MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Item:
    """A reference: what it says of the article, its abstract, and the paths of its files as the export gives them."""

    fields: Fields
    abstract: str
    paths: tuple[str, ...]
    authors: tuple[str, ...]


def read_ris(stream: BinaryIO, origin: Origin) -> Pages:
    """The references of a RIS file, streamed."""
    for found in parts(stream, origin.file, lambda line: bool(_OPENS.match(line)), noun="reference"):
        if isinstance(found, ReadError):
            yield found
        elif found.record.number:
            yield from _pages(_from_ris(found), found.record, origin)


def read_csl(stream: BinaryIO, origin: Origin) -> Pages:
    """The references of a CSL-JSON file."""
    text, _ = decode(whole(stream, origin.file))
    try:
        given = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"not JSON ({str(error)[:120] or type(error).__name__})", file=origin.file) from error
    items = given.get("items", [given]) if isinstance(given, dict) else given
    for number, item in enumerate(items if isinstance(items, list) else [items], 1):
        where = f"reference {number}"
        if not isinstance(item, dict):
            yield ReadError(f"a JSON {type(item).__name__}, not a reference", file=origin.file, record=where)
            continue
        data = json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass")
        yield from _pages(_from_csl(item), Record(data, where, number), origin)


def _pages(item: Item, record: Record, origin: Origin) -> Iterator[RawPage | ReadError]:
    """The article: its first file that can be read, else its abstract; an error for each thing that is lacking."""
    title = called(item.fields.title)
    tried: list[str] = []
    for path in _found(item, origin):
        page = _attached(path, origin)
        if isinstance(page, RawPage):
            yield _told(page, item, record, origin.file)
            return
        tried.append(str(page))
    lacking = (
        f"its file cannot be read ({tried[0]})" if tried else "no snapshot or PDF of it lies in the export's folder"
    )
    if not item.abstract.strip():
        yield ReadError(f"{lacking}, and it has no abstract{title}", file=origin.file, record=record.where)
        return
    yield Remark(f"{lacking}; only its abstract was read{title}", file=origin.file, record=record.where)
    page_or_error = page_of(replace(item.fields, text=item.abstract), record, origin.file)
    yield replace(page_or_error, authors=item.authors) if isinstance(page_or_error, RawPage) else page_or_error


def _told(page: RawPage, item: Item, record: Record, file: str) -> RawPage:
    """A file's page with what the reference says of it; what the reference leaves open, the file may say."""
    fields = item.fields
    return replace(
        page,
        file=file,
        source_id=fields.id or str(record.number),
        title=" ".join(fields.title.split()) or page.title,
        outlet=" ".join(fields.outlet.split()) or page.outlet,
        url=fields.url or page.url,
        authors=item.authors or page.authors,
        published=fields.published or page.published,
        published_rule=fields.rule if fields.published else page.published_rule,
        language=fields.language or page.language,
    )


def _found(item: Item, origin: Origin) -> list[Path]:
    """The reference's files that lie in the export's folder, snapshots first; none for standard input and archives."""
    home = Path(origin.file).parent
    if origin.depth or not Path(origin.file).is_file():
        return []
    root = home.resolve()
    named = [home / _plain(path) for path in item.paths[:_MOST_FILES]]
    kept = [f for folder in _FOLDERS if item.fields.id for f in _listed(home / folder / item.fields.id, root)]
    inside = [p for p in (*named, *kept) if _inside(p, root)]
    return sorted(dict.fromkeys(inside), key=lambda p: _READ_AS_TEXT.index(p.suffix.lower()))


def _plain(path: str) -> str:
    """A path as exports write it: with a scheme, percent signs, backslashes, or a label before and a type after it."""
    path = urlsplit(path).path if path.startswith("file:") else path
    inner = re.fullmatch(
        r"[^:]{0,200}:(.{1,400}):[a-z]+/[\w.+-]+", path, re.DOTALL
    )  # "Snapshot:files/12/x.html:text/html"
    return unquote(inner[1] if inner else path).replace("\\", "/").replace("\x00", "")


def _listed(folder: Path, root: Path) -> list[Path]:
    try:
        return sorted(islice(folder.iterdir(), _MOST_FILES)) if folder.resolve().is_relative_to(root) else []
    except OSError:
        return []


def _inside(path: Path, root: Path) -> bool:
    """True for a file of a kind that is read whose real place, links followed, is below `root`."""
    if path.suffix.lower() not in _READ_AS_TEXT:
        return False
    try:
        real = path.resolve()
        return real.is_relative_to(root) and real.is_file()
    except (OSError, RuntimeError, ValueError):
        return False


def _attached(path: Path, origin: Origin) -> RawPage | ReadError:
    with path.open("rb") as stream:
        pages = read_stream(stream, Origin(path.name, path.name, depth=origin.depth + 1))
        return next(pages, None) or ReadError("it holds no article", file=path.name)


def _from_ris(part: Part) -> Item:
    told: dict[str, list[str]] = {}
    last = ""
    for line in part.text.splitlines():
        tag = _TAG.match(line)
        if tag:
            last = tag[1]
            told.setdefault(last, []).append((tag[2] or "").strip())
        elif last and line.strip():
            told[last][-1] += "\n" + line.strip()

    def first(*tags: str) -> str:
        return next((v for t in tags for v in told.get(t, []) if v), "")

    day = next((d for t in _DAYS if (d := _day(first(t)))), None)
    return Item(
        Fields(
            title=first(*_TITLES),
            outlet=first(*_OUTLETS),
            published=day,
            rule="RIS date",
            language=first("LA"),
            url=first("UR"),
            id=_key(first("ID")),
        ),
        first("AB", "N2"),
        tuple(path for tag in _FILES for value in told.get(tag, []) for path in value.split(";") if path.strip()),
        _people(told.get("AU", []) + told.get("A1", [])),
    )


def _day(value: str) -> str | None:
    """ "2031/03/05/" or "2031/03//" or a year, as precise as it is."""
    numbers = re.fullmatch(r"(\d{4})(?:/(\d{1,2})?)?(?:/(\d{1,2})?)?(?:/.*)?", value.strip(), re.DOTALL)
    if not numbers:
        return day_of(value) or day_in(value)
    return _iso([int(g) for g in numbers.groups() if g])


def _iso(numbers: Sequence[int]) -> str | None:
    return day_of("-".join([f"{numbers[0]:04d}", *(f"{n:02d}" for n in numbers[1:3])])) if numbers else None


def _key(value: str) -> str:
    found = _KEY.match(value.strip())
    return found[1] if found else ""


def _people(names: Iterable[str]) -> tuple[str, ...]:
    turned = (" ".join(f"{first} {last}".split()) for last, _, first in (n.strip("{} ").partition(",") for n in names))
    return tuple(dict.fromkeys(n for n in turned if n))


def _from_csl(item: dict[str, Any]) -> Item:
    def word(*names: str) -> str:
        return next((str(item[n]) for n in names if isinstance(item.get(n), str | int) and str(item[n]).strip()), "")

    return Item(
        Fields(
            title=word("title"),
            outlet=word("container-title", "publisher"),
            published=_issued(item.get("issued")),
            rule="CSL issued",
            language=word("language"),
            url=word("URL", "url"),
            id=_key(word("id", "citation-key")),
        ),
        word("abstract"),
        tuple(_paths(item)),
        _people(_csl_names(item.get("author"))),
    )


def _issued(value: Any) -> str | None:
    """The day in {"date-parts": [[2031, 3, 5]]} or {"raw": "5 March 2031"}."""
    if isinstance(value, str):
        return _day(value)
    if not isinstance(value, dict):
        return None
    parts_given = value.get("date-parts")
    first = parts_given[0] if isinstance(parts_given, list) and parts_given else None
    if isinstance(first, list):
        numbers = [int(n) for n in first[:3] if isinstance(n, int | str) and str(n).strip().isdecimal()]
        return _iso(numbers)
    raw = value.get("raw") or value.get("literal")
    return _day(raw) if isinstance(raw, str) else None


def _csl_names(value: Any) -> Iterator[str]:
    for person in value if isinstance(value, list) else []:
        if isinstance(person, dict):
            family, given, literal = (str(person.get(k) or "") for k in ("family", "given", "literal"))
            particle = str(person.get("non-dropping-particle") or "")
            yield f"{particle} {family},{given}" if family else literal


def _paths(item: dict[str, Any]) -> Iterator[str]:
    """The paths that an item names: its own `file`, and those of its attachments."""
    for name in ("attachments", "files", "file"):
        listed = item.get(name)
        for one in listed if isinstance(listed, list) else [listed]:
            path = (one.get("path") or one.get("localPath") or one.get("file")) if isinstance(one, dict) else one
            if isinstance(path, str):
                yield from (p.strip() for p in path.split(";") if p.strip())

"""WARC and WARC.gz -> RawPages: the pages among the answers that a crawl kept, streamed.

A page is an answer with status 200 and a type of HTML. Everything else (requests, pictures, redirects ...) is counted, and
the counts come last, as a Remark. An article's bytes are the page as the server meant it: without the transfer's packing.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from dataclasses import replace
from typing import Any, BinaryIO

from parley.data import RawPage
from parley.errors import ReadError, Remark
from parley.read.budget import Budget
from parley.read.day import day_of
from parley.read.gunzip import MAGIC, Gunzip
from parley.read.html import EXTRACTOR, LARGEST_PAGE
from parley.read.kinds import Origin, Pages
from parley.read.streams import head, peekable
from parley.read.unopened import Unopened
from parley.read.warc_records import LARGEST_RECORD, Record, Records

_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{2,40})", re.ASCII | re.IGNORECASE)
_LOST_TOLD = 20
"""Places of bytes without a record that are named one by one."""
_HOPELESS = 1_000
_TOLD = 12
"""Reasons for passing records over that are told one by one."""


def read_warc(stream: BinaryIO, origin: Origin) -> Pages:
    """The pages of a WARC; each record that is damaged gives an error in its place, and the next ones are read."""
    buffered = peekable(stream)
    budget = origin.budget or Budget(origin.file)
    unpacked = None
    if head(buffered).startswith(MAGIC):
        unpacked = Gunzip(buffered, budget, file=origin.file, resume=True)
        buffered = io.BufferedReader(unpacked, 1 << 18)
    seen: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for record in Records(buffered):
        seen["records"] += 1
        seen[record.fault or "sound"] += 1
        found = list(_read_record(record, origin, passed))
        bad = bool(found) and not any(isinstance(page, RawPage) for page in found)
        seen["bad"] = seen["bad"] + 1 if bad else 0
        if record.fault != "lost" or seen["lost"] <= _LOST_TOLD:
            yield from found
        if seen["bad"] >= _HOPELESS:
            told = f"{_HOPELESS:,} records one after the other cannot be read; the rest is passed over"
            yield ReadError(told, file=origin.file)
            break
    yield from _closing(unpacked, seen, origin)
    yield from _remark(passed, origin)


def _closing(unpacked: Gunzip | None, seen: Counter[str], origin: Origin) -> Pages:
    """What is to be said of the file as a whole."""
    if seen["lost"] > _LOST_TOLD:
        told = f"bytes that belong to no record, {seen['lost'] - _LOST_TOLD:,} times more"
        yield ReadError(told, file=origin.file)
    if unpacked and unpacked.broken:
        more = f"; so it did {unpacked.breaks - 1} times more" if unpacked.breaks > 1 else ""
        yield ReadError(f"{unpacked.broken}, and what can be told after it{more}", file=origin.file)
    elif not seen["records"]:
        yield ReadError("the WARC holds no record", file=origin.file)
    if seen["length"]:
        told = f"{seen['length']} record{'' if seen['length'] == 1 else 's'} not as long as stated; read up to the next one"
        yield Remark(told, file=origin.file)


def _read_record(record: Record, origin: Origin, passed: Counter[str]) -> Pages:
    where = f"record {record.number} at byte {record.offset:,}"
    if record.fault == "lost":
        yield ReadError("bytes that belong to no record", file=origin.file, record=where)
        return
    if record.fault == "large":
        passed[f"larger than {LARGEST_RECORD:,} bytes"] += 1
        return
    try:
        parsed = _parsed(record, origin.file)
        why = _why_passed(parsed)
        if why:
            passed[why] += why != "warcinfo"  # the file's own head
        else:
            yield _page(parsed, where, origin)
    except ReadError as error:
        yield ReadError(error.told, file=origin.file, record=where)
    except Exception as error:
        # warcio raises what its parsers happen to: ValueError, KeyError, zlib.error, its own.
        told = f"not a record that can be read ({type(error).__name__}: {str(error)[:120]})"
        yield ReadError(told, file=origin.file, record=where)
    if record.fault == "cut":
        yield ReadError("the file ends in this record; what is there of it was read", file=origin.file, record=where)


def _parsed(record: Record, file: str) -> Any:
    """warcio's view of a record, with the length that it really has; raises ReadError where it is none."""
    from warcio.recordloader import ArcWarcRecordLoader

    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    data = record.data
    if record.fault:
        lines = re.sub(rb"(?i)\ncontent-length:[^\n]*", b"", data[: record.content].rstrip(b"\r\n"))
        stated = b"\r\nContent-Length: %d\r\n\r\n" % (len(data) - record.content)
        data = lines.rstrip(b"\r\n") + stated + data[record.content :]
    parsed = ArcWarcRecordLoader(verify_http=False).parse_record_stream(io.BytesIO(data), known_format="warc")
    if not parsed.rec_type:
        raise ReadError("a record that says no type", file=file)
    return parsed


def _why_passed(record: Any) -> str | None:
    """Why a record is no page, None for a page."""
    if record.rec_type != "response":
        return str(record.rec_type)[:40]
    if record.http_headers is None:
        return "answer that is not HTTP"
    status = str(record.http_headers.get_statuscode())
    if status != "200":
        return f"answer with status {status[:3]}"
    kind = _type(record)
    return None if kind in _PAGES else (kind or "answer without a type")


def _type(record: Any) -> str:
    stated = str(record.http_headers.get_header("Content-Type") or "")
    return stated.split(";", 1)[0].strip().lower()[:60]


def _page(record: Any, where: str, origin: Origin) -> Unopened:
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")[:2_000]
    data = record.content_stream().read(LARGEST_PAGE + 1)
    name = str(record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:")[:200]
    if not data.strip():
        raise ReadError(f"an empty page ({url})", file=origin.file, record=where)
    charset = _CHARSET.search(str(record.http_headers.get_header("Content-Type") or ""))
    return replace(
        Unopened.of(data, origin.file, name or where.replace(",", ""), EXTRACTOR),
        declared=charset[1] if charset else None,
        url=url or None,
        saved=day_of(record.rec_headers.get_header("WARC-Date")),
        where=where,
    )


def _remark(passed: Counter[str], origin: Origin) -> Pages:
    if not passed.total():
        return
    parts = [f"{count} {why}" for why, count in passed.most_common(_TOLD) if count]
    rest = passed.total() - sum(count for _, count in passed.most_common(_TOLD))
    parts += [f"{rest} of other kinds"] if rest else []
    count = passed.total()
    told = f"passed over {count} record{'' if count == 1 else 's'} that {'is' if count == 1 else 'are'} no page"
    yield Remark(f"{told}: {', '.join(parts)}", file=origin.file)

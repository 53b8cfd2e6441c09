"""The folder of fetched pages: one small WARC a page, and a hidden log of what was asked and answered.

The log is only added to, a line at a time, and a page is there before its line is; so a run that is killed anywhere has lost no
page and the next one goes on. `parley build FOLDER` reads the pages and passes the log over.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from parley._version import __version__
from parley.errors import FetchError, UsageError
from parley.fetch.ask import Answer

LOG = ".fetched.jsonl"
_LOCK = ".fetched.lock"
_DROPPED = frozenset(("transfer-encoding", "set-cookie", "set-cookie2", "content-length", "connection"))
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address: when it was asked last, what came of it, and what lets a server say "not changed".

    `told` is why it failed, `until` the time before which it is in vain to ask again.
    """

    url: str
    at: str
    status: int = 0
    file: str | None = None
    sha256: str | None = None
    etag: str | None = None
    modified: str | None = None
    told: str | None = None
    until: str | None = None


class Kept:
    """A folder of pages, with what is known of every address asked from it."""

    def __init__(self, folder: Path, log: IO[str]) -> None:
        self.folder = folder
        self._log = log
        self._known: dict[str, Known] = {}

    @classmethod
    @contextmanager
    def open(cls, folder: str | os.PathLike[str]) -> Iterator[Kept]:
        """The folder, made where there is none; raises UsageError where it cannot be, or where another run is at work in it."""
        where = Path(folder)
        try:
            where.mkdir(parents=True, exist_ok=True)
            log = (where / LOG).open("a+", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{where} cannot be written ({error.strerror})") from error
        with log, _alone(where):
            kept = cls(where, log)
            kept._load()
            yield kept

    def _load(self) -> None:
        names = {field.name for field in fields(Known)}
        self._log.seek(0)
        whole = True
        for line in self._log:
            whole = line.endswith("\n")
            try:
                said = json.loads(line)
                known = Known(**{k: v for k, v in said.items() if k in names})
            except (ValueError, TypeError, AttributeError):
                continue  # a line that a kill cut off
            self._known[known.url] = known
        if not whole:
            self._log.write("\n")

    def of(self, url: str) -> Known | None:
        """What is known of an address, None before it was asked."""
        return self._known.get(url)

    def holds(self, known: Known | None) -> bool:
        """True where an address's page is still there."""
        return known is not None and known.file is not None and (self.folder / known.file).is_file()

    def note(self, known: Known) -> None:
        """Keep what is known of an address from now on."""
        self._known[known.url] = known
        self._log.write(json.dumps({k: v for k, v in asdict(known).items() if v is not None}) + "\n")
        self._log.flush()

    def page(self, url: str, answer: Answer, limit: int) -> tuple[Known, bool]:
        """Save an answer as the page of an address; and whether the page is another than before."""
        digest = hashlib.sha256(answer.unpacked(limit)).hexdigest()
        before = self.of(url)
        known = Known(
            url=url,
            at=now(),
            status=answer.status,
            sha256=digest,
            etag=answer.header("ETag"),
            modified=answer.header("Last-Modified"),
        )
        if before is not None and before.sha256 == digest and self.holds(before):
            known = replace(known, file=before.file)
            self.note(known)
            return known, False
        known = replace(known, file=self._save(answer, digest))
        self.note(known)
        return known, True

    def _save(self, answer: Answer, digest: str) -> str:
        name = _file_name(answer.url, digest)
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        data = warc_of(answer)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        os.replace(part.name, path)  # noqa: PTH105 - the name is a text
        return name


def now(later: int = 0) -> str:
    """The time in UTC, to the second, or so many seconds later."""
    return (datetime.now(UTC) + timedelta(seconds=later)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _file_name(url: str, digest: str) -> str:
    """Where a page lies: its host, then what its address ends in; made of plain letters, whatever the address is made of.

    >>> _file_name("https://kell.example:8080/../../etc/passwd?x=1", "ab12" * 16)
    'kell-example-8080/passwd-x-1-d103803f-ab12ab12.warc.gz'
    """
    host, _, path = url.split("://", 1)[-1].partition("/")
    last = path.rstrip("/").rsplit("/", 1)[-1]
    slug = _NOT_IN_NAMES.sub("-", last.lower()).strip("-")[:60] or "page"
    address = hashlib.sha256(url.encode()).hexdigest()[:8]
    return f"{_NOT_IN_NAMES.sub('-', host.lower()).strip('-')[:100] or 'host'}/{slug}-{address}-{digest[:8]}.warc.gz"


def warc_of(answer: Answer) -> bytes:
    """An answer as a WARC of two records: who asked, and what came back."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer: Any = WARCWriter(out, gzip=True)
    headers = [(k, _one_line(v)) for k, v in answer.headers if k.lower() not in _DROPPED]
    headers.append(("Content-Length", str(len(answer.body))))
    http = StatusAndHeaders(f"{answer.status} {_one_line(answer.reason)}", headers, protocol="HTTP/1.1")
    said = {"WARC-IP-Address": answer.address}
    info = f"software: parley/{__version__}\r\nformat: WARC File Format 1.0\r\n".encode()
    records = (
        writer.create_warc_record(
            "parley-fetch", "warcinfo", payload=BytesIO(info), warc_content_type="application/warc-fields"
        ),
        writer.create_warc_record(
            answer.url, "response", payload=BytesIO(answer.body), http_headers=http, warc_headers_dict=said
        ),
    )
    for record in records:
        writer.write_record(record)
        record.raw_stream.close()  # warcio puts the body into a file of its own to measure it
    return out.getvalue()


def _one_line(value: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", value)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one run at a time in a folder; the lock goes with the process, however it ends."""
    try:
        import fcntl
    except ImportError:  # where there is none, two runs at once are the user's to avoid
        yield
        return
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"another parley is fetching into {folder}; wait for it, or name another folder"
            ) from error
        yield


def refusal(answer: Answer) -> FetchError:
    """What an answer that is no page means."""
    if answer.status in (401, 402, 403, 451):
        return FetchError(f"answered {answer.status}: it is not open to programs", url=answer.url)
    if answer.status in (404, 410):
        return FetchError(f"answered {answer.status}: there is no such page", url=answer.url)
    passing = answer.status == 429 or answer.status >= 500
    return FetchError(f"answered {answer.status} {_one_line(answer.reason)[:60]}", url=answer.url, passing=passing)

"""Files that need not be on this machine: `s3://bucket/news/*.jsonl` beside plain paths, through fsspec (extra `ray`).

Nothing is asked of a network unless somebody names an address. Web addresses are not for here: `parley fetch` asks the web politely
and guards against where it may lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from parley.errors import UsageError

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]{1,19})://", re.IGNORECASE)

KNOWN = ("file", "s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "hdfs", "oss", "memory")
"""Kinds of address that are read; each but the first and the last needs fsspec's part for it (s3fs, gcsfs, adlfs ...)."""


def is_address(name: str) -> bool:
    """True for `s3://bucket/file`, false for a path.

    >>> is_address("s3://news/a.jsonl"), is_address("news/a.jsonl"), is_address("C:\\\\news")
    (True, False, False)
    """
    return _ADDRESS.match(name) is not None


def told(address: str) -> str:
    """An address as it may be told and stored: without the name and password that it may hold.

    >>> told("s3://key:secret@bucket/a.jsonl")
    's3://bucket/a.jsonl'
    """
    return re.sub(r"(://)[^/@]*@", r"\1", address, count=1)


def _files(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path on it."""
    kind = urlsplit(address).scheme.lower()
    if kind not in KNOWN:
        web = kind in ("http", "https")
        raise UsageError(
            f"{told(address)}: pages of the web are fetched by `parley fetch`"
            if web
            else f"{told(address)}: addresses that begin with {kind}:// are not read; {', '.join(KNOWN)} are"
        )
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(f"{told(address)} needs fsspec: pip install 'parley-ledger[ray]'") from error
    try:
        files, path = url_to_fs(address)
    except ImportError as error:
        raise UsageError(f"{told(address)}: {error}") from error
    return files, path


def found(address: str, endings: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """The files at an address, in order, each with its size: of a pattern all that fit, of a folder all with such endings."""
    files, path = _files(address)
    scheme = address.partition("://")[0]
    names: list[str]
    if any(mark in path for mark in "*?["):
        names = files.glob(path)
    elif files.isdir(path):
        names = [n for n in files.find(path) if PurePosixPath(n).suffix.lower() in endings]
    else:
        names = [path]
    for name in sorted(names):
        if files.isfile(name):
            yield f"{scheme}://{name}", int(files.size(name) or 0)


def opened(place: str) -> BinaryIO:
    """A file, wherever it is, to read from; it can be moved about in."""
    if not is_address(place):
        return Path(place).open("rb")
    files, path = _files(place)
    return cast(BinaryIO, files.open(path, "rb"))


def put(folder: str, name: str, data: bytes) -> None:
    """Write a file into a folder, whole or not at all; one of that name is replaced by it."""
    if not is_address(folder):
        where = Path(folder)
        where.mkdir(parents=True, exist_ok=True)
        beside = where / f".{name}.part"
        try:
            beside.write_bytes(data)
            beside.replace(where / name)
        finally:
            beside.unlink(missing_ok=True)
        return
    files, path = _files(folder)
    files.makedirs(path, exist_ok=True)
    with files.open(f"{path.rstrip('/')}/{name}", "wb") as out:  # object stores show a file when it is closed
        out.write(data)


def listed(folder: str, ending: str) -> list[str]:
    """The files of a folder with that ending, in order of their names; none where there is no such folder."""
    if not is_address(folder):
        where = Path(folder)
        if where.is_file():
            return [str(where)]
        return sorted(str(p) for p in where.glob(f"*{ending}") if not p.name.startswith(".")) if where.is_dir() else []
    files, path = _files(folder)
    if not files.exists(path):
        return []
    return [f"{folder.partition('://')[0]}://{n}" for n in sorted(files.glob(f"{path.rstrip('/')}/*{ending}"))]

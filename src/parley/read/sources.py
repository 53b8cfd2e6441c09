"""Sources -> pages: files, folders, globs and standard input, each read by the reader for its kind.

Nothing here raises for a bad source: what cannot be read comes out as a ReadError in its place, and reading goes on.
"""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from parley.data import RawPage
from parley.errors import ReadError
from parley.read.kinds import Origin, Pages, ending_of, endings, may_hold_articles, read_stream_unopened, unread
from parley.read.unopened import opened

STDIN: Literal["-"] = "-"

Source = Path | Literal["-"]


def find_sources(sources: Iterable[str | Path]) -> Iterator[Source]:
    """The files that the given names stand for, in order: a folder's recursively and sorted, a pattern's sorted.

    A name that nothing answers to comes out as it is; reading it gives the error that names it.
    """
    for source in sources:
        name = str(source)
        path = Path(name)
        if name == STDIN:
            yield STDIN
        elif path.is_dir():
            yield from _files(path)
        elif not path.exists() and glob.has_magic(name):
            found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - a pattern may be absolute
            for match in found or [name]:
                yield from _files(Path(match)) if Path(match).is_dir() else [Path(match)]
        else:
            yield path


_ABOUT = re.compile(r"(?:README|LICEN[CS]E|CHANGELOG)(?:[._ -].*)?|(?i:readme|licen[cs]e|changelog)(?:\.\w{1,8})?")


def tells_of_folder(name: str) -> bool:
    """True for a file that tells of the files beside it and is no article.

    >>> [tells_of_folder(n) for n in ("README.md", "LICENSE-MIT.txt", "readme.txt", "Licence plates go digital.txt")]
    [True, True, True, False]
    """
    return _ABOUT.fullmatch(name) is not None


def passed_over(sources: Iterable[str | Path]) -> Iterator[Path]:
    """The files inside folders that would be read if they did not tell of the folder; named by themselves they are."""
    for source in sources:
        yield from (p for folder in _folders(str(source)) for p in _walked(folder) if tells_of_folder(p.name))


def _folders(source: str) -> list[Path]:
    if source == STDIN:
        return []
    path = Path(source)
    if path.is_dir():
        return [path]
    if path.exists() or not glob.has_magic(source):
        return []
    return [p for m in sorted(glob.glob(source, recursive=True)) if (p := Path(m)).is_dir()]  # noqa: PTH207 - as above


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in _walked(folder) if not tells_of_folder(path.name))


def _walked(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (Path(where) / n for n in sorted(names) if not n.startswith(".") and may_hold_articles(n))


def read_pages(source: Source | str, *, columns: Mapping[str, str] | None = None) -> Iterator[RawPage | ReadError]:
    """The pages of one source, streamed; `columns` names a record's own fields for ours ({"text": "artikel"})."""
    return opened(read_pages_unopened(source, columns=columns))


def read_pages_unopened(source: Source | str, *, columns: Mapping[str, str] | None = None) -> Pages:
    """The same with pages of which some are yet to be opened."""
    if str(source) == STDIN:
        yield from read_stream_unopened(sys.stdin.buffer, Origin("<stdin>", columns=columns))
        return
    path = Path(source)
    origin = Origin(str(path), path.name, columns)
    if not path.is_file():
        yield ReadError("there is no such file", file=str(path))
    elif ending_of(path.name) not in ("", *endings()):
        yield unread(origin)
    else:
        try:
            stream = path.open("rb")
        except OSError as error:
            yield ReadError(f"cannot be opened ({error.strerror}); check its permissions", file=str(path))
            return
        with stream:
            yield from read_stream_unopened(stream, origin)

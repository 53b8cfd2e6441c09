"""Where exports are written: a file is there whole or not at all, and what stands in the way is told with what to do."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TypeVar

from parley.errors import UsageError

Item = TypeVar("Item")


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which takes its name when all is written: an export cut short leaves what was there before.

    UsageError where it cannot be written there.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name a file in it with -o")
    part = path.with_name(f"{path.name}.part")
    try:
        out = part.open("wb")
    except OSError as error:
        raise _cannot(path, error) from error
    try:
        with out:
            yield out
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise _cannot(path, error) from error
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def folder_at(path: Path) -> Path:
    """The folder, made where there is none; UsageError where that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if path.exists():
            raise UsageError(f"{path} is a file, and this format writes several: name a folder with -o") from error
        raise _cannot(path, error) from error
    return path


def portions(items: Iterable[Item], size: int) -> Iterator[Iterator[Item]]:
    """The items, `size` at a time, none held: each portion is to be read to its end before the next is asked for.

    >>> [list(portion) for portion in portions("abcde", 2)]
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    source = iter(items)
    for first in source:
        yield chain([first], islice(source, size - 1))


def needs(module: str, extra: str, what: str) -> UsageError:
    """The error that a library is missing, with the command that installs it."""
    return UsageError(f"{what} needs {module}, which is not installed: pip install 'parley-ledger[{extra}]'")


def _cannot(path: Path, error: OSError) -> UsageError:
    if isinstance(error, FileNotFoundError):
        return UsageError(f"there is no folder {path.parent} to write {path.name} in: make it, or name another with -o")
    why = os.strerror(error.errno) if error.errno else str(error)
    return UsageError(f"{path} cannot be written: {why}")

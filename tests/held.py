"""What the tests of readers share: the sample files, and reading bytes as if they were a file of a given name."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from parley.data import RawPage
from parley.errors import ReadError, Remark
from parley.read.kinds import Origin, read_stream

FILES = Path(__file__).parent / "read" / "files"
TITLE = "Talks on Corda crossing end without accord"
"""The headline of the invented report that most sample files hold."""
LEAD = "ADRIM, March 4 – Calveran negotiators left the talks in Ambrova on Tuesday"
LAST = "A further meeting was planned for March 11, Varn said, “if there is something to meet about”."


def read(data: bytes, name: str) -> list[RawPage | ReadError]:
    """Everything that a file of this name and these bytes gives."""
    return list(read_stream(io.BytesIO(data), Origin(name, name)))


def sample(name: str) -> bytes:
    return (FILES / name).read_bytes()


def pages(found: Iterable[RawPage | ReadError]) -> list[RawPage]:
    return [p for p in found if isinstance(p, RawPage)]


def errors(found: Iterable[RawPage | ReadError]) -> list[str]:
    """What failed, as it is told."""
    return [str(p) for p in found if isinstance(p, ReadError) and not isinstance(p, Remark)]


def remarks(found: Iterable[RawPage | ReadError]) -> list[str]:
    return [str(p) for p in found if isinstance(p, Remark)]

"""How much a source may unpack to: bytes, members, and bytes out for each byte in; shared by all that lies inside it."""

from __future__ import annotations

from dataclasses import dataclass

from parley.errors import ReadError

LARGEST_UNPACKED = 64_000_000_000
MOST_MEMBERS = 1_000_000
LARGEST_RATIO = 400
"""Bytes out for a byte in. JSON Lines of one outlet, the text most alike that people hold, come to some 30."""
_UNSUSPICIOUS = 20_000_000


@dataclass(slots=True)
class Budget:
    """What has been unpacked so far. Its methods raise ReadError where a source unpacks to more than is honest.

    `spent` is true when nothing more of the source is to be read; a member that is a bomb does not spend it.
    """

    file: str
    unpacked: int = 0
    members: int = 0
    spent: bool = False

    def take(self, out: int, *, packed: int, of: int, file: str) -> None:
        """Note `out` more bytes; `of` bytes have come out of `packed` bytes of the present member."""
        self.unpacked += out
        if of > _UNSUSPICIOUS and of > LARGEST_RATIO * max(packed, 1):
            raise ReadError(f"unpacks to more than {LARGEST_RATIO} times its size; it is set aside", file=file)
        if self.unpacked > LARGEST_UNPACKED:
            self.spent = True
            raise ReadError(f"unpacks to more than {LARGEST_UNPACKED:,} bytes; split it", file=self.file)

    def member(self) -> None:
        """Note one more member."""
        self.members += 1
        if self.members > MOST_MEMBERS:
            self.spent = True
            raise ReadError(f"holds more than {MOST_MEMBERS:,} members; split it", file=self.file)

"""What an address asks: the state of a page is its address, so a link shows a colleague the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from parley.errors import UsageError

LONGEST = 400
"""Characters of one answer in an address: enough for a name or a phrase."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A path with what is asked of it; empty answers are not kept."""

    path: str
    values: Mapping[str, str]

    @classmethod
    def of(cls, path: str, pairs: Iterable[tuple[str, str]], known: Iterable[str]) -> Asked:
        """What is asked, of what this page knows; raises UsageError where an answer is too long."""
        kept = {k: v.strip() for k, v in pairs if k in set(known) and v.strip()}
        for key, value in kept.items():
            if len(value) > LONGEST:
                raise UsageError(f"what is asked of {key} is too long: {LONGEST} characters at most")
        return cls(path, kept)

    def get(self, key: str) -> str | None:
        """One answer."""
        return self.values.get(key)

    def some(self, *keys: str) -> dict[str, Any]:
        """Those of some answers that are given."""
        return {k: self.values[k] for k in keys if k in self.values}

    def link(self, path: str | None = None, **changes: str | None) -> str:
        """The address with some answers changed; None takes one out.

        >>> Asked("/statements", {"side": "Veyra"}).link(kind="direct", after=None)
        '/statements?side=Veyra&kind=direct'
        """
        values = {k: v for k, v in {**self.values, **changes}.items() if v is not None}
        return address(path or self.path, **values)


def address(path: str, /, **values: Any) -> str:
    """A path with what is asked of it, escaped.

    >>> address("/statements", speaker="Oran & Melk")
    '/statements?speaker=Oran+%26+Melk'
    """
    kept = {k: v for k, v in values.items() if v is not None}
    return quote(path, safe="/") + (f"?{urlencode(kept)}" if kept else "")


def at_least(given: str) -> int:
    """How many outlets at least; raises UsageError where it is no number.

    >>> at_least("3")
    3
    """
    if not (given.isascii() and given.isdigit() and len(given) < 7):
        raise UsageError("at least how many outlets? Write a number")
    return int(given)

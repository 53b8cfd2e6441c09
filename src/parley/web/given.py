"""What a form sends: its fields, and where to go back to. The guard has looked at who sends it before this is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from parley.errors import UsageError

FIELDS = 100
"""The most fields that one form has."""


@dataclass(frozen=True, slots=True)
class Given:
    """The fields of one form, the last of each name, and the row names that were given several times in `lists`."""

    values: Mapping[str, str]
    lists: Mapping[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, body: bytes) -> Given:
        """The fields of a body as forms send it; raises UsageError where it is none.

        >>> Given.of(b"row=st_1&note=so+it+is&row=st_2").lists["row"]
        ['st_1', 'st_2']
        """
        try:
            pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, errors="strict")
        except ValueError:
            raise UsageError("that form cannot be read: send it from Parley's own pages") from None
        lists: dict[str, list[str]] = {}
        for key, value in pairs:
            lists.setdefault(key, []).append(value.replace("\r\n", "\n"))  # as browsers send lines
        return cls({k: v[-1] for k, v in lists.items()}, lists)

    def get(self, key: str) -> str | None:
        """One answer without the space around it, None where there is nothing else in it."""
        return self.values.get(key, "").strip() or None

    def need(self, key: str) -> str:
        """One answer; raises UsageError where it is not given."""
        value = self.get(key)
        if value is None:
            raise UsageError(f"that form says nothing of {key}")
        return value


async def given(request: Request) -> Given:
    """The fields of a request's form, for `Depends`; the guard has limited its size."""
    return Given.of(await request.body())


def local(address: str | None, otherwise: str = "/") -> str:
    """An address of our own, whatever is given: no other site, no other scheme.

    >>> local("/statements?side=Veyra#st_1"), local("//evil.example/"), local("javascript:alert(1)")
    ('/statements?side=Veyra#st_1', '/', '/')
    """
    told = address or otherwise
    if not told.startswith("/") or told[1:2] in ("/", "\\") or any(ord(c) <= 32 for c in told):
        return otherwise
    try:
        split = urlsplit(told)
    except ValueError:
        return otherwise
    return otherwise if split.scheme or split.netloc else quote(told, safe="/?#&=%+:;,@!$'()*~[]-._")


def back(address: str | None, otherwise: str = "/", *, at: str | None = None) -> Response:
    """Back to where somebody came from, at a place in that page: a change is never made twice by reloading."""
    where = local(address, otherwise)
    return RedirectResponse(f"{where.partition('#')[0]}#{quote(at)}" if at else where, status_code=303)

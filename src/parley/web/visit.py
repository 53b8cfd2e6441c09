"""Who looks at a page: whether their changes would be taken, where they are, and the dossier that they collect in."""

from __future__ import annotations

from functools import cached_property

from fastapi import Request

from parley.errors import UsageError
from parley.store.ledger import Ledger
from parley.store.rows import Row
from parley.web.guard import Door


class Visit:
    """A visit of one page. What it asks of the ledger is asked once, and only by pages that show it."""

    def __init__(self, ledger: Ledger | None, *, may_change: bool, here: str, chosen: str | None) -> None:
        self._ledger = ledger
        self._chosen = chosen
        self.may_change = may_change
        self.here = here

    @cached_property
    def dossier(self) -> Row | None:
        """The dossier that was chosen in this browser, else the one that was changed last; None where there is none."""
        heads = self._ledger.dossiers() if self._ledger else []
        return next((h for h in heads if h["id"] == self._chosen), heads[0] if heads else None)

    @cached_property
    def collected(self) -> dict[str, str]:
        """The rows in that dossier, each with its entry."""
        if self.dossier is None or self._ledger is None:
            return {}
        try:
            return self._ledger.in_dossier(self.dossier["id"])
        except UsageError:  # taken away since
            return {}

    @property
    def link(self) -> str:
        """Where the dossier is seen; where there is none, where one is made."""
        return f"/dossier/{self.dossier['id']}" if self.dossier else "/dossiers"


NOBODY = Visit(None, may_change=False, here="/", chosen=None)
"""Who looks at a page that is no page of the ledger."""


def cookie(door: Door) -> str:
    """The cookie that names the dossier that somebody collects in: browsers do not tell ports apart, so the name does."""
    return f"parley_dossier_{door.port}"


def visit_of(request: Request, ledger: Ledger, *, chosen: str | None = None) -> Visit:
    """The visit that a request is; `chosen` is the dossier that it chooses."""
    return Visit(
        ledger,
        may_change=bool(getattr(request.state, "may_change", False)),
        here=request.url.path,
        chosen=chosen or request.cookies.get(cookie(request.app.state.door)),
    )

"""Somebody who visits the web app, at an address and by a name."""

from __future__ import annotations

from starlette.testclient import TestClient

from parley.store.ledger import Ledger
from parley.web.app import make_app
from parley.web.guard import Door

HOME = "http://127.0.0.1:8731"


def visitor(ledger: Ledger, door: Door | None = None, *, at: str = HOME, address: str = "127.0.0.1") -> TestClient:
    """A browser at an address that calls the app by a name."""
    app = make_app(ledger, door or Door(port=8731))
    return TestClient(app, base_url=at, client=(address, 50000), follow_redirects=False)

"""Somebody who may judge: a browser with the token of this start, and what it reads out of pages."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from starlette.testclient import TestClient
from web_visitors import HOME, visitor

from parley.store.ledger import Ledger
from parley.web.guard import Door

OWN = {"origin": HOME, "sec-fetch-site": "same-origin"}


def reviewer(ledger: Ledger, name: str | None = "Ana", door: Door | None = None) -> TestClient:
    """A browser that opened the printed address, with a name if one is given."""
    held = door or Door(port=8731)
    client = visitor(ledger, held)
    client.cookies.set(held.cookie, held.token)
    if name is not None:
        client.post("/review/name", data={"by": name}, headers=OWN)
    return client


def form(page: str, act: str = "correct") -> dict[str, Any]:
    """The fields of the first form on a page that has a button for an act, as a browser would send them untouched."""
    found = next(f for f in re.findall(r"<form .*?</form>", page, re.DOTALL) if f'value="{act}"' in f)
    sent: dict[str, Any] = {}
    hidden = r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"'
    pieces = [(m[1], m[2]) for m in re.finditer(hidden, found)]
    pieces += [
        (m[1], m[2]) for m in re.finditer(r'<textarea[^>]*?name="([^"]+)"[^>]*>(.*?)</textarea>', found, re.DOTALL)
    ]
    for m in re.finditer(r'<select[^>]*?name="([^"]+)"[^>]*>(.*?)</select>', found, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', m[2])
        pieces.append((m[1], chosen[1] if chosen else ""))
    for name, value in pieces:
        text = unescape(value)
        if name.startswith(("f.", "at.")) and name in sent:
            sent[name] = [*(sent[name] if isinstance(sent[name], list) else [sent[name]]), text]
        else:
            sent[name] = text
    return sent | {"act": act}


def say(client: TestClient, data: dict[str, Any], where: str = "/review/judge", **headers: str) -> Any:
    """Send a form as our own page would."""
    return client.post(where, data=data, headers={**OWN, **headers})

"""What is let in, and with which headers it leaves: the one door of the web app, before any page.

An article's text is hostile, and so is every other page in the same browser. Each rule stands here once, for every route there is
or will be; docs/security.md says what is promised.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names that a browser on this machine uses."""

ADDRESS_BYTES, QUESTIONS, BODY_BYTES = 8_192, 60, 65_536
"""The longest address, the most fields in one, and the largest body that are read."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # under no-referrer a browser hides the origin of our own forms, too
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
SAFE = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come in. `hosts` are names this app answers to beside the loopback ones; `token` is made anew at each start."""

    hosts: tuple[str, ...] = ()
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    read_only: bool = False
    port: int = 0

    @property
    def cookie(self) -> str:
        """The cookie that holds the token: browsers do not tell ports apart, so the name does."""
        return f"parley_{self.port}"

    def knows(self, host: str) -> bool:
        """True for a name that this app answers to."""
        return host in LOOPBACK or host in self.hosts

    def opens(self, token: str | None) -> bool:
        """True for the token of this start."""
        return token is not None and hmac.compare_digest(token.encode(), self.token.encode())


def named(host: str) -> str:
    """The name in a Host header, without its port.

    >>> named("LocalHost:8731"), named("[::1]:8731")
    ('localhost', '::1')
    """
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0]


class Guard:
    """Refuses what is not let in, in plain words, and puts the headers on everything that leaves."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            out = _with_headers(send)
            answer = self._answer(scope)
            if answer is not None:
                await answer(scope, receive, out)
            else:
                scope.setdefault("state", {})["may_change"] = self._may_change(scope)
                await self._app(scope, _limited(receive), out)

    def _answer(self, scope: Scope) -> Response | None:
        """What is said instead of the page; None where the page may be asked."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        host = named(hosts[0]) if len(hosts) == 1 else ""
        if not self._door.knows(host):
            return _no(421, "This Parley does not answer to that name. Start it with --allow-host NAME if it should.")
        too_much = _too_much(scope, headers)
        if too_much:
            return too_much
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = next((v for k, v in asked if k == "token"), None)
        if given is not None:
            return self._let_in(scope, asked) if self._door.opens(given) else _no(403, WRONG)
        if scope["method"] in SAFE:
            near = _is_loopback(scope, headers) and host in LOOPBACK
            return None if near or self._door.opens(_cookie(headers, self._door.cookie)) else _no(403, ASKED)
        return self._change(headers, hosts[0])

    def _may_change(self, scope: Scope) -> bool:
        """True for a visitor whose changes would be taken from our own pages: so that pages offer no others."""
        return not self._door.read_only and self._door.opens(_cookie(Headers(scope=scope), self._door.cookie))

    def _let_in(self, scope: Scope, asked: Sequence[tuple[str, str]]) -> Response:
        if scope["method"] != "GET":
            return _no(405, "The token comes with an address that is opened, not with a change.")
        rest = urlencode([(k, v) for k, v in asked if k != "token"])
        path = "/" + str(scope["path"]).lstrip("/\\")  # never //elsewhere
        answer = RedirectResponse(f"{path}?{rest}" if rest else path, status_code=303)
        answer.set_cookie(self._door.cookie, self._door.token, httponly=True, samesite="strict", path="/")
        return answer

    def _change(self, headers: Headers, host: str) -> Response | None:
        """A change needs the token, and to come from one of our own pages."""
        if self._door.read_only:
            return _no(403, "This ledger is open for reading only.")
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return _no(403, "Changes are taken from Parley's own pages only.")
        origin = headers.get("origin")
        if origin is None or urlsplit(origin).netloc.lower() != host.strip().lower():
            return _no(403, "Changes are taken from Parley's own pages only.")
        held = _cookie(headers, self._door.cookie)
        return None if self._door.opens(held) else _no(403, STALE if held else ASKED)


WRONG = "That token is not the one of this start of Parley: use the address that it printed last."
ASKED = "Open the address that Parley printed when it started; it holds the token that this needs."
STALE = (
    "Parley was started anew since this page was opened, and nothing was changed. Open the address that it printed last in another tab,"
    " then send this again: what you wrote is still on the page."
)


def _no(status: int, words: str) -> Response:
    return PlainTextResponse(f"{words}\n", status_code=status, headers={"cache-control": "no-store"})


def _is_loopback(scope: Scope, headers: Headers) -> bool:
    """True for somebody at this machine; what came through a proxy is somebody else's, whatever it says."""
    if any(h in headers for h in ("forwarded", "x-forwarded-for", "x-real-ip", "via")):
        return False
    client = scope.get("client")
    try:
        return client is not None and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False


def _cookie(headers: Headers, name: str) -> str | None:
    try:
        held = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return None
    return held[name].value if name in held else None


def _too_much(scope: Scope, headers: Headers) -> Response | None:
    query = scope["query_string"]
    if len(scope.get("raw_path") or scope["path"].encode()) + len(query) > ADDRESS_BYTES:
        return _no(414, "That address is too long.")
    if query.count(b"&") >= QUESTIONS:
        return _no(414, "That address asks too much at once.")
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > BODY_BYTES:
        return _no(413, "That is more than is taken at once.")
    return None


def _limited(receive: Receive) -> Receive:
    """A body that does not tell its length ends at the same limit."""
    seen = 0

    async def some() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > BODY_BYTES:
            raise HTTPException(413, "That is more than is taken at once.")
        return message

    return some


def _with_headers(send: Send) -> Send:
    async def out(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            sandboxed = headers.get("content-security-policy") == "sandbox"  # a download: our policy and more
            for name, value in HEADERS.items():
                headers[name] = value
            if sandboxed:
                headers["content-security-policy"] = f"{POLICY}; sandbox"
            headers.setdefault("cache-control", "no-cache")
        await send(message)

    return out

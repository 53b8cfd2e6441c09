"""One request to one checked address, within limits of size and time that no server can stretch. Redirects are not followed here."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from parley.errors import FetchError
from parley.fetch.reach import PUBLIC, Reach, Target, address_of

_CHUNK = 1 << 16
_FAULTS = (OSError, http.client.HTTPException, ValueError, AttributeError)
"""What a broken answer leads to; the last two where the connection is cut while it is read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds until there is a connection, seconds for everything, and bytes of an answer's body as they are sent."""

    connect: float = 15.0
    seconds: float = 60.0
    size: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. `body` is without chunks; where the server packed it, packed still."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    address: str

    def header(self, name: str) -> str | None:
        """The first header of a name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def type(self) -> str:
        """The kind of the body, as "text/html"."""
        return (self.header("Content-Type") or "").split(";", 1)[0].strip().lower()

    def unpacked(self, limit: int) -> bytes:
        """The body as it is meant; raises FetchError where it is more than `limit` bytes, or damaged."""
        packing = (self.header("Content-Encoding") or "").strip().lower()
        if packing in ("", "identity"):
            return self.body
        if packing not in ("gzip", "x-gzip"):
            raise FetchError(f"packed as {packing[:20]!r}, which was not asked for", url=self.url)
        try:
            unzip = zlib.decompressobj(31)
            data = unzip.decompress(self.body, limit + 1)
        except zlib.error as error:
            raise FetchError(f"damaged on its way ({error})", url=self.url, passing=True) from error
        if len(data) > limit:
            raise FetchError(f"more than {limit:,} bytes", url=self.url)
        return data


def ask(
    target: Target,
    headers: Mapping[str, str],
    *,
    limits: Limits = Limits(),
    reach: Reach = PUBLIC,
) -> Answer:
    """The answer to GET; raises FetchError, `passing` where another try may do."""
    address = address_of(target, reach)
    with _watched(limits.seconds) as watch:
        try:
            connection = _connected(target, address, limits, watch)
            try:
                connection.request("GET", target.path, headers=dict(headers))
                answer = _answer(connection.getresponse(), target, address, limits)
            finally:
                connection.close()
            if watch.over:  # a body whose end is the connection's looks whole when that is cut
                raise TimeoutError
        except ssl.SSLCertVerificationError as error:
            raise FetchError(f"its certificate does not hold ({error.verify_message})", url=target.url) from error
        except _FAULTS as error:
            if watch.over:
                told = f"no whole answer in {limits.seconds:g} seconds"
            else:
                told = f"no answer ({str(error)[:120] or type(error).__name__})"
            raise FetchError(told, url=target.url, passing=True) from error
    return answer


class _Watch:
    """Cuts a connection when its time is over; a server that sends a byte now and then outlives every time-out of a read."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self.socket: socket.socket | None = None
        self.timer = threading.Timer(seconds, self._cut)
        self.timer.daemon = True

    def _cut(self) -> None:
        self.over = True
        if self.socket is not None:
            try:
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)
            except OSError:
                return  # it was closed meanwhile


@contextmanager
def _watched(seconds: float) -> Iterator[_Watch]:
    watch = _Watch(seconds)
    watch.timer.start()
    try:
        yield watch
    finally:
        watch.timer.cancel()
        if watch.socket is not None:
            watch.socket.close()


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _connected(target: Target, address: str, limits: Limits, watch: _Watch) -> http.client.HTTPConnection:
    """A connection to the checked address, under the target's name."""
    plain = socket.create_connection((address, target.port), timeout=min(limits.connect, limits.seconds))
    plain.settimeout(limits.seconds)
    watch.socket = plain
    if target.scheme == "http":
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = plain
        return connection
    secure = _context().wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)
    watch.socket = secure
    secure.do_handshake()
    connection = http.client.HTTPSConnection(target.host, target.port)
    connection.sock = secure
    return connection


def _answer(response: http.client.HTTPResponse, target: Target, address: str, limits: Limits) -> Answer:
    too_large = f"more than {limits.size:,} bytes"
    if response.length is not None and response.length > limits.size:
        raise FetchError(too_large, url=target.url)
    stated = response.length
    body = bytearray()
    while part := response.read1(_CHUNK):
        body += part
        if len(body) > limits.size:
            raise FetchError(too_large, url=target.url)
    if stated is not None and len(body) < stated:
        raise FetchError(f"broke off after {len(body):,} of {stated:,} bytes", url=target.url, passing=True)
    headers = tuple((key, value) for key, value in response.getheaders())
    return Answer(target.url, response.status, response.reason, headers, bytes(body), address)

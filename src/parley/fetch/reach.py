"""Which addresses may be asked: http and https at public addresses, whatever a name or a redirect leads to.

A name is resolved once, every address it has is looked at, and the connection goes to the very address that was looked at;
so a name cannot mean a public address while it is checked and this machine's network afterwards.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from parley.errors import FetchError

LONGEST_URL = 2_000
PORTS = frozenset((80, 443, 8080, 8443))
_DEFAULT = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"^`{|}]")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be asked. `loopback` opens this machine and any port to tests; no command, file or variable sets it."""

    loopback: bool = False

    def refused(self, address: str) -> str | None:
        """Why an address may not be asked, or None.

        >>> PUBLIC.refused("10.0.0.7"), PUBLIC.refused("::ffff:127.0.0.1"), PUBLIC.refused("93.184.215.14")
        ('10.0.0.7 is no public address', '::ffff:127.0.0.1 is no public address', None)
        """
        try:
            ip = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return f"{address} is no address"
        if self.loopback and ip.is_loopback:
            return None
        public = all(_is_public(meant) for meant in _meant(ip)) and "%" not in address
        return None if public else f"{address} is no public address"


PUBLIC = Reach()


def _meant(ip: _Address) -> list[_Address]:
    """An address, and the addresses of the older protocol that are written inside it."""
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    inside: list[_Address | None] = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64 or ip in _COMPATIBLE:
        inside.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    found = [i for i in inside if i is not None]
    # What only carries another address is as public as that is.
    carried = ip.ipv4_mapped is not None or ip in _NAT64
    return found if carried else [ip, *found]


def _is_public(ip: _Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_unspecified)


@dataclass(frozen=True, slots=True)
class Target:
    """An address of the web taken apart; `path` carries the query, and `url` is the whole again without its fragment."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """What a robots.txt holds for: scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _DEFAULT[self.scheme] else f":{self.port}")


def target_of(url: str, reach: Reach = PUBLIC) -> Target:
    """The parts of an address; raises FetchError for one that may not be asked, whatever its name resolves to."""
    text = url.strip()
    if len(text) > LONGEST_URL:
        raise FetchError(f"an address of more than {LONGEST_URL:,} characters", url=text)
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise FetchError("an address with control characters", url=text)
    try:
        parts = urlsplit(text)
        scheme, port = parts.scheme.lower(), parts.port
        if scheme not in _DEFAULT:
            raise FetchError(f"only http and https are asked, not {scheme or 'this'!r}", url=text)
        host = _host(parts.hostname or "", text)
    except ValueError as error:
        raise FetchError(f"no address of the web ({error})", url=text) from error
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a user's name in it", url=text)
    port = _DEFAULT[scheme] if port is None else port
    if port not in PORTS and not reach.loopback:
        raise FetchError(f"port {port} is none of {', '.join(map(str, sorted(PORTS)))}", url=text)
    path = _quoted(parts.path) or "/"
    path += f"?{_quoted(parts.query)}" if parts.query else ""
    made = Target("", scheme, host, port, path)
    return Target(made.origin + path, scheme, host, port, path)


def _host(name: str, url: str) -> str:
    """A host's name in the letters of the web's own names."""
    if ":" in name:
        return str(ipaddress.ip_address(name))
    try:
        host = name.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise FetchError(f"no name of a host: {name!r}", url=url) from error
    if not re.fullmatch(r"[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?", host):
        raise FetchError(f"no name of a host: {name!r}", url=url)
    return host


def _quoted(part: str) -> str:
    return quote(_UNSAFE.sub(lambda m: quote(m[0], safe=""), part), safe="/%:@!$&'()*+,;=~-._?[]")


def address_of(target: Target, reach: Reach = PUBLIC) -> str:
    """The one address to connect to; raises FetchError where the name has none, or one that may not be asked."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{target.host} has no address ({error})", url=target.url, passing=True) from error
    addresses = [str(info[4][0]) for info in found]
    for address in addresses:
        why = reach.refused(address)
        if why:
            raise FetchError(f"{why}, and {target.host} leads there", url=target.url)
    # The older protocol first: where there is no route for the newer one, its addresses only cost a time-out.
    return min(addresses, key=lambda a: ":" in a)

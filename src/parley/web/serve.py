"""Serving the web app from this machine until it is interrupted."""

from __future__ import annotations

import contextlib
import gc
import ipaddress
import os
import socket
from collections.abc import Callable, Sequence
from threading import Thread

from parley.errors import UsageError
from parley.store.ledger import Ledger
from parley.web.guard import Door, named
from parley.web.tidied import Tidied

AT_ONCE = 64
"""Requests that are answered at once; further ones are told to come again."""


def serve(
    ledger: Ledger,
    *,
    told: Callable[[str], None],
    host: str = "127.0.0.1",
    port: int = 8731,
    hosts: Sequence[str] = (),
    read_only: bool = False,
    any_port: bool = False,
) -> None:
    """Serve a ledger; `told` is given the address. With `any_port`, a port that is taken is no error but another one is."""
    os.environ.setdefault("OTEL_SDK_DISABLED", "true")  # FastAPI brings hooks for tracing; nothing of it is to wake up
    import uvicorn

    from parley.web.app import make_app

    door = socket_at(host, port, any_port=any_port)
    with contextlib.closing(door):
        taken = int(door.getsockname()[1])
        held = Door(hosts=answers_to(host, hosts), read_only=read_only, port=taken)
        for line in addresses(held, host, taken):
            told(line)
        Thread(target=prepare, name="preparing", daemon=True).start()
        config = uvicorn.Config(
            Tidied(make_app(ledger, held)),
            log_level="warning",
            access_log=False,  # it would hold the token
            proxy_headers=False,  # who somebody is, is who the connection is from
            server_header=False,
            ws="none",
            limit_concurrency=AT_ONCE,
            timeout_keep_alive=5,
            h11_max_incomplete_event_size=32_768,
        )
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[door])


def prepare() -> None:
    """Read the pages' templates, what is compared and what answers side by side, so that whoever asks first does not wait for it.

    The collector is told that all of this stays: looking at it again and again would hold a page up for half a second.
    """
    import anyio
    from anyio.lowlevel import checkpoint

    from parley.compare.registry import questions
    from parley.web.rendering import environment

    anyio.run(checkpoint)  # loads what answers run on
    questions()
    for name in environment().list_templates():
        environment().get_template(name)
    gc.collect()
    gc.freeze()


def addresses(door: Door, host: str, port: int) -> list[str]:
    """What is printed at the start: where to read and change, and where to read from elsewhere.

    The token is for changes; who opens the address without it, at this machine, can read.

    >>> addresses(Door(token="t", port=80), "127.0.0.1", 80)
    ['Open http://127.0.0.1:80/?token=t (Ctrl-C ends it).']
    >>> addresses(Door(token="t", port=80, read_only=True), "127.0.0.1", 80)
    ['Open http://127.0.0.1:80/ (Ctrl-C ends it).']
    """
    token = "" if door.read_only else f"?token={door.token}"
    here = [f"Open http://127.0.0.1:{port}/{token} (Ctrl-C ends it)."]
    if is_loopback(host) and not door.hosts:
        return here
    others = [f"From elsewhere: http://{_bracketed(n)}:{port}/?token={door.token}" for n in door.hosts]
    hint = (
        [] if others else ["From elsewhere: name this machine with --allow-host NAME to get an address with a token."]
    )
    plain = ["Anybody who has that address can read the ledger, and the network can read along: put HTTPS before it."]
    return [*(here if is_loopback(host) or _everywhere(host) else []), *others, *hint, *plain]


def answers_to(host: str, hosts: Sequence[str]) -> tuple[str, ...]:
    """The names beside the loopback ones: those given, and the one address listened at."""
    own = () if is_loopback(host) or _everywhere(host) else (host,)
    return tuple(dict.fromkeys((*(named(h) for h in hosts), *own)))


def is_loopback(host: str) -> bool:
    """True for an address that only this machine reaches."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _everywhere(host: str) -> bool:
    return host in ("0.0.0.0", "::")  # noqa: S104  (recognised here, chosen by the person who starts it)


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def socket_at(host: str, port: int, *, any_port: bool = False) -> socket.socket:
    """A socket that listens there; raises UsageError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(2 * AT_ONCE)  # before the address is printed: whoever is quick waits, and is not refused
    except OSError as error:
        made.close()
        if any_port and port:
            return socket_at(host, 0)
        raise UsageError(
            f"{host}:{port} cannot be listened at ({error.strerror}); --port N takes another one"
        ) from error
    return made

"""No address but a public one of the web is ever connected to, in whatever way it is written or reached."""

from __future__ import annotations

import inspect
import ipaddress
import os
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parley.cli.fetching
from parley.errors import FetchError
from parley.fetch.reach import PUBLIC, Reach, address_of, target_of

PRIVATE = (
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.5", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe", "no address",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert PUBLIC.refused(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"]
)
def test_public_addresses_are_not(address: str) -> None:
    assert PUBLIC.refused(address) is None


@given(st.integers(0, 2**32 - 1))
def test_an_address_written_inside_another_is_judged_as_itself(number: int) -> None:
    plain = ipaddress.IPv4Address(number)
    refused = PUBLIC.refused(str(plain)) is not None
    for outer in (0xFFFF << 32, 0x0064FF9B << 96):
        assert (PUBLIC.refused(str(ipaddress.IPv6Address(outer | number))) is not None) is refused
    if refused:
        assert PUBLIC.refused(str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80))))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://[::ffff:7f00:1]/",
        "http://127.1/", "http://0/",
    ],
)  # fmt: skip
def test_this_machine_is_refused_however_it_is_written(url: str) -> None:
    with pytest.raises(FetchError, match=r"no public address|no address|no name of a host"):
        address_of(target_of(url))


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://kell.example/x", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("kell.example/page", "only http and https"),
        ("http://", "no name of a host"),
        ("http://kell.example:22/", "port 22"),
        ("http://kell.example:99999/", "no address of the web"),
        ("http://me:secret@kell.example/", "user's name"),
        ("http://kell.example@127.0.0.1/", "user's name"),
        ("http://kell.example/\r\nHost: x", "control characters"),
        ("http://kell .example/", "no name of a host"),
        ("http://[::1/", "no address of the web"),
        ("http://kell.example/" + "a" * 3_000, "more than 2,000"),
    ],
)
def test_addresses_that_are_none_of_the_web(url: str, told: str) -> None:
    with pytest.raises(FetchError, match=told):
        target_of(url)


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("HTTPS://Kell.Example:443/a b?q=é#part", "https://kell.example/a%20b?q=%C3%A9"),
        ("http://bücher.example", "http://xn--bcher-kva.example/"),
        ("http://kell.example:8080/x/", "http://kell.example:8080/x/"),
        ("http://kell.example./?q=%20x", "http://kell.example/?q=%20x"),
    ],
)
def test_an_address_is_written_in_one_way(url: str, whole: str) -> None:
    assert target_of(url).url == whole
    assert target_of(whole).url == whole


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def two(*_: object, **__: object) -> list[object]:
        return [(2, 1, 6, "", (a, 80)) for a in ("93.184.215.14", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", two)
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 is no public address, and kell\.example leads there"):
        address_of(target_of("http://kell.example/"))


def test_nothing_outside_python_opens_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Reach() == PUBLIC == Reach(loopback=False)
    assert "reach" not in inspect.getsource(parley.cli.fetching).lower()
    for name in list(os.environ):
        if name.startswith("PARLEY"):
            monkeypatch.delenv(name)
    assert PUBLIC.refused("127.0.0.1")

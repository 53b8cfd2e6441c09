"""One request: limits that no server can stretch, and answers that are whole or none."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from web_site import Page, Site, served

from parley.errors import FetchError
from parley.fetch import ask as asking
from parley.fetch.ask import Answer, Limits, ask
from parley.fetch.reach import Reach, target_of

HERE = Reach(loopback=True)


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as made:
        yield made


def get(url: str, limits: Limits | None = None) -> Answer:
    return ask(target_of(url, HERE), {"X-Test": "1"}, limits=limits or Limits(), reach=HERE)


def test_an_answer_with_its_headers(site: Site) -> None:
    answer = get(site.article("/a?b=1"))
    assert (answer.status, answer.type, answer.address) == (200, "text/html", "127.0.0.1")
    assert b"Ilse Varn" in answer.body
    assert site.asked[0][1]["Host"] == f"127.0.0.1:{site.port}"


def test_without_the_tests_allowance_nothing_is_connected_to(site: Site) -> None:
    target = target_of(site.article("/a"), HERE)
    with pytest.raises(FetchError, match="no public address"):
        ask(target, {})
    assert site.asked == []


def test_a_server_is_asked_under_its_name_at_the_address_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("/a")
    times = []

    def once(host: str, port: int, **_: object) -> list[object]:
        times.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(times) == 1 else "10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    monkeypatch.setattr(socket, "create_connection", lambda where, timeout: _straight(where, timeout))
    answer = get(f"http://kell.example:{site.port}/a")
    assert answer.status == 200
    assert times == ["kell.example"]
    assert site.asked[0][1]["Host"] == f"kell.example:{site.port}"


def _straight(where: tuple[str, int], timeout: float) -> socket.socket:
    """A connection without a name being resolved again."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.settimeout(timeout)
    made.connect(where)
    return made


def test_an_answer_too_large_is_refused_by_what_it_says_and_by_what_it_sends(site: Site) -> None:
    site.pages["/said"] = Page(b"x" * 5_000)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b"x" * 1_000)

    site.pages["/sent"] = endless
    for path in ("/said", "/sent"):
        with pytest.raises(FetchError, match="more than 3,000 bytes"):
            get(site.url + path, Limits(size=3_000))


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_server_that_sends_a_byte_now_and_then_is_cut_off(site: Site, where: str) -> None:
    def slowly(handler: BaseHTTPRequestHandler) -> None:
        if where == "body":
            handler.send_response(200)
            handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"x" if where == "body" else b"H")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    site.pages["/slow"] = slowly
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"no whole answer in 0\.8 seconds") as caught:
        get(site.url + "/slow", Limits(seconds=0.8))
    assert caught.value.passing
    assert time.monotonic() - began < 4


def test_an_answer_that_breaks_off_is_none(site: Site) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "900")
        handler.end_headers()
        handler.wfile.write(b"half")

    site.pages["/short"] = short
    with pytest.raises(FetchError, match="broke off after 4 of 900 bytes") as caught:
        get(site.url + "/short")
    assert caught.value.passing


@pytest.mark.parametrize(
    "junk", [b"", b"HTTP/9 what\r\n\r\n", b"\x00" * 100, b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500]
)
def test_no_http_is_no_answer(junk: bytes) -> None:
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        made, _ = listening.accept()
        with made:
            made.recv(1_000)
            made.sendall(junk)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with listening, pytest.raises(FetchError, match="no answer"):
        get(f"http://127.0.0.1:{listening.getsockname()[1]}/")
    thread.join()


def test_packed_bodies_are_unpacked_up_to_a_limit() -> None:
    def packed(data: bytes, how: str = "gzip") -> Answer:
        return Answer("http://k.example/", 200, "OK", (("Content-Encoding", how),), data, "x")

    assert packed(gzip.compress(b"Talks.")).unpacked(100) == b"Talks."
    with pytest.raises(FetchError, match="more than 1,000 bytes"):
        packed(gzip.compress(b"0" * 10_000_000)).unpacked(1_000)
    with pytest.raises(FetchError, match="damaged"):
        packed(b"no gzip").unpacked(100)
    with pytest.raises(FetchError, match="not asked for"):
        packed(b"x", "br").unpacked(100)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for kell.example that signs itself, and its key, in one file."""
    where = tmp_path / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=kell.example"]
    names = ["-addext", "subjectAltName=DNS:kell.example"]
    try:
        files = ["-keyout", str(where), "-out", str(tmp_path / "cert.pem")]
        subprocess.run([*command, *names, *files], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no openssl here to make a certificate")
    where.write_bytes(where.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    return where


def test_certificates_are_held_against_the_name_not_the_address(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def serve() -> None:
        for _ in range(3):
            made, _where = listening.accept()
            try:
                with server.wrap_socket(made, server_side=True) as secure:
                    secure.recv(1_000)
                    secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nTalks.")
            except OSError:
                continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
    monkeypatch.setattr(socket, "create_connection", lambda where, timeout: _straight(where, timeout))
    with pytest.raises(FetchError, match="certificate does not hold"):
        get(f"https://kell.example:{port}/")
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(asking, "_context", lambda: trusting)
    assert get(f"https://kell.example:{port}/").body == b"Talks."
    with pytest.raises(FetchError, match="certificate does not hold"):
        get(f"https://other.example:{port}/")
    thread.join()
    listening.close()

"""A web site on this machine for the tests of fetching: real sockets, answers made to measure, and a note of what was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ARTICLE = (
    "<!doctype html><html lang='en'><head><title>{0}</title>"
    "<meta property='article:published_time' content='2031-03-04'></head><body><article><h1>{0}</h1>"
    "<p>Calveran negotiators left the talks in Ambrova on Tuesday without an agreement, two officials said.</p>"
    "<p>“We go home with a paper,” the head of the delegation, Ilse Varn, told reporters.</p></article></body></html>"
)


@dataclass
class Page:
    """What an address is answered with."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Site:
    """The pages by path, the requests made (path and headers), and the address of it all."""

    url: str = ""
    port: int = 0
    pages: dict[str, Page | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def article(self, path: str, title: str = "Talks end without accord", **headers: str) -> str:
        """Put an article at a path; its address."""
        page = Page(ARTICLE.format(title).encode())
        page.headers |= {k.replace("_", "-"): v for k, v in headers.items()}
        self.pages[path] = page
        return self.url + path

    def paths(self) -> list[str]:
        """The paths asked for, without the rules."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def served() -> Iterator[Site]:
    """A site at a free port of this machine."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path, Page(b"none", 404))
            if callable(page):
                page(self)
                return
            fresh = self.headers.get("If-None-Match") == page.headers.get("ETag") is not None
            same = self.headers.get("If-Modified-Since") == page.headers.get("Last-Modified") is not None
            if fresh or same:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_port
    site.url = f"http://127.0.0.1:{site.port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""The few files that pages need, read once at the start: no address ever names a path."""

from __future__ import annotations

import hashlib
from importlib import resources

from fastapi import FastAPI, Request
from fastapi.responses import Response

FILES = {
    "parley.css": "text/css; charset=utf-8",
    "parley.js": "text/javascript; charset=utf-8",
    "review.css": "text/css; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml",
}


def content(name: str) -> bytes:
    """A file's bytes."""
    return resources.files("parley.web").joinpath("static", name).read_bytes()


VERSIONS = {name: hashlib.sha256(content(name)).hexdigest()[:12] for name in FILES}
"""Each file's hash, which its address carries: a browser never mixes two versions."""


def add(app: FastAPI) -> None:
    """Serve the files."""
    held = {name: content(name) for name in FILES}

    @app.get("/static/{name}")
    def static(name: str, request: Request) -> Response:
        if name not in held:
            return Response("There is nothing here.\n", status_code=404, media_type="text/plain")
        tag = f'"{VERSIONS[name]}"'
        headers = {"etag": tag, "cache-control": "max-age=86400"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(held[name], media_type=FILES[name], headers=headers)

"""What the first bytes of a file say about its kind. Each function sees at most `streams.SNIFFED` bytes."""

from __future__ import annotations

from parley.read.streams import SNIFFED

_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!doctype")


def _start(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:400].lower()


def is_jsonl(head: bytes) -> bool:
    """A JSON object on the first line alone."""
    if not _start(head).startswith(b"{"):
        return False
    first_line = head.lstrip().split(b"\n", 1)[0].rstrip()
    return first_line.endswith(b"}") or len(first_line) >= SNIFFED - 8


def is_json(head: bytes) -> bool:
    """A JSON object over several lines, or a list of objects."""
    start = _start(head)
    if start.startswith(b"{"):
        return not is_jsonl(head)
    return start.startswith((b"[{", b"[\n", b"[ ", b"[\r")) and b"{" in start[:40]


def is_html(head: bytes) -> bool:
    """A web page by its first tag."""
    return _start(head).startswith(_HTML)

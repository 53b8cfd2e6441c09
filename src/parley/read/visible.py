"""A parsed web page -> the text a reader sees, in document order: each block on its own line, white space as a browser shows it."""

from __future__ import annotations

import re
from typing import Any

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "meta",
        "link",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "select",
        "option",
        "textarea",
        "datalist",
        "dialog",
        "map",
        "area",
        "param",
        "source",
        "track",
        "base",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "button",
        "label",
    ]
)
_CELLS = frozenset(("td", "th"))
# A browser collapses these; a no-break space it keeps.
_COLLAPSED = re.compile(r"[ \t\n\r\f\v]+")
_HIDDEN_STYLE = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.IGNORECASE)


class _Page:
    """Collects text as a browser would lay it out."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.fresh = True  # at the head of a line
        self.space = False  # a space is due before the next word

    def text(self, text: str | None) -> None:
        if not text:
            return
        words = _COLLAPSED.sub(" ", text)
        if words[0] == " ":
            self.space = True
            words = words[1:]
        if not words:
            return
        if self.space and not self.fresh:
            self.parts.append(" ")
        self.space = words[-1] == " "
        self.parts.append(words[:-1] if self.space else words)
        self.fresh = False

    def line(self, *, always: bool = False) -> None:
        if always or not self.fresh:
            self.parts.append("\n")
        self.fresh, self.space = True, False

    def preformatted(self, text: str | None) -> None:
        for number, line in enumerate((text or "").splitlines()):
            if number:
                self.line(always=True)
            self.text(line)


def visible_text(root: Any) -> str:
    """The page's visible text. `root` is an lxml element; the walk keeps its own stack, so depth costs nothing."""
    page = _Page()
    # Each entry: the element, and whether it is being left. The tail belongs to the parent and is always seen.
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else None
        if leaving:
            if tag in _BLOCKS:
                page.line()
            elif tag in _CELLS:
                page.space = True
            page.text(node.tail)
            continue
        if tag is None or _unseen(node, tag):
            if node is not root:
                page.text(node.tail)
            continue
        _enter(page, node, tag)
        if node is not root:
            stack.append((node, True))
        if tag != "pre":
            stack.extend((child, False) for child in reversed(node))
    return "".join(page.parts).strip("\n")


def _enter(page: _Page, node: Any, tag: str) -> None:
    if tag == "br":
        page.line(always=not page.fresh)
    elif tag in _BLOCKS:
        page.line()
    elif tag in _CELLS:
        page.space = True
    if tag == "pre":
        page.preformatted("".join(node.itertext()))
    else:
        page.text(node.text)


def _unseen(node: Any, tag: str) -> bool:
    if tag in _UNSEEN or "hidden" in node.attrib:
        return True
    style = node.get("style")
    return bool(style) and bool(_HIDDEN_STYLE.search(style[:500]))

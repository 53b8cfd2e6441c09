"""A text's lines and paragraphs, as offsets: the one place that decides where a paragraph ends.

A file may put a paragraph on one line, or wrap it at a fixed width (agency wires, mail, old archives). Which of the two is
told from the lines themselves: in wrapped text, a line breaks only where the next word would not have fitted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

# Wrapped text is narrow: typewriters, telexes and mail keep to 60-100 columns.
WIDEST_WRAP = 110
NARROWEST_WRAP = 40
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
# White space, and the marks that show nothing: soft hyphen, zero-width spaces and joiners, direction marks, byte order mark.
_SPACE = " \t\u00a0\u00ad\u1680\u3000\ufeff\u202f\u205f\u2060\x00\x1c\x1d\x1e\x1f" + "".join(
    map(chr, range(0x2000, 0x2010))
)
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text without the white space around it; `blank_before` where an empty line stands before it."""

    start: int
    end: int
    text: str
    indent: int
    blank_before: bool


def lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of `text[start:end]` that hold anything, trimmed."""
    end = len(text) if end is None else end
    out: list[Line] = []
    last = start
    for match in _LINE.finditer(text, start, end):
        raw = match.group()
        inner = raw.strip(_SPACE)
        if not inner:
            continue
        indent = 0 if raw[0] == inner[0] else len(raw) - len(raw.lstrip(_SPACE))
        at = match.start() + indent
        blank = not out or len(_BREAK.findall(text, last, match.start())) > 1
        out.append(Line(at, at + len(inner), inner, indent, blank))
        last = match.end()
    return out


def wrap_width(found: list[Line]) -> int | None:
    """The column at which a text is wrapped, or None where lines are paragraphs.

    A text counts as wrapped where it has three or more single line breaks in mid-sentence and most of its single breaks stand
    where the next word would have passed the longest line.
    """
    if any(len(line.text) > WIDEST_WRAP for line in found):
        return None
    joints = [(a, b) for a, b in pairwise(found) if not b.blank_before]
    if len(joints) < 3:
        return None
    width = max(line.indent + len(line.text) for line in found)
    if width < NARROWEST_WRAP:
        return None
    full = sum(1 for a, b in joints if _is_full(a, b, width))
    open_ended = sum(1 for a, _ in joints if a.text[-1].isalnum() or a.text[-1] in ",-")
    return width if full * 2 > len(joints) and open_ended * 2 > len(joints) else None


def _is_full(line: Line, following: Line, width: int) -> bool:
    first_word = following.text.split(None, 1)[0]
    # One column of slack: some wrappers count the space, some do not.
    return line.indent + len(line.text) + 1 + len(first_word) >= width - 1


def _runs_on(line: Line, width: int) -> bool:
    """True for a line broken early in mid-sentence, as where a marker was cut into it after it had been wrapped."""
    return len(line.text) * 2 >= width and line.text[-1] not in ".!?\"”'’)…"


def paragraphs(text: str, start: int = 0, end: int | None = None, *, width: int | None = None) -> list[tuple[int, int]]:
    """The paragraphs of `text[start:end]`, trimmed: one a line, or joined lines where the text is wrapped at `width`.

    >>> paragraphs("One.\\nTwo.\\n\\nThree.")
    [(0, 4), (5, 9), (11, 17)]
    """
    return joined_lines(lines(text, start, end), width)


def joined_lines(found: list[Line], width: int | None) -> list[tuple[int, int]]:
    """Lines as paragraphs, joined where the text is wrapped at `width`."""
    out: list[tuple[int, int]] = []
    previous: Line | None = None
    for line in found:
        joined = (
            width is not None
            and previous is not None
            and not line.blank_before
            and line.indent <= previous.indent + 1
            and (_is_full(previous, line, width) or _runs_on(previous, width))
        )
        if joined:
            out[-1] = (out[-1][0], line.end)
        else:
            out.append((line.start, line.end))
        previous = line
    return out


def width_of(text: str) -> int | None:
    """The wrap width of a whole text, or None; see `wrap_width`."""
    return wrap_width(lines(text))

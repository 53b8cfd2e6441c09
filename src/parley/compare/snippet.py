"""The sentence around some characters, short enough to be read in a table."""

from __future__ import annotations

import re

WIDE = 180
"""Characters of a sentence that are shown at most, around what it is shown for."""

_END = re.compile(r"\n|[.!?…][”\"’')\]]{0,3}\s+(?=[\"“‘(\[]?[A-Z0-9])")


def snippet(text: str, start: int, stop: int) -> str:
    """The sentence that holds `[start, stop)`, cut to WIDE characters, on one line.

    >>> snippet("It rained. The rebels left the town. Dr. Ode stayed.", 15, 21)
    'The rebels left the town.'
    """
    near = max(0, start - 2 * WIDE)
    begin = max((m.end() for m in _END.finditer(text, near, start)), default=near if near else 0)
    after = _END.search(text, stop, min(len(text), stop + 2 * WIDE))
    end = after.end() if after else min(len(text), stop + 2 * WIDE)
    left = max(begin, start - WIDE // 2)
    right = min(end, max(stop, left + WIDE))
    # whole words: what is cut out depends on where it stands alone, not on how long the words before it are
    while left > begin and left < start and not text[left - 1].isspace():
        left += 1
    while right < end and right > stop and not text[right].isspace():
        right -= 1
    words = " ".join(text[left:right].split()).strip("#*_ ")
    return f"{'… ' if left > begin else ''}{words}{' …' if right < end else ''}"

"""The title: where it stands in the text, given or found."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from parley.clean.blocks import Block, fold
from parley.clean.byline import is_byline
from parley.clean.dateline import DATE, find_dateline
from parley.clean.masthead import has_media_word, is_menu, is_suffix, is_whole_name, parted_title
from parley.clean.ranking import best_heading
from parley.clean.sentences import split
from parley.data import Span

LONGEST_TITLE = 240
# A title stands near the top, after at most this many lines of navigation.
_REACH = 40
_HEADING = re.compile(r"#{1,3}\s")
_LABEL = re.compile(r"(?:title|headline|subject)\s?:\s", re.IGNORECASE)
# Signs such as a red circle before a channel's post are no words of it; marks of quotation, money and brackets are.
_MARKS_BEFORE = re.compile(
    r"(?:[\s#*_>~`]|[^\w\s\"'“”‘’«»‹›„()\[\]{}<¿¡$€£¥₹@&+\-–—.…/,;:!?%]){0,20}(?:(?i:title|headline|subject)\s?:\s)?[\s#*_>~`]{0,10}"
)
_MARKS_AFTER = re.compile(r"[\s#*_~`]+\Z")
_CRUMBS = re.compile(r"\A(?:[\w&’' -]{2,30}\s{0,2}[/>»›|•]\s{0,2}){1,5}")
_SUFFIX = re.compile(r"\s+[|–—\-·•:]\s+[^|–—·•]{2,60}\Z")


def trimmed(text: str, start: int, end: int) -> Span:
    """`text[start:end]` without the marks of headings and emphasis around it."""
    before = _MARKS_BEFORE.match(text, start, end)
    start = before.end() if before else start
    after = _MARKS_AFTER.search(text[start:end])
    return Span.of(text, start, end if after is None else start + after.start())


def find_title(
    text: str, found: Sequence[Block], given: str | None, heads: Container[int], names: Container[str] = ()
) -> tuple[Span | None, int]:
    """The title's span, and the number of the block it stands in (-1 where it stands in none).

    A title that the source gives is looked for; without one, the first line that looks like a heading before the first paragraph is
    it. `heads` are the blocks that carry the outlet's name, which is no title; `names`, folded, are what may be that name.
    """
    if given:
        return _locate(text, found, given)
    number = _first_heading(found, heads)
    if number < 0:
        return None, -1
    block = found[number]
    span = trimmed(text, block.start, block.end)
    parted = parted_title(span.text)
    if parted and (
        fold(parted[1]) in names
        or is_suffix(parted, span.text, found[number + 1 :])
        or any(b.folded == fold(parted[0]) for b in found[:_REACH])
    ):
        span = Span.of(text, span.start, span.start + len(parted[0]))
    return span, number


def _locate(text: str, found: Sequence[Block], given: str) -> tuple[Span | None, int]:
    wanted = {fold(given), fold(_SUFFIX.sub("", given))} - {""}
    inside = [n for n, b in enumerate(found[: _REACH * 5]) if len(b.text) <= 2 * LONGEST_TITLE and b.folded in wanted]
    for number in sorted(inside, key=lambda n: found[n].outside)[:1]:
        block = found[number]
        return trimmed(text, block.start, block.end), number
    for number, block in enumerate(found[:4]):
        span = _leading(text, block, given)
        if span is not None:
            return span, number
    return None, -1


def _leading(text: str, block: Block, given: str) -> Span | None:
    """The title where a paragraph begins with it, after a date perhaps: "Sun 16 Apr 2017 Death toll rises. The ..." """
    start = block.start
    date = DATE.match(text, start, block.end)
    if date:
        start = date.end()
    while start < block.end and not text[start].isalnum() and text[start] not in "“\"‘'":
        start += 1
    words = given.split()
    at = start
    for word in words:
        core = word.strip("“”\"'‘’.,:;!?")
        if not core:
            continue
        where = text.find(core, at, at + len(word) + 6)
        if where < 0:
            return None
        at = where + len(core)
    while at < block.end and text[at] in "”\"'’?!":
        at += 1
    return Span.of(text, start, at) if words and at < block.end and not text[at].isalnum() else None


def _first_heading(found: Sequence[Block], heads: Container[int]) -> int:
    """The number of the first block that looks like a heading; -1 where the text begins with its body."""
    first = first_prose(found)
    before = [n for n in range(min(first, _REACH)) if n not in heads and _may_be_title(found[n])]
    marked = [n for n in before if _HEADING.match(found[n].text) or _LABEL.match(found[n].text)]
    if marked:
        return marked[0]
    twice = _printed_twice(found, before)
    if twice is not None:
        return twice
    named = [n for n in before if found[n].words > 1 and (" | " not in found[n].text or parted_title(found[n].plain))]
    if named or before:
        return _whole(found, named, best_heading(found, named, heads, first)) if named else before[-1]
    return first if first < len(found) and _closed_title(found, first, heads) else -1


def _whole(found: Sequence[Block], numbers: Sequence[int], number: int) -> int:
    """Of "Talks resume - The Kell Post" or "World / Talks resume" and "Talks resume", the line that is nothing else."""
    chosen = found[number]
    parted = parted_title(chosen.plain)
    head = fold(parted[0]) if parted else ""
    crumbs = fold(_CRUMBS.sub("", chosen.plain))
    others = (n for n in numbers if found[n].words > 2 and found[n].folded != chosen.folded)
    return next((n for n in others if found[n].folded in (head, crumbs)), number)


def _printed_twice(found: Sequence[Block], numbers: Sequence[int]) -> int | None:
    seen: dict[str, int] = {}
    for n in numbers:
        if found[n].words > 2 and seen.setdefault(found[n].folded, n) != n:
            return seen[found[n].folded]
    return None


def _may_be_title(block: Block) -> bool:
    fits = 3 <= len(block.plain) <= LONGEST_TITLE
    plain = block.reason is None and not block.outside and not block.is_item
    return fits and plain and not is_byline(block) and not is_menu(block.text)


def first_prose(found: Sequence[Block]) -> int:
    """The number of the first block that reads as sentences; how many there are where none does."""
    for number, block in enumerate(found):
        if block.reason is None and is_prose(block) and not _is_notice(found, number):
            return number
    return len(found)


def _is_notice(found: Sequence[Block], number: int) -> bool:
    """True for a short sentence that no other follows: "You are using an outdated browser.", "Independent. Fearless. Daily." """
    if found[number].words > 12 or number + 1 >= len(found):
        return False
    after = next((b for b in found[number + 1 : number + 14] if b.reason is None), None)
    # A byline stands under a title or its deck.
    return (
        after is not None
        and not is_prose(after)
        and not is_byline(after)
        and any(is_prose(b) and b.words > 12 for b in found[number + 2 : number + 14])
    )


def head_end(found: Sequence[Block], first: int) -> int:
    """Where the head of the page ends: at the first block of prose, or where a deck is followed by a byline or a name, after these."""
    if first + 2 >= len(found) or found[first].words > 35 or not found[first].ends:
        return first
    for number in range(first + 1, min(first + 4, len(found) - 1)):
        block = found[number]
        if is_prose(block):
            # A title that closes may have a deck that does; a third sentence is the article's.
            if number > first + 1 or block.words > 30 or block.blank_before:
                return first
            continue
        if block.reason == "byline" or is_byline(block) or (is_whole_name(block.plain) and has_media_word(block.plain)):
            return number + 1
    return first


def is_prose(block: Block) -> bool:
    """True where a block reads as sentences: it closes as they do, or is long; headings with ? or ! do not count."""
    if _HEADING.match(block.text):
        return False
    # "KELL — State Agency of the Republic" is a masthead and no dateline: a sentence closes.
    if (
        block.words > 6
        and (block.ends or block.words > 18)
        and find_dateline(block.text, 0, len(block.text)) is not None
    ):
        return True
    if block.text.endswith(":") and block.words < 5:
        return False
    if len(block.text) > LONGEST_TITLE:
        return True
    if not block.ends:
        return False
    bare_end = block.text.rstrip("”\"’'*_ ")
    return not ((bare_end[-1:] in "?!" and block.words < 14) or (bare_end.endswith(("…", "...")) and block.words < 17))


_ARTICLES = frozenset(("the", "a", "an", "said", "was", "were", "had", "it", "he", "she", "they", "we", "i"))
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "but",
        "as",
        "by",
        "with",
        "from",
        "over",
        "after",
        "into",
        "is",
        "are",
        "vs",
        "v",
        "via",
        "amid",
        "up",
        "his",
        "her",
        "its",
        "not",
    ]
)


def _closed_title(found: Sequence[Block], number: int, heads: Container[int]) -> bool:
    """A title printed with a full stop: the first line under the outlet's name, one sentence in headline capitals, and prose after it."""
    block = found[number]
    if any(b.reason is None and n not in heads for n, b in enumerate(found[:number])) or number + 1 >= len(found):
        return False
    words = re.findall(r"[^\W\d_][\w’'-]*", block.plain)
    if not 3 <= len(words) <= 24 or len(block.plain) > 160 or block.plain.isupper():
        return False
    if head_end(found, number) > number + 1 and len(split(block.plain)) == 1:
        return True  # its byline stands below it
    below = next((b for b in found[number + 1 :] if b.reason is None), found[number + 1])
    if below.words > 6 and find_dateline(below.text, 0, len(below.text)) is not None:
        return True
    big = [w for w in words if w.lower() not in _SMALL]
    in_capitals = sum(w[0].isupper() for w in big) * 10 >= len(big) * 7
    # Headlines in sentence case do without articles; a first sentence seldom does, and is longer.
    terse = len(words) <= 15 and len(below.text) > len(block.text) and not _ARTICLES & {w.lower() for w in words}
    sentences = len(split(block.plain))
    apart = found[number + 1].blank_before
    return (in_capitals and sentences < (3 if apart else 2)) or (terse and apart and sentences == 1)

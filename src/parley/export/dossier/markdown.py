"""A dossier as Markdown (CommonMark, with footnotes as Pandoc and most others read them). Whatever is in it stays text."""

from __future__ import annotations

import re

from parley.export.dossier.sheet import Heading, Quote, Sheet

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~$^&@!=]")
_LINE_START = re.compile(r"^(?=[-+:])|^(\d{1,9})(?=[.)])")


def escaped(text: str) -> str:
    """A line of text that says in Markdown just what it says: nothing in it is markup, an entity, a mention or a list.

    >>> escaped("1. *no* <b> &amp; @ana"), escaped("- so")
    ('1\\\\. \\\\*no\\\\* \\\\<b\\\\> \\\\&amp; \\\\@ana', '\\\\- so')
    """
    plain = _SPECIAL.sub(lambda m: f"\\{m[0]}", " ".join(text.split()))
    return _LINE_START.sub(lambda m: f"{m[1] or ''}\\", plain)


def markdown(sheet: Sheet) -> str:
    """The dossier, a footnote for each row."""
    blocks = [f"# {escaped(sheet.name)}", *_paragraphs(sheet.note)]
    for part in sheet.parts:
        blocks += [f"## {escaped(part.words)}"] if isinstance(part, Heading) else _quote(part)
    blocks += [f"[^{q.number}]: {escaped(q.citation)}" for q in sheet.quotes]
    return "\n\n".join(b for b in blocks if b) + "\n"


def _quote(quote: Quote) -> list[str]:
    who = f"{escaped(quote.who)}: {escaped(quote.what)}"
    lines = [
        f"> {_marked(quote)}[^{quote.number}]",
        who,
        " · ".join(escaped(x) for x in (quote.where, quote.standing) if x),
    ]
    said = [f"**{escaped(f'Careful: {quote.told}.')}**"] if quote.told else []
    said += [escaped(f"When it was collected, {'; '.join(quote.changed)}.")] if quote.changed else []
    return [f"{lines[1]}", lines[0], lines[2], *said, *_paragraphs(quote.note)]


def _marked(quote: Quote) -> str:
    """The sentence, what was collected in bold where the rules for asterisks allow it, and where it is not all of it."""
    flat = [(" ".join(words.split("\n")), marked) for words, marked in quote.pieces]
    if all(marked or not words.strip() for words, marked in flat):
        return escaped("".join(words for words, _ in flat))
    out = ""
    for n, (words, marked) in enumerate(flat):
        following = flat[n + 1][0][:1] if n + 1 < len(flat) else ""
        bold = marked and _fits(out[-1:], words, following)
        inner = _inside(words, first=not out)
        out += f"**{inner}**" if bold else inner
    return out


def _inside(words: str, *, first: bool) -> str:
    """Words within a line: the space at their ends is theirs."""
    body = _SPECIAL.sub(lambda m: f"\\{m[0]}", words)
    return _LINE_START.sub(lambda m: f"{m[1] or ''}\\", body.lstrip()) if first else body


def _fits(before: str, words: str, following: str) -> bool:
    """True where two asterisks on either side are taken for bold: they lean on words, and stand apart from others."""
    open_ = not words[:1].isspace() and (words[:1].isalnum() or not before or before.isspace() or not before.isalnum())
    close = not words[-1:].isspace() and (words[-1:].isalnum() or not following or not following.isalnum())
    return open_ and close


def _paragraphs(text: str) -> list[str]:
    """A note as people wrote it: an empty line parts paragraphs, a line ends where it ends."""
    found = [p for p in re.split(r"\n\s*\n", text) if p.strip()]
    return ["\\\n".join(escaped(one) for one in p.split("\n") if one.strip()) for p in found]

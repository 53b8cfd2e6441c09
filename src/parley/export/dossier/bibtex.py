"""The articles that a dossier cites, as BibTeX (and BibLaTeX): names and titles escaped, so that TeX prints what was printed."""

from __future__ import annotations

import re
from urllib.parse import quote as percent

from parley.export.dossier.sheet import Sheet, Source
from parley.show.citing import characters as told_characters
from parley.show.citing import file_name, line, outlet, title
from parley.show.words import spans_of
from parley.store.rows import Row

_TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
}
_LIGATURE = re.compile(r"(-(?=-)|'(?=')|`(?=`)|[?!](?=`)|,(?=,)|<(?=<)|>(?=>))")
"""Characters that TeX would join with the next one to another character."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def tex(text: str) -> str:
    """Text as TeX prints it, with every brace in it part of a pair, as BibTeX counts them.

    >>> tex("50 % of {A} & B_1")
    '50 \\\\% of {\\\\textbraceleft}A{\\\\textbraceright} \\\\& B\\\\_1'
    """
    return _LIGATURE.sub(r"\1{}", "".join(_TEX.get(c, c) for c in line(text)))


def bibtex(sheet: Sheet) -> str:
    """An entry for each article, in the order in which they are cited."""
    keys: set[str] = set()
    return "\n".join(_entry(source, _key(source.article, keys)) for source in sheet.sources)


def _entry(source: Source, key: str) -> str:
    article = source.article
    fields = [
        ("title", f"{{{tex(title(article)) if article['title'] else '[no title]'}}}"),
        ("author", " and ".join(_name(a) for a in article["authors"] if line(a))),
        ("journal", tex(outlet(article)) if article["outlet"] else ""),
        *_when(article),
        ("url", url(article["url"])),
        ("langid", article["language"] if re.fullmatch(r"[A-Za-z-]{2,20}", article["language"] or "") else ""),
        ("annote", tex(annotation(source))),
    ]
    month = _month(article)
    lines = [f"  {name} = {{{value}}}" for name, value in fields if value]
    lines += [f"  month = {month}"] if month else []
    return f"@article{{{key},\n" + ",\n".join(lines) + "\n}\n"


def annotation(source: Source) -> str:
    """What proves what was taken from an article: its file's hash, and the characters of each row."""
    rows = [
        f"{q.row['id']} characters {told_characters(spans_of(q.row))}"
        for q in source.quotes
        if q.row["row"] != "article"
    ]
    cited = f"; cited: {'; '.join(rows)}" if rows else ""
    return f"SHA-256 {source.article['sha256']} of {file_name(source.article)}{cited}"


def url(address: str | None) -> str:
    """An address that can be printed as it is, on the web only; anything else is left out.

    >>> url("https://herald.example/a b{c}?q=1%20&x=_"), url("javascript:alert(1)")
    ('https://herald.example/a%20b%7Bc%7D?q=1%20&x=_', '')
    """
    told = (address or "").strip()
    if not re.match(r"https?://[^/\s]", told, re.IGNORECASE):
        return ""
    return percent(told, safe=":/?#[]@!$&'()*+,;=%-._~")


def _name(author: str) -> str:
    """A name as it was printed; one that BibTeX would take apart, or for several, stays whole in braces."""
    told = line(author)
    plain = not re.search(r"[,{}\\]|\band\b", told, re.IGNORECASE) and len(told.split()) <= 4 and told[:1].isalpha()
    return tex(told) if plain else f"{{{tex(told)}}}"


def _when(article: Row) -> list[tuple[str, str]]:
    first, last = article["published_earliest"] or article["published"], article["published_latest"]
    if not first:
        return []
    told = first if last in (None, first) or article["published_precision"] != "interval" else f"{first}/{last}"
    same = last is None or last[:4] == first[:4]
    return [*([("year", first[:4])] if same else []), ("date", told)]


def _month(article: Row) -> str:
    told = article["published"] or ""
    return _MONTHS[int(told[5:7]) - 1] if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?", told) else ""


def _key(article: Row, taken: set[str]) -> str:
    """A key of plain letters that no other entry has: outlet, year, first long word of the title, and letters of the id."""
    year = (article["published"] or article["published_earliest"] or "")[:4]
    parts = (_plain(article["outlet"])[:16], year, next((w for w in _words(article["title"]) if len(w) > 3), "")[:12])
    start = "".join(parts) or "article"
    tail = _plain(article["id"].split("_", 1)[-1])
    n = 4
    while (key := f"{start}-{tail[:n]}") in taken and n <= len(tail):
        n += 4
    taken.add(key)
    return key


def _words(text: str | None) -> list[str]:
    return re.findall(r"[a-z]+", (text or "").lower())


def _plain(text: str | None) -> str:
    return "".join(c for c in (text or "").lower() if c.isascii() and c.isalnum())

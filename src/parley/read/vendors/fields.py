"""What all vendors' headers have in common: names of people, names of languages, lines that are no text; and the page made of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.data import RawPage
from parley.errors import ReadError

_LANGUAGES = {
    "en": "english englisch anglais inglés ingles engels inglese",
    "de": "german deutsch allemand alemán aleman duits tedesco",
    "fr": "french französisch franzoesisch français francais francés frances frans francese",
    "es": "spanish spanisch espagnol español espanol spaans spagnolo castilian",
    "it": "italian italienisch italien italiano italiaans",
    "pt": "portuguese portugiesisch portugais portugués português portugees",
    "nl": "dutch niederländisch néerlandais neerlandés nederlands olandese",
    "ru": "russian russisch russe ruso",
    "ar": "arabic arabisch arabe árabe",
    "zh": "chinese chinesisch chinois chino",
    "tr": "turkish türkisch turc turco",
    "he": "hebrew hebräisch hébreu hebreo",
    "uk": "ukrainian ukrainisch ukrainien ucraniano",
}
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}
RIGHTS = re.compile(
    r"(?:\(c\)|©|copyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados)",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:by|von|par|por|door|di)\s{1,3}(?=\S)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s{0,3};\s{0,3}|\s{1,3}(?:and|und|et|y|en|&)\s{1,3}|\s{0,3}[|/]\s{0,3}")
_NO_NAME = re.compile(r"[@\d]|://|\b(?:staff|correspondent|reporter|editor|writer|agencies)\b", re.IGNORECASE)
_MOST_PEOPLE, _LONGEST_NAME = 20, 80


@dataclass(frozen=True, slots=True)
class Fields:
    """What an article's header says, and its text; empty where it says nothing. `rule` names the field of its date, `turned` says that names stand last name first."""

    title: str = ""
    text: str = ""
    outlet: str = ""
    byline: str = ""
    published: str | None = None
    rule: str = ""
    language: str = ""
    url: str = ""
    id: str = ""
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One article's part of a file: its bytes, how it is named in errors, and its number among the file's articles from 1."""

    data: bytes
    where: str
    number: int
    encoding: str = "utf-8"


def page_of(fields: Fields, record: Record, file: str, *, lacks: str = "it has no text") -> RawPage | ReadError:
    """The article as a page, its headline above its text; or the ReadError that says what it lacks.

    >>> page = page_of(Fields("Talks resume", "They met.", byline="By Ana Pell"), Record(b"", "document 1", 1), "a.txt")
    >>> page.text, page.authors, page.source_id
    ('Talks resume\\n\\nThey met.', ('Ana Pell',), '1')
    """
    title = " ".join(fields.title.split())
    text = fields.text.strip("\r\n")
    if not text.strip():
        return ReadError(f"{lacks}{called(title)}", file=file, record=record.where)
    return RawPage(
        file=file,
        source_id=fields.id or str(record.number),
        data=record.data,
        sha256=hashlib.sha256(record.data).hexdigest(),
        media="record",
        text=f"{title}\n\n{text}" if title else text,
        encoding=record.encoding,
        title=title or None,
        outlet=" ".join(fields.outlet.split()) or None,
        url=fields.url or None,
        authors=people(fields.byline, turned=fields.turned),
        published=fields.published,
        published_rule=fields.rule if fields.published else None,
        language=language_code(fields.language),
    )


def called(title: str) -> str:
    """ " (“Talks resume”)", for an error to name an article by; nothing without a title.

    >>> called("Talks resume"), called("")
    (' (“Talks resume”)', '')
    """
    words = " ".join(title[:400].split())
    return f" (“{words if len(words) < 90 else words[:80].rsplit(' ', 1)[0] + ' ...'}”)" if words else ""


def people(byline: str, *, turned: bool = False) -> tuple[str, ...]:
    """The names in a byline, without offices and places; `turned` where the vendor prints "Roe, Jon; Pell, Ana".

    >>> people("By Ana Pell in Orlen and Jon Roe, Diplomatic Editor"), people("BY STAFF REPORTER")
    (('Ana Pell', 'Jon Roe'), ())
    >>> people("Ana Pell, Jon Roe and Tam Sorn"), people("Roe, Jon; Pell, Ana", turned=True)
    (('Ana Pell', 'Jon Roe', 'Tam Sorn'), ('Jon Roe', 'Ana Pell'))
    """
    line = _BY.sub("", " ".join(byline[:1_000].split()), count=1) if _BY.match(byline.strip()) else byline[:1_000]
    several = _BETWEEN.split(" ".join(line.split()))
    names = (
        [_turned(part) for part in several]
        if turned
        else [n for part in several for n in _names(part, len(several) > 1)]
    )
    return tuple(dict.fromkeys(n for n in map(_name, names) if n))[:_MOST_PEOPLE]


def _turned(part: str) -> str:
    """ "Jon Roe" for "Roe, Jon"."""
    last, _, first = part.partition(",")
    return f"{first.rstrip('. ')} {last}" if first else last.strip("{}")


def _names(part: str, listed: bool) -> list[str]:
    """The name before the first comma; those after it too where a list of names goes on, each of two words at least."""
    first, *rest = part.split(",")
    return [first, *(r for r in rest if listed and len(r.split()) > 1)]


def _name(words: str) -> str | None:
    name = " ".join(re.split(r"\s(?:in|at|à|en|aus)\s", words)[0].strip(" .,").split())
    return name if name and len(name) < _LONGEST_NAME and not _NO_NAME.search(name) else None


def language_code(name: str) -> str | None:
    """The code of a language by its name, in the languages of the vendors' interfaces.

    >>> language_code("ENGLISH"), language_code("Deutsch; German"), language_code("fr"), language_code("Klingon")
    ('en', 'de', 'fr', None)
    """
    first = re.match(r"[^\W\d_]{2,20}", name.strip().lower())
    word = first.group() if first else ""
    return word if word in _LANGUAGES else _CODES.get(word)


def without_rights(lines: Sequence[str]) -> list[str]:
    """The lines without those that only say who owns them, at the end."""
    out = list(lines)
    while out and (not out[-1].strip() or (len(out[-1]) < 200 and RIGHTS.match(out[-1].strip()))):
        out.pop()
    return out

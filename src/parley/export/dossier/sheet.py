"""What a dossier says, in the order in which it is read, before it becomes a file: every format is made of this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from parley.errors import LedgerError
from parley.show.citing import cited, fit, line, outlet, title
from parley.show.terminal import dated, day, plain_words
from parley.show.words import STATUS, content, says, sentence, spans_of, status, sure
from parley.store.rows import Row

if TYPE_CHECKING:
    from parley.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Heading:
    """Words between rows."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A row that was collected: who and what, its words within their sentence, where they are printed, and what to say of it.

    `pieces` are the sentence, each piece with whether it is what was collected. `told` says aloud that the ledger does not
    show the row any more, or that it was rejected; `changed` what it said when it was collected, where it says otherwise now.
    """

    id: str
    number: int
    who: str
    what: str
    pieces: list[tuple[str, bool]]
    where: str
    standing: str
    language: str | None
    note: str
    told: str
    changed: list[str]
    citation: str
    row: Row
    article: Row
    state: str

    @property
    def words(self) -> str:
        """The sentence as one text."""
        return "".join(words for words, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Source:
    """An article that is cited, with the rows that rest on it."""

    article: Row
    quotes: list[Quote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dossier as it is read."""

    name: str
    note: str
    changed: str
    parts: list[Heading | Quote]

    @property
    def quotes(self) -> list[Quote]:
        """The rows, in order."""
        return [p for p in self.parts if isinstance(p, Quote)]

    @property
    def sources(self) -> list[Source]:
        """The articles cited, each once, in the order in which they are."""
        out: dict[str, Source] = {}
        for quote in self.quotes:
            out.setdefault(quote.article["id"], Source(quote.article)).quotes.append(quote)
        return list(out.values())


def sheet_of(ledger: Ledger, which: str) -> Sheet:
    """A dossier of a ledger; UsageError where there is none of that name or id."""
    held = ledger.dossier(which)
    return Sheet(line(held["name"]), fit(held["note"]), held["changed"][:10], list(parts(ledger, held["list"])))


def parts(ledger: Ledger, entries: Iterable[Row], *, after: int = 0) -> Iterable[Heading | Quote]:
    """Entries as they are read; footnotes are numbered from the one after `after` on."""
    texts = _Texts(ledger)
    number = after
    for entry in entries:
        if entry["kind"] == "heading":
            yield Heading(entry["id"], line(entry["heading"]))
        else:
            number += 1
            yield _quote(entry, number, texts)


class _Texts:
    """The texts of articles, the last one kept: entries of one article often stand together."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._held: tuple[str, str | None] = ("", None)

    def of(self, article: str) -> str | None:
        if self._held[0] != article:
            try:
                self._held = (article, self._ledger.text(article))
            except LedgerError:
                self._held = (article, None)
        return self._held[1]


def _quote(entry: Row, number: int, texts: _Texts) -> Quote:
    row, article = entry["shown"], entry["article"]
    who, what = (outlet(article), "article") if row["row"] == "article" else says(row)
    return Quote(
        id=entry["id"],
        number=number,
        who=line(who),
        what=line(what),
        pieces=[(fit(words), marked) for words, marked in _pieces(entry, row, article, texts) if words],
        where=f"{outlet(article)}, {dated(article)}",
        standing=_standing(row),
        language=article["language"],
        note=fit(entry["note"]),
        told=line(entry["told"]) if entry["loud"] else "",
        changed=[f"{plain_words(k)} was {_said(entry['held']['row'][k])}" for k in entry["differs"]],
        citation=cited(row, article),
        row=row,
        article=article,
        state=entry["state"],
    )


def _standing(row: Row) -> str:
    """Whose word the row is, and how sure it is where nobody has judged it."""
    if row["row"] == "article":
        return ""
    of = status(row)
    by = (row.get("judged") or {}).get("by")
    words = STATUS.get(of, plain_words(of)).replace("a person", line(by) if by else "a person")
    return f"{words}, {sure(row['confidence'])}" if of == "machine" and "confidence" in row else words


def _pieces(entry: Row, row: Row, article: Row, texts: _Texts) -> list[tuple[str, bool]]:
    if row["row"] == "article":
        return [(title(article), True)]
    text = texts.of(article["id"]) if entry["state"] not in ("kept", "lost") else None
    spans = spans_of(row)
    if text is None:
        text, spans = _as_collected(entry)
    if not spans or spans[-1][1] > len(text):  # a build is writing the article
        return [(content(row), True)]
    return [(" ".join(words.split("\n")), marked) for words, marked in sentence(text, spans)]


def _as_collected(entry: Row) -> tuple[str, list[list[int]]]:
    """The words as they were collected, with what stood around them then, and where they stand in that."""
    quote = next((s for s in entry["anchor"].get("selector", []) if s["type"] == "TextQuoteSelector"), None)
    if quote is None:
        return content(entry["held"]["row"]), []
    start = len(quote["prefix"])
    return quote["prefix"] + quote["exact"] + quote["suffix"], [[start, start + len(quote["exact"])]]


def _said(value: Any) -> str:
    if value is None or value == []:
        return "empty"
    if isinstance(value, dict):
        return "“" + ", ".join(line(str(v)) for k, v in value.items() if v and k != "id") + "”"
    if isinstance(value, list):
        return " … ".join(map(_said, value))
    words = line(str(value))
    return day(words) if len(words) == 10 and words[4:5] == "-" and words[:4].isdigit() else f"“{words}”"

"""spaCy DocBin files: each article a Doc whose text is the article's, its rows span groups by layer; needs the extra `spacy`.

Spans of a Doc are made of whole tokens, so where a row begins or ends inside a token, the token is cut there: every span reads
exactly the row's characters. Files hold some articles each, so that neither writing nor reading needs memory for all of them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.errors import UsageError
from parley.export.marks import label, marks, status
from parley.export.places import folder_at, needs, portions, whole_file
from parley.store.rows import Row

if TYPE_CHECKING:
    from parley.store.ledger import Ledger
    from parley.store.whole import Whole

A_FILE = 1_000
"""Articles in one file."""

_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
ANY = "xx"
"""spaCy's tokenizer for text of no particular language."""


def save(ledger: Ledger, folder: Path) -> int:
    """Write every article into `articles-00001.spacy` and so on; how many rows there were."""
    spacy = _spacy()
    folder_at(folder)
    _refuse_others(folder)
    count = 0
    files = 0
    for files, some in enumerate(portions(ledger.whole(), A_FILE), 1):
        tokenizers = Tokenizers(spacy)  # anew for each file: their vocabularies only ever grow
        bin = spacy.tokens.DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
        for whole in some:
            bin.add(doc_of(whole, tokenizers))
            count += sum(len(rows) for rows in whole.found.values())
        with whole_file(folder / f"articles-{files:05}.spacy") as out:
            out.write(bin.to_bytes())
    _forget_later(folder, files)
    return count


def doc_of(whole: Whole, tokenizers: Tokenizers) -> Any:
    """One article as a Doc.

    `doc.spans` has the groups `statement.content`, `statement.source`, `statement.cue`, `figure`, `position`, `event`, `wording`,
    `date`, and the same after `rejected.` for rows that somebody rejected. A span's `label_` is the row's code, its `id_` the
    row's id; `doc.user_data["parley"]` is the article and its rows by id, as JSON.
    """
    from spacy.tokens import Doc, Span, SpanGroup

    rows = [row for found in whole.found.values() for row in found]
    marked = [(row, mark) for row in rows for mark in marks(row) if mark.start < mark.end]
    cuts = {mark.start for _, mark in marked}, {mark.end for _, mark in marked}
    vocab, words, spaces = tokenizers.words(whole.text, whole.article["language"], *cuts)
    doc = Doc(vocab, words=words, spaces=spaces)
    first = {token.idx: token.i for token in doc}
    after = {token.idx + len(token): token.i + 1 for token in doc}
    groups: dict[str, list[Any]] = defaultdict(list)
    for row, mark in marked:
        span = Span(doc, first[mark.start], after[mark.end], label=label(row), span_id=row["id"])
        groups[_group(row, mark.part)].append(span)
    for name, spans in groups.items():
        doc.spans[name] = SpanGroup(doc, name=name, spans=spans)
    held = {"article": whole.article, "rows": {row["id"]: row for row in rows}}
    doc.user_data["parley"] = json.dumps(held, ensure_ascii=False)  # as text: its own packing holds no large numbers
    return doc


class Tokenizers:
    """spaCy's tokenizers, one a language, over one vocabulary each."""

    def __init__(self, spacy: Any) -> None:
        self._spacy = spacy
        self._made: dict[str, Any] = {}

    def words(
        self, text: str, language: str | None, starts: set[int], ends: set[int]
    ) -> tuple[Any, list[str], list[bool]]:
        """The vocabulary, a text's words, and whether a space follows each: together they are the text.

        Words are cut where a row starts or ends.
        """
        made = self._of(language or ANY)
        edges = {0, len(text)} | starts | ends
        for token in made.tokenizer(text):
            edges |= {token.idx, token.idx + len(token)}
        return made.vocab, *_words(text, sorted(edges), starts, ends)

    def _of(self, language: str) -> Any:
        if language not in self._made:
            self._made[language] = self._blank(language) or self._of(ANY)
        return self._made[language]

    def _blank(self, language: str) -> Any:
        if not _LANGUAGE.match(language):
            return None
        try:
            return self._spacy.blank(language)
        except (ImportError, OSError):  # a language that spaCy does not have, or has with a library that is not here
            return None


def _words(text: str, edges: list[int], starts: set[int], ends: set[int]) -> tuple[list[str], list[bool]]:
    """The pieces between edges. A space after a word goes with it, unless a row starts with that space or ends with it."""
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(edges):
        if text[start:end] == " " and words and not spaces[-1] and start not in starts and end not in ends:
            spaces[-1] = True
        else:
            words.append(text[start:end])
            spaces.append(False)
    return words, spaces


def _group(row: Row, part: str) -> str:
    name = f"{row['row']}.{part}" if row["row"] == "statement" else row["row"]
    return f"rejected.{name}" if status(row) == "rejected" else name


def _refuse_others(folder: Path) -> None:
    if any(not p.match("articles-[0-9]*.spacy*") for p in folder.iterdir()):
        raise UsageError(f"{folder} holds other files: name an empty folder, or one that this export wrote, with -o")


def _forget_later(folder: Path, files: int) -> None:
    """Take away what an earlier, longer export left behind: it would be read as part of this one."""
    for path in folder.glob("articles-[0-9]*.spacy"):
        if int(path.stem.rpartition("-")[2]) > files:
            path.unlink()


def _spacy() -> Any:
    try:
        import spacy
        import spacy.tokens
    except ImportError as error:
        raise needs("spacy", "spacy", "the DocBin export") from error
    return spacy

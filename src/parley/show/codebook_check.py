"""What is wrong with a codebook: every problem at once, each with its file, its line, its entry and what to do about it.

A scheme (actors, places, outlets, anchors) is checked for what its tables may hold and for sides that lead nowhere; a word list
for phrases that cannot be read and examples that their own entry would miss.
"""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from parley.annotate.language.phrases import Phrases
from parley.clean.tokens import tokens
from parley.codebooks import ActorEntry, AnchorEntry, OutletEntry, PlaceEntry, load_codebook
from parley.compare.usage.referents import lists_of
from parley.errors import CodebookError

_TABLES: dict[str, type[Any]] = {
    "actor": ActorEntry,
    "place": PlaceEntry,
    "outlet": OutletEntry,
    "anchor": AnchorEntry,
}
_KINDS = ("person", "organisation", "government", "group")
_TOP = frozenset(("name", "source", "licence", "version", "parties", "referent", "term", *_TABLES))
TERM = (
    "referent",
    "term",
    "patterns",
    "unless",
    "side",
    "used_by",
    "avoided_by",
    "source",
    "read",
    "unread",
    "example",
    "examples",
    "note",
)
"""The fields of a word that competes with others for one thing (referents/*.toml)."""

_HEADER = re.compile(r"^\s*\[\[\s*([\w.-]+)\s*\]\]", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where it stands, what it is and what to do."""

    file: str
    line: int | None
    entry: str
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}{', ' if self.entry else ''}{self.entry}: {self.message}"


def problems(file: str, data: bytes) -> list[Problem]:
    """Every problem of a codebook, in the order of its lines; an empty list means that it can be used."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [Problem(file, line, "", "not a TOML file: not UTF-8; save it as UTF-8")]
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        return [Problem(file, int(at[1]) if at else None, "", f"not a TOML file: {error}")]
    looked = _Look(file, table, _lines(text))
    found = looked.words() if not _TABLES.keys() & table.keys() and looked.is_list() else looked.scheme()
    return sorted(found, key=lambda p: p.line or 0)


def _lines(text: str) -> dict[tuple[str, int], int]:
    """The line at which each entry begins, by its table and number."""
    seen: dict[str, int] = {}
    out: dict[tuple[str, int], int] = {}
    for match in _HEADER.finditer(text):
        seen[match[1]] = seen.get(match[1], 0) + 1
        out[match[1], seen[match[1]]] = text.count("\n", 0, match.start(1)) + 1
    return out


@dataclass(frozen=True)
class _Look:
    file: str
    table: Mapping[str, Any]
    lines: Mapping[tuple[str, int], int]
    owners: dict[str, tuple[str, str]] = field(default_factory=dict)

    def _problem(self, table: str, number: int, row: Mapping[str, Any], message: str) -> Problem:
        name = row.get("name") if isinstance(row, Mapping) else None
        entry = f"[[{table}]] {number}" + (f" ({name})" if isinstance(name, str) else "")
        return Problem(self.file, self.lines.get((table, number)), entry, message)

    def _rows(self, table: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        rows = self.table.get(table, [])
        return ((n, r) for n, r in enumerate(rows if isinstance(rows, list) else [], 1) if isinstance(r, Mapping))

    # ------------------------------------------------------------ schemes

    def scheme(self) -> Iterator[Problem]:
        """What is wrong with tables of actors, places, outlets and anchors."""
        for key, value in self.table.items():
            if key not in _TOP:
                yield Problem(self.file, None, key, f"no such table or key;{_meant(key, _TOP)}")
            elif key in (*_TABLES, "referent", "term") and not isinstance(value, list):
                yield Problem(
                    self.file, None, f"[{key}]", f"write it as [[{key}]], with two brackets: it may stand often"
                )
        for name, kind in _TABLES.items():
            for number, row in self._rows(name):
                yield from self._entry(name, number, row, kind)
        yield from self._sides()
        yield from self._compared()

    def _compared(self) -> Iterator[Problem]:
        """What is wrong with the words that compete for one thing."""
        for number, row in self._rows("referent"):
            if not isinstance(row.get("name"), str) or not row["name"].strip():
                yield self._problem("referent", number, row, 'has no name; add name = "..."')
        for number, row in self._rows("term"):
            yield from self._phrases("term", number, row)
            yield from self._usage(number, row)

    def _entry(self, table: str, number: int, row: Mapping[str, Any], kind: type[Any]) -> Iterator[Problem]:
        fields = kind.__dataclass_fields__
        if not isinstance(row.get("name"), str) or not row["name"].strip():
            yield self._problem(table, number, row, 'has no name; add name = "..."')
        for key, value in row.items():
            if key not in fields and key not in ("example", "examples", "note"):
                yield self._problem(table, number, row, f"{key!r} is no field of it;{_meant(key, fields)}")
            elif key in fields and (wrong := _wrong_type(fields[key].type, value)):
                yield self._problem(table, number, row, f"{key} {wrong}")
        if table == "anchor" and not _is_day(row.get("date")):
            yield self._problem(table, number, row, 'needs date = "YYYY-MM-DD", a day of the calendar')
        if table == "outlet":
            for domain in row.get("domains", ()) if isinstance(row.get("domains"), list) else ():
                if "/" in str(domain):
                    yield self._problem(table, number, row, f'domain {domain!r}: write it bare, as "example.org"')
        if table == "actor" and row.get("kind", "organisation") not in _KINDS:
            said = row["kind"]
            meant = _meant(str(said), _KINDS)
            yield self._problem(table, number, row, f"kind {said!r} is not known;{meant}")

    def _sides(self) -> Iterator[Problem]:
        """Sides that no party bears, and names that would mean two."""
        parties = self.table.get("parties", [])
        if not isinstance(parties, list) or not all(isinstance(p, str) for p in parties):
            yield Problem(self.file, None, "parties", 'must be a list of names: parties = ["Ondra", "Tessel"]')
            parties = []
        known = {a.name for a in load_codebook().actors} | {r["name"] for _, r in self._rows("actor") if "name" in r}
        for party in parties:
            if party not in known:
                advice = f'add an [[actor]] with name = "{party}" and side = "{party}"'
                yield Problem(
                    self.file, None, "parties", f"{party!r} is nobody's name; {advice}, or{_meant(party, known)}"
                )
        for number, row in self._rows("actor"):
            side = row.get("side")
            own = isinstance(side, str) and side in str(row.get("name"))  # a land by the name of its authorities
            if isinstance(side, str) and not own and side not in known and side not in parties:
                yield self._problem(
                    "actor",
                    number,
                    row,
                    f"side {side!r} is nobody's name; add it as an [[actor]], or{_meant(side, known)}",
                )
            yield from self._doubles(number, row)

    def _doubles(self, number: int, row: Mapping[str, Any]) -> Iterator[Problem]:
        name, side = row.get("name"), row.get("side")
        aliases = row.get("aliases", ())
        for called in (name, *(aliases if isinstance(aliases, list) else ())):
            if not isinstance(called, str):
                continue
            other, theirs = self.owners.setdefault(called.casefold(), (str(name), str(side)))
            if other != name and theirs != str(side):
                message = f"{called!r} is also a name of {other!r}, on another side; keep it with one of them"
                yield self._problem("actor", number, row, message)

    # ------------------------------------------------------------ word lists

    def is_list(self) -> bool:
        """True for a file of phrases, as issues/*.toml and stances.toml are."""
        rows = [r for v in self.table.values() if isinstance(v, list) for r in v]
        return any(isinstance(r, Mapping) and ("patterns" in r or "words" in r) for r in rows)

    def words(self) -> Iterator[Problem]:
        """What is wrong with a list of phrases."""
        for table in self.table:
            for number, row in self._rows(table):
                yield from self._phrases(table, number, row)
                if not (row.get("example") or row.get("examples")):
                    yield self._problem(table, number, row, "has no example; add a sentence that it should find")
                if table == "term" and ("referent" in row or "referent" in self.table):
                    yield from self._usage(number, row)

    def _usage(self, number: int, row: Mapping[str, Any]) -> Iterator[Problem]:
        """What is wrong with an entry of competing words: its thing, who uses or avoids it, and where that is written."""
        things = {str(r.get("name")) for _, r in self._rows("referent")} | set(lists_of().referents)
        for needed in ("referent", "term", "patterns"):
            if not row.get(needed):
                yield self._problem("term", number, row, f"has no {needed}; add {needed} = ...")
        if row.get("referent") and row["referent"] not in things:
            meant = _meant(str(row["referent"]), things)
            message = f"referent {row['referent']!r} is no [[referent]] of this file, nor of those that come with Parley;{meant}"
            yield self._problem("term", number, row, message)
        for key in row:
            if key not in TERM:
                yield self._problem("term", number, row, f"{key!r} is no field of it;{_meant(key, TERM)}")
        if not row.get("used_by") and not row.get("avoided_by"):
            yield self._problem(
                "term", number, row, "says neither who uses it nor who avoids it; add used_by or avoided_by"
            )
        for key in ("used_by", "avoided_by"):
            if key in row and (wrong := _wrong_type("tuple", row[key])):
                yield self._problem("term", number, row, f"{key} {wrong}")
        if not isinstance(row.get("source"), str):
            yield self._problem(
                "term", number, row, 'says not where that is written; add source = "...", or "general usage"'
            )

        if "read" in row and (wrong := _wrong_type("tuple", row["read"])):
            yield self._problem("term", number, row, f"read, where its source was looked up, {wrong}")
        if row.get("unread", True) is not True or ("read" in row and "unread" in row):
            yield self._problem(
                "term", number, row, "unread = true stands where nobody looked the source up, else read = [...]"
            )

    def _phrases(self, table: str, number: int, row: Mapping[str, Any]) -> Iterator[Problem]:
        patterns = row.get("patterns", [])
        if not isinstance(patterns, list) or not all(isinstance(p, str) for p in patterns):
            yield self._problem(table, number, row, 'patterns must be a list of phrases: patterns = ["lift ... siege"]')
            return
        good: list[str] = []
        for pattern in (*patterns, *(row.get("unless") or ())):
            try:
                Phrases([(pattern, None)])
                good.append(pattern)
            except CodebookError as error:
                yield self._problem(table, number, row, str(error))
        example = row.get("example")
        if good and isinstance(example, str):
            lowers = [t.lower for t in tokens(example, 0, len(example))]
            if not Phrases((p, None) for p in good).find(lowers):
                yield self._problem(
                    table, number, row, f"its example {example!r} holds none of its phrases; change one"
                )


def _meant(word: str, allowed: Iterable[str]) -> str:
    """What somebody may have meant, as the end of a sentence."""
    names = sorted(allowed)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f" did you mean {near[0]!r}?"
    return f" there are {', '.join(names)}" if len(names) <= 12 else " check how it is spelt"


def _wrong_type(annotation: object, value: object) -> str | None:
    many = "tuple" in str(annotation)
    if many and (not isinstance(value, list) or not all(isinstance(v, str) for v in value)):
        return 'must be a list of texts: ["...", "..."]'
    if not many and not isinstance(value, str):
        return 'must be one text: "..."'
    return None


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True

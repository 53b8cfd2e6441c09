"""Codebooks: schemes and word lists as TOML, so that they can be read, cited and edited without knowing Python.

Two kinds live here. *Lexicons* (`cues.toml`, `events.toml`, ...) belong to one layer, which loads its own with
`lexicon(name)`. *Schemes* say who and what a story is about (actors, places, outlets, anchors) and may be added to by the
user: `load_codebook("gaza", "my-side.toml")` merges them over the shipped world list.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from parley.errors import CodebookError

ALWAYS = ("world", "outlets", "anchors", "sides/known")
"""Schemes that every run reads, where they are shipped."""


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """Somebody a codebook knows. `side` names the party it belongs to or speaks for (its own name for a party)."""

    name: str
    kind: str
    side: str | None = None
    role: str | None = None
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place and the state or territory it lies in."""

    name: str
    country: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """An outlet with the domains it publishes under and the agency codes it signs with."""

    name: str
    domains: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnchorEntry:
    """A known event that durations count from: "the war", begun 2023-10-07, in a text that names one of `places`.

    `until` is the last day on which it went on, where it is over.
    """

    name: str
    date: str
    phrases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Codebook:
    """All schemes of a run, merged in the order given; `sha256` covers every file read, lexicons included."""

    names: tuple[str, ...]
    sha256: str
    parties: tuple[str, ...] = ()
    actors: tuple[ActorEntry, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
    outlets: tuple[OutletEntry, ...] = ()
    anchors: tuple[AnchorEntry, ...] = ()
    referents: str = ""
    """The tables `[[referent]]` and `[[term]]` of the named files, as JSON; empty where they have none."""


def _shipped(name: str) -> bytes | None:
    node = files("parley.codebooks").joinpath(f"{name}.toml")
    return node.read_bytes() if node.is_file() else None


def _parse(data: bytes, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CodebookError(f"{where}: not a TOML file: {error}") from error


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """One shipped lexicon, parsed; raises CodebookError naming the shipped ones where there is none of that name."""
    data = _shipped(name)
    if data is None:
        raise CodebookError(f"no codebook {name!r} is shipped; there are {', '.join(shipped())}")
    return _parse(data, f"{name}.toml")


@cache
def shipped() -> tuple[str, ...]:
    """The names of all shipped codebooks, in order: `world`, `issues/conflict`, ..."""
    root = Path(str(files("parley.codebooks")))
    return tuple(sorted(p.relative_to(root).with_suffix("").as_posix() for p in root.rglob("*.toml")))


def _read(name_or_path: str) -> tuple[str, bytes]:
    for name in (name_or_path, f"sides/{name_or_path}", f"issues/{name_or_path}"):
        data = _shipped(name)
        if data is not None:
            return name, data
    path = Path(name_or_path)
    if not path.is_file():
        raise CodebookError(f"no codebook {name_or_path!r}: neither a file nor one of {', '.join(shipped())}")
    return path.name, path.read_bytes()


def _entries(kind: type[Any], table: Iterable[Mapping[str, Any]], where: str) -> list[Any]:
    allowed = set(kind.__dataclass_fields__)
    out = []
    for number, row in enumerate(table, 1):
        known = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in allowed}
        if not known.get("name"):
            raise CodebookError(f"{where}, entry {number}: has no name")
        out.append(kind(**known))
    return out


def _words(rows: Any, table: str, needed: Iterable[str], where: str) -> list[Any]:
    """The entries of a table of things or words to compare; raises CodebookError where one lacks what it needs."""
    if not isinstance(rows, list):
        raise CodebookError(f"{where}: write [{table}] as [[{table}]], with two brackets: it may stand often")
    for number, row in enumerate(rows, 1):
        for key in needed:
            if not row.get(key):
                raise CodebookError(f"{where}, [[{table}]] {number}: has no {key}")
    return rows


@cache
def load_codebook(*names_or_paths: str) -> Codebook:
    """The schemes that every run reads, and the named ones over them.

    A name is a shipped one (`gaza` finds `sides/gaza`) or the path of a TOML file with any of the tables
    `[[actor]]`, `[[place]]`, `[[outlet]]`, `[[anchor]]`, `[[referent]]`, `[[term]]` and the list `parties`.
    """
    names: list[str] = []
    digest = hashlib.sha256()
    merged: dict[str, list[Any]] = {"actor": [], "place": [], "outlet": [], "anchor": []}
    kinds: dict[str, type[Any]] = {
        "actor": ActorEntry,
        "place": PlaceEntry,
        "outlet": OutletEntry,
        "anchor": AnchorEntry,
    }
    parties: list[str] = []
    words: dict[str, list[Any]] = {"referent": [], "term": []}
    wanted = [n for n in ALWAYS if _shipped(n) is not None] + list(names_or_paths)
    for wanted_name in wanted:
        name, data = _read(wanted_name)
        table = _parse(data, name)
        names.append(name)
        parties += [p for p in table.get("parties", []) if p not in parties]
        for key, kind in kinds.items():
            rows = table.get(key, [])
            default_date = {"date": ""} if kind is AnchorEntry else {}
            default_kind = {"kind": "organisation"} if kind is ActorEntry else {}
            merged[key] += _entries(kind, [{**default_date, **default_kind, **r} for r in rows], name)
        words["referent"] += _words(table.get("referent", []), "referent", ("name",), name)
        words["term"] += _words(table.get("term", []), "term", ("referent", "term", "patterns"), name)
        digest.update(data)
    for name in shipped():
        digest.update(_shipped(name) or b"")
    return Codebook(
        names=tuple(names),
        sha256=digest.hexdigest(),
        parties=tuple(parties),
        actors=tuple(merged["actor"]),
        places=tuple(merged["place"]),
        outlets=tuple(merged["outlet"]),
        anchors=tuple(merged["anchor"]),
        referents=json.dumps(words, sort_keys=True) if any(words.values()) else "",
    )

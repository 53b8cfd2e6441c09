"""The formats that a ledger can be exported in: a line each, with the module that writes it.

A module has `save(ledger, path)`, which gives how many rows (or annotations, nodes, entities) it wrote, and where the format is
one stream also `write(ledger, out)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from parley.errors import UsageError

if TYPE_CHECKING:
    from parley.export.jsonl import Told
    from parley.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Format:
    """One format: `module` writes it, to a file (`stream`) or a folder; `counts` is what it counts.

    `offline` is True where its linked data names a context on the web, which can be written into the file instead; `tells` where it
    tells how far it is.
    """

    module: str
    stream: bool
    counts: str = "rows"
    offline: bool = False
    tells: bool = False


FORMATS: Mapping[str, Format] = {
    "jsonl": Format("parley.export.jsonl", stream=True, tells=True),
    "csv": Format("parley.export.tables", stream=False, tells=True),
    "parquet": Format("parley.export.tables", stream=False, tells=True),
    "webanno": Format("parley.export.webanno", stream=True, counts="annotations", offline=True),
    "schemaorg": Format("parley.export.schemaorg", stream=True, counts="nodes", offline=True),
    "ftm": Format("parley.export.ftm", stream=True, counts="entities"),
    "brat": Format("parley.export.brat", stream=False),
    "docbin": Format("parley.export.docbin", stream=False),
    "labelstudio": Format("parley.export.labelstudio", stream=False),
    "dossier": Format("parley.export.dossier.folder", stream=False, counts="dossiers"),
}


def format_of(name: str, *, offline: bool = False) -> Format:
    """The format of a name; UsageError where there is none, or where it has no context to write into the file."""
    if name not in FORMATS:
        raise UsageError(f"--format {name!r} is not known; there are {', '.join(FORMATS)}")
    if offline and not FORMATS[name].offline:
        having = " and ".join(n for n, f in FORMATS.items() if f.offline)
        raise UsageError(f"{name} has no context on the web, so --offline changes nothing; it is for {having}")
    return FORMATS[name]


def save(ledger: Ledger, name: str, path: Path, *, offline: bool = False, told: Told | None = None) -> int:
    """Write a ledger in the format of a name to a file or folder; how many rows there were. `told` hears how far it is where a format tells."""
    made = format_of(name, offline=offline)
    module: Any = import_module(made.module)
    how: dict[str, Any] = {**({"offline": True} if offline else {}), **({"told": told} if made.tells else {})}
    if made.module == "parley.export.tables":
        count: int = module.export(ledger, name, path, **how)
    else:
        count = module.save(ledger, path, **how)
    return count


def write(ledger: Ledger, name: str, out: BinaryIO, *, offline: bool = False) -> int:
    """Write a ledger in the format of a name as one stream; UsageError where it is several files."""
    made = format_of(name, offline=offline)
    if not made.stream:
        raise UsageError(f"{name} writes several files: name a folder with -o")
    save: Any = partial(import_module(made.module).write, ledger, out)
    count: int = save(offline=True) if offline else save()
    return count

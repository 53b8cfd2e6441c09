"""Codebooks for people: printed as they are, or looked over."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

from parley.codebooks import load_codebook, shipped
from parley.errors import CodebookError
from parley.show.codebook_check import problems


def printed(name: str) -> bytes:
    """A codebook's file as it is."""
    for shipped_name in (name, f"sides/{name}", f"issues/{name}"):
        if shipped_name in shipped():
            return files("parley.codebooks").joinpath(f"{shipped_name}.toml").read_bytes()
    if not Path(name).is_file():
        raise CodebookError(f"no codebook {name!r}: neither a file nor one of {', '.join(shipped())}")
    return Path(name).read_bytes()


def checked(name: str) -> str:
    """What a codebook holds, in a line; raises CodebookError naming every entry that breaks the rules, and what to do."""
    data = printed(name)
    found = problems(name, data)
    if found:
        raise CodebookError("\n".join(map(str, found)))
    load_codebook(name)
    table = tomllib.loads(data.decode("utf-8"))
    missing = [k for k in ("source", "licence", "version") if k not in table]
    held = ", ".join(f"{len(rows)} {kind}" for kind, rows in table.items() if isinstance(rows, list))
    return f"{name}: {held or 'no entries'}" + (f"; it does not say its {', '.join(missing)}" if missing else "")

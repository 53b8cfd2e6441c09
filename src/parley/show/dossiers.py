"""Dossiers in a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from parley.show.citing import line
from parley.show.terminal import _table, day

if TYPE_CHECKING:
    from parley.store.rows import Row


def dossiers_table(found: Iterable[Row]) -> RenderableType:
    """A line for each dossier."""
    table = _table(("dossier", {"ratio": 5}), ("rows", {"ratio": 1, "justify": "right"}), ("changed", {"ratio": 2}))
    for head in found:
        table.add_row(Text(line(head["name"])), str(head["entries"]), day(head["changed"][:10]))
    return table


def sheet_lines(sheet: Any) -> RenderableType:
    """A dossier (`parley.export.dossier.sheet.Sheet`) as it is read: numbers, quotes, where they are printed, notes."""
    out: list[RenderableType] = [Text(sheet.name, "bold")]
    out += [Text(sheet.note)] if sheet.note else []
    for number, part in enumerate(sheet.parts, 1):
        out.append(Text())
        out += _quote(number, part) if hasattr(part, "pieces") else [Text(f"{number}  {part.words}", "bold underline")]
    return Group(*out)


def _quote(number: int, quote: Any) -> list[Text]:
    out = [Text.assemble(f"{number}  ", (quote.who, "bold"), f": {quote.what}")]
    if quote.told:
        out.append(Text(f"   Careful: {quote.told}.", "bold"))
    said = Text("   ")
    for words, marked in quote.pieces:
        said.append(f"⟦{words}⟧" if marked else words, "bold" if marked else "")
    out += [said, Text(f"   {quote.citation}", "dim")]
    out += [Text(f"   When it was collected, {'; '.join(quote.changed)}.")] if quote.changed else []
    out += [
        Text(f"   Note: {one}" if not n else f"         {one}") for n, one in enumerate(quote.note.split("\n")) if one
    ]
    return out


def loud(sheet: Any) -> list[str]:
    """A sentence for each entry that the ledger does not show any more, or that was rejected."""
    return [f"entry {n}: {p.told}" for n, p in enumerate(sheet.parts, 1) if getattr(p, "told", "")]

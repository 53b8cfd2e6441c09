"""A dossier as one HTML file that needs nothing else: no script, no address that is asked for, made to be read and printed."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from parley.export.dossier.sheet import Heading, Sheet


@cache
def _template() -> Template:
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(files("parley.export.dossier").joinpath("dossier.html").read_text(encoding="utf-8"))


def html(sheet: Sheet) -> str:
    """The dossier, a note at its end for each row."""
    parts = [("heading" if isinstance(p, Heading) else "quote", p) for p in sheet.parts]
    return _template().render(sheet=sheet, parts=parts)

"""Templates, with everything escaped, and the words they use."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from parley._version import __version__
from parley.annotate.quantities.told import amount_told
from parley.store.ledger import Ledger
from parley.web import words
from parley.web.asked import address
from parley.web.files import VERSIONS
from parley.web.visit import NOBODY

NAVIGATION = (
    ("/", "Overview"),
    ("/statements", "Statements"),
    ("/figures", "Figures"),
    ("/positions", "Positions"),
    ("/timeline", "Timeline"),
    ("/wording", "Wording"),
    ("/articles", "Articles"),
    ("/actors", "Actors"),
    ("/review", "Review"),
    ("/about", "About"),
)


@cache
def environment() -> Environment:
    """The templates; a name that a page does not give is an error, not an empty place."""
    made = Environment(
        loader=PackageLoader("parley.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        amount=amount_told, w=words, address=address, navigation=NAVIGATION, versions=VERSIONS, version=__version__
    )
    made.filters.update(day=words.day, days=words.days, plain=words.plain_words, number=words.number, flat=words.flat)
    made.filters["readable"] = words.readable
    made.filters["held_in"] = lambda id, held: held.get(id)
    return made


def render(template: str, ledger: Ledger, **values: Any) -> str:
    """A page."""
    name = ledger.where if "://" in ledger.where else Path(ledger.where).stem
    asked = values.get("asked")
    path = asked.path if asked is not None else ""
    visit = values.setdefault("visit", NOBODY)
    values["whence"] = asked.link() if asked is not None else visit.here  # where a form on this page leads back to
    return environment().get_template(f"{template}.html").render(ledger_name=name, here=path, **values)

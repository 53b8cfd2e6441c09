"""Dossiers to export: one over the hand-made article, and one over an article that attacks in every field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from web_visitors import ATTACK, hostile

from parley.data import Reading
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]
TEX_ATTACK = '\\input{/etc/passwd} } @article{x, title={y}} % & $ # _ ^ ~ " {{ \\end{document}'
MARKDOWN_ATTACK = "](javascript:alert(1)) ![x](http://evil.example) `a` <script>alert(1)</script> &lt; [^1] ~~~ # * _"
BIDI = "\u202eevil\u2066"
CONTROLS = "a\x01b\x0bc\ufffe"
NASTY = f"{ATTACK} {TEX_ATTACK} {MARKDOWN_ATTACK} {BIDI} {CONTROLS}"
"""What could mean something to HTML, TeX, Markdown, XML or a line of text."""


def collect_all(ledger: Ledger, name: str, note: str) -> None:
    ledger.dossier_make(name, note=note)
    ledger.dossier_heading(name, note)
    rows: list[Any] = [ledger.statements(), ledger.figures(), ledger.positions(), ledger.events(), ledger.wording()]
    ledger.dossier_add(name, [r["id"] for kind in [*rows, ledger.dates(), ledger.articles()] for r in kind], note=note)


@contextmanager
def plain_dossier(where: Path, reading: MakeReading, **article: Any) -> Iterator[Ledger]:
    """“Roads”: a heading, then every row of the hand-made article."""
    with Ledger.open(where / "plain.db", create=True) as ledger:
        ledger.add(reading(**article), fingerprint="f", run="r")
        collect_all(ledger, "Roads", "For Monday\n\nsee there")
        yield ledger


@contextmanager
def hostile_dossier(where: Path, reading: MakeReading) -> Iterator[Ledger]:
    """“Roads”: every row of an article that attacks in all its fields, and notes, heading and name that do."""
    made = hostile(reading)
    nasty = replace(made.article, title_text=NASTY, outlet=NASTY, authors=(NASTY, "Ana and Ben"), language=NASTY)
    nasty = replace(nasty, url=f"https://herald.example/{NASTY}", dateline_place=NASTY)
    with Ledger.open(where / "hostile.db", create=True) as ledger:
        ledger.add(replace(made, article=nasty), fingerprint="f", run="r")
        collect_all(ledger, f"Roads {NASTY}"[:200], NASTY[:390])
        yield ledger

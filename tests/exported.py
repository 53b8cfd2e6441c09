"""Readings whose texts are awkward to count in, for tests of formats that stand beside a text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from cases import reading_of
from hypothesis import strategies as st

from parley.data import Event, Figure, Position, Reading, Span, Speaker, Statement, Timex, Wording
from parley.read.text import page_from_text
from parley.store.ledger import Ledger
from parley.store.whole import Whole

AWKWARD = "ab .,“”é\u00a0\n\r\t\u2028\x85e\u0301\U0001f469\u200d\U0001f680\U0001d4b3م\u202e<&;|"
"""Letters, marks and spaces, among them: line ends of all kinds, combining marks, characters of two UTF-16 units, right-to-left."""


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A reading of an awkward text with a row of every kind, each on stretches taken anywhere."""
    text = draw(st.text(alphabet=AWKWARD, min_size=1, max_size=60)) + draw(st.sampled_from(["", "\r\n", "x"]))

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span.of(text, start, draw(st.integers(start + 1, len(text))))

    page = replace(page_from_text(text), source_id=hashlib.sha256(text.encode()).hexdigest())
    base = reading_of(text)
    article = replace(base.article, id=page.id, sha256=page.sha256, file=page.file, source_id=page.source_id)
    pieces = sorted({draw(st.integers(0, len(text))) for _ in range(4)})
    content = tuple(Span.of(text, a, b) for a, b in zip(pieces[::2], pieces[1::2], strict=False)) or (span(),)
    said = Statement(page.id, content, "mixed", source=span(), cue=span(), speaker=Speaker("Oran Melk"))
    return Reading(
        page=page,
        article=article,
        dates=(Timex(span(), "DATE", "2031-03-03", page.id),),
        statements=(said,),
        figures=(Figure(page.id, span(), 10**30, "exact", "killed", statement=said.id),),
        positions=(Position(page.id, span(), "Calvera", "deal", "demands", statement=said.id),),
        events=(Event(page.id, span(), "talks_held", "actual", ("Calvera",)),),
        wording=(Wording(page.id, span(), "outlet", "militants"),),
    )


class Shelf:
    """A ledger in a folder of its own, to which readings are added one after the other."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def whole(self, reading: Reading) -> Whole:
        """The reading as exports see it, after it went through the ledger."""
        self.ledger.add(reading, fingerprint=str(id(reading)), run="r", again=True)
        return next(self.ledger.whole(reading.article.id))


@contextmanager
def shelf() -> Iterator[Shelf]:
    """An empty shelf."""
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db", create=True) as ledger:
        yield Shelf(ledger)


def pieces_of(whole: Whole) -> dict[str, list[str]]:
    """The characters that each row marks, by its id, in the order of `marks`: what every format must give back."""
    from parley.export.marks import marks

    rows = [row for found in whole.found.values() for row in found]
    return {row["id"]: [whole.text[m.start : m.end] for m in marks(row)] for row in rows}

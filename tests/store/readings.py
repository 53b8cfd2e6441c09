"""A reading with a row of every kind, made by hand."""

from __future__ import annotations

from dataclasses import replace

from parley.data import (
    Article,
    Basis,
    Dropped,
    Event,
    Figure,
    Mention,
    Plover,
    Position,
    Reading,
    Span,
    Speaker,
    Statement,
    Timex,
    Wording,
)
from parley.read.text import page_from_text

TEXT = """Envoy says road will open
CALVERA, 3 March 2031. The envoy Oran Melk said on Monday that “the road will open” if the dam is returned.
At least 23 militants were killed, the ministry said. Élysée officials’ talks were held in Port Amity.
© Herald
"""


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def make_reading(text: str = TEXT, *, file: str = "in/01.txt", source_id: str = "01.txt", **article: object) -> Reading:
    """A reading with a row of every kind, made by hand."""
    page = replace(page_from_text(text, published="2031-03-03", outlet="Herald"), file=file, source_id=source_id)
    said = Statement(
        article=page.id,
        content=(at("“the road will open”"), at("if the dam is returned")),
        kind="mixed",
        source=at("The envoy Oran Melk"),
        cue=at("said"),
        speaker=Speaker("Oran Melk", None, "envoy", "Calvera", Basis("name", "named so", at("Oran Melk"))),
        said_on="2031-03-03",
        venue="Port Amity",
        confidence=0.8,
    )
    told = Article(
        id=page.id,
        file=page.file,
        source_id=page.source_id,
        sha256=page.sha256,
        text=page.text,
        title=at("Envoy says road will open"),
        title_text="Envoy says road will open",
        outlet="Herald",
        authors=("Ruth Salter",),
        dateline_place="Calvera",
        dateline=at("CALVERA, 3 March 2031."),
        published="2031-03-03",
        published_basis=(Basis("dateline", "printed there", at("3 March 2031")), Basis("given", "by the file")),
        body=Span.of(text, at("The envoy").start, at("© Herald").end),
        dropped=(
            Dropped(at("© Herald"), "footer", "clean"),
            Dropped(at("CALVERA, 3 March 2031."), "dateline", "clean"),
        ),
    )
    return Reading(
        page=page,
        article=replace(told, **article),  # type: ignore[arg-type]
        mentions=(Mention(at("Oran Melk"), "person", "Oran Melk", "Calvera", "envoy"),),
        dates=(
            Timex(at("3 March 2031"), "DATE", "2031-03-03", page.id),
            Timex(at("Monday"), "DATE", "2031-03-03", page.id),
        ),
        statements=(said, Statement(page.id, (at("road will open"),), "indirect", confidence=0.6)),
        figures=(
            Figure(page.id, at("At least 23 militants"), 23, "at_least", "killed", low=23.0, claimant="the ministry"),
            Figure(page.id, at("23"), "85%", "exact", "share_of_killed"),
        ),
        positions=(
            Position(
                page.id, at("the dam is returned"), "Calvera", "territory", "demands", "Oran Melk", statement=said.id
            ),
        ),
        events=(
            Event(
                page.id,
                at("talks were held"),
                "talks_held",
                "actual",
                ("Calvera", "Veyra"),
                Plover("CONSULT", "meet"),
                "2031-03",
            ),
        ),
        wording=(Wording(page.id, at("militants"), "outlet", "militants", "fighters"),),
    )

"""Rows as lines: who, what, where printed and when; opened, the sentence, what else is known and how other outlets tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from parley.compare.speech.together import tellings
from parley.store.ledger import Ledger
from parley.store.rows import Row
from parley.web import words


@dataclass(frozen=True, slots=True)
class Rendering:
    """How one outlet tells what was said, in pieces, each with whether it differs from the first one's words."""

    row: Row
    article: Row
    pieces: list[tuple[str, bool]]
    left_out: str
    first: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row with its article and its evidence."""

    row: Row
    article: Row
    who: str
    what: str
    words: str
    sentence: list[tuple[str, bool]]
    facts: list[tuple[str, Any]]
    told: Row | None = None
    renderings: Sequence[Rendering] = ()
    missing: bool = field(default=False)

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def kind(self) -> str:
        return str(self.row["row"])


def lines(ledger: Ledger, rows: Iterable[Row], *, fold: bool = False, beside: bool = True) -> list[Line]:
    """Lines of some rows, in their order; with `fold`, of several tellings of one utterance the first alone.

    Without `beside` they are not told with other outlets' renderings: where sentences alone are shown.
    """
    held = [r for r in rows if r["row"] in words.KINDS]
    articles = ledger.by_ids(r["article"] for r in held)
    texts = ledger.texts(articles)
    told = tellings(ledger, (r["id"] for r in held if r["row"] == "statement")) if beside else {}
    if fold:
        held = list(_once(held, told))
    others = _tellings(ledger, [told[r["id"]] for r in held if r["id"] in told])
    here = [r for r in held if r["article"] in texts]  # others have gone since they were read: a build is running
    return [_line(r, articles[r["article"]], texts[r["article"]], told.get(r["id"]), others) for r in here]


def lines_of(ledger: Ledger, ids: Iterable[str], *, beside: bool = True) -> list[Line]:
    """Lines of rows by their ids, in that order; those that are gone are left out."""
    return lines(ledger, ledger.by_ids(ids).values(), beside=beside)


def _once(rows: Sequence[Row], told: dict[str, Row]) -> Iterable[Row]:
    seen: set[int] = set()
    for row in rows:
        utterance = told.get(row["id"])
        key = None if utterance is None else hash(tuple(utterance["statements"]))
        if key is None or key not in seen:
            yield row
        if key is not None:
            seen.add(key)


def _tellings(ledger: Ledger, utterances: Sequence[Row]) -> dict[str, tuple[Row, Row]]:
    """Every statement of some utterances with its article."""
    rows = ledger.by_ids(i for u in utterances for i in u["statements"])
    articles = ledger.by_ids(r["article"] for r in rows.values())
    return {i: (r, articles[r["article"]]) for i, r in rows.items()}


def _line(row: Row, article: Row, text: str, told: Row | None, others: dict[str, tuple[Row, Row]]) -> Line:
    who, what = words.says(row)
    spans = [s for s in words.spans_of(row) if s[1] <= len(text)]
    sentence = words.sentence(text, spans) if spans else [(words.content(row), True)]
    renderings = _renderings(told, others) if told else ()
    return Line(
        row,
        article,
        who,
        what,
        words.content(row),
        sentence,
        [f for f in words.facts(row) if f[1]],
        told,
        renderings,
    )


def _renderings(told: Row, others: dict[str, tuple[Row, Row]]) -> list[Rendering]:
    ids = list(dict.fromkeys(i for i in (told["first"], *told["statements"]) if i))
    held = [others[i] for i in ids if i in others]
    if not held:
        return []
    first = words.content(held[0][0])
    out = [Rendering(*held[0], [(first, False)], "", first=True)]
    for row, article in held[1:]:
        other = words.content(row)
        out.append(Rendering(row, article, words.differing(first, other), words.left_out(first, other), first=False))
    return out

"""What one outlet leaves out: what others carry independently of each other, and its own articles of those days do not have.

It is looked for before it is called missing: the same words, the same number, an event of the same kind on the same day. What is
told is "not found in these n articles", never why.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parley.compare.base import Question, Row
from parley.data import row_id
from parley.errors import UsageError
from parley.store.words import fold

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

LEAST = 2
"""Independent outlets that must carry something for it to be missed, unless told otherwise."""

BEFORE, AFTER = 1, 3
"""Days before the first and after the last telling in which an outlet would have it: dailies print a day later, weeklies choose."""

SHINGLE = 5
"""Words in a row that two texts share by quoting alike; fewer are found by chance."""

_AT_ONCE = 400
_SOURCES = (("utterances", "utterance"), ("series", "figure"), ("timeline", "event"))
"""What is looked for: the questions whose results are taken, and what one of them is called."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that outlets carry: the rows that tell it, and how many outlets do so independently."""

    kind: str
    rows: tuple[str, ...]
    carried_by: int


@dataclass(frozen=True, slots=True)
class Telling:
    """One row that tells a thing, with its article's outlet and day."""

    row: Row
    outlet: str | None
    day: str | None


def things(name: str, kind: str, found: Iterable[Row]) -> Iterator[Thing]:
    """The things of the results of one question; a series gives one for each of its points."""
    for result in found:
        for one in result["points"] if name == "series" else (result,):
            rows = one.get("rows") or one.get("statements") or ()
            if rows:
                yield Thing(kind, tuple(rows), int(one["independent"]))


def window(days: Iterable[str | None]) -> tuple[str, str] | None:
    """The days in which an outlet would tell what others told on these; None where no day is known."""
    known = sorted(d for d in days if d is not None and len(d) == 10)
    return (_moved(known[0], -BEFORE), _moved(known[-1], AFTER)) if known else None


def _moved(day: str, by: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(by)).isoformat()


# --- one outlet's own articles --------------------------------------------------------------------------------------


class Own:
    """The articles of the outlet, with what they tell."""

    def __init__(self, articles: Sequence[Row], rows: Iterable[Row], texts: Mapping[str, str]) -> None:
        known = [a for a in articles if a["published"] and len(a["published"]) == 10]
        self._days = sorted((a["published"], a["id"]) for a in known)
        self._undated = sorted({a["id"] for a in articles} - {a["id"] for a in known})
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            self._rows.setdefault(row["article"], []).append(row)
        self._texts = texts
        self._words: dict[str, frozenset[str]] = {}

    def within(self, days: tuple[str, str]) -> list[str]:
        """The articles that appeared in a window."""
        return [id for day, id in self._days if days[0] <= day <= days[1]]

    def tells(self, kind: str, told: Sequence[Telling], articles: Iterable[str]) -> bool:
        """True where one of the articles, or one whose day is not known, may well tell the same, in whatever words."""
        return any(self._tells(kind, told, article) for article in (*articles, *self._undated))

    def _tells(self, kind: str, told: Sequence[Telling], article: str) -> bool:
        if kind == "utterance":
            mine = self._shingles(article)
            return any(not mine.isdisjoint(shingles(part)) for t in told for part in t.row["content_text"])
        alike = _same_figure if kind == "figure" else _same_event
        return any(alike(t.row, row) for t in told for row in self._rows.get(article, ()) if row["row"] == kind)

    def _shingles(self, article: str) -> frozenset[str]:
        if article not in self._words:
            self._words[article] = shingles(self._texts[article])
        return self._words[article]


def shingles(text: str) -> frozenset[str]:
    """Every SHINGLE words in a row, all of them where there are fewer.

    >>> sorted(shingles("We shall see."))
    ['we shall see']
    """
    words = fold(text).split()
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def _same_figure(one: Row, two: Row) -> bool:
    return all(one[k] == two[k] for k in ("category", "value", "low", "high"))


def _same_event(one: Row, two: Row) -> bool:
    return one["type"] == two["type"] and (one["date"] or "?")[:10] == (two["date"] or "")[:10]


# --- asking ---------------------------------------------------------------------------------------------------------


def read(
    ledger: Ledger,
    *,
    outlet: str | None = None,
    least: int | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[Row]:
    """What `least` outlets or more carry independently, and one outlet does not: what most of them carry first."""
    if outlet is None:
        raise UsageError("missing is asked of one outlet: name it with --outlet NAME")
    own, names = _own(ledger, outlet, since=since, until=until)
    carried = [thing for thing in _carried(ledger) if thing.carried_by >= (least or LEAST)]
    told = _tellings(ledger, (i for thing in carried for i in thing.rows))
    found = [
        row for thing in carried if (row := _missed(thing, [told[i] for i in thing.rows if i in told], own, names))
    ]
    return sorted(found, key=lambda r: (-r["carried_by"], r["window"], r["id"]))


def _own(ledger: Ledger, outlet: str, **days: Any) -> tuple[Own, tuple[str, ...]]:
    """The outlet's articles, and its name as they print it; UsageError where there is none."""
    articles = list(ledger.articles(outlet=outlet, **days))
    exact = [a for a in articles if fold(a["outlet"]) == fold(outlet)]
    articles = exact or articles
    names = tuple(sorted({a["outlet"] for a in articles}))
    if not names:
        raise UsageError(f"no article of {outlet!r} is here, in these days; `parley show articles` names the outlets")
    if len(names) > 1:
        raise UsageError(f"{outlet!r} may be {', '.join(names)}: say which")
    rows = [*ledger.figures(outlet=names[0], **days), *ledger.events(outlet=names[0], **days)]
    return Own(articles, rows, _Texts(ledger)), names


class _Texts(dict[str, str]):
    """Texts of articles, each read when it is first looked into: most are not."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._ledger = ledger

    def __missing__(self, article: str) -> str:
        text = self[article] = self._ledger.text(article)
        return text


def _carried(ledger: Ledger) -> Iterator[Thing]:
    from parley.compare.registry import questions  # which lists this module

    for name, kind in _SOURCES:
        if name in questions():
            yield from things(name, kind, ledger.found(questions()[name].row))


def _tellings(ledger: Ledger, ids: Iterable[str]) -> dict[str, Telling]:
    """Rows with their articles' outlets and days."""
    rows = _by_ids(ledger, ids)
    articles = _by_ids(ledger, (r["article"] for r in rows.values()))
    about = {i: articles[r["article"]] for i, r in rows.items() if r["article"] in articles}
    return {i: Telling(rows[i], a["outlet"], a["published"]) for i, a in about.items()}


def _by_ids(ledger: Ledger, ids: Iterable[str]) -> dict[str, Row]:
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Row] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        found |= ledger.by_ids(wanted[at : at + _AT_ONCE])
    return found


def _missed(thing: Thing, told: Sequence[Telling], own: Own, names: Sequence[str]) -> Row | None:
    if any(t.outlet in names for t in told):
        return None
    days = window(t.day for t in told)
    articles = own.within(days) if days else []
    if not days or not articles or own.tells(thing.kind, told, articles):
        return None
    first = min(told, key=lambda t: (t.day or "~", thing.rows.index(t.row["id"])))
    n = len(articles)
    return {
        "row": first.row["id"],
        "carried_by": thing.carried_by,
        "window": list(days),
        "id": row_id("mi", names[0], thing.kind, *sorted(thing.rows)),
        "kind": thing.kind,
        "what": _what(thing.kind, first.row),
        "outlet": names[0],
        "outlets": sorted({t.outlet for t in told if t.outlet}),
        "rows": list(thing.rows),
        "articles": articles,
        "why": f"not found in {'this article' if n == 1 else f'these {n} articles'}",
    }


def _what(kind: str, row: Row) -> str:
    if kind == "utterance":
        return row["speaker"]["name"] if row["speaker"] else "speaker not named"
    if kind == "figure":
        return f"{row['category']}: {row['text']}"
    return f"{row['type']}{', ' + row['date'] if row['date'] else ''}"


def _cells(row: Row) -> tuple[str, ...]:
    days = f"{row['window'][0]} to {row['window'][1]}"
    n = len(row["outlets"])
    carried = f"{n} outlet{'s' * (n != 1)}, {row['carried_by']} independent: {', '.join(row['outlets'])}"
    return f"{row['kind']}\n{row['what']}", carried, f"{row['why']} of {row['outlet']}, {days}"


_ASKS: Mapping[str, Any] = {"asks": ("outlet", "least", "since", "until"), "exported": False}

QUESTIONS = (Question("missing", "missing", read, ("what", "carried by", "where it was looked for"), _cells, **_ASKS),)

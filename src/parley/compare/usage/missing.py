"""What one outlet leaves out: what others carry independently of each other, and its own articles of those days do not have.

It is looked for before it is called missing: the same words, the same number, an event of the same kind on the same day. What is
told is "not found in these n articles", never why.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from parley.compare.base import Question, Row
from parley.data import row_id
from parley.errors import UsageError
from parley.store import outlets
from parley.store.words import fold

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

LEAST = 2
"""Independent outlets that must carry something for it to be missed, unless told otherwise."""

BEFORE, AFTER = 1, 3
"""Days before the first and after the last telling in which an outlet would have it: dailies print a day later, weeklies choose."""

SHINGLE = 5
"""Words in a row that two texts share by quoting alike; fewer are found by chance."""

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
    """The articles of the outlet by day, and of those that are looked into what they tell: folded `words`, and `rows` by kind."""

    def __init__(
        self,
        days: Iterable[tuple[str | None, str]],
        words: Mapping[str, str] | None = None,
        rows: Mapping[str, Mapping[str, Sequence[Row]]] | None = None,
    ) -> None:
        self._days, self._undated = outlets.on(days)
        self._words = dict(words or {})
        self._rows = dict(rows or {})
        self._said: frozenset[str] | None = None

    def look(self, ledger: Ledger, wanted: Mapping[str, Iterable[str]]) -> None:
        """Read what some articles tell, and those whose day is not known: ids by the kind of what is looked for in them."""
        for kind, articles in wanted.items():
            ids = sorted({*articles, *self._undated})
            if kind == "utterance":
                self._words = outlets.words_of(ledger, ids)
            else:
                self._rows[kind] = outlets.rows_of(ledger, kind, ids)

    def within(self, days: tuple[str, str]) -> list[str]:
        """The articles that appeared in a window."""
        first = bisect_left(self._days, (days[0], ""))
        last = bisect_left(self._days, (days[1], "~"))
        return [id for _, id in self._days[first:last]]

    def tells(self, kind: str, told: Sequence[Telling], articles: Iterable[str]) -> bool:
        """True where one of the articles, or one whose day is not known, may well tell the same, in whatever words."""
        if kind == "utterance":
            wanted = {s for t in told for part in t.row["content_text"] for s in shingles(part)}
            few = {s for s in wanted if s.count(" ") < SHINGLE - 1}  # the whole of what was said
            return (
                not wanted.isdisjoint(self._undated_words())
                or self._print(wanted, articles)
                or self._print(few, self._undated)
            )
        alike = _same_figure if kind == "figure" else _same_event
        mine = [row for article in (*articles, *self._undated) for row in self._rows[kind].get(article, ())]
        return any(alike(t.row, row) for t in told for row in mine)

    def _print(self, wanted: Iterable[str], articles: Iterable[str]) -> bool:
        return any(f" {s} " in self._words[article] for article in articles for s in wanted)

    def _undated_words(self) -> frozenset[str]:
        """The words in a row of all articles without a day: each thing is looked for in them, so they are cut once."""
        if self._said is None:
            self._said = frozenset(s for article in self._undated for s in shingles(self._words[article]))
        return self._said


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
    name, own = _own(ledger, outlet, since=since, until=until)
    carried = [thing for thing in _carried(ledger) if thing.carried_by >= (least or LEAST)]
    printed = outlets.printed(ledger, (i for thing in carried for i in thing.rows))
    looked = [here for thing in carried if (here := _looked(thing, printed, own, name))]
    wanted: dict[str, set[str]] = {}
    for thing, articles, _ in looked:
        wanted.setdefault(thing.kind, set()).update(articles)
    own.look(ledger, wanted)
    rows = ledger.by_ids(i for here in looked for i in here.thing.rows)
    told = {i: Telling(row, *printed[i]) for i, row in rows.items()}
    found = [missed for here in looked if (missed := _missed(here, told, own, name))]
    return sorted(found, key=lambda r: (-r["carried_by"], r["window"], r["id"]))


def _own(ledger: Ledger, words: str, **days: str | None) -> tuple[str, Own]:
    """The outlet's name as it prints it, and its articles; UsageError where there is none."""
    names = outlets.called(ledger, words)
    if len(names) > 1:
        raise UsageError(f"{words!r} may be {', '.join(names)}: say which")
    held = outlets.articles(ledger, names[0], **days) if names else []
    if not held:
        raise UsageError(f"no article of {words!r} is here, in these days; `parley show articles` names the outlets")
    return names[0], Own(held)


def _carried(ledger: Ledger) -> Iterator[Thing]:
    from parley.compare.registry import questions  # which lists this module

    for name, kind in _SOURCES:
        if name in questions():
            yield from things(name, kind, ledger.found(questions()[name].row))


class Looked(NamedTuple):
    """A thing that others tell, with the outlet's articles of those days, in which it is to be found."""

    thing: Thing
    articles: Sequence[str]
    days: tuple[str, str]


def _looked(thing: Thing, printed: Mapping[str, outlets.Printed], own: Own, name: str) -> Looked | None:
    """Where a thing is to be looked for; None where the outlet tells it, or has no article of those days."""
    where = [printed[i] for i in thing.rows if i in printed]
    if any(w.outlet == name for w in where):
        return None
    days = window(w.day for w in where)
    articles = own.within(days) if days else []
    return Looked(thing, articles, days) if days and articles else None


def _missed(looked: Looked, tellings: Mapping[str, Telling], own: Own, name: str) -> Row | None:
    """What is told of a thing that the outlet does not have; None where it has it."""
    thing, articles, days = looked
    told = [tellings[i] for i in thing.rows if i in tellings]
    if not told or own.tells(thing.kind, told, articles):
        return None
    first = min(told, key=lambda t: (t.day or "~", thing.rows.index(t.row["id"])))
    n = len(articles)
    return {
        "row": first.row["id"],
        "carried_by": thing.carried_by,
        "window": list(days),
        "id": row_id("mi", name, thing.kind, *sorted(thing.rows)),
        "kind": thing.kind,
        "what": _what(thing.kind, first.row),
        "outlet": name,
        "outlets": sorted({t.outlet for t in told if t.outlet}),
        "rows": list(thing.rows),
        "articles": list(articles),
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

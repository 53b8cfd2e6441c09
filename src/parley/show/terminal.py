"""Rows for people at a terminal: who says what, with outlet and date beside each line, readable at 80 columns."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from parley.annotate.quantities.told import amount_told

if TYPE_CHECKING:
    from parley.store.ledger import Ledger
    from parley.store.rows import Row

SHORT = 11
"""Characters of an id that are shown: enough for `parley explain`."""

_SPACES = re.compile(r"\s+")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def console() -> Console:
    """Where data goes: standard output, in colour on a terminal only."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def day(date: str | None) -> str:
    """A date as people write it, as precise as it is.

    >>> day("2031-03-07"), day("2031-03"), day(None)
    ('7 March 2031', 'March 2031', 'no date')
    """
    if not date:
        return "no date"
    year, *rest = date.split("-")
    if not rest or not rest[0].isdigit():
        return year
    month = f"{_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month


def dated(article: Mapping[str, Any]) -> str:
    """When an article was published, with the bounds where only they are known."""
    if article["published_precision"] == "interval":
        return f"{day(article['published_earliest'])} to {day(article['published_latest'])}"
    return day(article["published"])


def in_marks(words: str) -> str:
    """Words in quotation marks; those that bring their own keep them.

    >>> in_marks("the road is open"), in_marks('"The road is open," Vahl said')
    ('“the road is open”', '"The road is open," Vahl said')
    """
    return words if words[:1] in ('"', "“", "„", "«") else f"“{words}”"


def flat(text: str) -> str:
    """Text on one line."""
    return _SPACES.sub(" ", text).strip()


def plain_words(code: str | None) -> str:
    """A code as words: at_least is "at least"."""
    return (code or "").replace("_", " ")


def who(row: Mapping[str, Any]) -> str:
    """A statement's speaker with role and side."""
    speaker = row["speaker"]
    if not speaker:
        return "nobody named"
    more = [x for x in (speaker["role"], speaker["side"]) if x and x.lower() not in speaker["name"].lower()]
    return f"{speaker['name']} ({', '.join(more)})" if more else str(speaker["name"])


def _said(row: Row) -> tuple[str, str]:
    return who(row), " … ".join(flat(t) for t in row["content_text"])


def _counted(row: Row) -> tuple[str, str]:
    claim = row["claimant"] or "the outlet's own words"
    about = ", ".join(x for x in (row["population"], row["place"]) if x)
    when = row["date"] or " to ".join(x for x in (row["since"], row["until"]) if x)
    first = f"{amount_told(row)} {plain_words(row['category'])}" + (f" ({about})" if about else "")
    return claim, f"{first}{f', {when}' if when else ''}: {in_marks(flat(row['text']))}"


def _wants(row: Row) -> tuple[str, str]:
    said = f", said by {row['said_by']}" if row["said_by"] and row["said_by"] != row["party"] else ""
    return row["party"], f"{row['stance']} ({plain_words(row['issue'])}){said}: {in_marks(flat(row['text']))}"


def _happened(row: Row) -> tuple[str, str]:
    actors = " and ".join(row["actors"]) or "nobody named"
    when = f", {day(row['date'])}" if row["date"] else ""
    where = f", {row['place']}" if row["place"] else ""
    return actors, f"{plain_words(row['type'])}, {row['status']}{when}{where}: {in_marks(flat(row['text']))}"


def _worded(row: Row) -> tuple[str, str]:
    return in_marks(flat(row["text"])), f"{plain_words(row['voice'])}" + (
        f", of {row['referent']}" if row["referent"] else ""
    )


def _timed(row: Row) -> tuple[str, str]:
    return in_marks(flat(row["text"])), f"{row['type']} {row['value']}"


_LINES: dict[str, tuple[str, str, Callable[[Row], tuple[str, str]]]] = {
    "statement": ("who", "what is reported", _said),
    "figure": ("who counts so", "figure", _counted),
    "position": ("party", "position", _wants),
    "event": ("who", "event", _happened),
    "wording": ("label", "whose voice", _worded),
    "date": ("expression", "value", _timed),
}
"""For each kind of row the headings of its two columns, and what stands in them."""


def _table(*headings: tuple[str, Mapping[str, Any]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for heading, options in headings:
        table.add_column(heading, overflow="fold", **options)
    return table


def rows_table(ledger: Ledger, rows: Iterable[Row]) -> Table:
    """Rows of one or several kinds, each with its outlet, date and id."""
    held = list(rows)
    articles = ledger.by_ids({r["article"] for r in held if "article" in r})
    kinds = {r["row"] for r in held}
    first, second = _LINES[kinds.pop()][:2] if len(kinds) == 1 and kinds <= _LINES.keys() else ("who", "what")
    table = _table((first, {"ratio": 3}), (second, {"ratio": 6}), ("outlet, date, id", {"ratio": 3}))
    for row in held:
        if row["row"] not in _LINES:
            table.add_row("article", flat(row["title"] or "no title"), _where(row, row))
            continue
        left, right = _LINES[row["row"]][2](row)
        table.add_row(left, right, _where(articles[row["article"]], row))
    return table


def _where(article: Row, row: Row) -> Text:
    where = Text(f"{article['outlet'] or 'outlet unknown'}\n{dated(article)}\n")
    if (word := judged_by(row)) is not None:
        where.append(f"{word}\n", style="bold")
    return where.append(row["id"][:SHORT], style="dim")


def judged_by(row: Row) -> str | None:
    """Whose word a row shows, None where it is the machine's.

    >>> judged_by({"status": "corrected", "judged": {"by": "Ana Pell"}})
    'corrected by Ana Pell'
    """
    word = row.get("judged")
    return None if word is None else f"{row.get('row_status', row['status'])} by {word['by']}"


def articles_table(rows: Iterable[Row]) -> Table:
    """Articles with outlet and date."""
    table = _table(
        ("title", {"ratio": 6}), ("outlet", {"ratio": 3}), ("published", {"ratio": 3}), ("id", {"width": SHORT})
    )
    for row in rows:
        title = flat(row["title"] or "no title")
        table.add_row(title, row["outlet"] or "unknown", dated(row), Text(row["id"][:SHORT], style="dim"))
    return table


def actors_table(rows: Iterable[Row]) -> Table:
    """Actors with role, side and other names."""
    table = _table(
        ("name", {"ratio": 4}), ("role", {"ratio": 3}), ("side", {"ratio": 2}), ("also printed as", {"ratio": 4})
    )
    for row in rows:
        table.add_row(row["name"], row["role"] or row["kind"], row["side"] or "", ", ".join(row["aliases"]))
    return table


def table_of(ledger: Ledger, kind: str, rows: Iterable[Row]) -> Table:
    """The table for a kind of row."""
    if kind == "articles":
        return articles_table(rows)
    return actors_table(rows) if kind == "actors" else rows_table(ledger, rows)


# --- one row explained ----------------------------------------------------------------------------------------------

_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]{0,3}\s")
REACH = 400
"""Characters of context at most on either side of a span."""


def around(text: str, start: int, stop: int) -> tuple[int, int]:
    """Where the sentence that holds a span begins and ends, never across a line."""
    left = max(text.rfind("\n", 0, start) + 1, start - REACH)
    right = text.find("\n", stop)
    right = min(right if right >= 0 else len(text), stop + REACH)
    before = [m.end() for m in _SENTENCE_END.finditer(text, left, start)]
    after = _SENTENCE_END.search(text, max(stop - 1, start), right)
    return (before[-1] if before else left), (after.end() if after else right)


def marked(text: str, spans: Iterable[list[int]]) -> Text:
    """The sentence of some spans with the spans marked, by brackets as well as by weight."""
    held = sorted(spans)
    begin, end = around(text, held[0][0], held[-1][1])
    out, at = Text(), begin
    for start, stop in held:
        out.append(text[at:start]).append("⟦", "dim").append(text[start:stop], "bold").append("⟧", "dim")
        at = stop
    return out.append(text[at:end].rstrip())


def explained(ledger: Ledger, row: Row) -> RenderableType:
    """A row with its sentence, its article, how it was found, and how to check it."""
    if row["row"] not in _LINES:
        return _article_explained(row) if row["row"] == "article" else _fields(row)
    article = ledger.by_ids([row["article"]])[row["article"]]
    spans = row.get("content") or [row["span"]]
    left, right = _LINES[row["row"]][2](row)
    facts = {
        "article": article["title"] or "no title",
        "outlet": article["outlet"] or "unknown",
        "published": f"{dated(article)}{_basis(article)}",
        "found by": row.get("method"),
        "confidence": _confidence(row.get("confidence")),
        **_judged(ledger, row),
        **_spoken_for(ledger, row),
        "inside": row.get("statement") or row.get("nested_in"),
        "file": article["file"] + (f", record {article['source_id']}" if article["source_id"] else ""),
        "characters": ", ".join(f"{a} to {b}" for a, b in spans),
        "sha256": article["sha256"],
    }
    head = Text(f"{row['row']} {row['id']}\n").append(f"{left}: {right}", "bold")
    sentence = Padding(marked(ledger.text(row["article"]), spans), (1, 4))
    check = Text(
        "Check it: sha256sum of the file gives the hash above; the characters count from 0 in its text as read."
    )
    return Group(head, sentence, _facts(facts), Text(), check)


def _spoken_for(ledger: Ledger, row: Row) -> dict[str, str]:
    """Why the speaker of a statement, or of the one that a row stands in, is who he is and on his side."""
    wanted = row["id"] if row["row"] == "statement" else row.get("statement")
    said = ledger.by_ids([wanted]).get(wanted) if wanted else None
    speaker = said["speaker"] if said is not None else None
    if said is None or speaker is None:
        return {}
    told = next((s.speaker for s in ledger.reading(row["article"]).statements if s.id == wanted), None)
    if told is None or told.name != speaker["name"] or told.side != speaker["side"]:
        return {}  # people have said who it is
    who = {"who": told.basis.detail} if told.basis is not None else {}
    return who | ({"side": f"{told.side}: {told.side_basis.detail}"} if told.side_basis is not None else {})


def _judged(ledger: Ledger, row: Row) -> dict[str, str | None]:
    """Whether people judged a row, and what Parley has in the fields where it says something else."""
    word = row["judged"]
    if word is None:
        return {"judged": "not yet: this is the machine's row"}
    machine = ledger.machine_row(row["id"])
    notes = [f"{judged_by(row)} on {day(word['at'][:10])}"]
    notes += ["people disagree on it"] if word["disputed"] else []
    notes += ["Parley says something else by now than when it was judged"] if word["differs"] else []
    if machine is None:
        return {"judged": "; ".join(notes), "Parley": "finds no such row any more; it is shown as it was left"}
    ours = {k: v for k, v in machine.items() if v != row.get(k) and k not in ("judged", "status", "row_status")}
    hidden = ("content", "source", "cue", "published_basis")
    told = ", ".join(f"{plain_words(k)} {_in_words(v)}" for k, v in ours.items() if k not in hidden)
    return {"judged": "; ".join(notes), "why": word["why"], "Parley has": told or None}


def _in_words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(str(v) for k, v in value.items() if v and k != "id")
    if isinstance(value, list):
        return " … ".join(flat(str(v)) for v in value)
    return "nothing" if value is None else f"“{flat(str(value))}”"


def _confidence(value: float | None) -> str | None:
    return None if value is None else f"{round(value * 10)} of 10 such rows are right"


def _basis(article: Row) -> str:
    why = "; ".join(f"{b['rule']}: {b['detail']}" for b in article["published_basis"])
    return f" ({why})" if why else ""


def _facts(facts: Mapping[str, Any]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts.items():
        if value:
            table.add_row(name, str(value))
    return table


def _article_explained(row: Row) -> RenderableType:
    reasons: dict[str, int] = {}
    for dropped in row["dropped"]:
        reasons[dropped["reason"]] = reasons.get(dropped["reason"], 0) + 1
    facts = {
        **{k: row[k] for k in ("outlet", "url", "dateline_place", "language")},
        "authors": ", ".join(row["authors"]),
        "published": f"{dated(row)}{_basis(row)}",
        "body": f"characters {row['body'][0]} to {row['body'][1]}" if row["body"] else "none told apart",
        "set aside": ", ".join(f"{plain_words(k)} {n}" for k, n in reasons.items()),
        "file": row["file"] + (f", record {row['source_id']}" if row["source_id"] else ""),
        "sha256": row["sha256"],
    }
    return Group(Text(f"article {row['id']}\n").append(flat(row["title"] or "no title"), "bold"), Text(), _facts(facts))


def _fields(row: Row) -> RenderableType:
    return Group(Text(f"{row['row']} {row['id']}\n"), _facts({k: v for k, v in row.items() if k not in ("row", "id")}))

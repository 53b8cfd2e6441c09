"""Judging at a terminal: the queue by single keys, the log and what waits as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from parley.errors import Overtaken, UsageError
from parley.show.terminal import _table, explained, flat
from parley.store import reviewing
from parley.store.judgements.fields import FIELDS, read_value

if TYPE_CHECKING:
    from parley.store.ledger import Ledger
    from parley.store.rows import Row

KEYS = {
    "c": "confirm it",
    "e": "correct it: FIELD=VALUE, one a line, an empty line ends",
    "x": "reject it",
    "u": "undo what you said last",
    "n": "next, leave it (or Enter, j)",
    "p": "the one before (or k)",
    "?": "these keys",
    "q": "stop",
}


def changes_of(kind: str, given: Iterable[str]) -> dict[str, Any]:
    """Corrections as written at a terminal, FIELD=VALUE each."""
    out: dict[str, Any] = {}
    for one in given:
        field, found, value = one.partition("=")
        if not found:
            fields = ", ".join(FIELDS.get(kind, {}))
            raise UsageError(f"{one!r} corrects nothing; write FIELD=VALUE, with one of {fields}")
        name = field.strip()
        out[name] = read_value(kind, name, value.strip())
    return out


def said(entry: Row) -> str:
    """What one entry says, in words."""
    what = {"confirm": "confirmed", "correct": "corrected", "reject": "rejected", "undo": "undid", "merge": "merged"}
    words = what.get(entry["act"], str(entry["act"]))
    if entry["changes"]:
        words += " " + ", ".join(f"{k} to {in_words(v)}" for k, v in entry["changes"].items())
    if entry["undoes"]:
        words += f" {entry['undoes'][:11]}"
    return words + (f": {entry['why']}" if entry["why"] else "")


def in_words(value: Any) -> str:
    """What stands in a field, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "“" + ", ".join(str(v) for v in value.values() if v) + "”"
    if isinstance(value, list) and len(value) == 3 and isinstance(value[2], str):
        return f"“{flat(value[2])}”"
    return " … ".join(map(in_words, value)) if isinstance(value, list) else f"“{value}”"


def log_table(entries: Iterable[Row]) -> RenderableType:
    """Entries of the log: who said what of which row, when, and whether it stands."""
    table = _table(("what was said", {"ratio": 6}), ("by, when", {"ratio": 3}), ("of, entry", {"ratio": 3}))
    for entry in entries:
        text = Text(said(entry), style="" if entry["stands"] else "dim")
        if not entry["stands"]:
            text.append(" (undone)")
        if entry["state"] not in ("here", None):
            text.append(f"\n{entry['state']}: {entry['told']}")
        when = entry["at"][:16].replace("T", " ")
        ids = f"{(entry['row_now'] or entry['about'])[:11]}\n{entry['id'][:11]}"
        table.add_row(text, f"{entry['by']}\n{when}", ids)
    return table


def lost_table(entries: Iterable[Row]) -> RenderableType:
    """What waits for its article or its words, with the words that it was said of."""
    table = _table(("what was said", {"ratio": 5}), ("of the words", {"ratio": 5}), ("why it waits", {"ratio": 4}))
    for entry in entries:
        selector = entry["anchor"].get("selector")
        words = flat(selector[0]["exact"]) if selector else entry["about"]
        table.add_row(f"{said(entry)}\n{entry['by']}, {entry['at'][:10]}", f"{entry['kind']} “{words}”", entry["told"])
    return table


def with_words(ledger: Ledger, row: Row) -> RenderableType:
    """A row explained, with what people said of it and what Parley has there."""
    entries = list(ledger.judgements(row["id"]))
    return Group(explained(ledger, row), Text(), log_table(entries)) if entries else explained(ledger, row)


class Session:
    """One sitting at the queue. `key` waits for a key, `line` asks for a line; both raise EOFError or KeyboardInterrupt at the end."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        by: str,
        show: Callable[[RenderableType], None],
        key: Callable[[], str],
        line: Callable[[str], str],
        order: str = "confidence",
        layer: str | None = None,
    ) -> None:
        self._ledger = ledger
        self._by = by
        self._show, self._key, self._line = show, key, line
        self._order, self._layer = order, layer
        self._rows: list[str] = []
        self._at = 0
        self._said: list[str] = []

    def run(self) -> int:
        """Go through the queue until there is no more, or `q`; how many judgements were made."""
        count = 0
        try:
            while (found := self._next()) is not None:
                row, seen = found
                self._show(with_words(self._ledger, row))
                done = self._one(row, seen)
                if done is None:
                    break
                count += done
        except (EOFError, KeyboardInterrupt):
            pass
        return count

    def _next(self) -> tuple[Row, str] | None:
        """The row that is looked at with how it reads; the mark is taken first, so that no change can come between unseen."""
        while self._at < len(self._rows) or self._more():
            id = self._rows[self._at]
            seen = reviewing.marks(self._ledger, [id]).get(id)
            row = self._ledger.row(id)
            if row is not None and seen is not None:
                return row, seen
            self._at += 1  # a build has read its article anew, and the row is not there any more
        return None

    def _more(self) -> bool:
        """Fetch the next rows of the queue; False where there are none."""
        after = next((id for id in reversed(self._rows) if self._ledger.row(id) is not None), None)
        some = self._ledger.queue(self._order, layer=self._layer, after=after, limit=20)
        known = set(self._rows)
        new = [r["id"] for r in some if r["id"] not in known]
        self._rows += new
        return bool(new)

    def _one(self, row: Row, seen: str) -> int | None:
        """Take keys until this row is dealt with; how many judgements were made, None to stop."""
        while True:
            self._show(Text("c confirm   e correct   x reject   u undo   n next   p back   ? keys   q stop", "dim"))
            key = self._key()
            if key in ("q", "\x1b", "\x04"):
                return None
            if key == "?":
                self._show(Text("\n".join(f"{k}   {what}" for k, what in KEYS.items())))
            elif key in ("n", "j", "\r", "\n", " "):
                self._at += 1
                return 0
            elif key in ("p", "k"):
                self._at = max(0, self._at - 1)
                return 0
            elif key in ("c", "e", "x", "u"):
                try:
                    return self._judge(key, row, seen)
                except Overtaken as error:
                    self._show(Text(f"{error}; nothing of yours was written", "bold"))
                    return 0  # and the row is shown as it reads now
                except UsageError as error:
                    self._show(Text(str(error), "bold"))

    def _judge(self, key: str, row: Row, seen: str) -> int:
        if key == "u":
            if not self._said:
                raise UsageError("you have said nothing here that could be undone")
            entry = self._ledger.judge(self._said.pop(), "undo", by=self._by)
            self._at = self._rows.index(entry["about"]) if entry["about"] in self._rows else self._at
            return 1
        if key == "c":
            entry = self._ledger.judge(row["id"], "confirm", by=self._by, seen=seen)
        elif key == "x":
            why = self._line("why (may be empty): ")
            entry = self._ledger.judge(row["id"], "reject", by=self._by, why=why, seen=seen)
        else:
            changes = changes_of(row["row"], self._lines(row["row"]))
            why = self._line("why (may be empty): ")
            entry = self._ledger.judge(row["id"], "correct", by=self._by, changes=changes, why=why, seen=seen)
        for other in entry["over"]:
            self._show(Text(f"{other['by']} had said otherwise; that is kept, and yours is shown", "bold"))
        self._said.append(entry["id"])
        self._at += 1
        return 1

    def _lines(self, kind: str) -> list[str]:
        self._show(Text(f"fields: {', '.join(FIELDS[kind])}", "dim"))
        given: list[str] = []
        while line := self._line("FIELD=VALUE: ").strip():
            given.append(line)
        return given

"""What the pages say in words: dates, codes, counts, how sure, how two renderings differ."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

from parley.show.terminal import amount, around, dated, day, flat, number, plain_words, who
from parley.store.rows import Row

__all__ = ["amount", "around", "dated", "day", "flat", "number", "plain_words", "who"]

STATUS = {
    "machine": "as found by machine",
    "confirmed": "confirmed by a person",
    "corrected": "corrected by a person",
    "rejected": "rejected by a person",
}
"""What became of a row, in words; a mark beside it never stands alone."""

MARKS = {"machine": "○", "confirmed": "●", "corrected": "◐", "rejected": "✕"}

KINDS = {
    "statement": "statements",
    "figure": "figures",
    "position": "positions",
    "event": "events",
    "wording": "wording",
    "date": "dates",
}


def sure(confidence: float | None) -> str:
    """How sure a row is, in words and as a count.

    >>> sure(0.83), sure(0.4)
    ('likely right (8 in 10)', 'uncertain (4 in 10)')
    """
    if confidence is None:
        return "not measured"
    tenth = round(confidence * 10)
    words = "likely right" if tenth >= 7 else "more likely right than not" if tenth >= 6 else "uncertain"
    return f"{words} ({'more than 9' if tenth == 10 else tenth} in 10)"


def told(outlets: int, independent: int) -> str:
    """How many print it, counted honestly.

    >>> told(9, 2), told(1, 1), told(3, 3)
    ('9 outlets, 2 independently', '1 outlet', '3 outlets, each independently')
    """
    outlets, independent = int(outlets), int(independent)
    if outlets <= 1:
        return "1 outlet"
    return f"{outlets} outlets, " + ("each independently" if independent >= outlets else f"{independent} independently")


def count(n: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> count(1, "article"), count(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def days(text: str) -> str:
    """Text with its days as people write them.

    >>> days("rejects until 2031-03-18, accepts from 2031-03-24")
    'rejects until 18 March 2031, accepts from 24 March 2031'
    """
    return _DAY.sub(lambda m: _day_or(m[0]), text)


def _day_or(text: str) -> str:
    return day(text) if "01" <= text[5:7] <= "12" else text


def content(row: Row) -> str:
    """The words of a row as one text."""
    words = row.get("content_text")
    return flat(" … ".join(words) if words else row.get("text") or row.get("title") or "")


def status(row: Row) -> str:
    """Whether a machine or a person had the last word on a row."""
    return str(row.get("row_status") if row["row"] == "event" else row.get("status") or "machine")


_WORD = re.compile(r"\s+|[\w'’-]+|.", re.DOTALL)


def differing(first: str, other: str) -> list[tuple[str, bool]]:
    """The other rendering in pieces, each with whether its words stand otherwise in the first one.

    >>> differing("wait another winter for light", "wait another year for light")
    [('wait another ', False), ('year', True), (' for light', False)]
    """
    a, b = _WORD.findall(first), _WORD.findall(other)
    pieces: list[tuple[str, bool]] = []
    for kind, _, _, start, stop in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        words = "".join(b[start:stop])
        if words:
            pieces.append((words, kind != "equal" and bool(words.strip())))
    return pieces


def left_out(first: str, other: str) -> str:
    """The words of the first rendering that the other does not have, the longest run of them.

    >>> left_out("no family in Dunmere will wait", "no family will wait")
    'in Dunmere'
    """
    a, b = _WORD.findall(first), _WORD.findall(other)
    gone = [
        "".join(a[i:j]).strip()
        for kind, i, j, _, _ in SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        if kind == "delete"
    ]
    return max(gone, key=len, default="")


def sentence(text: str, spans: list[list[int]]) -> list[tuple[str, bool]]:
    """The sentence that holds some spans, in pieces, each with whether it is one of them."""
    held = sorted(s for s in spans if s)
    begin, end = around(text, held[0][0], held[-1][1])
    out: list[tuple[str, bool]] = []
    at = begin
    for start, stop in held:
        if start > at:
            out.append((text[at:start], False))
        if stop > max(start, at):
            out.append((text[max(start, at) : stop], True))
        at = max(at, stop)
    if end > at:
        out.append((text[at:end].rstrip(), False))
    return out


def spans_of(row: Row) -> list[list[int]]:
    """Where the words of a row stand."""
    return [list(s) for s in (row["content"] if row["row"] == "statement" else [row["span"]])]


def says(row: Row) -> tuple[str, str]:
    """Who stands behind a row, and what it reports of them, in a line."""
    kind = str(row["row"])
    if kind == "statement":
        cue = flat(row["cue_text"] or "")
        return str(who(row)), cue if any(c.isalpha() for c in cue) else "no verb of saying"
    if kind == "figure":
        about = ", ".join(x for x in (row["population"], row["place"]) if x)
        return row["claimant"] or "the outlet itself", f"{amount(row)} {plain_words(row['category'])}" + (
            f" ({about})" if about else ""
        )
    if kind == "position":
        return row["party"], f"{row['stance']}: {plain_words(row['issue'])}"
    if kind == "event":
        return " and ".join(row["actors"]) or "nobody named", f"{plain_words(row['type'])}, {row['status']}"
    if kind == "wording":
        return voice(row["voice"]), f"“{flat(row['text'])}”" + (f", of {row['referent']}" if row["referent"] else "")
    return row.get("type", kind), str(row.get("value", ""))


_VOICES: dict[str, str] = {
    "outlet": "the outlet's own words",
    "headline": "the outlet's headline",
    "insert": "the outlet's brackets in a quotation",
    "indirect": "in reported speech, without quotation marks",
    "quoted": "inside quotation marks",
    "scare": "in quotation marks without a speaker",
}


def voice(code: str) -> str:
    """Whose voice a label is in."""
    return _VOICES.get(code, plain_words(code))


def facts(row: Row) -> list[tuple[str, Any]]:
    """What else a row says, field by field; what is not known is written out where its absence matters."""
    kind = row["row"]
    if kind == "statement":
        return [
            ("addressed to", row["addressee"]),
            ("where", row["venue"]),
            ("said on", day(row["said_on"]) if row["said_on"] else "no day in the text"),
            ("passed on by", row["via"]),
            ("quoted", {"direct": "word for word", "indirect": "in other words", "mixed": "in part"}.get(row["kind"])),
        ]
    if kind == "figure":
        stretch = " to ".join(day(x) for x in (row["since"], row["until"]) if x)
        return [
            ("counted by", row["claimant"] or "no claimant: the outlet's own words"),
            ("passed on by", row["via"]),
            ("as of", day(row["date"]) if row["date"] else stretch or "no day in the text"),
            ("where", row["place"] or "no place in the text"),
            ("counts", plain_words(row["scope"])),
        ]
    if kind == "position":
        return [
            ("said by", row["said_by"] or "nobody named: the outlet's own words"),
            ("condition", row["condition"]),
            ("waits for", row["waits_for"]),
            ("held since", day(row["since"]) if row["since"] else None),
        ]
    if kind == "event":
        return [
            ("day", day(row["date"]) if row["date"] else "no day in the text"),
            ("where", row["place"] or "no place in the text"),
        ]
    if kind == "wording":
        return [("voice", voice(row["voice"])), ("of", row["referent"]), ("listed as", row["term"])]
    return []

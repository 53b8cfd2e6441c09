"""What a row says, in words: who stands behind it, what is reported of them, how sure it is and what became of it."""

from __future__ import annotations

from parley.annotate.quantities.told import amount_told
from parley.show.terminal import around, flat, plain_words, who
from parley.store.rows import Row

STATUS = {
    "machine": "as found by machine",
    "confirmed": "confirmed by a person",
    "corrected": "corrected by a person",
    "rejected": "rejected by a person",
}
"""What became of a row, in words; a mark beside it never stands alone."""


MARKS = {"machine": "○", "confirmed": "●", "corrected": "◐", "rejected": "✕"}


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


def content(row: Row) -> str:
    """The words of a row as one text."""
    words = row.get("content_text")
    return flat(" … ".join(words) if words else row.get("text") or row.get("title") or "")


def status(row: Row) -> str:
    """Whether a machine or a person had the last word on a row."""
    return str(row.get("row_status") if row["row"] == "event" else row.get("status") or "machine")


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
        return row["claimant"] or "the outlet itself", f"{amount_told(row)} {plain_words(row['category'])}" + (
            f" ({about})" if about else ""
        )
    if kind == "position":
        return row["party"], f"{row['stance']}: {plain_words(row['issue'])}"
    if kind == "event":
        return " and ".join(row["actors"]) or "nobody named", f"{plain_words(row['type'])}, {happened(row['status'])}"
    if kind == "wording":
        return voice(row["voice"]), f"“{flat(row['text'])}”" + (f", of {row['referent']}" if row["referent"] else "")
    return row.get("type", kind), str(row.get("value", ""))


def happened(status: str) -> str:
    """How an event is told: as done, as planned, or in whose words alone.

    >>> happened("actual"), happened("planned"), happened("claimed")
    ('happened', 'planned', "in somebody's words only")
    """
    return {"actual": "happened", "claimed": "in somebody's words only"}.get(status) or plain_words(status)


_VOICES: dict[str, str] = {
    "outlet": "the outlet's own words",
    "headline": "the outlet's headline",
    "insert": "the outlet's brackets in a quotation",
    "indirect": "in reported speech, without quotation marks",
    "quoted": "inside quotation marks",
    "scare": "in quotation marks without a speaker",
    "text": "in the outlet's text",
    "passed_on": "passed on from another outlet or agency",
    "nested": "inside somebody else's statement",
}


def voice(code: str) -> str:
    """Whose voice a label is in, or tells that a statement was made."""
    return _VOICES.get(code, plain_words(code))

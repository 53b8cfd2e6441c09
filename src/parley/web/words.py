"""What the pages say in words: dates, codes, counts, how sure, how two renderings differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from parley.annotate.quantities.told import number
from parley.show.terminal import around, dated, day, flat, plain_words, who
from parley.show.words import MARKS, STATUS, content, happened, says, sentence, spans_of, status, sure, voice
from parley.store.rows import Row

__all__ = [
    "MARKS",
    "STATUS",
    "around",
    "content",
    "dated",
    "day",
    "flat",
    "happened",
    "number",
    "plain_words",
    "says",
    "sentence",
    "spans_of",
    "status",
    "sure",
    "voice",
    "who",
]


KINDS = {
    "statement": "statements",
    "figure": "figures",
    "position": "positions",
    "event": "events",
    "wording": "wording",
    "date": "dates",
}


def told(outlets: int, independent: int) -> str:
    """How many print it, counted honestly.

    >>> told(9, 2), told(1, 1), told(3, 3)
    ('9 outlets, 2 independently', '1 outlet', '3 outlets, each independently')
    """
    outlets, independent = int(outlets), int(independent)
    if outlets <= 1:
        return "1 outlet"
    return f"{outlets} outlets, " + ("each independently" if independent >= outlets else f"{independent} independently")


CHOICES = {
    "direct": "word for word",
    "indirect": "in other words",
    "mixed": "in part word for word",
}
"""How a statement is quoted, beside its filter."""


def choice(name: str, value: Any) -> str:
    """A value of a filter, as people say it.

    >>> choice("kind", "mixed"), choice("voice", "scare"), choice("type", "talks_held"), choice("place", None)
    ('in part word for word', 'in quotation marks without a speaker', 'talks held', '')
    """
    if name == "voice":
        return voice(value)
    if name == "status":
        return happened(value)
    return CHOICES.get(value, plain_words(value)) if name == "kind" else plain_words(value)


def counted(category: str, population: str | None) -> str:
    """What is counted, its name not said twice.

    >>> counted("killed", "people"), counted("captives_released", "captives"), counted("captives_released", "detainees")
    ('people killed', 'captives released', 'captives released: detainees')
    >>> counted("money", "dollars"), counted("other", "children"), counted("forces", "troops")
    ('money: dollars', 'other: children', 'forces: troops')
    """
    kind, whom = plain_words(category), population or ""
    first = kind.split(" ")[0]
    if not whom or kind.lower().startswith(whom.lower()):
        return kind
    if category in ("money", "other", "rate", "forces"):
        return f"{kind}: {whom}"
    return f"{kind}: {whom}" if first.endswith("s") and " " in kind else f"{whom} {kind}"


def scope(value: str) -> str:
    """What a count goes over.

    >>> scope("cumulative"), scope("per_day")
    ('running count', 'per day')
    """
    return {"cumulative": "running count", "incident": "one incident"}.get(value, plain_words(value))


def moment(at: str) -> str:
    """When, to the minute.

    >>> moment("2031-03-02T07:05:11.000001Z")
    '2 March 2031, 07:05 UTC'
    """
    return f"{day(at[:10])}, {at[11:16]} UTC"


def stretch(first: str, last: str | None) -> str:
    """From one moment to another; a day is said once.

    >>> stretch("2031-03-02T07:05:11Z", "2031-03-02T07:09:00Z"), stretch("2031-03-02T23:59:00Z", "2031-03-03T00:01:00Z")
    ('2 March 2031, 07:05 to 07:09 UTC', '2 March 2031, 23:59 UTC to 3 March 2031, 00:01 UTC')
    """
    if last is None:
        return f"{moment(first)}, not finished: interrupted, or still running"
    if first[:10] == last[:10]:
        return f"{day(first[:10])}, {first[11:16]} to {moment(last)[-9:]}"
    return f"{moment(first)} to {moment(last)}"


def count(n: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> count(1, "article"), count(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|(?:(?<=until )|(?<=from ))\d{4}-\d{2}\b")


def days(text: str) -> str:
    """Text with its days as people write them.

    >>> days("rejects until 2031-03-18, accepts from 2031-03-24")
    'rejects until 18 March 2031, accepts from 24 March 2031'
    >>> days("rejects until 2031-01, from 2031-02"), days("the 2010-12 drought")
    ('rejects until January 2031, from February 2031', 'the 2010-12 drought')
    """
    return _DAY.sub(lambda m: _day_or(m[0]), text)


_CODE = re.compile(r"\b[a-z]{2,}(?:_[a-z]{2,})+\b")


def readable(text: str) -> str:
    """Text of a result with its days and codes as people write them.

    >>> readable("talks_held, 2031-03-14 to 2031-03-29")
    'talks held, 14 March 2031 to 29 March 2031'
    """
    return _CODE.sub(lambda m: plain_words(m[0]), days(text))


def _day_or(text: str) -> str:
    return day(text) if "01" <= text[5:7] <= "12" else text


_WORD = re.compile(r"\s+|[\w'’-]+|.", re.DOTALL)


def differing(first: str, other: str) -> list[tuple[str, bool]]:
    """The other rendering in pieces, each with whether its words stand otherwise in the first one.

    >>> differing("wait another winter for light", "wait another year for light")
    [('wait another ', False), ('year', True), (' for light', False)]
    """
    return [(words, kind != "equal" and bool(words.strip())) for kind, _, words in _beside(first, other) if words]


def left_out(first: str, other: str) -> str:
    """The words of the first rendering that the other does not have, the longest run of them.

    >>> left_out("no family in Dunmere will wait", "no family will wait")
    'in Dunmere'
    """
    gone = (words.strip() for kind, words, _ in _beside(first, other) if kind == "delete")
    return max(gone, key=len, default="")


@lru_cache(maxsize=512)
def _beside(first: str, other: str) -> tuple[tuple[str, str, str], ...]:
    """Two renderings beside each other, stretch by stretch: what happens to it, and its words in the one and the other."""
    a, b = _WORD.findall(first), _WORD.findall(other)
    held = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return tuple((kind, "".join(a[i:j]), "".join(b[k:n])) for kind, i, j, k, n in held)


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
            ("counts", scope(row["scope"] or "")),
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
        return [("voice", voice(row["voice"])), ("of", row["referent"]), ("word", row["term"])]
    return []


def found_by(method: str) -> str:
    """Which part of Parley found a row.

    >>> found_by("model"), found_by("rules"), found_by("verb_before")
    ('the model', 'rules', 'a rule: verb before')
    """
    return {"model": "the model", "rules": "rules"}.get(method) or f"a rule: {plain_words(method)}"


def codebooks(names: Sequence[str]) -> str:
    """The codebooks of a build, and the hash of all their entries.

    >>> codebooks(("world", "outlets", "0f" * 32))[:40]
    'world, outlets; all entries: SHA-256 0f0'
    """
    held = list(names)
    whole = held.pop() if held and re.fullmatch("[0-9a-f]{64}", held[-1]) else None
    return ", ".join(held) + (f"; all entries: SHA-256 {whole}" if whole else "")


_REASONS = {
    "share": "buttons for sharing",
    "caption": "caption of a picture",
    "also_read": "“also read” and other stories",
    "repeat_of_title": "the title again",
    "subscribe": "calls to subscribe",
    "other": "what else is no part of the article",
}


def reason(code: str) -> str:
    """Why a passage was set aside.

    >>> reason("share"), reason("byline")
    ('buttons for sharing', 'byline')
    """
    return _REASONS.get(code) or plain_words(code)


def whose(row: Row) -> str:
    """Who had the last word on a row, when and why, and what of it is in doubt; nothing where it is the machine's."""
    told = row.get("judged")
    if not told:
        return ""
    did = {"confirmed": "Confirmed", "corrected": "Corrected", "rejected": "Rejected"}.get(status(row), "Judged")
    out = f"{did} by {told['by']}, {day(told['at'][:10])}" + (f": {told['why']}" if told["why"] else "") + "."
    if told["disputed"]:
        out += " People disagree on it."
    if told["kept"]:
        out += " Parley finds no such row here any more; it is shown as it was left."
    elif told["differs"]:
        fields = ", ".join(plain_words(f.removesuffix("_text")) for f in told["differs"])
        out += f" Parley says otherwise by now of: {fields}."
    return out

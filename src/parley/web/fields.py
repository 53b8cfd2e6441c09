"""The fields of a row as a form shows them, and what somebody changed in such a form.

Each field carries a mark of how it stood when the page was made, so that only what this person changed is said: who corrects the
speaker while a colleague corrects the place takes nothing back.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parley.errors import UsageError
from parley.store.judgements.fields import CODES, FIELDS
from parley.store.judgements.seen import digest
from parley.store.rows import Row
from parley.web import words
from parley.web.given import Given

LABELS = {
    "content": "What was said",
    "source": "Who said it, as printed",
    "cue": "The words of saying",
    "speaker": "Who said it",
    "addressee": "Told to",
    "said_on": "Said on",
    "via": "Passed on by",
    "nested": "Inside another's words",
    "nested_in": "Inside this statement",
    "span": "The words that prove it",
    "claimant": "Counted by",
    "population": "Who or what is counted",
    "date": "Day",
    "low": "At least",
    "high": "At most",
    "part_of": "Part of this figure",
    "statement": "Said in this statement",
    "said_by": "Said by",
    "since": "Since",
    "waits_for": "Waits for this position",
    "referent": "Said of",
    "voice": "Whose voice",
    "term": "Word",
    "dateline_place": "Place of the dateline",
    "published": "Published",
    "plover": "PLOVER code",
}
REFERS = {"statement": "statement", "nested_in": "statement", "part_of": "figure", "waits_for": "position"}
"""Fields that name another row of the article, and of which kind."""

HINTS = {
    "date?": "2031, 2031-03 or 2031-03-02; empty where the text does not say",
    "texts": "one a line",
    "plover": "type, mode",
    "value": "a number, a share such as 85%, or empty",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of the article in a form, with where they stand; of an empty part nowhere."""

    words: str
    at: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: `value` as it stands in it, `base` the mark of how it stood when the page was made."""

    name: str
    label: str
    holds: str
    value: str = ""
    parts: tuple[Part, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    suggested: tuple[str, ...] = ()
    hint: str = ""
    base: str = ""

    @property
    def shape(self) -> str:
        """How it is asked for: spans, choice, speaker, lines or line."""
        kind = self.holds.rstrip("?")
        if kind in ("span", "spans"):
            return "spans"
        if kind in ("speaker", "texts"):
            return kind
        return "choice" if self.options else "line"


def fields_of(
    kind: str,
    row: Row,
    text: str,
    *,
    people: Sequence[Row] = (),
    beside: Mapping[str, Sequence[Row]] | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
    said: Given | None = None,
) -> list[Field]:
    """The fields of a row; `beside` are the article's other rows by kind, `choices` what else stands in such fields.

    With `said`, what somebody wrote into a form like this stands in the fields that they changed.
    """
    made = [_field(kind, name, row, text, people, beside or {}, choices or {}) for name in FIELDS[kind]]
    return made if said is None else [_as_said(f, said) for f in made]


def _field(
    kind: str,
    name: str,
    row: Row,
    text: str,
    people: Sequence[Row],
    beside: Mapping[str, Sequence[Row]],
    choices: Mapping[str, Sequence[str]],
) -> Field:
    holds = FIELDS[kind][name]
    field = Field(name, LABELS.get(name, words.plain_words(name).capitalize()), holds, hint=HINTS.get(holds, ""))
    value = row.get(name)
    if field.shape == "spans":
        spans = value or [] if name == "content" else [value] if value else []
        field = replace(field, parts=tuple(Part(text[s:e], f"{s}:{e}") for s, e in spans))
    elif holds == "speaker":
        names = [p["name"] for p in people]
        own = [value["name"]] if value else []
        field = replace(field, value=own[0] if own else "", options=_named([*own, *names]))
    elif holds in CODES:
        field = replace(field, value=value or "", options=tuple((c or "", _code(name, c)) for c in CODES[holds]))
    elif name in REFERS:
        others = [(r["id"], _short(r)) for r in beside.get(REFERS[name], ()) if r["id"] != row["id"]]
        known = [] if not value or value in dict(others) else [(str(value), "a row that is not here any more")]
        field = replace(field, value=value or "", options=(("", "none"), *known, *others))
    elif holds == "flag":
        field = replace(field, value="yes" if value else "no", options=(("yes", "yes"), ("no", "no")))
    else:
        field = replace(field, value=_written(holds, value), suggested=tuple(choices.get(name, ()))[:200])
    return replace(field, base=digest(_as_it_stands(field)))


def _named(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return (("", "nobody is named"), *((n, n) for n in dict.fromkeys(names)))


def _code(name: str, code: str | None) -> str:
    if code is None:
        return "not said"
    return words.voice(code) if name == "voice" else words.plain_words(code)


def _short(row: Row) -> str:
    who, what = words.says(row)
    said = words.content(row)
    return f"{who} ({what}): {said if len(said) <= 70 else said[:69] + '…'}"


def _written(holds: str, value: Any) -> str:
    if value is None:
        return ""
    if holds == "texts":
        return "\n".join(value)
    if holds == "plover":
        return ", ".join(v for v in (value["type"], value["mode"]) if v)
    return str(value)


# --- what was sent --------------------------------------------------------------------------------------------------


def _as_it_stands(field: Field) -> list[Any]:
    """What of a field makes a difference."""
    if field.shape == "spans":
        return [[" ".join(p.words.split()), p.at] for p in field.parts]
    if field.shape == "speaker":
        return [field.value, "", "", ""]
    return _lines(field.value)


def _lines(value: str) -> list[str]:
    """The lines of a value that hold anything, whatever space is in them."""
    return [" ".join(line.split()) for line in value.splitlines() if line.strip()]


def _as_sent(field: Field, said: Given) -> list[Any] | None:
    """The same of what was sent; None where the form did not have this field."""
    name = field.name
    if f"base.{name}" not in said.values:
        return None
    if field.shape == "spans":
        given, at = said.lists.get(f"f.{name}", []), said.lists.get(f"at.{name}", [])
        pairs = [(w, at[n] if n < len(at) else "") for n, w in enumerate(given)]
        return [[" ".join(w.split()), a.strip()] for w, a in pairs if w.strip()]
    if field.shape == "speaker":
        keys = (f"f.{name}", f"f.{name}.other", f"f.{name}.role", f"f.{name}.side")
        return [said.get(k) or "" for k in keys]
    return _lines(said.values.get(f"f.{name}", ""))


def _changed(field: Field, said: Given) -> bool:
    sent = _as_sent(field, said)
    return sent is not None and digest(sent) != said.values[f"base.{field.name}"]


def _as_said(field: Field, said: Given) -> Field:
    """A field as somebody left it in a form, where they changed it; it still counts as changed when it is sent again."""
    if not _changed(field, said):
        return field
    if field.shape == "spans":
        return replace(field, parts=tuple(Part(w, a) for w, a in _as_sent(field, said) or ()))
    if field.shape == "speaker":
        name = said.get(f"f.{field.name}.other") or said.get(f"f.{field.name}") or ""
        options = dict([*field.options, (name, name)]) if name else dict(field.options)
        return replace(field, value=name, options=tuple(options.items()))
    return replace(field, value=said.values.get(f"f.{field.name}", ""))


def changes_of(kind: str, fields: Iterable[Field], said: Given, row: Row, text: str) -> dict[str, Any]:
    """What somebody changed, as `ledger.judge` takes it; UsageError where words are not in the article or a field is no number."""
    near = words.spans_of(row)[0][0] if kind != "article" else 0
    return {f.name: _value(f, said, row, text, near) for f in fields if _changed(f, said)}


def _value(field: Field, said: Given, row: Row, text: str, near: int) -> Any:
    sent = _as_sent(field, said) or []
    if field.shape == "spans":
        spans = [_place(field, text, w, at, near) for w, at in sent]
        if field.name == "content":
            return spans or None
        return spans[0] if spans else None
    if field.shape == "speaker":
        return _speaker(sent, row.get("speaker"))
    value = (said.get(f"f.{field.name}") or "").strip()
    holds = field.holds.rstrip("?")
    if not value and holds != "texts":
        return None
    if holds == "texts":
        return [line.strip() for line in value.splitlines() if line.strip()]
    if holds in ("number", "value"):
        return _number(field, value)
    if holds == "flag":
        return value == "yes"
    if holds == "plover":
        type_, _, mode = value.partition(",")
        return {"type": type_.strip(), "mode": mode.strip() or None}
    return value


def _speaker(sent: Sequence[str], now: Row | None) -> Any:
    chosen, other, role, side = sent
    name = other or chosen
    if not name:
        return None
    if not role and not side:
        return name
    before: Row = now if now and now["name"] == name else {}
    return {"name": name, "role": role or before.get("role"), "side": side or before.get("side")}


_PLACE = re.compile(r"(\d{1,9}):(\d{1,9})")


def _place(field: Field, text: str, given: str, at: str, near: int) -> list[int]:
    """Where words stand: at their place if they do stand there, else where they stand nearest to it."""
    told = _PLACE.fullmatch(at)
    if told:
        start, stop = int(told[1]), int(told[2])
        if start < stop <= len(text) and _seen(text[start:stop]).split() == given.split():
            return [start, stop]
        near = start
    found = _found(text, given)
    if not found:
        told_so = f"the article does not hold the words “{_cut(given)}”; they must stand in it as printed"
        raise UsageError(f"{field.label}: {told_so}")
    return min(found, key=lambda p: abs(p[0] - near))


def _found(text: str, given: str) -> list[list[int]]:
    """Where words stand, whatever space is between them. In time that grows with the text, whatever the words are."""
    looked = " ".join(given.split())
    held = list(re.finditer(r"\S+", text))
    flat = " ".join(h[0] for h in held)
    begins = list(itertools.accumulate((len(h[0]) + 1 for h in held), initial=0))
    out: list[list[int]] = []
    at = flat.find(looked) if looked else -1
    while at >= 0:
        last = at + len(looked) - 1
        first_word, last_word = bisect_right(begins, at) - 1, bisect_right(begins, last) - 1
        start = held[first_word].start() + at - begins[first_word]
        out.append([start, held[last_word].start() + last - begins[last_word] + 1])
        at = flat.find(looked, at + len(looked))
    return out


def _cut(given: str) -> str:
    return given if len(given) <= 80 else f"{given[:79]}…"


def _number(field: Field, written: str) -> Any:
    """A number without what groups its digits; of a value also a share as it is written."""
    plain = re.sub(r"(?<=\d)[,\s\u00a0\u202f](?=\d{3}\b)", "", written)
    if re.fullmatch(r"-?\d{1,18}", plain):
        return int(plain)
    if re.fullmatch(r"-?\d{1,18}\.\d{1,12}", plain):
        return float(plain)
    if field.holds == "value":
        return written
    raise UsageError(f"{field.label} is a number, not “{_cut(written)}”")


# --- the text beside the form ---------------------------------------------------------------------------------------

AROUND = 2_500
"""Characters of the article on either side of a row that stand beside its form: some paragraphs, whatever the article's length."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the article: `at` is where it begins, in characters of the text; its pieces, each with whether a row's words."""

    at: int
    pieces: list[tuple[str, bool]]


def passage(text: str, spans: Sequence[Sequence[int]]) -> list[Paragraph]:
    """The lines of an article around some spans."""
    begin = min((s[0] for s in spans), default=0)
    end = max((s[1] for s in spans), default=0)
    begin = max(0, text.rfind("\n", 0, max(0, begin - AROUND)) + 1) if begin > AROUND else 0
    stop = text.find("\n", min(len(text), end + AROUND))
    stop = len(text) if stop < 0 else stop
    out = []
    for line in re.finditer(r"[^\r\n]+", text[begin:stop]):
        at, until = begin + line.start(), begin + line.end()
        if line[0].strip():
            out.append(Paragraph(at, _pieces(text, at, until, spans)))
    return out


def _pieces(text: str, at: int, until: int, spans: Sequence[Sequence[int]]) -> list[tuple[str, bool]]:
    cuts = sorted({at, until, *(min(max(p, at), until) for s in spans for p in s[:2])})
    pairs = itertools.pairwise(cuts)
    return [(_seen(text[a:b]), any(s[0] < b and s[1] > a for s in spans)) for a, b in pairs if b > a]


def _seen(piece: str) -> str:
    """Characters that a browser would leave out, one for one: places must count alike in the page and here."""
    return piece.replace("\0", "\ufffd")

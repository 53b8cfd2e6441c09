"""The measure: a ledger's rows against a hand annotation, layer by layer.

Rows are matched one to one, best overlap first:

    statement  the characters of all content spans overlap by at least half of either side
    figure     the spans overlap, and a value or bound is equal (within 0.5 %)
    position   same party and issue, and the spans overlap
    event      same type, and the spans overlap
    wording    the spans overlap

F1 is over matched rows. What a matched row says beside its span is then a second F1 in which only the matched rows
that are right in it count ("speaker", "voice", ...). Gold rows marked optional are neither asked for nor held against anyone, and
nested statements are left out. Reported beside the overlap figures: `exact`, the share of matched rows with the very same characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]

LAYERS = {
    "statements": "statement",
    "figures": "figure",
    "positions": "position",
    "events": "event",
    "wording": "wording",
}
FIELDS: dict[str, tuple[str, ...]] = {
    "statements": ("source", "speaker", "kind"),
    "figures": ("qualifier", "category", "claimant", "all_fields"),
    "positions": ("stance", "said_by"),
    "events": ("status",),
    "wording": ("voice",),
}


@dataclass(slots=True)
class Score:
    """Counts of one layer; `right` counts the matched rows right in each field."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    right: Counter[str] = field(default_factory=Counter)

    def f1(self, right: int | None = None) -> float:
        """Harmonic mean of precision and recall of the matched rows, or of those right in a field."""
        hits = self.matched if right is None else right
        both = self.gold + self.found
        return 2 * hits / both if both else 1.0

    def figures(self, layer: str) -> dict[str, float]:
        """The layer's published figures by name, each in [0, 1]."""
        out = {layer: self.f1()}
        out |= {f"{layer}.{name}": self.f1(self.right[name]) for name in FIELDS[layer]}
        out[f"{layer}.exact"] = self.right["exact"] / self.matched if self.matched else 1.0
        return out


def words(value: object) -> set[str]:
    """The words of a name, folded, without articles.

    >>> sorted(words("the Health Ministry of Aldora"))
    ['aldora', 'health', 'ministry']
    """
    folded = unicodedata.normalize("NFKD", str(value or "")).lower()
    return set(re.findall(r"[a-z0-9%/.]+", folded)) - {"the", "of", "a", "an", "s"}


def same_name(left: object, right: object) -> bool:
    """True where one name holds all the words of the other, or both are empty."""
    if not left or not right:
        return not left and not right
    a, b = words(left), words(right)
    return bool(a and b) and (a <= b or b <= a)


def number(value: object) -> float | None:
    """A figure's value as a number; shares as fractions of one.

    >>> number("85%"), number("1/4"), number("12,000"), number("many")
    (0.85, 0.25, 12000.0, None)
    """
    text = str(value).replace(",", "").strip()
    try:
        if text.endswith("%"):
            return float(text[:-1]) / 100
        if "/" in text:
            over, under = text.split("/")
            return float(over) / float(under)
        return float(text)
    except (ValueError, ZeroDivisionError):
        return None


def characters(spans: object) -> set[int]:
    """The offsets that a span, or a list of spans, covers."""
    if not isinstance(spans, Sequence) or not spans:
        return set()
    pairs = [spans] if isinstance(spans[0], int) else spans
    return {i for start, end in pairs for i in range(start, end)}


def _name(value: object) -> object:
    return value.get("name") if isinstance(value, Mapping) else value


def _same_value(gold: Row, row: Row) -> bool:
    left = [n for n in (number(gold.get(k)) for k in ("value", "low", "high")) if n is not None]
    right = [n for n in (number(row.get(k)) for k in ("value", "low", "high")) if n is not None]
    return any(abs(a - b) <= 0.005 * max(abs(a), abs(b), 1e-9) or abs(a - b / 100) <= 1e-6 for a in left for b in right)


def similarity(layer: str, gold: Row, row: Row) -> float:
    """How well two rows of a layer match, in [0, 1]; 0 is no match."""
    key = "content" if layer == "statements" else "span"
    want, have = characters(gold[key]), characters(row[key])
    both = len(want & have)
    if not both:
        return 0.0
    if layer == "statements" and 2 * both < max(len(want), len(have)):
        return 0.0
    if layer == "figures" and not _same_value(gold, row):
        return 0.0
    if layer == "positions" and not (
        gold["issue"] == row.get("issue") and same_name(gold["party"], _name(row.get("party")))
    ):
        return 0.0
    if layer == "events" and gold["type"] != row.get("type"):
        return 0.0
    return both / max(len(want), len(have))


def pairs(layer: str, gold: Sequence[Row], rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Which gold row goes with which row: one to one, the best overlap first."""
    scored = sorted(
        ((similarity(layer, g, r), -i, -j) for i, g in enumerate(gold) for j, r in enumerate(rows)), reverse=True
    )
    left: set[int] = set()
    right: set[int] = set()
    out: list[tuple[int, int]] = []
    for value, i, j in scored:
        if value > 0 and -i not in left and -j not in right:
            left.add(-i)
            right.add(-j)
            out.append((-i, -j))
    return out


def same_source(gold: Row, row: Row) -> bool:
    """True where both name words in common as the source, or neither has one."""
    want, have = characters(gold.get("source")), characters(row.get("source"))
    return bool(want & have) if want else not have


def agreement(layer: str, gold: Row, row: Row) -> dict[str, bool]:
    """In which of its fields a matched row agrees with its gold row."""
    if layer == "statements":
        return {
            "source": same_source(gold, row),
            "speaker": same_name(gold["speaker"], _name(row.get("speaker"))),
            "kind": gold["kind"] == row.get("kind"),
            "exact": characters(gold["content"]) == characters(row["content"]),
        }
    exact = {"exact": characters(gold["span"]) == characters(row["span"])}
    if layer == "figures":
        each = {k: gold[k] == row.get(k) for k in ("qualifier", "category")}
        each["claimant"] = same_name(gold.get("claimant"), _name(row.get("claimant")))
        return each | {"all_fields": all(each.values())} | exact
    if layer == "positions":
        return {
            "stance": gold["stance"] == row.get("stance"),
            "said_by": same_name(gold.get("said_by"), _name(row.get("said_by"))),
        } | exact
    if layer == "events":
        return {"status": gold.get("status", "actual") == row.get("status")} | exact
    return {"voice": gold["voice"] == row.get("voice")} | exact


def add(score: Score, layer: str, gold: Sequence[Row], rows: Iterable[Row]) -> None:
    """Add one article's rows of a layer to the score."""
    judged = [r for r in rows if not r.get("nested")]
    matched = pairs(layer, gold, judged)
    asked = [not g.get("optional") for g in gold]
    freed = sum(not asked[i] for i, _ in matched)
    score.gold += sum(asked)
    score.found += len(judged) - freed
    score.matched += len(matched) - freed
    for i, j in matched:
        if asked[i]:
            score.right.update(k for k, ok in agreement(layer, gold[i], judged[j]).items() if ok)


@dataclass(slots=True)
class Meta:
    """Article fields: how many were asked for and how many are right; body as characters."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    body_both: int = 0
    body_gold: int = 0
    body_found: int = 0

    def figures(self) -> dict[str, float]:
        """Share right for title, outlet and published; character F1 for the body."""
        out = {f"article.{k}": self.right[k] / n for k, n in self.asked.items() if n}
        both = self.body_gold + self.body_found
        out["article.body"] = 2 * self.body_both / both if both else 1.0
        return out


def _same_words(gold: object, found: object) -> bool:
    folded = [re.findall(r"\w+", str(v or "").lower()) for v in (gold, found)]
    return folded[0] == folded[1]


def _begins_with(gold: object, found: object) -> bool:
    return str(found or "").startswith(str(gold))


META_CHECKS: Mapping[str, Callable[[object, object], bool]] = {
    "title": _same_words,
    "outlet": same_name,
    "published": _begins_with,
}


def add_meta(meta: Meta, gold: Row, article: Row) -> None:
    """Add one article's own fields to the score. A date is right where it begins with gold's, at gold's precision."""
    want = gold["meta"]
    for name, agrees in META_CHECKS.items():
        if want.get(name):
            meta.asked[name] += 1
            meta.right[name] += agrees(want[name], article.get(name))
    if want.get("body"):
        body = characters([article["body"]]) if article.get("body") else set()
        kept = body - {i for d in article.get("dropped", ()) for i in range(*d["span"])}
        asked = characters([want["body"]]) - characters(want.get("junk") or [])
        meta.body_both += len(kept & asked)
        meta.body_found += len(kept)
        meta.body_gold += len(asked)


def score_rows(gold: Sequence[Row], rows: Iterable[Row]) -> dict[str, float]:
    """All figures of one set: gold articles (as `gold.json` holds them) against exported rows (any order)."""
    by_name = {g["file"]: g for g in gold}
    articles: dict[str, Row] = {}
    found: dict[str, dict[str, list[Row]]] = {}
    kinds = {kind: layer for layer, kind in LAYERS.items()}
    for row in rows:
        if row["row"] == "article":
            names = (str(row["file"]).rsplit("/", 1)[-1], str(row["source_id"]), f"{row['source_id']}.txt")
            name = next((n for n in names if n in by_name), None)
            if name:
                articles[name] = row
        elif row["row"] in kinds:
            found.setdefault(row["article"], {}).setdefault(kinds[row["row"]], []).append(row)
    out: dict[str, float] = {"articles": len(articles) / len(gold) if gold else 1.0}
    meta = Meta()
    for name, article in articles.items():
        add_meta(meta, by_name[name], article)
    out |= meta.figures()
    for layer in LAYERS:
        score = Score()
        for name, want in by_name.items():
            got = found.get(articles[name]["id"], {}) if name in articles else {}
            add(score, layer, want.get(layer) or [], got.get(layer, []))
        out |= score.figures(layer)
    return {k: round(v, 4) for k, v in out.items()}

"""The step `statements`: who is reported to have said, written, thought or wanted what.

Two halves. A *finder* `(Reading) -> list[RawAttribution]` gives sources, cues and contents as character ranges: the rules of
`statements_rules`, or a trained model. Everything after it is here and the same for each finder: contents trimmed, quotations
that go on joined, kinds told apart, statements inside others marked, and what the sentence says around them kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from parley.annotate.language.ranges import ByPlace, Ranges, quotations_of, sentences_of
from parley.annotate.language.sentence_view import Pair
from parley.annotate.statements.circumstances import circumstances
from parley.annotate.statements.headlines import headline_statements
from parley.annotate.statements.interview import answers
from parley.annotate.statements.mend import mend, starts_with_its_verb
from parley.annotate.statements.rules import RawAttribution, find_attributions
from parley.annotate.statements.second_look import second_look
from parley.annotate.statements.sources import signature, signed
from parley.data import Quotation, Reading, Sentence, Span, Statement, StatementKind

if TYPE_CHECKING:
    from parley.pipeline import Settings

Finder = Callable[[Reading], list[RawAttribution]]

_MARKS = '"“”„«»‟'
_EDGES = " \t\r\n\u00a0\u202f,;:–—-."
# Words that tell whom somebody told, at most.
_HEARER = 4
# A quotation of fewer words between two sentences is a name or a scare quote, not speech that goes on.
_SPOKEN_WORDS = 4


def make(settings: Settings) -> Callable[[Reading], Reading]:
    """The step with the trained model of the profile and the rules beside it, or by rule alone."""
    if settings.profile == "rules":
        return StatementFinder(find_attributions, method="rules")
    from parley.annotate.statements.model import FastFinder, ModelFinder

    finder = FastFinder if settings.profile == "fast" else ModelFinder
    return StatementFinder(finder.load(), method="model", beside=find_attributions)


@dataclass(frozen=True, slots=True)
class StatementFinder:
    """Reading -> Reading with `statements`, in reading order, from any finder."""

    find: Finder
    method: str
    beside: Finder | None = None
    """A finder whose surest findings are added: the rules, beside a model."""

    def __call__(self, reading: Reading) -> Reading:
        trim = _Trimmer(reading).trim
        sentences, quotes = sentences_of(reading), quotations_of(reading)
        raw = [r for r in map(trim, self.find(reading)) if r is not None]
        beside = raw if self.beside is None else [r for r in map(trim, self.beside(reading)) if r is not None]
        raw = second_look(reading, raw, beside)
        raw += [r for r in map(trim, headline_statements(reading, raw)) if r is not None]
        answered = [r for r in map(trim, answers(reading)) if r is not None]
        raw = _without_doubles([*mend(reading, raw, sentences, quotes), *answered])
        raw = [signed(reading.text, r) for r in _with_quotations_that_go_on(reading, raw)]
        made = [_statement(reading, r, self.method, sentences, quotes) for r in raw]
        return replace(reading, statements=tuple(_nested(_without_relays(reading, made))))


# ---------------------------------------------------------------- trimming


@dataclass(frozen=True, slots=True)
class _Trimmer:
    reading: Reading

    def trim(self, raw: RawAttribution) -> RawAttribution | None:
        """Contents without "that" in front and without marks at the edges, save quotation marks; None where none is left."""
        content = tuple(p for p in map(self._content, raw.content) if p is not None)
        if not content:
            return None
        source, cue = self._edges(raw.source), self._edges(raw.cue)
        if content == raw.content and source == raw.source and cue == raw.cue:
            return raw
        return replace(raw, content=content, source=source, cue=cue)

    def _edges(self, pair: Pair | None) -> Pair | None:
        if pair is None:
            return None
        text = self.reading.text
        start, end = pair
        while start < end and text[start] in " \t\r\n\u00a0\u202f,":
            start += 1
        while end > start and text[end - 1] in " \t\r\n\u00a0\u202f,":
            end -= 1
        return (start, end) if start < end else None

    def _content(self, pair: Pair) -> Pair | None:
        text = self.reading.text
        start, end = pair
        while start < end and (text[start].isspace() or text[start] in ",;:"):
            start += 1
        said = text[start : start + 5].lower() in ("that ", "that\u00a0") and not starts_with_its_verb(text, start + 5)
        if said and end - start > 5:
            start += 5
        while end > start and text[end - 1] in _EDGES and not self._ends_word(start, end):
            end -= 1
        return (start, end) if end - start > 1 else None

    def _ends_word(self, start: int, end: int) -> bool:
        """True for the full stop of "U.S." and for an ellipsis: they belong to what was said."""
        text = self.reading.text
        if text[end - 1] != "." or end - start < 4:
            return False
        return text[end - 3] == "." or text[end - 3 : end] == "..."


def _without_doubles(raws: Iterable[RawAttribution]) -> list[RawAttribution]:
    """One attribution per content: of two that report the same words the surer one is kept."""
    best: dict[tuple[Pair, ...], RawAttribution] = {}
    for raw in raws:
        held = best.get(raw.content)
        if held is None or raw.confidence > held.confidence:
            best[raw.content] = raw
    return sorted(best.values(), key=lambda r: (r.content[0], r.cue or r.content[0]))


# ---------------------------------------------------------------- quotations that go on


def _with_quotations_that_go_on(reading: Reading, raws: Sequence[RawAttribution]) -> list[RawAttribution]:
    """Quoted sentences without a cue of their own join the statement they follow, or stand as statements without a source."""
    taken = Ranges(p for r in raws for p in r.content)
    quoted = Ranges(q.outer.pair for q in reading.quotations if q.depth == 1)
    sentences = sentences_of(reading)
    out: list[RawAttribution] = []
    waiting = sorted(raws, key=lambda r: (r.content[-1][1], r.content))
    at = 0
    last: int | None = None
    for quote in _free_quotations(reading, taken):
        while at < len(waiting) and waiting[at].content[-1][1] <= quote.outer.start:
            out.append(waiting[at])
            last = len(out) - 1
            at += 1
        if last is not None and _goes_on(reading, out[last], quote, quoted, sentences):
            out[last] = replace(out[last], content=(*out[last].content, quote.outer.pair))
        else:
            out.append(RawAttribution(None, None, (quote.outer.pair,), 0.5))
            last = len(out) - 1
    return sorted([*out, *waiting[at:]], key=lambda r: (r.content[0], r.cue or r.content[0]))


def _free_quotations(reading: Reading, covered: Ranges) -> list[Quotation]:
    """Outer quotations of whole sentences, outside the title, that no attribution has taken."""
    out = []
    for quote in reading.quotations:
        if quote.depth != 1 or quote.paragraph == 0 or covered.touches(*quote.outer.pair):
            continue
        if len(quote.inner.text.split()) >= _SPOKEN_WORDS and _stands_alone(reading, quote):
            out.append(quote)
    return out


def _stands_alone(reading: Reading, quote: Quotation) -> bool:
    """True where a quotation begins with a sentence and ends with one."""
    text = reading.text
    before = text[max(0, quote.outer.start - 80) : quote.outer.start].rstrip(" \u00a0")
    opens = not before or before[-1] in ".!?\n…:" + _MARKS
    inner = quote.inner.text.rstrip()
    after = text[quote.outer.end : quote.outer.end + 2].strip()
    ends = inner[-1:] in ".!?…" or after[:1] in ".!?" or not quote.closed
    return opens and ends and quote.inner.text[:1].isupper()


def _goes_on(
    reading: Reading, raw: RawAttribution, quote: Quotation, quoted: Ranges, sentences: ByPlace[Sentence]
) -> bool:
    """Whether the quotation goes on from a direct statement: nothing but the rest of the cue's sentence stands between."""
    edge = max(raw.content[-1][1], *(p[1] for p in (raw.source, raw.cue) if p is not None), 0)
    if not quoted.touches(*raw.content[-1]) or not 0 <= quote.outer.start - edge <= 200:
        return False
    if signature(reading.text, raw.content[-1][1]) is not None:
        return False
    sentence = sentences.at(max(edge - 1, 0))
    rest = reading.text[sentence.span.end if sentence else edge : quote.outer.start]
    return not rest.strip(" \n\r\t\u00a0" + _MARKS)


# ---------------------------------------------------------------- statements


def _statement(
    reading: Reading, raw: RawAttribution, method: str, sentences: ByPlace[Sentence], quotes: ByPlace[Quotation]
) -> Statement:
    spans = tuple(reading.span(*p) for p in raw.content)
    source = reading.span(*raw.source) if raw.source else None
    cue = reading.span(*raw.cue) if raw.cue else None
    around = circumstances(reading, sentences.at(cue.start) if cue else None, source, cue, spans)
    return Statement(
        article=reading.article.id,
        content=spans,
        kind="direct" if raw.act == "answer" else kind_of(reading, spans, quotes),
        source=source,
        cue=cue,
        addressee=around.addressee,
        venue=around.venue,
        via=_plain_name(raw.via) or around.via,
        confidence=raw.confidence,
        method=method,
    )


def _plain_name(name: str | None) -> str | None:
    return name and " ".join(name.split()).removeprefix("the ").removeprefix("The ")


def kind_of(reading: Reading, content: Sequence[Span], quotes: ByPlace[Quotation]) -> StatementKind:
    """`direct` where all of it stands in quotation marks, `indirect` where nothing does, else `mixed`."""
    marked = [_share(reading, span, quotes) for span in content]
    if all(share == "all" for share in marked):
        return "direct"
    return "indirect" if all(share == "none" for share in marked) else "mixed"


def _share(reading: Reading, span: Span, quotes: ByPlace[Quotation]) -> str:
    inside = quotes.touching(*span.pair)
    if not inside:
        return "none"
    outside = 0
    at = span.start
    for quote in inside:
        outside += sum(map(str.isalnum, reading.text[at : max(at, quote.outer.start)]))
        at = max(at, quote.outer.end)
    outside += sum(map(str.isalnum, reading.text[at : max(at, span.end)]))
    return "all" if outside == 0 else "some"


def _without_relays(reading: Reading, statements: Sequence[Statement]) -> list[Statement]:
    """ "X said, Reuters reported": the statement is X's, `via` Reuters; the relay is no statement of its own."""
    starts: dict[int, list[Statement]] = {}
    for statement in statements:
        starts.setdefault(statement.content[0].start, []).append(statement)
    relayed: dict[str, str] = {}
    relays: set[str] = set()
    for together in starts.values():
        if len(together) == 1:
            continue
        for outer in together:
            inner = next((s for s in together if s is not outer and _carries(reading, outer, s)), None)
            if inner is not None and outer.source is not None:
                relayed[inner.id] = outer.source.text
                relays.add(outer.id)
    if not relays:
        return list(statements)
    return [replace(s, via=relayed.get(s.id, s.via)) for s in statements if s.id not in relays]


def _carries(reading: Reading, outer: Statement, inner: Statement) -> bool:
    """Whether all that the outer one reports is the inner one: its content, and behind it its source and cue."""
    if (
        len(outer.content) > 1
        or inner.source is None
        or inner.cue is None
        or inner.content[-1].end > inner.source.start
    ):
        return False
    parts = sorted([*inner.content, inner.source, inner.cue], key=lambda p: p.start)
    gaps = [reading.text[a.end : b.start] for a, b in pairwise(parts)]
    if parts[-1].end > outer.content[0].end:
        return False
    behind = reading.text[parts[-1].end : outer.content[0].end].split()
    hearer = inner.cue is parts[-1] and inner.cue.text.lower().endswith(("told", "tells")) and len(behind) <= _HEARER
    return (not behind or hearer) and not any(c.isalnum() for gap in gaps for c in gap)


def _nested(statements: Sequence[Statement]) -> list[Statement]:
    """Statements whose cue and content lie inside another's content are marked, with the innermost that holds them."""
    outer: dict[int, Statement] = {}
    spans = sorted((c.start, -c.end, i) for i, s in enumerate(statements) for c in s.content)
    opened: list[tuple[int, int]] = []
    for start, minus_end, i in spans:
        opened = [(end, j) for end, j in opened if end > start]
        holders = [j for _, j in opened if j != i and _inside(statements[i], statements[j])]
        if holders and i not in outer:
            outer[i] = min((statements[j] for j in holders), key=_size)
        opened.append((-minus_end, i))
    return [replace(s, nested=True, nested_in=outer[i].id) if i in outer else s for i, s in enumerate(statements)]


def _size(statement: Statement) -> int:
    return sum(len(c) for c in statement.content)


def _inside(inner: Statement, outer: Statement) -> bool:
    parts = [p for p in (inner.cue, *inner.content) if p is not None]
    return _size(outer) > _size(inner) and all(any(c.holds(p) for c in outer.content) for p in parts)

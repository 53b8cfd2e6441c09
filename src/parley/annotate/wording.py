"""Labels that take a side, each with whose voice it is in.

A label inside a quotation says something about the speaker, outside of it about the outlet; without the voice every
count is wrong. Nothing here judges whether a label is deserved: the list (`codebooks/wording.toml`) holds what all
sides call each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from parley.annotate.language.grammar import BE, DETERMINERS, PRONOUNS, is_mark, word_set
from parley.annotate.language.lines import MOST, Line, lines
from parley.annotate.language.phrases import Hit, Phrases, apart
from parley.codebooks import lexicon
from parley.data import Quotation, Reading, Span, Statement, Token, Voice, Wording

if TYPE_CHECKING:
    from parley.pipeline import Settings

SCARE_WORDS = 5
"""A quotation of more words than this is somebody's speech even where no speaker is near."""

_INSERT = re.compile(r"\[[^\[\]\n]{1,60}\]")
_NEXT = 12
_JOINS = frozenset(("", "of", "by", "by the", "of the", "in", "("))
_TOLD = 4
_TELLING = word_set(
    """
    said says say claimed claims argued argues warned warns insisted insists blamed blames blaming accused accuses accusing
    denounced denounces denouncing condemned condemns condemning branded brands branding calls calling termed terms labels
    labelled labeled dubbed dubs describes described decried decries deplored slammed slams
    """
)
_GOING_ON = word_set(
    """
    said says added adds continued continues argued insisted stressed explained guaranteed recalled concluded claimed warned
    went writes wrote noted declared affirmed complained asserted maintained
    """
)
"""Verbs of a parenthesis that carries reported speech on: "customs men of the enemy, she went on, will not come"."""
_CALLING = word_set(
    """
    call calls called calling brand brands branded branding describe describes described describing denounce denounces denounced
    denouncing condemn condemns condemned condemning decry decries decried deplore deplored dismiss dismisses dismissed
    dismissing slam slams slammed label labels labelled labeled dub dubbed dubs term termed terms lambasted blasted
    """
)
_ARTICLES = word_set("a an this as nothing such pure sheer")
_ACCOUNTS = word_set("words vocabulary view eyes telling account version parlance language opinion phrase reading")
_GROW = 2
_CONFIDENCE = {"head": 0.75, "modifier": 0.7, "phrase": 0.7, "judgement": 0.65, "insert": 0.8}


@dataclass(frozen=True, slots=True)
class Label:
    """An entry of the list: a head noun, a modifier that needs one of its `nouns`, a phrase as it stands, or a judgement."""

    term: str
    kind: str
    nouns: frozenset[str] = frozenset()
    blocks: bool = False


@cache
def _labels() -> Phrases[Label]:
    entries: list[tuple[str, Label]] = []
    for row in lexicon("wording")["label"]:
        label = Label(row["term"], row["kind"], frozenset(row.get("nouns", ())))
        entries += [(p, label) for p in row["patterns"]]
        entries += [(p, replace(label, blocks=True)) for p in row.get("unless", ())]
    return Phrases(entries)


@cache
def _modifiers() -> frozenset[str]:
    rows = [r for r in lexicon("wording")["label"] if r["kind"] == "modifier"]
    return frozenset(p for r in rows for p in r["patterns"]) | {"military", "armed", "occupying", "occupied"}


def make(settings: Settings) -> Callable[[Reading], Reading]:  # noqa: ARG001  the list needs no setting
    """The step that adds `wording`."""
    return annotate


def annotate(reading: Reading) -> Reading:
    """The reading with every loaded label of its title and body."""
    found = [row for line in lines(reading, title=True) for row in _in_line(line)]
    return replace(reading, wording=tuple(found))


def entry_of(term: str) -> str | None:
    """The list's entry that a label's words belong to; None for words that the list does not hold.

    >>> entry_of("gunmen")
    'militants'
    """
    words = term.lower().split()
    passed = ("insert",) if len(words) > 1 else ("insert", "modifier")  # an adjective alone is no label of its own
    hits = [h for h in _labels().find(words) if not h.entry.blocks and h.entry.kind not in passed]
    return max(hits, key=lambda h: h.last - h.first).entry.term if hits else None


def _in_line(line: Line) -> Iterator[Wording]:
    reading, words = line.reading, line.tokens
    hits = _labels().find(line.lowers)
    if not hits:
        return
    carried = _goes_on(line)
    names = _names(line)
    grown = [g for h in hits if (g := _grown(h, words, names)) is not None and _is_judged(line, h)]
    for hit in apart(grown)[:MOST]:
        if hit.entry.blocks or _in_name(line, hit, names):
            continue
        span = _span(reading, words[hit.first : hit.last])
        statement = line.statement_at(span)
        voice = _voice(line, span, statement, hit, carried=carried)
        if hit.entry.kind == "insert" and voice != "insert":
            continue
        yield Wording(
            article=reading.article.id,
            span=span,
            voice=voice,
            term=_term(hit, words, names),
            referent=_referent(line, span, statement),
            statement=statement.id if statement else None,
            confidence=_CONFIDENCE[hit.entry.kind],
        )


def _term(hit: Hit[Label], words: Sequence[Token], names: frozenset[int]) -> str:
    """The label as printed, in small letters and without the names that it goes with: "Tel Aviv regime" is a "regime"."""
    told = [words[i].lower for i in range(hit.first, hit.last) if hit.entry.kind != "head" or i not in names]
    kept = [w for w in told if w != "the"] if hit.entry.kind == "head" else told
    return " ".join(kept) or " ".join(w.lower for w in words[hit.first : hit.last])


def _in_name(line: Line, hit: Hit[Label], names: frozenset[int]) -> bool:
    """True inside what a body calls itself ("the National Liberation Army"): its name is nobody's choice of words."""
    return any(
        n.mention.kind == "organisation"
        and n.first <= hit.first
        and hit.last <= n.last
        and n.last - n.first > hit.last - hit.first
        and all(i in names for i in range(hit.first, hit.last))
        for n in line.named
    )


def _is_judged(line: Line, hit: Hit[Label]) -> bool:
    """True for a judgement that somebody passes: "called the tariffs | reckless", "it was | madness, he said"."""
    if hit.entry.kind != "judgement" or hit.entry.blocks:
        return True
    before = line.lowers[max(0, hit.first - _NEXT) : hit.first]
    if not _CALLING.isdisjoint(before):
        return True
    span = line.span(hit.first, hit.last)
    return any(w in BE or w in _ARTICLES for w in before[-2:]) and line.statement_at(span) is not None


def _span(reading: Reading, words: Sequence[Token]) -> Span:
    """From the first word that is one, past a bracket or a possessive that a phrase leans on."""
    first = next((w for w in words if w.text[0].isalnum()), words[0])
    return reading.span(first.start, words[-1].end)


def _names(line: Line) -> frozenset[int]:
    """Which words a name may be: all with a capital."""
    text = line.reading.text
    return frozenset(i for i, w in enumerate(line.tokens) if text[w.start].isupper() and len(w.text) > 1)


def _grown(hit: Hit[Label], words: Sequence[Token], names: frozenset[int]) -> Hit[Label] | None:
    """The hit with the words that belong to the label; None for a modifier without a noun of its kind."""
    if hit.entry.kind == "insert":  # the brackets' own words, which outside of brackets another entry may claim
        return hit if any(w.text == "[" for w in words[max(0, hit.first - _GROW - 1) : hit.first]) else None
    if hit.entry.blocks or hit.entry.kind in ("phrase", "judgement"):
        return hit
    if hit.entry.kind == "modifier":
        reach = range(hit.last, min(hit.last + _GROW + 1, len(words)))
        end = (i for i in reach if words[i].lower in hit.entry.nouns or _parts(words[i]))
        noun = next(end, None)
        return None if noun is None or _parts(words[noun]) else replace(hit, last=noun + 1)
    first = hit.first
    while first > 0 and hit.first - first < _GROW and _goes_with(words, first - 1, names):
        first -= 1
    if first == hit.first and first > 0 and words[first - 1].lower == "the":
        first -= 1
    return replace(hit, first=first)


def _parts(word: Token) -> bool:
    """True for what an adjective does not reach over: a mark, or the article of another noun."""
    return is_mark(word.text) or word.lower in DETERMINERS


def _goes_with(words: Sequence[Token], at: int, names: frozenset[int]) -> bool:
    """True for a loaded adjective, or a name used as one ("Tel Aviv", "Israeli")."""
    word = words[at]
    if word.lower in _modifiers():
        return True
    follows = at + 1 < len(words) and not is_mark(words[at + 1].text) and words[at + 1].lower != "'s"
    first_of_sentence = at == 0
    return follows and not first_of_sentence and at in names


def _voice(line: Line, span: Span, statement: Statement | None, hit: Hit[Label], *, carried: bool) -> Voice:
    if line.sentence.in_title:
        return "headline"
    quotation = next((q for q in line.quotations if q.inner.holds(span) or q.outer.holds(span)), None)
    if quotation is not None:
        if _inserted(quotation, span):
            return "insert"
        return "quoted" if statement or _is_speech(line, quotation) else "scare"
    if hit.last < len(line.lowers) and line.lowers[hit.last] in _TELLING:
        return "outlet"  # whom the outlet lets speak: "the gunmen blamed the army"
    return "indirect" if statement or carried or _told(line, hit.first) else "outlet"


def _told(line: Line, at: int) -> bool:
    """True right after a word of telling or blaming: "said the regime must", "blamed the warlords"."""
    for i in range(at - 1, max(-1, at - _TOLD - 1), -1):
        word = line.lowers[i]
        if is_mark(word) or word in ("as", "whom", "which", "who"):
            return False
        if word in _TELLING:
            return i > 0 and not is_mark(line.lowers[i - 1])
    return False


def _goes_on(line: Line) -> bool:
    """True where a parenthesis says that the sentence is somebody's: ", she went on", "in his words"."""
    lowers = line.lowers
    for i, word in enumerate(lowers):
        before = lowers[i - 1] if i else ""
        if word in _GOING_ON and before in PRONOUNS and (i < 2 or lowers[i - 2] == ","):
            return i + 1 == len(lowers) or lowers[i + 1] in (",", ".", ";", "on")
        if word in _GOING_ON and i + 2 < len(lowers) and (word, lowers[i + 1]) == ("went", "on"):
            return lowers[i + 2] in (",", ".") and "," in lowers[max(0, i - 4) : i]
        if word in _ACCOUNTS and "in" in lowers[max(0, i - 3) : i] and before not in ("the", "a", "other"):
            return i + 1 < len(lowers) and lowers[i + 1] in (",", "–", "—")
    return False


def _inserted(quotation: Quotation, span: Span) -> bool:
    at = span.start - quotation.inner.start
    return any(m.start() <= at < m.end() for m in _INSERT.finditer(quotation.inner.text))


def _is_speech(line: Line, quotation: Quotation) -> bool:
    """True where the quotation is too long to be a label, or is said by somebody by the sentence's own telling."""
    if len(quotation.inner.text.split()) > SCARE_WORDS or not quotation.closed:
        return True
    return any(quotation.inner.overlaps(c) for s in line.statements for c in s.content)


def _referent(line: Line, span: Span, statement: Statement | None) -> str | None:
    """The side that the label is put on, where a name of it stands inside the label or next to it."""
    near: list[tuple[int, str]] = []
    own = statement.speaker.side if statement is not None and statement.speaker is not None else None
    for mention in line.inner:
        gap = max(mention.span.start - span.end, span.start - mention.span.end)
        if mention.side is None or gap > _NEXT:
            continue
        if mention.side == own and mention.span.text.islower():
            continue  # who says "the regime" does not mean his own side, whatever the words alone may suggest
        between = line.reading.text[min(span.end, mention.span.end) : max(span.start, mention.span.start)]
        if mention.span.overlaps(span):
            near.append((0, mention.side))
        elif mention.span.start >= span.end and between.strip().lower() in _JOINS:
            near.append((1, mention.side))
        elif mention.span.end <= span.start and between in (" ", "'s ", "’s "):
            near.append((2, mention.side))
    return min(near, key=lambda n: n[0])[1] if near else None

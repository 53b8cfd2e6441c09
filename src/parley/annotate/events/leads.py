"""A text of a sentence or two, read as event coders read a wire lead: what is the one thing that it tells?

An article is full of words of saying, and what somebody asked or blamed is no event of the talks. A lead is another matter: there
"the union demanded" *is* the news, and PLOVER has a type for it. The words come from `codebooks/leads.toml`; the choice among
them is one of grammar. The main clause comes before what hangs on it, a verb before a noun, the first before the second;
and what is meant by a verb is for the words over it to say: who *will* visit agrees, who *will* attack threatens, who
*must* leave is asked to, who will *not* meet refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from parley.annotate.language.clauses import clause_end, doer
from parley.annotate.language.grammar import AUXILIARIES, BE, DETERMINERS, PREPOSITIONS, PRONOUNS, is_adverb
from parley.annotate.language.inflection import expanded, forms
from parley.annotate.language.lines import Line
from parley.annotate.language.phrases import Hit, Phrases
from parley.codebooks import lexicon
from parley.data import Event, EventStatus, Plover

_OPERATORS = frozenset(("INTENT", "REFUSAL", "DUTY", "CHANCE"))
_HOSTILE = frozenset(("ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN", "ACCUSE"))
_ALTERNATIVES = frozenset(("unless", "otherwise", "or"))
_REACH = 10
"""Words after "will" in which the verb is looked for that it governs."""
_SECOND = 2
"""The second verb after a relative that no comma opened is the main one: "the visit that he had planned was called off"."""
_SURE, _LESS_SURE, _UNSURE = 0.85, 0.7, 0.5
_PAST_PARTICIPLE = ("ed", "en", "wn", "ung", "ught", "elt", "old", "ound", "ut")
_ADJECTIVE = ("al", "ive", "ous", "ic", "ful", "ary", "less", "ish", "ian", "ese", "ern", "ble")


@dataclass(frozen=True, slots=True)
class Lead:
    """An entry of the list: a type of PLOVER, or an operator over one."""

    type: str
    mode: str | None = None
    noun: bool = False
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What a sentence was read as: the type, the words that say so, and how sure that is."""

    type: str
    mode: str | None
    first: int
    last: int
    status: EventStatus
    confidence: float


@cache
def leads() -> Phrases[Lead]:
    """Every entry, and what blocks it, ready to be looked for in a sentence."""
    book = lexicon("leads")
    return Phrases(pair for row in book["lead"] for pair in _pairs(row, book["classes"]))


def _pairs(row: Mapping[str, Any], classes: Mapping[str, str]) -> Iterator[tuple[str, Lead]]:
    lead = Lead(row["plover"], row.get("mode"), row.get("kind") == "noun")
    yield from ((expanded(p, classes), lead) for p in row["patterns"])
    yield from ((expanded(p, classes), replace(lead, blocks=True)) for p in row.get("unless", ()))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("leads")["words"][name].split())


@cache
def _verbs() -> frozenset[str]:
    """Every form of every verb that a phrase of the list begins with."""
    return frozenset(f for v in _first_verbs() for f in forms(v))


@cache
def _first_verbs() -> frozenset[str]:
    patterns = [p for row in lexicon("leads")["lead"] for p in row["patterns"]]
    return frozenset(c[1:].removesuffix("?") for p in patterns for c in p.split()[0].split("|") if c.startswith("~"))


@cache
def _nominal() -> tuple[frozenset[str], frozenset[str]]:
    """The base forms, and the forms in -s, of the list's verbs: nouns as often as not."""
    verbs = _first_verbs() - {"be", "have"}
    return frozenset(v for v in verbs if v not in forms(v)[2:]), frozenset(forms(v)[1] for v in verbs)


def coded(body: Sequence[Line], rows: Iterable[Event]) -> list[Event]:
    """The events of a lead with the one that it tells made the surest, coded so: one of `rows`, or an `other` beside them."""
    out = list(rows)
    for n, line in enumerate(body):
        read = read_lead(line)
        if read is None:
            continue
        sure = round(read.confidence if n == 0 else read.confidence - 0.2, 3)
        told = line.span(read.first, read.last)
        here = [i for i, e in enumerate(out) if e.span.overlaps(line.sentence.span)]
        mine = next((i for i in here if out[i].span.overlaps(told)), None)
        for i in here:
            out[i] = replace(out[i], confidence=min(out[i].confidence, round(sure - 0.05, 3)))
        if mine is None:
            out.append(_event(line, read, sure))
        else:
            out[mine] = replace(out[mine], plover=Plover(read.type, read.mode), confidence=sure)
    return out


def _event(line: Line, read: Read, confidence: float) -> Event:
    who = doer(line, read.first)
    span = line.span(min(who.first, read.first), max(read.last, clause_end(line, read.last - 1)))
    return Event(
        article=line.reading.article.id,
        span=span,
        type="other",
        status=read.status,
        actors=who.sides,
        plover=Plover(read.type, read.mode),
        confidence=confidence,
    )


def read_lead(line: Line) -> Read | None:
    """The one thing that a sentence tells, as event coders would type it; None where no word of the list stands in it."""
    found = leads().find(line.lowers)
    blocks = [h for h in found if h.entry.blocks]
    hits = [h for h in found if not h.entry.blocks and not _blocked(h, blocks)]
    if not hits:
        return None
    depths = _depths(line)
    ranked = sorted(_heads(hits), key=lambda h: (_height(line, h, depths), _place(line, h), h.first - h.last))
    for main in ranked:
        read = _meant(line, main, ranked, depths)
        if read is not None:
            return read
    return None


def _heads(hits: Sequence[Hit[Lead]]) -> Iterator[Hit[Lead]]:
    """Of the phrases that begin at one word the one that ends at its object: "imposed sanctions | on ... control"."""
    by_first: dict[int, list[Hit[Lead]]] = {}
    for hit in hits:
        by_first.setdefault(hit.first, []).append(hit)
    for first, group in by_first.items():
        lasts = {h.last for h in group if h.last > first + 1} or {first + 1}
        last = min(lasts)
        while last + 1 in lasts:
            last += 1
        yield min((h for h in group if h.last == last), key=lambda h: h.entry.type in _OPERATORS)


def _place(line: Line, hit: Hit[Lead]) -> int:
    """Where a hit is told: at its verb, which a phrase like "talks ... collapsed" ends with."""
    return hit.first if line.lowers[hit.first] in _verbs() or hit.entry.type in _OPERATORS else hit.last - 1


def _blocked(hit: Hit[Lead], blocks: Sequence[Hit[Lead]]) -> bool:
    return any(b.entry.type == hit.entry.type and b.first < hit.last and hit.first < b.last for b in blocks)


def _depths(line: Line) -> list[int]:
    """For each word how many clauses it hangs below the main one: 0 or 1."""
    lowers, below = line.lowers, _words("below")
    out: list[int] = []
    depth, by_comma, verbs = 0, False, 0
    for i, word in enumerate(lowers):
        opens = word in below or (word == "that" and i > 0)
        if opens and not _is_said(lowers, i):
            depth, by_comma, verbs = 1, i == 0 or (lowers[i - 1] == "," and word != "that"), 0
        elif (word == "," and by_comma) or word in (";", "”", "“"):
            depth = 0
        elif depth and not by_comma and word in AUXILIARIES and (i == 0 or lowers[i - 1] not in AUXILIARIES):
            verbs += 1
            depth = 1 if verbs < _SECOND else 0
        out.append(depth)
    return out


def _is_said(lowers: Sequence[str], at: int) -> bool:
    """True where a word of saying stands shortly before: what follows is what the sentence is about."""
    saying = _words("saying")
    return any(w in saying for w in lowers[max(0, at - 5) : at])


def _height(line: Line, hit: Hit[Lead], depths: Sequence[int]) -> float:
    """How far from the main verb of the sentence a hit stands; 0 for the main verb itself."""
    lowers, at = line.lowers, hit.first
    word, before = lowers[at], lowers[at - 1] if at else ""
    height = float(depths[at])
    if hit.entry.type in _OPERATORS:
        return height
    if hit.entry.noun or _is_noun(line, at):
        return height + 0.6
    if word.endswith("ing") and not any(w in BE for w in lowers[max(0, at - 3) : at]):
        return height + 0.5
    if _adjectival(lowers, at):
        return height + 0.7
    if before == "to":
        return height + 0.25
    if lowers[hit.last : hit.last + 1] == ["by"] and not any(w in BE for w in lowers[max(0, at - 3) : at]):
        return height + 0.5
    return height


def _is_noun(line: Line, at: int) -> bool:
    """True for "the demand", "new attacks": a verb's base form or form in -s that is a noun here."""
    lowers = line.lowers
    word, before = lowers[at], lowers[at - 1] if at else ""
    base, third = _nominal()
    if word not in base and word not in third:
        return False
    if before == "to" or before in AUXILIARIES or before in PRONOUNS or is_adverb(before):
        return False
    if (
        before in DETERMINERS
        or before in PREPOSITIONS
        or before.endswith(("'s", "’s"))
        or before.endswith(_ADJECTIVE)
        or before.isdigit()
    ):
        return True
    if word in third and word not in base:
        return at == 0
    return not before.endswith("s") and before not in ("people", "police", "and", "not", "women", "men", "children")


def _adjectival(lowers: Sequence[str], at: int) -> bool:
    """True for "the banned newspaper", "two detained Canadians"."""
    if at + 1 >= len(lowers) or not lowers[at].endswith(_PAST_PARTICIPLE):
        return False
    before, after = lowers[at - 1] if at else "", lowers[at + 1]
    determined = before in DETERMINERS or before in ("'s", "newly", "of", "with", "for", "from") or before.isdigit()
    return determined and after[0].isalpha() and after not in PREPOSITIONS and after not in DETERMINERS


def _meant(line: Line, main: Hit[Lead], ranked: Sequence[Hit[Lead]], depths: Sequence[int]) -> Read | None:
    """The type that a hit stands for, with what governs it, or what it governs."""
    height = _height(line, main, depths)
    sure = _SURE if height == 0 else _LESS_SURE if height < 1 else _UNSURE
    if main.entry.type not in _OPERATORS:
        return Read(main.entry.type, main.entry.mode, main.first, main.last, "actual", sure)
    under = _governed(line, main, ranked, depths)
    meant, status = _under(line, main.entry.type, under)
    if meant is None:
        return None
    last = under.last if under is not None else main.last
    return Read(meant, None, main.first, max(main.last, last), status, sure)


def _governed(line: Line, main: Hit[Lead], ranked: Sequence[Hit[Lead]], depths: Sequence[int]) -> Hit[Lead] | None:
    """The first thing done that an operator stands over."""
    near = [h for h in ranked if main.first < h.first <= main.last + _REACH and h.entry.type not in _OPERATORS]
    level = [h for h in near if depths[h.first] <= depths[main.first]]
    return min(level, key=lambda h: (h.entry.noun or _is_noun(line, h.first), h.first, -h.last), default=None)


def _under(line: Line, operator: str, under: Hit[Lead] | None) -> tuple[str | None, EventStatus]:
    told = under.entry.type if under is not None else None
    hostile = told in _HOSTILE
    if operator == "DUTY":
        return "REQUEST", "actual"
    if operator == "REFUSAL":
        if told == "THREATEN":
            return "THREATEN", "actual"
        return ("AGREE" if hostile and told != "ACCUSE" else "REJECT"), "actual"
    boycott = under is not None and line.lowers[under.first].startswith("boycott")
    if (
        hostile
        or boycott
        or (operator == "INTENT" and not _ALTERNATIVES.isdisjoint(line.lowers) and "unless" in line.lowers)
    ):
        return "THREATEN", "planned"
    if operator == "CHANCE":
        return None, "hypothetical"
    return (told if told in ("REQUEST", "REJECT") else "AGREE"), "planned"

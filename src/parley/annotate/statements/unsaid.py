"""What reads like an attribution and reports no words.

"The council rejected the paper" is an act, "would not comment" a silence, "the stated aim" a thing described, "Asked whether it would
sign, he said" a question put, "was told to leave" an order taken, "a deal is expected" an expectation of nobody. A finder that knows
the verb takes each for speech; the words around it tell. Which verbs and nouns these are stands in the codebook `cues`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from parley.annotate.language.cues import verbs as cue_verbs
from parley.annotate.language.grammar import (
    ADVERBS,
    BE,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
    word_set,
)
from parley.annotate.language.sentence_view import Pair
from parley.annotate.statements.rules import RawAttribution
from parley.codebooks import lexicon

HELPERS = word_set(
    "has have had is are was were be been will would did do does not never also n't so far already again"
)
_KINDS = word_set("new first second final latest previous earlier official formal joint separate widely long much")
_POINTING = PRONOUNS | OBJECT_PRONOUNS | word_set("which that this these those so what whom whose as an the one")
_EMPTY = (_POINTING | PREPOSITIONS | ADVERBS | word_set("most more out off up down back other way round")) - {
    "both",
    "all",
}
_FINITE = word_set("is are was were will would can could should has have had may might must")
_MARKS = '“”"‘'
_FEW = 5
"""Words that an empty content has at most."""
_AROUND = 40
"""Characters around a cue that tell what kind of word it is."""


def reports_nothing(text: str, raw: RawAttribution) -> bool:
    """True for an attribution that reports no words of anybody."""
    return all(is_empty(text, part) for part in raw.content) or (
        raw.cue is not None and any(rule(text, raw, raw.cue) for rule in _RULES)
    )


def points(text: str, piece: Pair) -> bool:
    """ "Which Dara Vahl wants", "an", "that": a piece that only points at words elsewhere."""
    return all(w in _POINTING for w in _unquoted(text, piece))


def is_empty(text: str, piece: Pair) -> bool:
    """ "Which Dara Vahl wants", "has not ruled out", "puts it otherwise": the words stand elsewhere, or are none."""
    return all(w in _EMPTY or w in _listed("idle", "words") or is_adverb(w) for w in _unquoted(text, piece))


def _unquoted(text: str, piece: Pair) -> list[str]:
    """The words of a short piece; a mark or a long piece gives a word that is never empty."""
    words = [w.strip(",.;:“”\"'’") for w in text[piece[0] : piece[1]].lower().split()]
    if len(words) > _FEW or any(mark in text[max(0, piece[0] - 1) : piece[1]] for mark in '“"'):
        return ["words"]
    return [w for w in words if w]


def _is_question_put(text: str, raw: RawAttribution, cue: Pair) -> bool:
    """ "Asked whether it would sign, he said", "Vahl, asked on Monday if ...": what the reporter asked is none of the news."""
    if text[slice(*cue)].lower() not in _listed("question", "forms"):
        return False
    before = text[max(0, cue[0] - 3) : cue[0]].rstrip(" \u00a0")
    if not before or before[-1] in '.!?\n”"':
        return True
    if raw.source is None:
        return before.endswith(",")
    behind = _words(text[cue[1] : cue[1] + _AROUND])[:1] + _words(text[slice(*cue)])[1:]
    hangs = text[raw.source[1] : cue[0]].strip(" \u00a0").startswith(",") and "," not in text[slice(*raw.source)]
    return hangs and not _listed("question", "about").isdisjoint(behind)


def _describes(text: str, _raw: RawAttribution, cue: Pair) -> bool:
    """ "A new written proposal", "the stated aim": a participle that says of what kind a thing is."""
    if text[slice(*cue)].lower() not in _listed("participle", "forms"):
        return False
    before = text[max(0, cue[0] - _AROUND) : cue[0]].lower().split()
    last = before[-1] if before else ""
    described = last in DETERMINERS or (last in _KINDS and before[-2:-1] != [] and before[-2] in DETERMINERS)
    return described and text[cue[1] : cue[1] + 2].strip(" \u00a0").isalpha()


def _is_bare_act(text: str, raw: RawAttribution, cue: Pair) -> bool:
    """ "Rejected the paper", "refused to sign", "agreed to meet": something was done, and no words are told."""
    words = [w for w in _words(text[slice(*cue)]) if w not in HELPERS]
    kinds = (_acts().get(" ".join(words[:2])) or _acts().get(words[0])) if words else None
    if kinds is None:
        return False
    if "that" in text[cue[1] : raw.content[0][0]][:20].lower().split():
        return False
    content = text[raw.content[0][0] : raw.content[-1][1]]
    if any(mark in content for mark in _MARKS):
        return False
    first = [*words[1:], *_words(content)[:8]]
    if first[:1] == ["to"] and not (len(first) > 1 and first[1] in ("the", "a", "an", "its", "their", "his", "her")):
        return "to" in kinds
    return "noun" in kinds and not _is_said(first) and not _is_clause(_words(content))


def _is_silence(text: str, raw: RawAttribution, cue: Pair) -> bool:
    """ "Did not respond to a request for comment", "nor did he say whether", "has yet to announce when"."""
    words = _words(text[slice(*cue)])
    if _listed("silence", "forms").isdisjoint(words):
        return False
    begin = (
        raw.source[1] if raw.source is not None and 0 <= cue[0] - raw.source[1] <= _AROUND else cue[0] - _AROUND // 2
    )
    near = _words(text[max(0, begin) : cue[0]].rpartition("\n")[2]) + words
    front = _words(text[max(0, raw.source[0] - 12) : raw.source[0]])[-2:-1] if raw.source is not None else []
    subject = _words(text[slice(*raw.source)])[:1] if raw.source is not None else []
    denied = [w for w in (*front, *subject, *near) if w in _listed("denial", "words") or w.endswith("n't")]
    return bool(denied) or "yet to" in " ".join(near)


def _is_order_taken(text: str, raw: RawAttribution, cue: Pair) -> bool:
    """ "Was told to keep his suitcase packed", "are encouraged to honour it": who is named is the one who is told."""
    told = _words(text[slice(*cue)])[-1:]
    behind = _words(text[cue[1] : cue[1] + 5])[:1]
    return not _listed("taker", "forms").isdisjoint(told) and behind == ["to"] and raw.content[0][0] >= cue[1]


def _stays_unnamed(text: str, raw: RawAttribution, _cue: Pair) -> bool:
    """ "Who asked not to be named", "requested anonymity": it is about the one who speaks."""
    content = " ".join(_words(text[raw.content[0][0] : min(raw.content[0][1], raw.content[0][0] + _AROUND)]))
    return content.removeprefix("to ").startswith(_openings("unnamed"))


def _is_nominal(text: str, _raw: RawAttribution, cue: Pair) -> bool:
    """ "The rejection of the contract", "marched in support of a deal": a noun with its object, and no clause."""
    words = _words(text[slice(*cue)])
    joins = words[-3:-2] == ["in"] and words[-1] in ("of", "at") and not any(w in cue_verbs() for w in words[:-3])
    return joins or (words[1:] in (["of"], ["for"], ["to"]) and words[0] in _listed("nominal", "forms"))


def _is_of_none(text: str, raw: RawAttribution, _cue: Pair) -> bool:
    """ "Neither side admits it", "Nobody at the ministry answered", "If both say yes": of whom nothing is reported."""
    if raw.source is None:
        return False
    words = _words(text[slice(*raw.source)])
    if _words(text[max(0, raw.source[0] - 4) : raw.source[0]])[-1:] == ["if"]:
        words.insert(0, "if")
    openings = _openings("nobody")
    return words[0] in openings or " ".join(words[:2]) in openings if words else False


def _is_swayed(text: str, _raw: RawAttribution, cue: Pair) -> bool:
    """ "Had raised hopes of a truce", "gave up its demand for": what is hoped or asked has changed, and nobody speaks."""
    words = _words(text[slice(*cue)])
    if words[-1:] not in (["of"], ["for"], ["about"], ["over"], ["that"]) or _listed("swayed", "nouns").isdisjoint(
        words
    ):
        return False
    return not _listed("swayed", "verbs").isdisjoint([*words, *map(" ".join, pairwise(words))])


def _is_purpose(text: str, raw: RawAttribution, cue: Pair) -> bool:
    """ "Is leading military chiefs to assess progress", "will meet again to discuss the draft": what somebody does, and to what end."""
    words = _words(text[slice(*cue)])
    if any(mark in text[raw.content[0][0] : raw.content[-1][1]] for mark in _MARKS):
        return False
    if words[:1] == ["to"] and raw.source is not None:
        return bool(_words(text[raw.source[1] : cue[0]]))
    if len(words) <= 2 or any(w in cue_verbs() for w in words):
        return False
    first = [*text[raw.content[0][0] : raw.content[0][0] + _AROUND].split(), ""][0]
    if words[-1] == "to":
        return first.isalpha() and first.islower() and first not in DETERMINERS | PRONOUNS
    return first.lower() == "to" and raw.content[0][0] >= cue[1] and words[-1] not in PREPOSITIONS


def _is_nobodys(text: str, raw: RawAttribution, cue: Pair) -> bool:
    """ "The prisoners are expected on Wednesday", "shots were heard": a passive without a source that is no verb of telling."""
    words = _words(text[slice(*cue)])
    if raw.source is not None or not words or text[max(0, cue[0] - 1) : cue[0] + 1].strip(":\n") == "":
        return False
    near = [*_words(text[max(0, cue[0] - _AROUND // 2) : cue[0]])[-3:], *words[:-1]]
    passive = not BE.isdisjoint(near) and words[-1].endswith(("ed", "d", "t"))
    told = not _listed("telling", "forms").isdisjoint(words)
    return (passive and not told) or words[-1] in ("appear", "appears", "appeared", "seem", "seems", "seemed")


def _is_the_outlets(text: str, raw: RawAttribution, cue: Pair) -> bool:
    """ "Let us recall that the two stated ...": the outlet leads over to what somebody said."""
    begin = raw.source[0] if raw.source is not None else cue[0]
    return _words(text[max(0, begin - 8) : cue[0]])[-2:] == ["let", "us"]


_RULES = (
    _is_the_outlets,
    _is_question_put,
    _describes,
    _is_bare_act,
    _is_silence,
    _is_order_taken,
    _stays_unnamed,
    _is_nominal,
    _is_swayed,
    _is_purpose,
    _is_of_none,
    _is_nobodys,
)


def _is_clause(words: Sequence[str]) -> bool:
    """True for "it was too late", "the richest would gain": a subject and its verb, and no relative word between them."""
    verb = next((n for n, word in enumerate(words[:_FEW]) if word in _FINITE), 0)
    return verb > 0 and (words[0] in PRONOUNS | DETERMINERS) and _POINTING.isdisjoint(words[1:verb])


def _is_said(words: Sequence[str]) -> bool:
    """True where the object is words or a clause: "rejected claims", "rejected the idea as absurd", "accepted that it had"."""
    stems = tuple(lexicon("cues")["objects"]["speech"]["words"])
    return words[:1] == ["that"] or any(w.strip(",.").startswith(stems) and w != "calling" for w in words[:5])


def _words(text: str) -> list[str]:
    return [w.strip(",.;:") for w in text.lower().replace("’", "'").split()]


@cache
def _acts() -> dict[str, frozenset[str]]:
    """What follows a verb that then reports an act and no words: verb forms -> kinds of object (`to`, `noun`)."""
    return {form: frozenset(row["with"]) for row in lexicon("cues")["act"] for form in row["forms"]}


@cache
def _listed(table: str, key: str) -> frozenset[str]:
    """The words that the rows of a table of the codebook list under a key."""
    return frozenset(word for row in lexicon("cues")[table] for word in row[key])


@cache
def _openings(table: str) -> tuple[str, ...]:
    return tuple(opening for row in lexicon("cues")[table] for opening in row["openings"])

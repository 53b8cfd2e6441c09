"""Whether a sentence that counts killed or hurt people says who did it: the grammar around the number.

Four forms: `named` (somebody is said to have done it: "Calveran guns killed 17", "17 were killed by gunmen", "17 died in a
Calveran raid"), `passive` ("17 were killed"), `thing` ("a shell killed 17", "17 were killed by a shell") and `died` ("17 died",
"17 dead"). What the sentence leaves open the article may say elsewhere; the form is the sentence's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from parley.annotate.language.grammar import BE, word_set
from parley.compare.usage.sided import Sides
from parley.data import Token

Form = Literal["named", "passive", "thing", "died"]

FORMS: tuple[Form, ...] = ("named", "thing", "passive", "died")

REACH = 20
"""Words on either side of the number that are read: a clause of news is seldom longer."""

_DONE = word_set(
    """
    killed wounded injured hurt maimed slain murdered massacred slaughtered executed shot hit struck bombed shelled martyred
    assassinated butchered burned crushed buried detained seized kidnapped abducted displaced
    """
)
_DOING = word_set(
    "kill kills killing wound wounds wounding injure injures injuring maiming slaying claim claims claimed claiming"
)
_DYING = word_set("died die dies dying dead perished deaths fell fallen bodies dead.")
_WALLS = word_set(". ; : ! ? ( ) but while whereas although")
_AMID = word_set("in during when after from under")
_VIOLENCE = word_set(
    """
    attack attacks strike strikes airstrike airstrikes raid raids shelling bombardment bombing bombings fire gunfire guns rocket
    rockets missile missiles drone drones shell shells assault offensive operation ambush bullets artillery jets
    warplanes barrage blast explosion clashes fighting massacre
    """
)
_ARMED = word_set(
    "army military troops soldiers forces police gunmen fighters militants rebels insurgents militia snipers sniper"
)
_BETWEEN = word_set(
    "a an the another was were is are been being and or at least more than about some nearly up to as many over around"
)
"""What may stand between a verb and its number."""


def form_of(tokens: Sequence[Token], first: int, last: int, sides: Sides, victims: str | None) -> Form | None:
    """The form in which `tokens[first:last]`, the number and its noun, are said to have been killed or hurt; None where unclear.

    `victims` is their own side: its name before the number says who they are, not who did it.
    """
    before, after = _clause(tokens, first, last)
    lowers = [t.lower for t in after]
    done = next((i for i, w in enumerate(lowers) if w in _DONE), None)
    if done is not None and _passive(lowers[:done]):
        return _doer(after[done + 1 :], sides, victims) or "passive"
    if (verb := _active(before)) is not None:
        subject = before[:verb]
        if not subject or subject[-1].lower in BE:
            return _doer(after, sides, victims) or "passive"  # "killed were 17 people"
        return (
            "named"
            if _side(subject, sides, victims)
            else "thing"
            if _violent(subject)
            else _doer(after, sides, victims)
        )
    if any(w in _DYING for w in lowers[:4]) or any(t.lower in _DYING for t in before[-4:]):
        return _doer(after, sides, victims) or "died"
    return None


def _clause(tokens: Sequence[Token], first: int, last: int) -> tuple[Sequence[Token], Sequence[Token]]:
    """The words of the clause before and after the number."""
    start = first
    while start > 0 and first - start < REACH and tokens[start - 1].lower not in _WALLS:
        start -= 1
    stop = last
    while stop < len(tokens) and stop - last < REACH and tokens[stop].lower not in _WALLS:
        stop += 1
    return tokens[start:first], tokens[last:stop]


def _passive(lowers: Sequence[str]) -> bool:
    """True right after the number where a form of "be" comes before the participle, or nothing does ("17 killed")."""
    return len(lowers) <= 5 and (not lowers or any(w in BE for w in lowers))


def _active(before: Sequence[Token]) -> int | None:
    """Where the verb stands that has the number for its object: "killed at least 17", "killing 17"."""
    for i in range(len(before) - 1, max(-1, len(before) - 5), -1):
        if before[i].lower in _DONE or before[i].lower in _DOING:
            return i
        if before[i].lower not in _BETWEEN:
            return None
    return None


def _doer(after: Sequence[Token], sides: Sides, victims: str | None) -> Form | None:
    """Who or what is said to have done it after the verb: "by ...", or "in a ... strike"."""
    for i, token in enumerate(after):
        if token.lower == "by" or (token.lower in _AMID and _violent(after[i + 1 : i + 6])):
            phrase = after[i + 1 : i + 6]
            if _side(phrase, sides, victims):
                return "named"
            if token.lower == "by" and not _violent(phrase) and phrase and phrase[0].text[:1].isupper():
                return "named"  # by somebody with a name, of whatever side
            return "thing" if token.lower == "by" or _violent(phrase) else None
    return None


def _violent(tokens: Sequence[Token]) -> bool:
    return any(t.lower in _VIOLENCE for t in tokens)


def _side(tokens: Sequence[Token], sides: Sides, victims: str | None) -> bool:
    """True where the words name a side or armed people: "Calveran guns", "gunmen"; the victims' own name alone names nobody."""
    if any(t.lower in _ARMED for t in tokens):
        return True
    named = sides.of([t.text for t in tokens])
    return named is not None and (named != victims or _violent(tokens))

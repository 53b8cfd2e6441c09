"""Does a clause speak of what was or of what is to come? Told by the nearest verb that says so."""

from __future__ import annotations

from typing import Literal

from parley.dates.scan import Scan
from parley.dates.words import WEEKDAY_NUMBER, word_set

Tense = Literal["past", "future"]

_REACH = 14
_FUTURE = word_set("will ll shall won upcoming scheduled due expected slated planned plans planning would tentatively")
# What may, must or could be is still to come, unless "have" follows: "could have left on Monday".
_MODAL = word_set("may might must can could should")
_AHEAD = _FUTURE | _MODAL
# Said in the present of what is fixed for a day: "voters go to the polls on Sunday". Forms that are nouns as well are left out.
_FIXED = word_set(
    "go goes meet meets resume resumes begin begins convene convenes arrive arrives travels expires opens starts ends hosts"
    " heads gather gathers kicks kick runs lasts faces leaves departs looms holds concludes reopens reconvenes"
)
# "They are meeting on Tuesday" is a plan, "they are fighting on Tuesday" hardly.
_GOING = word_set(
    "meeting holding travelling traveling visiting arriving leaving hosting voting gathering convening heading going flying"
    " returning starting beginning resuming coming moving sending"
)
# "Held until Friday" is over; all else that is until a day goes on to it ("extended until", "they have until").
_STAYED = word_set(
    "held lasted stayed waited worked raged remained continued was were lived served stood fought went ran"
)
_NOT_FIXED = word_set("to not did didn t the a let")
_TAKES = word_set("take takes")
# "Analysts had expected", "than economists expected": what was awaited has come.
_EXPECTING = word_set("had analysts economists forecasters investors than")
_OPENS = word_set("starting beginning effective")
# "The funeral is Saturday", "awaiting Friday's report".
_AWAITED = word_set("is are await awaits awaited awaiting")
# "A strike for Friday", "a hearing for 6 May": what is set for a day is still to come.
_HELD_ON = word_set(
    "strike strikes walkout walkouts stoppage action protest protests rally march meeting meetings session round talks summit"
    " hearing trial ballot vote election elections referendum debate conference visit inquest sentencing invitation"
)
_SCHEDULED = _HELD_ON | word_set(
    "primary primaries caucus caucuses runoff poll polls deadline opening launch game match final release announcement"
    " inauguration funeral decision ruling verdict speech address anniversary parade start celebration ceremony"
)
_OWNERS = word_set("a an the his her its their our my")
_NO_NOUN = word_set(
    "of in on at to and or for from when that as is are was night morning evening afternoon before after by"
)
# "A tariff on steel from 1 July" will hold from then on.
_HOLDS_FROM = word_set(
    "tariff tariffs duty duties levy levies ban embargo quota quotas surcharge truce ceasefire pause curbs controls strike walkout"
)
# "The results of Tuesday's vote will be contested": the vote is over, whatever the verb says.
_LOOKED_BACK_ON = {("results", "of"), ("outcome", "of"), ("wake", "of"), ("aftermath", "of"), ("repeat", "of")}
_SET_FOR = {
    ("ahead", "of"),
    ("set", "for"),
    ("deadline", "of"),
    ("deadline", "is"),
    ("wait", "for"),
    ("waits", "for"),
    ("waited", "for"),
    ("waiting", "for"),
    ("forecast", "for"),
    ("prepare", "for"),
    ("preparing", "for"),
    ("brace", "for"),
    ("braced", "for"),
    ("bracing", "for"),
    ("called", "for"),
    ("is", "on"),
    ("are", "on"),
    ("is", "for"),
    ("on", "track"),
    ("due", "on"),
    ("due", "by"),
    ("due", "for"),
}
PAST = word_set(
    "said told was were had did went came took made held met began left led fell rose struck hit shot saw sent "
    "gave won lost found became got spoke wrote broke fought drove flew kept brought bought thought sought "
    "fled blew ran has have been says according grew stood sat knew felt heard paid sold withdrew threw drew "
    "overthrew bore swore"
)
# Participles and adjectives in -ed that tell no time, and words that only look like a past.
NO_TENSE = word_set(
    "united armed need indeed red bed feed speed occupied besieged proposed alleged wounded wanted hundred "
    "sacred naked limited mixed exceed proceed succeed breed creed seed weed shed led-"
)
_GOVERNS = word_set(
    "plan plans planned planning expected scheduled due set agree agreed agrees hope hopes hoped want wants "
    "wanted likely intend intends intended prepare prepares preparing prepared promise promised promises vow "
    "vowed vows supposed ready poised about decided invited deadline time chance talks summit meeting election "
    "vote is are were was pledged threatened"
)
_NOT_VERB = word_set(
    "the a an its his her their our my this that these those another some any all both no one two three end "
    "midnight noon date"
)


def tense_of(scanned: Scan, first: int, last: int) -> Tense | None:
    """The tense around parts `[first, last)`: what stands before in the clause decides, else what follows.

    >>> from parley.dates.scan import scan
    >>> s = scan("The court will rule on Monday"); tense_of(s, 11, 12)
    'future'
    """
    at = first | 1
    if scanned.word(at - 2) in ("and", "or") and scanned.word(at - 4) in WEEKDAY_NUMBER and not _trail(scanned, last):
        return tense_of(scanned, at - 4, at - 3)  # "the summit is on Saturday and Sunday": one verb for both
    lead = _lead(scanned, first | 1, last)
    if lead or _told_already(scanned, first, last):
        return lead or _walk(scanned, first | 1, -2)
    return _trail(scanned, last) or _walk(scanned, first | 1, -2) or _walk(scanned, (last - 1) | 1, 2)


def _told_already(s: Scan, first: int, last: int) -> bool:
    """ "Friday's agreement may fall apart", "the Monday attack": what has its day for a name is known of, unless it is set for one."""
    behind = (last - 1 | 1) + 2
    owned = s.between(last) == "'" and s.word(behind) == "s"
    noun = behind + 2 if owned else behind
    named = owned or (
        s.between(last) == "_"
        and s.word((first | 1) - 2) in _OWNERS
        and s.printed(noun).islower()
        and s.word(noun) not in _NO_NOUN | _AHEAD | PAST
    )
    return named and _SCHEDULED.isdisjoint(s.word(noun + 2 * n) for n in range(3))


_IN = word_set("in on come this for through")


def may_come(scanned: Scan, first: int, last: int) -> bool:
    """True where nothing but the distance tells whether a month is past: "winning in November", "the November vote".

    "The November attack" is none of these: what has its month for a name and is not set for a day has mostly happened.
    """
    behind = (last - 1 | 1) + 2
    named = scanned.between(last) == "_" and not _SCHEDULED.isdisjoint((scanned.word(behind), scanned.word(behind + 2)))
    return named or scanned.word((first | 1) - 2) in _IN


def _lead(s: Scan, first: int, last: int) -> Tense | None:
    """The preposition in front, where it settles the matter: "until Friday", "ahead of Sunday's vote", "starting Monday"."""
    before = s.word(first - 2)
    if before == "since" or (s.word(first - 4), before) in _LOOKED_BACK_ON:
        return "past"
    if before in ("until", "till"):
        stayed = any(s.word(first - 2 * n) in _STAYED for n in range(2, 5))
        return None if stayed else "future"
    if before == "by":
        agent = s.between(last) == "'"
        opens = (
            s.printed(first - 2) == "By" and _walk(s, (last - 1) | 1, 2) == "past"
        )  # "By Jan. 18, he led in the polls"
        return None if agent or opens or any(s.word((last - 1 | 1) + 2 * n) == "had" for n in range(1, 8)) else "future"
    if before == "for" and s.word(first - 4) in _HELD_ON:
        return "future"
    if before == "from" and any(s.word(first - 2 * n) in _HOLDS_FROM for n in range(2, 8)):
        return "future"
    if before in _OPENS or (s.word(first - 4), before) in _SET_FOR:
        return "future"
    if before in _AWAITED and s.between(first - 1) == "_":
        return "future"
    return None


def _trail(s: Scan, last: int) -> Tense | None:
    """What stands right behind a day: "Friday could be worse"."""
    follows = (last - 1 | 1) + 2
    if s.between(last) == "_" and s.word(follows) in _AHEAD:
        return _cue(s, follows)
    return None


def _walk(s: Scan, start: int, step: int) -> Tense | None:
    k = start + step
    for _ in range(_REACH):
        gap = s.parts[k - step // 2] if 0 <= k - step // 2 < len(s.parts) else "."
        if not 0 < k < len(s.parts) or _ends_clause(gap):
            return None
        found = _cue(s, k)
        if found:
            return found
        k += step
    return None


def _ends_clause(gap: str) -> bool:
    return len(gap) > 1 and any(c in gap for c in ".;!?\n:") and gap not in ("\n", " \n", "\n ")


def _cue(s: Scan, k: int) -> Tense | None:
    word = s.word(k)
    if word in ("have", "be") and s.word(k - 2) in _AHEAD:
        return "past" if word == "have" and s.word(k - 2) not in ("will", "ll", "shall") else "future"
    if word == "expected" and (s.word(k - 2) in _EXPECTING or s.word(k - 4) == "had"):
        return "past"
    if word == "if" and s.between(k + 1) == "_" and s.word(k - 2) not in _ASKING:
        return "future"  # "if the party wins in November"
    if word == "ahead" and (s.word(k + 2), s.word(k + 4)) in _AHEAD_OF:
        return "future"  # "ahead of the state's vote on Saturday"
    if word in PAST or word.endswith("ed"):
        supposed = next((n for n in (2, 3) if s.word(k - 2 * n) == "if" and s.between(k - 2 * n + 1) == "_"), None)
        if supposed is not None and s.word(k - 2 * supposed - 2) not in _ASKING and word != "had":
            return "future"  # "how ties would fare if he won the election on 8 November"
    if word == "won" and s.word(k + 2) != "t":
        return "past"  # and no "won't"
    if word == "return" and s.word(k - 2).endswith("s") and s.word(k + 2) == "to":
        return "future"
    if word in _FUTURE or (word in _MODAL and s.printed(k).islower()):
        return "past" if s.word(k + 2) == "have" and word not in ("will", "ll", "shall") else "future"
    if word in _GOING and s.word(k - 2) in ("is", "are", "re"):
        return "future"
    if word in _FIXED and s.word(k - 2) not in _NOT_FIXED and s.printed(k).islower():
        return "future"
    if word in _BOTH_KINDS and _is_planned(s, k):
        return "future"
    if word in _TAKES and s.word(k + 2) in ("effect", "place", "office") and s.word(k - 2) not in _NOT_FIXED:
        return "future"
    passive = s.word(k - 2) in ("be", "to", "is", "are", "remain", "stay", "keep") or s.word(k - 4) == "be"
    if word in PAST and not passive:
        return "past"
    if word == "to":
        return _infinitive(s, k)
    if not passive and len(word) > 4 and word.endswith("ed") and word not in NO_TENSE and s.printed(k).islower():
        return "past"
    return None


_AHEAD_OF = {
    ("of", following) for following in ("the", "a", "an", "its", "their", "his", "her", "this", "new", "talks")
}
_ASKING = word_set(
    "ask asks asked asking know knew known see saw wonder wondered unclear unsure sure say said told check as even only"
)
_BOTH_KINDS = word_set("return returns votes vote decides rules reports visits addresses")


def _is_planned(s: Scan, k: int) -> bool:
    """ "Negotiators return Monday", "the union votes on Tuesday": a verb, though the word is a noun elsewhere, with the day right behind."""
    behind = k + 4 if s.word(k + 2) == "on" else k + 2
    subject = s.word(k - 2)
    noun = subject.isalpha() and subject not in _NOT_FIXED | _NOT_VERB and subject not in _BEFORE_NOUNS
    plural = s.word(k).endswith("s") != subject.endswith("s")
    return s.word(behind) in WEEKDAY_NUMBER and noun and plural and s.printed(k).islower()


_BEFORE_NOUNS = word_set("of in on by for with after before and or last next more new local key union-led many several")
_AWAITING = word_set("expect expects expecting urge urges urged urging ordered orders")
_ARE_TO = word_set("is are was were due expected set scheduled")
"""Before "to" these leave no doubt that a verb follows: "talks are to end on Friday"."""


def _infinitive(s: Scan, k: int) -> Tense | None:
    """ "scheduled to meet", "talks to be held": what is still to come."""
    following = s.printed(k + 2)
    if not following.islower() or (following in _NOT_VERB and s.word(k - 2) not in _ARE_TO):
        return None
    before = [s.word(k - 2 * n) for n in (1, 2, 3)]
    if "had" in before[1:]:
        return None  # "had expected him to surrender": what was awaited then
    if any(s.word(k - 2 * n) in _AWAITING for n in range(2, 5)):
        return "future"  # "dealers expect the bank to raise rates on Thursday"
    if (
        following == "be"
        or before[0] in _GOVERNS
        or (before[1] in _GOVERNS and before[1] not in ("is", "are", "was", "were"))
    ):
        return "future"
    return None

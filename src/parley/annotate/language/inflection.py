"""Word lists in short: `~hold` for every form of a verb, `<talks>` for every word of a class that the list names.

~hold ... <talks>    is    hold|holds|held|holding ... talks|negotiations|round
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from parley.errors import CodebookError

_IRREGULAR = """
be is are was were been being; beat beats beat beaten beating; become becomes became becoming;
begin begins began begun beginning; bid bids bid bidding; bind binds bound binding; blow blows blew blown blowing;
break breaks broke broken breaking; bring brings brought bringing; build builds built building; buy buys bought buying;
cancel cancels cancelled canceled cancelling canceling; signal signals signalled signaled signalling signaling; travel travels travelled traveled travelling traveling; cast casts cast casting; catch catches caught catching; choose chooses chose chosen choosing; come comes came coming;
cut cuts cut cutting; deal deals dealt dealing; dig digs dug digging; do does did done doing; draw draws drew drawn drawing;
drive drives drove driven driving; fall falls fell fallen falling; feed feeds fed feeding; fight fights fought fighting;
find finds found finding; flee flees fled fleeing; fly flies flew flown flying; forbid forbids forbade forbidden forbidding;
forgive forgives forgave forgiven forgiving; freeze freezes froze frozen freezing; get gets got gotten getting;
give gives gave given giving; go goes went gone going; grow grows grew grown growing; hang hangs hung hanged hanging;
have has had having; hear hears heard hearing; hide hides hid hidden hiding; hit hits hit hitting;
hold holds held holding; hurt hurts hurt hurting; keep keeps kept keeping; lay lays laid laying; lead leads led leading;
leave leaves left leaving; lend lends lent lending; let lets let letting; lie lies lay lain lying; lose loses lost losing;
make makes made making; meet meets met meeting; overrun overruns overran overrunning;
overthrow overthrows overthrew overthrown overthrowing; pay pays paid paying; plead pleads pleaded pled pleading;
put puts put putting; quit quits quit quitting; rebuild rebuilds rebuilt rebuilding; retake retakes retook retaken retaking;
ride rides rode ridden riding; rise rises rose risen rising; run runs ran running; say says said saying;
see sees saw seen seeing; seek seeks sought seeking; sell sells sold selling; send sends sent sending; set sets set setting;
shake shakes shook shaken shaking; shoot shoots shot shooting; shut shuts shut shutting; sink sinks sank sunk sinking;
sit sits sat sitting; speak speaks spoke spoken speaking; spend spends spent spending; split splits split splitting;
stand stands stood standing; steal steals stole stolen stealing; stick sticks stuck sticking;
strike strikes struck stricken striking; swear swears swore sworn swearing; sweep sweeps swept sweeping;
take takes took taken taking; teach teaches taught teaching; tear tears tore torn tearing; tell tells told telling;
think thinks thought thinking; throw throws threw thrown throwing; understand understands understood understanding;
undergo undergoes underwent undergone undergoing; uphold upholds upheld upholding; win wins won winning;
withdraw withdraws withdrew withdrawn withdrawing; withhold withholds withheld withholding; write writes wrote written writing;
"""
_FORMS = {words[0]: tuple(words) for row in _IRREGULAR.split(";") if (words := row.split())}
_DOUBLED = frozenset(
    [
        "airdrop",
        "commit",
        "compel",
        "confer",
        "control",
        "defer",
        "deter",
        "equip",
        "expel",
        "kidnap",
        "occur",
        "omit",
        "permit",
        "prefer",
        "propel",
        "rebel",
        "refer",
        "regret",
        "submit",
        "transfer",
        "transmit",
    ]
)
"""Verbs of more than one syllable that double their last letter; those of one do by their shape."""
_VOWELS = "aeiou"
_SHORT = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")


@lru_cache(maxsize=4096)
def forms(verb: str) -> tuple[str, ...]:
    """The forms of an English verb, its base first.

    >>> forms("hold"), forms("ban")
    (('hold', 'holds', 'held', 'holding'), ('ban', 'bans', 'banned', 'banning'))
    """
    known = _FORMS.get(verb)
    if known is not None:
        return known
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    third = f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{verb}s"
    if verb in _DOUBLED or _SHORT.fullmatch(verb):
        return verb, third, f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"
    return verb, third, f"{verb}ed", f"{verb}ing"


def expanded(pattern: str, classes: Mapping[str, str]) -> str:
    """A pattern with its verbs and classes written out.

    >>> expanded("~end ... <talks>|war", {"talks": "talks negotiations"})
    'end|ends|ended|ending ... talks|negotiations|war'
    """
    if "~" not in pattern and "<" not in pattern:
        return pattern
    return " ".join(_written_out(piece, classes) for piece in pattern.split())


def _written_out(piece: str, classes: Mapping[str, str]) -> str:
    optional = piece.endswith("?") and len(piece) > 1
    out: list[str] = []
    for choice in piece.removesuffix("?").split("|"):
        if choice.startswith("<"):
            name = choice.strip("<>")
            if name not in classes:
                raise CodebookError(f"class {choice} is not among {', '.join(classes) or 'none'}")
            out += classes[name].split()
        elif choice.startswith("~"):
            out += forms(choice[1:])
        else:
            out.append(choice)
    return "|".join(dict.fromkeys(out)) + "?" * optional

"""What a date looks like: the rules, written over the word classes of `words`, most telling first.

A new way to write a date is a line here, a branch in `meaning` only where it means something new, and a golden case.
Rules run over codes, one letter a word and one letter between two words, so all of them together are one linear scan;
every repeat is bounded.
"""

from __future__ import annotations

import re
from functools import cache

from parley.dates.openers import guarded
from parley.dates.words import codes, members, pattern

MACROS = {
    "MON": "(MONTH|MAMB|MABB)",
    "MSEP": "((MONTH|MAMB) _ | MABB (_|.))",
    "DD": "(DAY|ORDDAY)",
    "BCX": "(BC | B ! C)",
    "YX": "(YEAR (_ (BCX|AD))? | (NUM|DAY) _ BCX)",
    "WDX": "(WD | WDABB)",
    "RELYEAR": "((LAST|NEXT|THIS|THAT|(THE _)? (SAME|FOLL|PREV|CURRENT|NEXT)) _ YEARW)",
    "EDGEPRE": "((THE _)? (EDGE (_|-) (IN _)? (THE _)? | ENDW _ (OF|IN) _ (THE _)?"
    " | (ORDW|ORDN|LASTW) _ (WEEKW|DAYU|WEEKEND) _ (OF|IN) _ (THE _)?))",
    "PARTPRE": "((THE _)? (EDGE (_|-) (IN _)? (THE _)?)? PARTN (_ HOURS)? _ (OF|ON) _ (THE _)?)",
    "DAYDATE": "(DD _ MUP _ YY | DAY . MON _ YEAR | DD - MON - YY | (WDX , (THE _)?)? MSEP DD (, (OF _)? YX | _ (OF _)? RELYEAR)?"
    " | (WDX , )? (THE _)? DD (_|-) (OF _)? MON ((,|.|-) YX | _ (OF _)? RELYEAR)?)",
    "MONTHDATE": "(MON (, | .) (OF _)? YX | MON _ (OF _)? RELYEAR)",
    "RELMONTH": "((LASTW|NEXT|THIS|THAT|(THE _)? (FOLL|PREV|SAME|NEXT|CURRENT)) _ MON)",
    "SEASONDATE": "((THE _)? SEASON (_|,) (OF _)? (YX ((-|/) (YY|YEAR))? | RELYEAR) | (THE _)? YEAR _ SEASON"
    " | (LASTW|NEXT|THIS|THAT|(THE _)? (FOLL|PREV|SAME)) _ SEASON)",
    "QUARTERDATE": "((THE _)? ORDW (_|-) QUARTER _ ((OF|IN) _)? (THE _)? (FISCAL _ (YEARW _)?)? (YEAR|RELYEAR|YEARW)"
    " | (LASTW|THIS|NEXT|(THE _)? (PREV|FOLL|CURRENT)) _ QUARTER | (THE _)? ORDW (_|-) QUARTER"
    " | Q @ (DAY) (_ (OF _)? YEAR)?)",
    "HALFDATE": "((THE _)? ORDW (_|-) HALF _ (OF|IN) _ (THE _)? (YEAR|RELYEAR|YEARW) | THE _ ORDW (_|-) HALF (?! _ OF))",
    "DECADEDATE": "((THE _)? (EDGE (_|-))? (DECADE (_ BCX)? | DECADE3 _ BCX) | THE (_ EDGE)? (_|-|`) DECADE2 | (EDGE `) DECADE2 | THE (_ EDGE)? (_|-) DECADEW)",
    "CENTURYDATE": "((THE _)? (EDGE (_|-))? (ORDW|ORDN) (_|-) CENTURY (_ BCX)?)",
    "RELUNIT": "((THE _ LATEST | THIS _ (PASTW|NEXT) | LASTW|NEXT|THIS|PREV|CURRENT|THAT (_ SAME)?|THE _ (FOLL|PREV|SAME|NEXT|CURRENT)) _ (BIGUNIT|DAYU))",
    "YEARDATE": "(FISCAL (_|@) (YEARW _)? (YEAR) | (THE _ YEARW _)? YX)",
    "N": "(NUM _ DAY / DAY | NUM ((;|!) (NUM|NUM3))? | YEAR | TENS (_|-) NUMW | (NUMW|A) _ HUNDRED (_ AND _ (TENS (_|-) NUMW | NUMW | TENS))? | NUMW | (A _)? VAGUE (_ OF)? | HUNDRED)",
    "APPROX": "((MORE _ THAN | LEASTW _ LEAST | JUST) _)",
    "ZONE": "((_|,) (TZ | LOCAL _ TIMEW))",
    "CLOCKPM": "(HOUR ((:|!) MIN)? (_|@) P ! M)",
    "CLOCK": "(HOUR : MIN (: MIN)? (_|@)? (P ! M|AMPM)? | HOUR : MAMPM | HAMPM | HOUR (_|@) (P ! M|AMPM) | HOUR ! MIN (_|@) (P ! M|AMPM)"
    " | HHMM _ TZ | HHMM (_|@) HRS | HOUR _ OCLOCK ' CLOCKW | CLOCKWORD)",
}

# Order decides between rules that start at the same word; the first that fits wins.
RULES = {
    # Numbers: "2024-06-02", "2024-06-02T10:00:00Z", "02/06/2024", "02.06.2024"
    "iso": "YEAR - MNUM - DAY (@ T @ HOUR : MIN (: MIN)?)?",
    "numeric": "DAY / DAY / (YEAR|YY) | DAY ! DAY ! YEAR | DAY - DAY - YEAR | YEAR (/|!) MNUM (/|!) DAY",
    "nine_eleven": "NINE / ELEVEN",
    # "May 30 to June 2, 2004", "May 3-5", "3 and 5 May 2024", "June-July 1942", "1939-45"
    "range": "MSEP DD (-|=|_ TO _) MSEP DD , YX | DD _ MON (-|=|_ TO _) DD _ MON , YX"
    " | MSEP DD (-|=|_ TO _|_ AND _) DD (, YX)? (?! _ MON | _ UNITS)"
    " | DD (-|=|_ TO _|_ AND _) DD _ (OF _)? MON ((,|_) YX)?"
    " | MON (-|/|=|_ TO _|_ AND _) MON (,|_) (OF _)? YX | MON (-|/) MON"
    " | (THE _ UNITS _)? YEAR (-|=|/) (YEAR|YY) (_ BCX)? | NUM (-|=) NUM _ BCX",
    # Times such as "5:30 p.m. on Friday", "Friday at 5 p.m."
    "clock": "(CLOCKPM . (TZ (_|,))? | CLOCK ZONE? (_|,)) (ON _)? (DAYDATE|WD|DEICTIC|THE _ (SAME|NEXT|FOLL) _ DAYU)"
    " | (DEICTIC|WD) _ (AT _)? CLOCK ZONE? | CLOCKPM . TZ | CLOCK ZONE?",
    # "the night of 10 August 1792", "early in the morning of April 29"
    "part_of_day": "PARTPRE (DAYDATE|WD|ORDDAY) | (THE _)? (EDGE|WEEW) _ HOURS _ (OF|ON) _ (DAYDATE|WD)",
    "calendar": "EDGEPRE? (DAYDATE|MONTHDATE|RELMONTH|SEASONDATE|QUARTERDATE|HALFDATE|DECADEDATE|CENTURYDATE)",
    # "every day", "each Friday", "twice a week", "per year", "Fridays"
    "every": "(WEEKENDS|WEEKDAYS) | EVERY (_ OTHER)? (_ (NUM|NUMW|ORDW|VAGUE))? _ (UNIT|UNITS|WD|PARTN|NIGHTS|SEASON|MON|WEEKEND) | ((NUM|NUMW|VAGUE) _)? TIMES _ (A|PER|EVERY) _ UNIT"
    " | PER _ UNIT | WDS | SETW",
    # "two days ago", "three weeks later", "more than eight months ago"
    "shifted": "APPROX? (N) (_|-) ((AND _ A _ HALF) _)? (UNITS|UNIT|NIGHTS) _ (AGO|THEN) | APPROX? A _ UNIT (_ AND _ A _ HALF)? _ (AGO|THEN)"
    " | APPROX? HALF _ A _ UNIT _ (AGO|THEN) | LONGUNITS _ (AGO|THEN) | APPROX? N _ (UNITS|UNIT) _ FROM _ (NOW|DEICTIC)"
    " | A _ UNIT _ FROM _ (NOW|DEICTIC) | (A _)? LONGW _ (TIMEW _)? AGO",
    # "the year-ago quarter", "the year-earlier period"
    "year_ago": "(THE _)? (A _)? YEARW - (AGO|THEN) (_ (QUARTER|PERIOD))?",
    # "the past two weeks", "the first three years", "the next few days", "the past year"
    "window": "((THE|THESE) _)? MULTI _ (N _ (AND _ A _ HALF _ | ADJ _)?) (UNITS|NIGHTS|UNIT) | THE _ PASTW _ (BIGUNIT|DAYU) | THE _ LASTW _ (CALUNIT|DAYU) (?! _ OF) | (THE _)? N _ (PREV|FOLL) _ UNITS"
    " | THE _ (LASTW|PREV|FOLL|NEXT) _ UNITS",
    # "the day before yesterday", "the day after tomorrow"
    "next_but_one": "THE _ DAYU _ BEFOREW _ DEICTIC",
    # "last week", "earlier this month", "the end of the year", "later in the day", "that same night"
    "relative": "EDGEPRE? RELUNIT | EDGEPRE (BIGUNIT|DAYU|UNIT) | THE _ BIGUNIT _ BEFOREW _ LASTW | THE _ WEEKEND | THE _ DAYU _ BEFOREW | THE _ BIGUNIT _ BEFOREW (?! _)"
    " | EDGEPRE? (LASTW|THIS|NEXT|(THE _)? (PREV|FOLL|CURRENT|NEXT)) _ FISCAL _ YEARW | THE _ (QUARTER|YEARW|MONTHW|WEEKW) (?! _ (OF|TO|BEFOREW))",
    # "year-end", "by year's end", "the month's end"
    "unit_end": "(THE _)? (YEARW|MONTHW|WEEKW|QUARTER) (-|_|' S _) ENDNOUN (_ YEAR)?",
    "weekday": "(EDGE (_|-) (ON _)?)? (THIS _ (LASTW|PASTW|NEXT) _ | (LASTW|NEXT|THIS|THAT|(THE _)? (FOLL|PREV)) _)? WD (_ (PARTN|OVERNIGHT))? (_ (OF _)? (LASTW|NEXT|THIS) _ WEEKW)?",
    "holiday": "HOLIDAY (_ (EVE|WD))? (_ WEEKEND)? (, YEAR)? | NEW _ YEARC ' S (_ EVE)? (, YEAR)? | VALENTINE (' S)? _ EVE (, YEAR)?"
    " | FEAST (' S _ | & | _ (KINGW _ JRW (, JRW)? (.|_))?) EVE (_ WEEKEND)? (, YEAR)? | GOODW _ WD (_ WEEKEND)? | MAMB _ EVE | (THE _)? (FOURTH|ORDN) _ OF _ JULYW | JULYW _ FOURTH",
    "deictic": "EDGEPRE? DEICTIC (_ (PARTN))? | TONIGHT",
    "part": "(EDGE (_|-) (IN _)?)? (THIS|THAT (_ SAME)?|LASTW|THE _ (NEXT|FOLL|PREV|SAME)|IN _ THE|THE|AT) _ PARTN | OVERNIGHT"
    " | (AT|BEFOREW|SINCEW|BYW|AROUNDW|THIS) _ DAWN (_ (ON _)? WD)?",
    # "eight months", "more than three and a half years", "a decade", "an hour", "half an hour", "six-day", "24-hour"
    "duration": "APPROX? (N (_|-) (AND _ A _ HALF _ | ADJ _)? (UNITS|UNIT|NIGHTS) (- LONG)? | A _ UNIT (_ AND _ A _ HALF)? | HALF (_ A _|-|_) UNIT"
    " | A _ HALF (-|_) UNIT | A _ UNIT - LONG | UNIT - LONG | UNITS - LONG)",
    "recent": "((THE|THESE) _)? (RECENT|NEXT|PASTW|THESE) _ (LONGUNITS)",
    "plural": "LONGUNITS",
    "season": "EDGEPRE? ((THE _)? SEASON)",
    "month": "EDGEPRE? MON",
    "year": "EDGEPRE? YEARDATE | ` YY",
    "reference": "(RIGHT _)? REFW | AT _ (THE _)? PRESENT (_ TIMEW)? | AT _ THIS _ (TIMEW|POINTW|PRESENT) (?! _ (OF|ON)) | (THE _ (NEARF _)? | IN _) FUTURE | THE _ TIMEW _ BEING | THE _ PASTW",
    "ordinal_day": "THE _ ORDDAY (_ OF _ (THAT|THIS|(THE _)? SAME|LASTW|NEXT) _ BIGUNIT)?",
}  # fmt: skip


# Words that only ever continue an expression; an expression never starts at one.
_INNER = ("OF", "AND", "TO", "FROM", "BEFOREW", "BC", "AGO", "OLD", "THEN", "TERMW", "BOUND")

# A run of words is worth a look only where it holds one of these.
_CORE = (
    "MONTH MAMB MABB WD WDS YEAR UNIT UNITS NIGHTS WEEKEND PART OVERNIGHT DEICTIC TONIGHT SEASON SETW REFW PASTW DECADE"
    " DECADE2 DECADE3 DECADEW HOLIDAY AMPM HAMPM MAMPM TZ HRS PRESENT FUTURE TIMES NEW CLOCKW BC Q ORDDAY CLOCKWORD YY B M TIMEW WEEKENDS WEEKDAYS POINTW FEAST GOODW HALF DAWN AGO"
)


@cache
def grammar() -> re.Pattern[str]:
    """All rules as one expression over codes; the group that matched names the rule."""
    rules = "|".join(f"(?P<{name}>{guarded(pattern(rule, MACROS))})" for name, rule in RULES.items())
    return re.compile(f"(?=[{_starters()}])(?:{rules})")


def _starters() -> str:
    inner = {code for name in _INNER for code in members(name)}
    starting = {
        code
        for name in (
            "EDGE",
            "NEXT",
            "IN",
            "AT",
            "ON",
            "THE",
            "RIGHT",
            "JUST",
            "MORE",
            "BEFOREW",
            "SINCEW",
            "BYW",
            "AROUNDW",
            "LONGW",
            "WEEW",
        )
        for code in members(name)
    }
    return "`" + "".join(sorted(set(codes().values()) - inner | starting))


@cache
def core() -> re.Pattern[str]:
    """Finds the words that make a run worth a look."""
    return re.compile("[" + "".join(sorted({c for name in _CORE.split() for c in members(name)})) + "]")

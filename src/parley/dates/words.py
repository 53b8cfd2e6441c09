"""The words that dates are made of, and the one-letter codes the grammar is written over.

A text is cut into words and what stands between them; each word gets a code that says which classes it belongs to
("May" is a month and may be a verb, "10" a day, an hour and a number). `pattern` turns a rule written with class
names into a regular expression over those codes, so that a rule reads like the expression it finds:

    MONTH _ DAY (, YEAR)?        _ a space   , a comma or a space   - a hyphen   ' an apostrophe
"""

from __future__ import annotations

import re
from functools import cache


def word_set(words: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(words.split())


MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH_SHORT = "jan feb mar apr jun jul aug sep sept oct nov dec"
_WEEKDAY_SHORT = "mon tue tues wed weds thu thur thurs fri sat sun"

MONTH_NUMBER = {name: n for n, name in enumerate(MONTHS, 1)} | {
    short: next(n for n, name in enumerate(MONTHS, 1) if name.startswith(short[:3])) for short in _MONTH_SHORT.split()
}
WEEKDAY_NUMBER = {name: n for n, name in enumerate(WEEKDAYS, 1)} | {
    short: next(n for n, name in enumerate(WEEKDAYS, 1) if name.startswith(short[:3]))
    for short in _WEEKDAY_SHORT.split()
}
WEEKDAY_NUMBER |= {f"{name}s": n for n, name in enumerate(WEEKDAYS, 1)}

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER: dict[str, float] = {w: n for n, w in enumerate(_ONES.split())}
NUMBER |= {w: 10 * n for n, w in enumerate(_TENS.split(), 2)}
NUMBER |= {"a": 1, "an": 1, "dozen": 12, "hundred": 100, "thousand": 1000, "half": 0.5}

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINAL = {w: n for n, w in enumerate(_ORDINALS.split(), 1)}

# A unit's letter in a TIMEX3 duration; hours and less stand after the T.
UNIT_LETTER = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "N", "week": "W", "weekend": "WE", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip
_PLURAL = {f"{u}s": u for u in UNIT_LETTER if u != "century"} | {
    "centuries": "century",
    "hrs": "hour",
    "mins": "minute",
}
UNIT_NAME = {u: u for u in UNIT_LETTER} | _PLURAL

PART_CODE = {
    "morning": "MO", "mornings": "MO", "afternoon": "AF", "afternoons": "AF", "evening": "EV", "evenings": "EV",
    "night": "NI", "nights": "NI", "overnight": "NI", "tonight": "NI", "dawn": "MO", "dusk": "EV", "daytime": "DT",
    "nightfall": "NI", "midnight": "24:00", "noon": "12:00", "midday": "12:00", "lunchtime": "MI",
}  # fmt: skip
SEASON_CODE = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SET_VALUE = {
    "daily": "P1D", "hourly": "PT1H", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "biweekly": "P2W",
    "monthly": "P1M", "quarterly": "P1Q", "annually": "P1Y", "annual": "P1Y", "yearly": "P1Y", "everyday": "P1D",
}  # fmt: skip
REF_VALUE = {
    "now": "PRESENT_REF", "nowadays": "PRESENT_REF", "currently": "PRESENT_REF", "presently": "PRESENT_REF",
    "recently": "PAST_REF", "recent": "PAST_REF", "lately": "PAST_REF",
}  # fmt: skip

# Class name -> words. A trailing `^` keeps to capitalised and upper-case forms ("March", never "march"), `*` to upper case.
_CLASSES = {
    "MONTH": "january february april june july september october november december august^",
    "MAMB": "march^ may^",
    "MABB": " ".join(f"{m}^" for m in _MONTH_SHORT.split()),
    "MUP": " ".join(f"{m}*" for m in (*MONTHS, *_MONTH_SHORT.split())),
    "WD": " ".join(WEEKDAYS),
    "WDABB": " ".join(f"{w}^" for w in _WEEKDAY_SHORT.split()),
    "WDS": " ".join(f"{w}s" for w in WEEKDAYS),
    "NUMW": " ".join(w for w in NUMBER if w not in ("a", "an", "half", "zero", "hundred", "thousand", "dozen")),
    "TENS": _TENS,
    "HUNDRED": "hundred dozen thousand",
    "A": "a an",
    "HALF": "half",
    "VAGUE": "several few many some couple numerous",
    "ORDW": _ORDINALS + " final last",
    "UNIT": " ".join(u for u in UNIT_LETTER if u not in ("night", "weekend")),
    "UNITS": " ".join(p for p in _PLURAL if p not in ("nights", "weekends")),
    "NIGHTS": "night nights weekend weekends",
    "BIGUNIT": "week weekend month quarter year decade century season",
    "CALUNIT": "month year decade century week",
    "LONGUNITS": "days weeks months years decades hours centuries",
    "SECOND": "second",
    "DAYU": "day",
    "CENTURY": "century",
    "QUARTER": "quarter",
    "YEARW": "year",
    "TERMW": "term long",
    "WEEKEND": "weekend",
    "WEEKENDS": "weekends",
    "WEEKDAYS": "weekdays",
    "MONTHW": "month",
    "ENDNOUN": "end",
    "PERIOD": "period",
    "LOCAL": "local",
    "LONGW": "long",
    "FEAST": "thanksgiving^ independence^ memorial^ labor^ labour^ veterans^ columbus^ martin^ presidents^ remembrance^ bastille^",
    "GOODW": "good^",
    "KINGW": "luther^",
    "JRW": "king^ jr^",
    "JULYW": "july",
    "FOURTH": "fourth",
    "DAWN": "dawn daybreak dusk nightfall sunset sunrise",
    "SINCEW": "since until till",
    "BYW": "by",
    "AROUNDW": "around",
    "POINTW": "point",
    "WEEW": "wee small",
    "PART": " ".join(p for p in PART_CODE if p not in ("overnight", "tonight")),
    "PARTN": "morning afternoon evening night",
    "CLOCKWORD": "midnight noon midday",
    "OVERNIGHT": "overnight",
    "HOURS": "hours hour",
    "DEICTIC": "today yesterday tomorrow",
    "TONIGHT": "tonight",
    "SEASON": " ".join(SEASON_CODE),
    "SETW": " ".join(SET_VALUE),
    "REFW": " ".join(REF_VALUE),
    "RECENT": "recent",
    "THE": "the",
    "THIS": "this",
    "THAT": "that",
    "THESE": "these",
    "LAST": "last past",
    "PASTW": "past",
    "LASTW": "last",
    "LATEST": "latest",
    "NEXT": "next coming upcoming",
    "PREV": "previous preceding prior",
    "FOLL": "following subsequent succeeding ensuing",
    "SAME": "same",
    "CURRENT": "current",
    "EVERY": "every each",
    "PER": "per",
    "OTHER": "other",
    "EDGE": "early late mid earlier later middle",
    "BAREDGE": "earlier later early late",
    "MID": "mid",
    "ENDW": "end beginning start middle rest close onset latter remainder course eve turn",
    "OF": "of",
    "IN": "in",
    "ON": "on",
    "AT": "at",
    "TO": "to until till through and or",
    "AND": "and",
    "THEN": "later earlier",
    "AGO": "ago",
    "BEFOREW": "before after beforehand previously",
    "FROM": "from",
    "NOW": "now",
    "JUST": "just about only nearly almost roughly around approximately some over under exactly least most nearly barely",
    "THAN": "than",
    "MORE": "more less fewer longer",
    "LEASTW": "at up",
    "LEAST": "least most to",
    "OLD": "old",
    "AGEW": "age",
    "FISCAL": "fiscal fy financial",
    "BC": "bc bce",
    "B": "b^",
    "C": "c^",
    "WEEKW": "week",
    "AD": "ad ce",
    "AMPM": "am pm",
    "P": "a p",
    "M": "m",
    "T": "t",
    "Z": "z",
    "TZ": "gmt^ utc^ est^ edt^ pst^ pdt^ cet^ cest^ ist^ bst^ msk^ et^",
    "OCLOCK": "o",
    "CLOCKW": "clock",
    "HRS": "hrs hours h",
    "Q": "q^",
    "MULTI": "first next last past previous final coming following opening initial subsequent succeeding ensuing",
    "TIMES": "once twice times",
    "HOLIDAY": "christmas^ halloween^ easter^ thanksgiving^",
    "EVE": "eve^ day^",
    "NEW": "new^",
    "YEARC": "year^",
    "VALENTINE": "valentine^ boxing^",
    "S": "s",
    "LONG": "long",
    "PRESENT": "present moment",
    "FUTURE": "future",
    "NEARF": "near foreseeable immediate distant",
    "BEING": "being",
    "TIMEW": "time",
    "RIGHT": "right just",
    "BOUND": "in since by until till from to of during before after between and through for around circa early late mid"
    " within throughout ca",
    "ADJ": "full long bloody brutal more straight consecutive whole solid additional extra further other entire tense"
    " successive working business intense bitter single short mere calendar gruelling grueling deadly further agonising"
    " agonizing difficult hard painful turbulent bruising fiscal",
    "NINE": "9",
    "ELEVEN": "11",
}  # fmt: skip


def _numerals() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for n in range(1000):
        classes = {"NUM"}
        if 1 <= n <= 31:
            classes.add("DAY")
        if 1 <= n <= 12:
            classes.add("MNUM")
        if n <= 24:
            classes.add("HOUR")
        table[str(n)] = classes
    for n in range(1000):
        table.setdefault(f"{n:03d}", set()).add("NUM3")
    for n in range(60):
        two = table.setdefault(f"{n:02d}", set())
        two |= {"MIN"} | ({"DAY"} if 1 <= n <= 31 else set()) | ({"MNUM"} if 1 <= n <= 12 else set())
        two |= {"HOUR"} if n <= 24 else set()
    for n in range(100):
        table.setdefault(f"{n:02d}", set()).add("YY")
    for n in range(1000, 2200):
        table[str(n)] = {"YEAR"} | ({"HHMM"} if n < 2400 and n % 100 < 60 else set())
    for hour in range(25):
        for minute in range(0, 60, 5):
            table.setdefault(f"{hour:02d}{minute:02d}", set()).add("HHMM")
    for n in range(1, 100):
        suffix = "th" if 10 < n % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
        table[f"{n}{suffix}"] = {"ORDN"} | ({"ORDDAY"} if n <= 31 else set())
    for half in ("am", "pm"):
        for n in range(1, 13):
            table.setdefault(f"{n}{half}", set()).add("HAMPM")
        for n in range(60):
            table.setdefault(f"{n:02d}{half}", set()).add("MAMPM")
    for n in range(1000, 2100, 10):
        table[f"{n}s"] = {"DECADE"}
    for n in range(100, 1000, 10):
        table[f"{n}s"] = {"DECADE3"}
    for n in range(10, 100, 10):
        table[f"{n}s"] = {"DECADE2"}
    for word in ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]:
        table[word] = {"DECADEW"}
    return table


DECADE_WORD = {
    w: 10 * n
    for n, w in enumerate(
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"], 2
    )
}

# What stands between two words: its code. Whatever is not listed ends an expression.
_SEPARATORS = {
    "_": (" ", "\u00a0", "\n", " \n", "\n ", "  ", "\u202f", "\t", "\r\n"),
    ",": (", ", ",\n", ",\u00a0", " , "),
    ".": (". ", ".\n", ".\u00a0"),
    "!": (".",),
    "-": ("-", "\u2013", "\u2010", "\u2011", "\u2014", "\u2212"),
    "=": (" - ", " \u2013 ", " \u2014 ", "\u2013 ", " \u2013"),
    "/": ("/",),
    ":": (":",),
    "'": ("'", "\u2019", "\u02bc"),
    "`": (" '", " \u2018", " \u2019", "\n'", "\n\u2019", "-'", "-\u2019"),
    "^": (".-", ". -"),
    ";": (",",),
    "(": (" (",),
    "&": ("' ", "\u2019 "),
    "@": ("",),
}
STOP = "~"
SEPARATOR_CODE = {text: code for code, texts in _SEPARATORS.items() for text in texts}


def _forms(word: str) -> tuple[str, ...]:
    if word.endswith("*"):
        return (word[:-1].upper(),)
    if word.endswith("^"):
        return word[:-1].capitalize(), word[:-1].upper()
    return word, word.capitalize(), word.upper()


@cache
def _vocabulary() -> tuple[dict[str, str], dict[str, str]]:
    """Word -> code, and class name -> the codes of all words in it."""
    table = _numerals()
    for name, words in _CLASSES.items():
        for word in words.split():
            for form in _forms(word):
                table.setdefault(form, set()).add(name)
    code_of: dict[frozenset[str], str] = {}
    members: dict[str, str] = {}
    codes: dict[str, str] = {}
    for word, classes in table.items():
        key = frozenset(classes)
        code = code_of.get(key)
        if code is None:
            code = code_of[key] = chr(0x100 + len(code_of))
            for name in classes:
                members[name] = members.get(name, "") + code
        codes[word] = code
    return codes, members


def codes() -> dict[str, str]:
    """Word as printed -> its one-letter code; a word that is not in it means nothing to a date."""
    return _vocabulary()[0]


def members(name: str) -> str:
    """The codes of every word of a class."""
    return _vocabulary()[1][name]


_NAME = re.compile(r"[A-Z]{1,}[0-9]?[A-Z]*")


def pattern(rule: str, macros: dict[str, str] | None = None) -> str:
    """A rule as a regular expression over codes: names become sets, `(` groups, blanks vanish."""
    macros = macros or {}
    out = []
    for piece in re.split(rf"({_NAME.pattern})", rule):
        if not _NAME.fullmatch(piece):
            out.append(_symbols(piece))
        elif piece in macros:
            out.append(f"(?:{pattern(macros[piece], macros)})")
        else:
            out.append(f"[{members(piece)}]")
    return "".join(out)


def _symbols(rule: str) -> str:
    rule = rule.replace(" ", "").replace("^", r"\^").replace(".", "[.]").replace(",", "[,_]")
    return re.sub(r"\((?!\?)", "(?:", rule)

"""The outlet that a page itself names, where no list knows it: mastheads, foot lines, page titles, addresses, agency codes.

Every line that speaks for a name gives it a weight; names that are one name ("Herald", "ADRIM HERALD") are added up, and
the heaviest is the outlet, where it weighs enough. Without such evidence there is none: a body that mentions an outlet says
nothing about where it was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from parley.clean.blocks import Block, fold
from parley.clean.dateline import DATE
from parley.clean.junk import bare, look
from parley.codebooks import lexicon

ENOUGH = 4
MASTHEAD, _SIGNED, _ADDRESS, _IN_TITLE, _CODE = 7, 5, 5, 5, 3
_HEAD_LINES = 12
_FOOT_LINES = 25
_SIGNED_LINES = 8
_BIG = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"(?:St\.|{_BIG}[\w&’'+-]{{0,30}}(?:\.\w{{1,10}}){{0,4}})"
_LATER = rf"(?:{_WORD}|\d\w{{0,6}})"
NAME = rf"{_WORD}(?:\s(?:(?:of|the|for|and|&|de|la|du|al)\s){{0,2}}{_LATER}){{0,6}}"
_WHOLE = re.compile(rf"(?:(?i:the)\s)?{NAME}")
_BARS = re.compile(r"\s{0,2}(?:[|•·›»>]|\s(?:[–—-]|--)\s|\s/\s)\s{0,2}|\s{3,}")
_SUFFIX = re.compile(rf"(.{{12,300}}?)\s(?:[|•·»]|[–—-]|::)\s((?:[Tt]he\s)?{NAME})\Z")
# Words that stand after the telling one: "Press Service", "News International".
_TAILS = frozenset(("service", "services", "agency", "association", "group", "international", "english", "company"))
# What a firm's name has and its paper's has not: "Haverstad Post Media Ltd".
_FIRM = re.compile(
    r"(?:(?<![\s,])[\s,]+(?:ltd|limited|inc|llc|lp|plc|gmbh|ag|co|corp|corporation|company|group|press group|media|media group|verlag|publishing|publications"
    r"|publishers|newspapers|holdings?|foundation|trust|ediciones|s\.?[al]\.?|cooperative|co-operative)\.?){1,3}\Z",
    re.IGNORECASE,
)
_LEADS = frozenset(
    (
        "agence",
        "agencia",
        "agência",
        "agenzia",
        "agentur",
        "diario",
        "jornal",
        "gazeta",
        "radio",
        "voice",
        "daily",
        "weekly",
        "news",
        "tv",
        "channel",
        "television",
        "agency",
        "newspaper",
    )
)
_DESK = re.compile(r"(?:\s(?:[Ww]eb|[Nn]ews|[Oo]nline|[Dd]igital|[Ff]oreign))?\s(?:[Tt]eam|[Dd]esk|[Ss]taff)\Z")
_EDITION = re.compile(r"\s(?:English|News|Online|International|World)\Z")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z]{2,})")
# "Delta FM 98.4", "The Kell Daily Online": what is no part of the name.
_WAVE = re.compile(r"\s(?:\d{2,3}\.\d{1,2}(?:\s?(?:FM|MHz))?|Online|Live|Website|Homepage|Newsletter|\.\w{2,8})\Z")
_SINCE = re.compile(
    r"\b(?:since|est|established|founded)(?: in)? 1[6-9]\d\d\b|\b(?:since|established|founded)(?: in)? 20\d\d\Z"
)
_YEARS = re.compile(r"(?<![\s,.–-])[\s,.–-]+\d{4}\Z")
_HOST = re.compile(
    r"(?:https?://|@|(?<![\w.@-]))(?:www\.)?((?:[\w-]{1,60}\.){1,4}[a-z]{2,12})(?![\w.-]*@)(?=[/\s),.;>\]]|\Z)",
    re.IGNORECASE,
)
# "Follow us on Chirp: @KellPost" is an address, too.
_HANDLE = re.compile(r"follow\b[^@]{0,60}@([A-Za-z]\w{3,30})", re.IGNORECASE)
_NOT_OURS = re.compile(
    r"(?:^|\.)(?:twitter|facebook|instagram|t|youtube|youtu|google|gmail|hotmail|yahoo|outlook|apple|whatsapp|telegram|linkedin|reddit|tiktok|x"
    r"|archive|wikipedia|getty\w*|disqus|substack|medium|wordpress|blogspot|mail|proton\w*)\.[a-z.]{2,8}\Z"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line's word for a name: how much it is worth, and the number of its block."""

    name: str
    weight: int
    block: int


@dataclass(frozen=True, slots=True)
class _Naming:
    pattern: re.Pattern[str]
    weight: int
    byline: bool


@cache
def _namings() -> tuple[_Naming, ...]:
    return tuple(
        _Naming(re.compile(f"(?i:{e['before']})({NAME})(?i:{e['after']})"), int(e["weight"]), bool(e.get("byline")))
        for e in lexicon("mastheads")["named"]
    )


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon("mastheads")[table]["words"])


def in_line(line: str, *, only_bylines: bool = False) -> tuple[str, int] | None:
    """The name that a line by its wording gives as its outlet's, and the weight of that.

    `only_bylines` is for lines that may be headlines: "Source: Kell to quit talks" names no outlet.

    >>> in_line("Follow the Kinder Tribune on Facebook")
    ('Kinder Tribune', 4)
    """
    for naming in _namings():
        match = naming.pattern.match(line) if naming.byline or not only_bylines else None
        name = tidy(match.group(1)) if match else ""
        if name and is_name(name):
            return name, naming.weight
    return None


def tidy(name: str) -> str:
    """A name as printed, without the year, stop or possessive after it; a word in capitals glued on is parted from it."""
    name = _YEARS.sub("", _GLUED.sub(" ", name)).strip(" .,'’-|")
    name = _DESK.sub("", _WAVE.sub("", re.sub(r"[’']s\Z", "", name)))
    return " ".join(name.split())


def is_name(name: str) -> bool:
    """True for words that may be an outlet's name: capitalised, and not all of them words like "Newsletter"."""
    words = [w.strip(".,").lower() for w in name.split()]
    sized = 0 < len(words) < 9 and len(name) > 2
    if words[:1] == ["by"]:
        return False
    return sized and not all(w in _words("not_names") for w in words) and _words("buttons").isdisjoint(words)


def is_motto(line: str) -> bool:
    """True for words as an outlet puts them under its name: "Serving Upper Kinder since 1889"."""
    folded = fold(line)
    return bool(_SINCE.search(folded)) or any(f"{folded} ".startswith(f"{m} ") for m in _words("mottos"))


def is_whole_name(name: str) -> bool:
    """True for words that are, all of them, written as a name is: "Voice of Meruvia"."""
    return _WHOLE.fullmatch(name) is not None


def has_media_word(name: str) -> bool:
    """True for a name with a word such as "Gazette" or "Radio" in it, and another.

    >>> has_media_word("The Orrin Gazette"), has_media_word("News"), has_media_word("Tilda Marn")
    (True, False, False)
    """
    words = [w.strip(".,").lower() for w in _GLUED.sub(" ", name).split()]
    own = [w for w in words if w not in ("the", "of", "and", "&", "for")]
    if len(own) < 2 or all(w in _words("not_names") for w in own):
        return False
    last = own[-2] if own[-1] in _TAILS else own[-1]
    # "Star of the South" is a name, "Star couple splits" none; "Radio Kell" and "Voice of Kell" are told by their first word.
    leads = own[0] in _LEADS or (own[0] in _words("media") and len(words) > 2 and words[1] in ("of", "de", "du"))
    return last in _words("media") or leads


def gather(found: Sequence[Block], first: int, given: str | None) -> list[Evidence]:
    """What the lines around an article say; `first` is the number of the first block of prose, `given` the page's own title."""
    out: list[Evidence] = []
    for number in _around(found, first):
        block = found[number]
        line = block.text if block.text[0] in "-–—―" else block.plain
        said = in_line(line, only_bylines=block.reason is None and number < first)
        if said:
            out.append(Evidence(*said, number))
    out += _suffixes(found, first, given)
    out += _signed(found, first, out)
    out += _mastheads(found, first, out)
    return out


def _around(found: Sequence[Block], first: int) -> list[int]:
    """The numbers of blocks that stand around an article or are junk by their look, captions aside."""
    foot = len(found) - _FOOT_LINES
    return [
        n
        for n, b in enumerate(found)
        if len(b.text) < 320
        and b.reason != "caption"
        and ((n < first and n < 40) or (b.reason is not None and n >= foot) or n >= len(found) - 2)
    ]


def _mastheads(found: Sequence[Block], first: int, known: Sequence[Evidence]) -> list[Evidence]:
    """Names alone, or parted by bars from a section or motto, at the head of the page."""
    keys = {_key(e.name) for e in known}
    spoken = {e.block for e in known}
    out = []
    for number in range(min(first, _HEAD_LINES, len(found))):
        block = found[number]
        if number in spoken or block.words > 16 or block.ends or block.reason in ("caption", "byline", "share"):
            continue
        parts = [p for p in map(bare, _BARS.split(DATE.sub(" | ", block.text))) if p]
        for part in parts[:5]:
            name = tidy(part)
            if look(name) is not None or not _WHOLE.fullmatch(name) or len(name.split()) > 6 or not is_name(name):
                continue
            if _same(_key(name), keys) or (has_media_word(name) and _may_head(found, number, first, part)):
                out.append(Evidence(name, MASTHEAD, number))
                break
    return out


def _may_head(found: Sequence[Block], number: int, first: int, name: str) -> bool:
    """Whether a name with nothing but its words to speak for it may be a masthead: a short one, with a headline below.

    "Rebels Attack Kell Radio" is a headline: the words of headlines come again in what follows, those of names seldom do.
    """
    own = [w for w in fold(name).split() if w not in ("the", "of", "and", "for")]
    titles = [b for b in found[number + 1 : first] if b.reason is None and b.words > 2]
    below = bool(titles)
    plain = found[number].plain
    marked = (
        number == 0
        and any(b.words > 4 and not b.plain.isupper() for b in titles[:2])
        and (plain.isupper() or plain.startswith("The "))
    )
    menu = number + 1 < len(found) and found[number + 1].reason == "navigation"
    if below and (menu or marked or len(own) < 4 or name != plain):
        return True
    telling = [w[:6] for w in own if w not in _words("media")]
    following = " ".join(b.folded for b in found[number + 1 : first + 4] if b.words > 5)[:2_000]
    again = sum(f" {w}" in f" {following}" for w in telling)
    return len(own) < 7 and bool(following) and again * 2 < len(telling)


def _suffixes(found: Sequence[Block], first: int, given: str | None) -> list[Evidence]:
    """ "Talks resume | The Kell Post", where the title stands alone as well, or the name is one by its words."""
    lines = [(-1, given)] if given else []
    lines += [(n, found[n].plain) for n in range(min(first, _HEAD_LINES))]
    folded = {found[n].folded for n in range(min(first + 1, _HEAD_LINES, len(found)))}
    out = []
    for number, line in lines:
        parted = parted_title(line)
        if parted and (fold(parted[0]) in folded or is_suffix(parted, line, found[max(number, 0) + 1 :])):
            out.append(Evidence(tidy(parted[1]), _IN_TITLE, number))
    return out


def is_suffix(parted: tuple[str, str], title: str, below: Sequence[Block]) -> bool:
    """True where what stands behind a headline is an outlet's name: by its words, behind a bar, or unknown to the article.

    >>> is_suffix(("Talks resume in Kell", "Nordwind"), "Talks resume in Kell | Nordwind", [])
    True
    """
    name = parted[1]
    if has_media_word(name) or title[: -len(name)].rstrip().endswith(("|", "·", "»")):
        return True
    key = fold(name)
    return len(name.split()) < 5 and not any(key in b.folded for b in below[:12] if b.words > 12)


def parted_title(line: str) -> tuple[str, str] | None:
    """A headline and the name after a bar or dash; None where the line is no such pair.

    >>> parted_title("Teachers and state agree on class sizes | Sundial Digest")
    ('Teachers and state agree on class sizes', 'Sundial Digest')
    """
    match = _SUFFIX.fullmatch(line) if len(line) < 400 else None
    if not match or not is_name(match.group(2)) or DATE.search(match.group(2)):
        return None
    # "Talks resume in Kell | World | The Kell Post": the section between goes with the name.
    head, name = re.split(r"\s[|•·»]\s", match.group(1), maxsplit=1)[0].rstrip(), match.group(2)
    if len(head.split()) < 3 or len(name.split()) > 6 or len(name) >= len(head) or is_menu(line):
        return None
    return head, name


def is_menu(line: str) -> bool:
    """True for three and more items of a few words, parted by bars or wide spaces: "News  Sport  Weather"."""
    items = [i for i in re.split(r"\s{2,}|\s?[|•·]\s?", line[:400]) if i]
    return len(items) > 2 and all(len(i.split()) < 4 for i in items)


def _signed(found: Sequence[Block], first: int, known: Sequence[Evidence]) -> list[Evidence]:
    """A name alone on one of the last lines, or the first or last of its parts: in bold type, known, or with a word that makes it an outlet's."""
    keys = {_key(e.name) for e in known}
    out = []
    for number in range(max(first + 1, len(found) - _SIGNED_LINES), len(found)):
        block = found[number]
        last = number >= len(found) - 3
        if (
            (block.ends and block.reason is None)
            or (not last and block.reason is None)
            or block.reason in ("caption", "also_read")
        ):
            continue
        whole = tidy(block.plain.split(", ")[0])
        parts = [tidy(p) for p in _BARS.split(block.plain)]
        bold = block.text[:2] == block.text[-2:] in ("**", "__")
        for name in dict.fromkeys((whole, parts[0], parts[-1])):
            if not _WHOLE.fullmatch(name) or len(name.split()) > 6 or not is_name(name) or look(name) is not None:
                continue
            if has_media_word(name) or _same(_key(name), keys) or (bold and name == whole):
                out.append(Evidence(name, _SIGNED, number))
                break
    return out


def heads(found: Sequence[Block], evidence: Iterable[Evidence], first: int) -> set[int]:
    """The numbers of the blocks at the head of the page that carry the outlet's name and no headline."""
    out = set()
    for e in evidence:
        if not 0 <= e.block < first:
            continue
        titled = parted_title(found[e.block].plain) is not None and not _begins(found[e.block].plain, e.name)
        if e.weight >= MASTHEAD and not (titled and found[e.block].words > len(e.name.split()) + 4):
            out.add(e.block)
    return out


def _begins(line: str, name: str) -> bool:
    return _key(_GLUED.sub(" ", line)).startswith(_key(name))


def by_hosts(text: str, hosts: Iterable[str]) -> list[Evidence]:
    """For each host, the name that the text prints with its letters: "Daily Harbour" for dailyharbour.example.

    >>> by_hosts("They told Daily Harbour so.", ["www.dailyharbour.example"])
    [Evidence(name='Daily Harbour', weight=5, block=-1)]
    """
    out = []
    for host in islice(dict.fromkeys(hosts), 6):
        label = max(host.lower().split(".")[:-1] or [host], key=len).replace("-", "")
        if not 4 <= len(label) <= 40 or not label.isalnum():
            continue
        spaced = r"[\s’'.&-]{0,2}".join(map(re.escape, label.removeprefix("the")))
        for match in islice(
            re.finditer(rf"(?<![\w@./-])(?:the\s)?{spaced}(?![\w@]|\.\w)", text[:60_000], re.IGNORECASE), 5
        ):
            name = tidy(match.group())
            if any(c.isupper() for c in name) and _WHOLE.fullmatch(name):
                out.append(Evidence(name, _ADDRESS, -1))
                break
    return out


def hosts_in(found: Sequence[Block], first: int, last: int) -> list[tuple[str, bool]]:
    """The hosts of addresses printed around the body, and whether each stands alone on its line; other people's are left out."""
    out = []
    for number, block in enumerate(found):
        if first <= number <= last or len(block.text) > 1_600:
            continue
        handle = _HANDLE.match(block.plain) if "@" in block.text else None
        if handle:
            out.append((f"{handle.group(1).lower()}.handle", False))
        if "." not in block.text:
            continue
        for match in islice(_HOST.finditer(block.text), 4):
            host = match.group(1).lower()
            if not _NOT_OURS.search(host):
                alone = "@" not in block.text and len(block.text.split()) < 3
                out.append((host, alone))
    return out[:12]


def by_code(text: str, code: str) -> list[Evidence]:
    """The name spelled out in the text for an agency code: "Compass Wire Service" for CWS; a code that is a name stays one.

    >>> by_code("Stay with Western Broadcasting Service.", "WBS")
    [Evidence(name='Western Broadcasting Service', weight=3, block=-1)]
    """
    letters = [c for c in code if c.isupper()]
    if not 2 <= len(letters) <= 6 or len(code) > len(letters) + 3:
        return [Evidence(code, _CODE, -1)] if _WHOLE.fullmatch(code) and is_name(code) else []
    small = r"(?:(?:of|the|for|and|&|de|la|du)\s){0,2}"
    spelled = r"\s".join(f"{small if n else ''}{re.escape(c)}[a-zà-ÿ’'-]{{1,20}}" for n, c in enumerate(letters))
    match = re.search(rf"(?<!\w){spelled}(?!\w)", text[:60_000])
    return [Evidence(tidy(match.group()), _CODE, -1)] if match else []


def heaviest(evidence: Sequence[Evidence], text: str, *, not_these: Iterable[str] = ()) -> str | None:
    """The name with most weight, all its forms added up, as printed; None where nothing weighs enough."""
    refused = {_key(name) for name in not_these}
    usable = [e for e in evidence if _key(e.name) not in refused and _key(e.name)]
    weights: dict[str, int] = {}
    for name in dict.fromkeys(e.name for e in usable):
        # Of a line of one kind only the heaviest counts, so that five calls to subscribe are no five witnesses.
        weights[name] = sum({e.weight: e.weight for e in usable if _one(e.name, name)}.values())
    spelled = {n: not any(_initials(n, other) for other in weights) for n in weights}
    best = max(
        weights, key=lambda n: (weights[n], spelled[n], not _FIRM.search(n), _own(n, usable), len(n)), default=None
    )
    if best is None or weights[best] < ENOUGH:
        return None
    if _FIRM.search(best):
        # "Dispatch Media" publishes the Evening Dispatch.
        own = [n for n in weights if n != best and _one(n, best) and not _FIRM.search(n) and _own(n, usable) > _CODE]
        best = max(own, key=lambda n: (_own(n, usable), weights[n]), default=best)
    return printed(best, text)


def _own(name: str, evidence: Iterable[Evidence]) -> int:
    return max(e.weight for e in evidence if e.name == name)


def _one(a: str, b: str) -> bool:
    return _same(_key(a), {_key(b)}) or _initials(a, b) or _initials(b, a)


def _initials(code: str, name: str) -> bool:
    """True for "VoM" and "Voice of Meruvia"."""
    small = _EDITION.sub("", code.strip())
    return (
        " " not in small
        and len(small) > 1
        and [w[0] for w in name.split() if w[0].isupper()] == [c for c in small if c.isupper()]
    )


def _key(name: str) -> str:
    return fold(_FIRM.sub("", name) or name).removeprefix("the ")


def _same(key: str, keys: Iterable[str]) -> bool:
    """True where one of `keys` is the same name, or begins or ends with it or it with them, whole words."""
    return any(
        a == b or a.startswith(f"{b} ") or a.endswith(f" {b}")
        for other in keys
        for a, b in ((key, other), (other, key))
        if a and b
    )


def fuller(name: str, lines: Iterable[str]) -> str:
    """A name of one word as a line spells it out with words of its trade behind it.

    >>> fuller("SOLDA", ["(c) 2031 SOLDA - Solda News Agency."])
    'Solda News Agency'
    """
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?:\s[A-Z][a-z]{{2,14}}){{1,3}}(?!\w)", re.IGNORECASE)
    for line in lines:
        for match in islice(pattern.finditer(line[:400]), 3):
            words = match.group().split()[1:]
            last = words[-1].lower()
            if all(w[:1].isupper() and (w.lower() in _words("media") or w.lower() in _TAILS) for w in words) and (
                last in _TAILS or last in _words("media")
            ):
                return match.group()
    return name


def printed(name: str, text: str) -> str:
    """A name in capitals as the text prints it elsewhere, else capitalised word by word; "The" where it is printed so.

    >>> printed("ADRIM HERALD", "ADRIM HERALD. The sun shone.")
    'Adrim Herald'
    """
    words = name.split()
    spelled = r"\s".join(map(re.escape, words))
    if name.isupper() and len(words) == 1 and len(name) > 4:
        # Where a sentence begins a capital says nothing.
        spellings = re.finditer(
            rf"(?<=[^\W\d_] ){spelled}(?![\w.@])|(?<=[,“\"(] ){spelled}(?![\w.@])", text[:60_000], re.IGNORECASE
        )
        other = (m.group() for m in islice(spellings, 12))
        return _with_article(next((c for c in other if not c.isupper() and not c.islower()), name), text)
    if name.isupper() and len(words) > 1:
        for match in islice(re.finditer(rf"(?<!\w){spelled}(?!\w)", text[:60_000], re.IGNORECASE), 8):
            if not match.group().isupper() and _WHOLE.fullmatch(match.group()):
                return _with_article(" ".join(match.group().split()), text)
    return _with_article(" ".join(_capitalised(w, text, alone=len(words) == 1) for w in words), text)


def _with_article(name: str, text: str) -> str:
    """ "The Valley Post" where the text prints the article with a capital in mid-line or alone."""
    if name.lower().startswith("the "):
        return name
    spelled = r"\s".join(map(re.escape, name.split()))
    match = re.search(
        rf"(?:[^.!?\s]\s|[|©–—-]\s?|\d\s)[Tt](?:he|HE)\s{spelled}(?!\w)|^[Tt](?:he|HE)\s{spelled}\s?(?:$|[|,.;:»›>–—-])",
        text[:60_000],
        re.MULTILINE,
    )
    return f"The {name}" if match and "The" in match.group() else name


def _capitalised(word: str, text: str, *, alone: bool) -> str:
    """TODAY as Today; short words in capitals that the text never prints otherwise are taken for acronyms."""
    if not word.isupper() or alone:
        return word
    if word.lower() in ("of", "and", "for"):
        return word.lower()
    known = word.lower() in _words("media") and word not in ("TV", "FM")
    long = len(word) > 4 or f" {word.capitalize()} " in text
    return word.capitalize() if long or known or word == "THE" else word

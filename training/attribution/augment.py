"""Changes to training text that leave its labels true.

PolNeAR is one subject, one country, one decade. What Parley reads has other names, other marks, other verbs, datelines
and web junk; each change here stands for one such difference, and each is drawn anew every time a text is seen.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable

from parley.annotate.statements.hidden_names import KEPT, STAND_IN
from training.attribution.data import Document, Labelled, Spans

Edit = tuple[int, int, str]  # replace [start, end) by the text

# fmt: off
GIVEN = [
    "Osama", "Ghazi", "Ismail", "Khalil", "Yahya", "Mahmoud", "Fatima", "Layla", "Amal", "Yusuf", "Omar", "Tariq",
    "Samir", "Nadia", "Hassan", "Ali", "Abbas", "Benjamin", "Yoav", "Itamar", "Tzipi", "Avi", "Dmitry", "Sergei",
    "Vladimir", "Maria", "Volodymyr", "Oleksandr", "Andriy", "Dmytro", "Olena", "Recep", "Hakan", "Ayşe", "Mehmet",
    "Jinping", "Wei", "Lin", "Yi", "Ning", "Jong-un", "Yo-jong", "Min-jung", "Shinzo", "Fumio", "Yoko", "Narendra",
    "Rahul", "Sushma", "Imran", "Bilawal", "Arif", "Emmanuel", "Jean", "Claire", "Olaf", "Annalena", "Jürgen",
    "Pedro", "José", "Lucía", "Gabriel", "Nicolás", "Lula", "Luiz", "Cyril", "Thabo", "Bola", "Abiy", "Tedros",
    "William", "Uhuru", "Abdel", "Fattah", "Sameh", "Abdulaziz", "Mohammed", "Faisal", "Ebrahim", "Javad", "Abbas",
    "Hossein", "Nguyen", "Thi", "Anwar", "Joko", "Ferdinand", "Zoran", "Aleksandar", "Viktor", "Péter", "Donald",
    "Tusk", "Giorgia", "Matteo", "António", "Ursula", "Kaja", "Elin", "Søren", "Pieter",
]
# fmt: on
# fmt: off
FAMILY = [
    "Hamdan", "Hamad", "Haniyeh", "Sinwar", "Barghouti", "al-Hayya", "Badran", "Meshaal", "Nasrallah", "Haddad",
    "Aoun", "Netanyahu", "Gallant", "Herzog", "Lapid", "Ben-Gvir", "Zelenskyy", "Kuleba", "Yermak", "Lavrov",
    "Peskov", "Putin", "Medvedev", "Shoigu", "Erdogan", "Fidan", "Çavuşoğlu", "Xi", "Wang", "Mao", "Zhao", "Li",
    "Kim", "Choe", "Moon", "Yoon", "Kishida", "Suga", "Modi", "Jaishankar", "Khan", "Sharif", "Bhutto", "Macron",
    "Scholz", "Baerbock", "Sánchez", "Albares", "Maduro", "Petro", "Boric", "Silva", "Ramaphosa", "Pandor", "Tinubu",
    "Ahmed", "Ruto", "Kenyatta", "el-Sisi", "Shoukry", "Abdelatty", "Al-Thani", "al-Ansari", "bin-Salman",
    "al-Jubeir", "Raisi", "Zarif", "Araghchi", "Amir-Abdollahian", "Baghaei", "Phuc", "Ibrahim", "Widodo", "Marcos",
    "Vučić", "Orbán", "Szijjártó", "Meloni", "Salvini", "Guterres", "Grandi", "Lazzarini", "Borrell", "Kallas",
    "Sørensen", "Vos", "Okafor", "Dlamini", "Tanaka", "Petrenko", "Kowalski", "Jiménez",
]
# fmt: on
# Words like those on the left may give way to words like those on the right, in the same place of a sentence.
BODIES = {
    "Republicans": "Palestinians Houthis Israelis Kurds Taliban Ukrainians rebels unionists nurses",
    "Democrats": "Palestinians mediators Russians separatists loyalists dockworkers Tamils Iranians",
    "White House": "Kremlin|foreign ministry|Israeli military|Elysee|Quds Force|transport union|Security Council",
    "Senate": "Knesset Duma Bundestag Majlis Politburo cabinet Commission",
    "Congress": "Hamas Hezbollah parliament Ankara Beijing Tehran Kyiv Unifor UNRWA",
    "Republican": "Palestinian Israeli Lebanese Ukrainian Russian Chinese Iranian Turkish Kurdish",
    "Democratic": "Egyptian Qatari Yemeni Sudanese Colombian Korean European Syrian",
    "Washington": "Cairo Doha Beirut Moscow Kyiv Ankara Geneva Pyongyang Jeddah Islamabad",
    "America": "Israel Ukraine Lebanon Iran China Sudan Armenia Venezuela",
    "American": "Israeli Ukrainian Chinese Iranian Turkish Armenian",
    "Americans": "Israelis Ukrainians Iranians Gazans Armenians",
    "FBI": "IDF PLO UNRWA UNIFIL IAEA WTO UAW OCHA",
    "State Department": "Defence Ministry|Health Ministry|Foreign Office|Red Crescent|Trade Ministry",
    "campaign": "delegation movement ministry army union government bloc",
    "candidate": "negotiator minister general envoy commander",
    "voters": "residents workers soldiers farmers families",
    "election": "truce strike ceasefire summit blockade",
}
_BODY = re.compile(r"\b(" + "|".join(sorted(BODIES, key=len, reverse=True)) + r")\b")
CUES = {
    "said": [
        "stated",
        "affirmed",
        "noted",
        "stressed",
        "added",
        "declared",
        "remarked",
        "explained",
        "announced",
        "claimed",
        "underlined",
        "insisted",
        "confirmed",
    ],
    "says": ["states", "affirms", "stresses", "claims", "insists", "declares", "maintains", "warns", "notes"],
    "say": ["state", "claim", "insist", "stress", "maintain", "argue"],
    "told": ["informed", "told", "assured"],
    "according to": ["as per", "in the words of", "citing", "based on information from"],
    "According to": ["As per", "In the words of", "Citing"],
    "saying": ["stating", "stressing", "noting", "adding", "claiming", "declaring"],
    "wrote": ["posted", "tweeted", "wrote"],
    "claimed": ["alleged", "asserted", "contended"],
}
# fmt: off
NOT_NAMES = {
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "New", "York", "The",
    "This", "That", "United", "States", "White", "House", "State", "Department", "Supreme", "Court", "North",
    "South", "West", "East", "Carolina", "Hampshire", "Jersey", "University", "Party", "National", "Convention",
    "Street", "Times", "Post", "News", "And", "But", "For", "In", "On", "At", "He", "She", "They", "It", "We", "His",
    "Her", "If", "When", "While", "After", "Before", "As", "So", "Not", "No", "Yes",
}
# fmt: on
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b([A-Z][a-zé]{2,}) ([A-Z][a-zé]{3,})\b(?! [A-Z])")
# fmt: off
AGENCIES = [
    "AFP", "AP", "Reuters", "Xinhua", "TASS", "IRNA", "WAFA", "Anadolu", "RHC", "Press", "TV", "Yonhap", "Bernama",
]
# fmt: on
# fmt: off
CITIES = [
    "Gaza City", "Cairo", "DOHA", "Beirut", "TEHRAN", "Moscow", "KYIV", "Ankara", "GENEVA", "Khartoum", "Beijing",
    "BOGOTA", "Islamabad", "Tokyo", "DETROIT",
]
# fmt: on
# fmt: off
MONTHS = [
    "Jan.", "February", "March", "Apr.", "May", "June", "July", "Aug.", "September", "Oct.", "November", "December",
]
# fmt: on
JUNK = (
    "Share on Facebook Share on Twitter Email this article",
    "Advertisement",
    "Also read: What we know so far",
    "Read more",
    "Image not found",
    "Follow us on Telegram and WhatsApp",
    "READ ALSO: Five things to watch this week",
    "Photo: file picture",
    "Subscribe to our newsletter",
    "© All rights reserved",
    "Related Topics: politics, world",
    "Last updated 3 hours ago",
    "Comments (0)",
    "***",
)


_CAPITALISED = re.compile(r"\b[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)*")
_INSIDE = re.compile(r"(?<=[a-z,;’'] )([^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)*)")


def keep(document: Document, rng: random.Random) -> Document:
    """The document as it is."""
    del rng
    return document


def vary(document: Document, rng: random.Random) -> Document:
    """A variant of the document; one time in four it stays as it is."""
    if rng.random() < 0.25:
        return document
    edits: list[Edit] = []
    if rng.random() < 0.35:
        edits += names(document.text, rng)
    if rng.random() < 0.35:
        edits += bodies(document.text, rng)
    if rng.random() < 0.4:
        edits += cues(document, rng)
    document = edited(document, edits)
    if rng.random() < 0.4:
        document = edited(document, quotation_marks(document.text, rng))
    return edited(document, frame(document, rng))


def hide_names(document: Document, rng: random.Random) -> Document:
    """A variant in which names are hidden as Parley hides them from the model, half of the time.

    Training text has no mentions, so a name is a capitalised word inside a sentence of the body, and that word wherever
    it stands; in a title every word may be capitalised.
    """
    document = vary(document, rng)
    if rng.random() < 0.5:
        return document
    inside = inner_names(document.text) - KEPT
    words = [word for word in _CAPITALISED.finditer(document.text) if word.group() in inside]
    return edited(document, [(word.start(), word.end(), STAND_IN) for word in words])


def inner_names(text: str) -> set[str]:
    """Words that are capitalised inside a sentence of the body."""
    return {word.group(1) for word in _INSIDE.finditer(text, text.find("\n") + 1)} - NOT_NAMES


def edited(document: Document, edits: Iterable[Edit]) -> Document:
    """The document with the edits made, and its labels moved along; an edit that overlaps an earlier one is left out."""
    text = document.text
    pieces: list[str] = []
    bounds: list[tuple[int, int, int]] = []  # (old start, old end, growth)
    at = 0
    for start, end, new in sorted(edits):
        if start < at or (bounds and start < bounds[-1][1]):
            continue
        pieces += [text[at:start], new]
        bounds.append((start, end, len(new) - (end - start)))
        at = end
    if not bounds:
        return document
    changed = "".join([*pieces, text[at:]])

    def moved(position: int, *, is_end: bool) -> int:
        shift = 0
        for start, end, growth in bounds:
            if end <= position if not (start == end and is_end) else end < position:
                shift += growth
            elif start < position:  # inside the edit: its end stays its end, its start its start
                return start + shift + (end - start + growth if is_end else 0)
            else:
                break
        return position + shift

    def spans(old: Spans) -> Spans:
        new = [(moved(a, is_end=False), moved(b, is_end=True)) for a, b in old]
        return [(a, b) for a, b in new if a < b]

    found = [Labelled(spans(one.source), spans(one.cue), spans(one.content)) for one in document.attributions]
    return Document(changed, [one for one in found if one.content], document.style)


def names(text: str, rng: random.Random) -> list[Edit]:
    """Other people: each two-word name becomes another one, throughout the text."""
    counts = Counter(found.groups() for found in _NAME.finditer(text))
    swaps: dict[str, str] = {}
    for (given, family), _ in counts.most_common(12):
        if given in NOT_NAMES or family in NOT_NAMES or rng.random() < 0.25:
            continue
        swaps.setdefault(given, rng.choice(GIVEN))
        swaps.setdefault(family, rng.choice(FAMILY))
    if not swaps:
        return []
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, swaps)) + r")\b")
    return [(found.start(), found.end(), swaps[found.group()]) for found in pattern.finditer(text)]


def bodies(text: str, rng: random.Random) -> list[Edit]:
    """Other parties, places and offices, each word swapped alike throughout the text."""
    swaps = {word: rng.choice(others.split("|" if "|" in others else None)) for word, others in BODIES.items()}
    chosen = {word for word in swaps if rng.random() < 0.6}
    return [
        (found.start(), found.end(), swaps[found.group()]) for found in _BODY.finditer(text) if found.group() in chosen
    ]


def cues(document: Document, rng: random.Random) -> list[Edit]:
    """Other speech verbs in the place of the plainest ones."""
    edits = []
    for one in document.attributions:
        for start, end in one.cue:
            others = CUES.get(document.text[start:end])
            if others and rng.random() < 0.35:
                edits.append((start, end, rng.choice(others)))
    return edits


def quotation_marks(text: str, rng: random.Random) -> list[Edit]:
    """Another house style of quotation marks for the whole text."""
    opening, closing = rng.choice((('"', '"'), ('"', '"'), ("“", "”"), ("''", "''"), ("«", "»"), ("„", "“")))
    edits = []
    inside = False
    for found in re.finditer(r"\n\s*\n|''|[\"“”]", text):
        mark = found.group()
        if mark.isspace():
            inside = False
            continue
        opens = mark == "“" or (mark in {'"', "''"} and not inside)
        edits.append((found.start(), found.end(), opening if opens else closing))
        inside = opens
    if rng.random() < 0.5:
        edits += [(found.start(), found.end(), "'") for found in re.finditer("[‘’]", text)]
    return edits


def frame(document: Document, rng: random.Random) -> list[Edit]:
    """What stands around the sentences: the title, a dateline, lines of junk."""
    text = document.text
    breaks = [found.span() for found in re.finditer(r"\n\s*\n", text)]
    edits: list[Edit] = []
    if not breaks:
        return edits
    title_end, body = breaks[0]
    kind = rng.random()
    if kind < 0.1:
        edits.append((0, body, ""))
    elif kind < 0.18:
        edits.append((0, title_end, text[:title_end].upper()))
    elif kind < 0.6 and text[:title_end].endswith("."):
        edits.append((title_end - 1, title_end, ""))
    if rng.random() < 0.25 and len(breaks) > 2:
        day, month = rng.randint(1, 28), rng.choice(MONTHS)
        when = rng.choice((f", {month} {day}", f", {day} {month}", ""))
        agency = rng.choice((f" ({rng.choice(AGENCIES)})", "", f", {rng.choice(AGENCIES)}"))
        dash = rng.choice((" — ", " -- ", " - ", "-- ", " – ", ": "))
        edits.append((body, body, rng.choice(CITIES) + when + agency + dash))
    if rng.random() < 0.25:
        for _ in range(rng.randint(1, 3)):
            place = rng.choice(breaks)
            # Inside a quotation of several paragraphs a line of junk would become part of it.
            if not any(a < place[0] and place[1] < b for one in document.attributions for a, b in one.content):
                edits.append((place[0], place[0], "\n\n" + rng.choice(JUNK)))
    return edits

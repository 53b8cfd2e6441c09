"""Small readings for tests of the layers: a text whose body is all of it, and the cases of a golden file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from parley.clean.capitals import quieted
from parley.clean.sentences import read_sentences
from parley.codebooks import load_codebook
from parley.data import Article, RawPage, Reading, Span

GOLDEN = Path(__file__).resolve().parent / "golden"


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a golden file: its title, its text, and the lines expected, without their arrow."""

    name: str
    text: str
    expected: tuple[str, ...]


def golden(layer: str) -> list[Case]:
    """The cases of all files of a layer: lines of text, then `=> ` lines; a blank line after them ends the case."""
    cases: list[Case] = []
    for path in sorted((GOLDEN / layer).glob("*.txt")):
        name = ""
        text: list[str] = []
        expected: list[str] = []
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            if line.startswith("# "):
                name = line[2:]
            elif line.startswith("=>"):
                expected.append(line[2:].strip())
            elif line.strip() or (text and not expected):
                text.append(line)
            if not line.strip() and expected:
                cases.append(Case(f"{path.stem}: {name or text[0]}", "\n".join(text).strip(), tuple(expected)))
                name, text, expected = "", [], []
    return cases


def line_cases(layer: str) -> list[tuple[str, str, list[str]]]:
    """(title, text, expected lines) of a layer whose texts are one line each; a text may expect nothing."""
    out: list[tuple[str, str, list[str]]] = []
    for path in sorted((GOLDEN / layer).glob("*.txt")):
        title = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                title = line[1:].strip()
            elif line.startswith("=> "):
                out[-1][2].append(line[3:])
            elif line.strip():
                out.append((title, line, []))
    return out


def reading_of(text: str) -> Reading:
    """A reading of `text` as the layers see it; a first line that begins with "TITLE: " is the title."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    page = RawPage(file="t.txt", source_id="t", data=b"", sha256=digest, media="text", text=text)
    title, start = None, 0
    if text.startswith("TITLE: "):
        start = text.find("\n") + 1 or len(text)
        title = Span.of(text, len("TITLE: "), len(text[:start].rstrip()))
    article = Article(
        page.id, page.file, page.source_id, digest, text, title=title, body=Span.of(text, start, len(text))
    )
    return quieted(read_sentences(Reading(page=page, article=article)), load_codebook())


# The types of the annotation guide, and those of the PLOVER codebook.
EVENT_TYPES = {
    "talks_announced",
    "talks_held",
    "talks_no_progress",
    "talks_suspended",
    "talks_resumed",
    "mediate",
    "propose",
    "accept_proposal",
    "reject_proposal",
    "agreement",
    "agreement_ends",
    "violation",
    "release",
    "armed_action",
    "withdraw",
    "aid_delivery",
    "recognition",
    "sanction",
    "strike_begins",
    "strike_ends",
    "vote",
    "other",
}
PLOVER_TYPES = {
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
}

"""Short invented articles, as many as are asked for: some undated, some copies, one line in twenty broken."""

from __future__ import annotations

import json
import random
from pathlib import Path

_PEOPLE = ("Oran Melk", "Talia Wren", "Senn Idrow", "Mira Solvane", "Ilse Corran", "Pell Adane", "Runa Castel")
_PLACES = ("Orlen", "Toven", "Adrim", "Lower Sorn", "Kessel Bridge", "Marrow")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SAID = (
    "{a} said on {day} that the road to {p} would open again within {n} days.",
    "“We will not sign a paper that leaves {p} out,” {a} told reporters.",
    "{n} people were killed near {p} on {day}, according to the health ministry.",
    "{a} rejected the truce that {b} had proposed.",
    "The government demanded that the troops leave {p} by {day}.",
    "{b} accused the Veyra movement of firing at {p}, and {a} denied it.",
    "Talks between {a} and {b} were held in {p} and ended without a result.",
    "At least {n} houses were damaged in {p}, residents said.",
)


def articles(count: int, *, seed: int = 1, sentences: int = 5, broken: bool = True) -> list[str]:
    """Lines of JSON, one an article; the same for the same seed."""
    rng = random.Random(seed)
    lines: list[str] = []
    for n in range(count):
        if broken and n % 20 == 19:
            lines.append(f'{{"id": "b{n}", "text": ')
            continue
        told = [_sentence(rng) for _ in range(sentences)]
        if lines and n % 10 == 3:
            told = json.loads(lines[0])["text"].split("\n\n")[1].split("  ")
        article = {
            "id": f"a{n}",
            "title": f"{rng.choice(_PEOPLE)} speaks of {rng.choice(_PLACES)}, number {n}",
            "text": f"{rng.choice(_PLACES)}, day {n}\n\n" + "  ".join(told),
            "outlet": f"The {rng.choice(('Plumbline', 'Harbour Post', 'Toven Courier', 'Weir'))}",
        }
        if n % 7:
            article["date"] = f"2031-{n % 12 + 1:02}-{n % 28 + 1:02}"
        lines.append(json.dumps(article, ensure_ascii=False))
    return lines


def _sentence(rng: random.Random) -> str:
    a, b = rng.sample(_PEOPLE, 2)
    return rng.choice(_SAID).format(a=a, b=b, p=rng.choice(_PLACES), day=rng.choice(_DAYS), n=rng.randrange(2, 90))


def written(path: Path, count: int, **options: int | bool) -> Path:
    """The articles as a JSON Lines file."""
    path.write_text("".join(f"{line}\n" for line in articles(count, **options)), encoding="utf-8")  # type: ignore[arg-type]
    return path

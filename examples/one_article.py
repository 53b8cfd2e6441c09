"""One article, read: what Parley finds in it and where it stands.

    python examples/one_article.py [FILE]

Without a file it reads an article of the sample corpus, an invented negotiation.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import parley


def main() -> None:
    """Read the article and print its rows, each with the characters that prove it."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(str(files("parley"))) / "sample" / "16_vom_rejects.txt"
    reading = parley.analyse(path.read_text(encoding="utf-8"))
    article = reading.article
    print(f"{article.title_text}\n{article.outlet}, {article.published or 'no date in the text'}\n")
    for statement in reading.statements:
        who = statement.speaker.name if statement.speaker else "nobody named"
        print(f"statement  {who}: {' ... '.join(span.text for span in statement.content)}")
    for figure in reading.figures:
        print(f"figure     {figure.category}, counted by {figure.claimant or 'the outlet'}: {figure.span.text}")
    for position in reading.positions:
        print(f"position   {position.party} {position.stance} ({position.issue}): {position.span.text}")
    for event in reading.events:
        print(f"event      {event.type}, {event.status}, {event.date or 'no date'}: {event.span.text}")
    for label in reading.wording:
        print(f"wording    {label.voice}: {label.span.text}")
    for dropped in article.dropped:
        print(f"dropped    {dropped.reason}: {dropped.span.text!r}")


if __name__ == "__main__":
    main()

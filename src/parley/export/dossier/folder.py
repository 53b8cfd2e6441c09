"""Every dossier of a ledger in a folder, each as DOCX with footnotes, by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from parley.export.dossier import write
from parley.export.places import folder_at, whole_file

if TYPE_CHECKING:
    from parley.store.ledger import Ledger

LONGEST = 80


def save(ledger: Ledger, path: Path) -> int:
    """Write the dossiers to a folder; how many there were. Two of one name, and one named in signs alone, are told apart by id."""
    folder, taken = folder_at(path), set[str]()
    for head in sorted(ledger.dossiers(), key=lambda d: str(d["id"])):
        name = plain(head["name"])
        if not name or name.lower() in taken:
            name = f"{name}-{head['id']}".lstrip("-")
        taken.add(name.lower())
        with whole_file(folder / f"{name}.docx") as out:
            out.write(write(ledger, head["id"], "docx"))
    return len(taken)


def plain(name: str) -> str:
    """A name as a file's, on every system: letters and digits, and what is between them as one stroke.

    >>> plain("Who counts what?"), plain("../../etc/passwd"), plain("…")
    ('Who-counts-what', 'etc-passwd', '')
    """
    return re.sub(r"[\W_]+", "-", name)[:LONGEST].strip("-")

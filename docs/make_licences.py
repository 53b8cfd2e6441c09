"""Writes docs/licences.md: every package of requirements.lock with its licence, as its own metadata states it.

.venv/bin/python docs/make_licences.py
"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ \\;]+)", re.MULTILINE)


def licence(package: Distribution) -> str:
    """The SPDX expression where there is one, else the classifiers, else the first line of the licence field."""
    fields = package.metadata.json
    if fields.get("license_expression"):
        return str(fields["license_expression"])
    classifiers = package.metadata.get_all("Classifier") or []
    named = [c.rsplit(" :: ", 1)[-1] for c in classifiers if c.startswith("License ::")]
    field = str(fields.get("license") or "").strip().splitlines()
    return " / ".join(n for n in named if n != "OSI Approved") or (field[0] if field else "not stated")


def rows() -> list[tuple[str, str, str]]:
    """Name, version and licence of each locked package; one not installed here (another platform's) says so."""
    out = []
    for name, version in PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        try:
            stated = licence(distribution(name))
        except PackageNotFoundError:
            stated = "not installed on the platform this list was made on"
        out.append((name, version, stated))
    return sorted(out)


def main() -> None:
    """Write the list."""
    table = "\n".join(f"| {name} | {version} | {stated} |" for name, version, stated in rows())
    head = "# Licences of what Parley installs\n\nMade from the installed packages' own metadata by `docs/make_licences.py`.\n\n"
    target = ROOT / "docs" / "licences.md"
    target.write_text(f"{head}| package | version | licence as stated |\n|---|---|---|\n{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

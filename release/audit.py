"""Asks whether a locked package has a known vulnerability: `make audit`.

pip-audit says "no known vulnerabilities" also where it could ask about none of the packages; what it left out is counted here and told.
Exit code 1 where one is vulnerable; 0, with SKIPPED on stderr, where the advisories cannot be reached.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any


def main(pip_audit: str, lock: str) -> int:
    """Audit a lock file with the `pip-audit` given; the exit code."""
    asked = (pip_audit, "--requirement", lock, "--disable-pip", "--require-hashes", "--progress-spinner", "off")
    done = subprocess.run([*asked, "--format", "json"], capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        told = (done.stderr.strip() or "it said nothing").splitlines()[-1]
        print(f"SKIPPED: {lock} was not audited, the advisories cannot be reached from here: {told}", file=sys.stderr)
        return 0
    good, lines = verdict(found, lock)
    print("\n".join(lines), file=sys.stderr)
    return 0 if good else 1


def verdict(found: Mapping[str, Any], lock: str) -> tuple[bool, list[str]]:
    """Whether nothing is known against any package, and what to tell.

    >>> verdict({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, "x.lock")
    (True, ['x.lock: 1 packages audited, no known vulnerability'])
    """
    packages = found["dependencies"]
    asked = [p for p in packages if "skip_reason" not in p]
    lines = [
        f"{p['name']} {p['version']}: {v['id']}, mended in {', '.join(v['fix_versions']) or 'no version yet'}"
        for p in asked
        for v in p["vulns"]
    ]
    if lines:
        return False, [f"{lock}: known vulnerabilities", *lines]
    if not asked and packages:
        return True, [f"SKIPPED: none of the {len(packages)} packages of {lock} could be audited from here"]
    left = [p["name"] for p in packages if "skip_reason" in p]
    told = [f"{lock}: {len(asked)} packages audited, no known vulnerability"]
    return True, told + ([f"SKIPPED: not audited: {', '.join(left)}"] if left else [])


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))

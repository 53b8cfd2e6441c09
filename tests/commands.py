"""What the tests of the command share: `parley` run in this process, as from a shell."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from parley import cli

Run = Callable[..., tuple[int, str, str]]


def runner(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *first: str) -> Run:
    """Runs `parley FIRST... ARGS...`; gives exit code, stdout and stderr."""

    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["parley", *first, *args])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capfd.readouterr()
        code = end.value.code
        return (code if isinstance(code, int) else 0), out, err

    return call

"""What is printed at the start, what is listened at, and that a served ledger answers a real request."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parley.errors import UsageError
from parley.store.ledger import Ledger
from parley.web.guard import Door
from parley.web.rendering import environment
from parley.web.serve import addresses, answers_to, prepare, socket_at


def test_an_address_for_others_holds_the_token_and_warns() -> None:
    told = addresses(Door(token="t", port=80, hosts=("desk.example",)), "0.0.0.0", 80)
    assert "From elsewhere: http://desk.example:80/?token=t" in told
    assert "HTTPS" in told[-1]


def test_an_address_for_this_machine_holds_the_token_for_changes_where_any_are_taken() -> None:
    assert "/?token=t " in "".join(addresses(Door(token="t", port=80), "127.0.0.1", 80))
    assert "token" not in "".join(addresses(Door(port=80, read_only=True), "127.0.0.1", 80))


def test_the_address_listened_at_is_a_name_that_is_answered() -> None:
    assert answers_to("192.0.2.7", ("Desk.example:80",)) == ("desk.example", "192.0.2.7")
    assert answers_to("0.0.0.0", ()) == ()


def test_a_port_that_is_taken_is_told_in_words_or_another_one_found() -> None:
    with socket_at("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(UsageError, match="--port N"):
            socket_at("127.0.0.1", port)
        with socket_at("127.0.0.1", port, any_port=True) as other:
            assert other.getsockname()[1] != port


def test_parley_serve_prints_its_address_answers_and_ends_quietly(tmp_path: Path, reading: Callable[..., Any]) -> None:
    where = tmp_path / "desk.db"
    with Ledger.open(where, create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="ru_1")
    command = [sys.executable, "-m", "parley", "serve", "-l", str(where), "--port", "0"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    with run:
        try:
            assert run.stderr
            line = run.stderr.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert address, line
            with urllib.request.urlopen(f"{address[0]}statements", timeout=60) as answer:
                assert "Oran Melk" in answer.read().decode()
            run.send_signal(signal.SIGINT)
            assert run.wait(30) == 0
            assert "Traceback" not in run.stderr.read()
        finally:
            run.kill()


def test_what_the_first_visitor_would_wait_for_is_read_beforehand() -> None:
    environment.cache_clear()
    prepare()
    made = environment()
    assert made.cache is not None
    assert len(made.cache) == len(made.list_templates()) > 20

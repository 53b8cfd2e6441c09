"""Steps for the engine's tests: quick, and bad in ways that can be asked for by what an article says."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from dataclasses import replace

from parley.data import Figure, Reading, Speaker, Statement
from parley.pipeline import Settings, Step

_SAID = re.compile(r"(?P<who>[A-Z]\w+ [A-Z]\w+) (?P<cue>said) (?P<what>[^.]{1,200})\.")
_COUNTED = re.compile(r"(?P<n>\d+) people")


def make(settings: Settings) -> Callable[[Reading], Reading]:
    if os.environ.get("STUB_NOT_READY"):
        raise RuntimeError("the model is missing")
    return find


def find(reading: Reading) -> Reading:
    text, article = reading.text, reading.article
    if "RAISE" in text:
        raise ValueError("this text is not liked")
    if "DIE" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "SLOW" in text:
        time.sleep(0.02)
    if "SPIN" in text:
        re.match("(a+)+b", "a" * 60)  # would take longer than the universe has
    if "STUCK" in text:
        time.sleep(600)
    if "HOG" in text:
        bytearray(1 << 34)
    print("steps may print; none of it may end up among the answers of a worker")  # noqa: T201
    said = tuple(
        Statement(
            article.id,
            (reading.span(*m.span("what")),),
            "indirect",
            source=reading.span(*m.span("who")),
            cue=reading.span(*m.span("cue")),
            speaker=Speaker(m["who"]),
        )
        for m in _SAID.finditer(text)
    )
    counted = tuple(
        Figure(article.id, reading.span(*m.span()), int(m["n"]), "exact", "killed") for m in _COUNTED.finditer(text)
    )
    whole = replace(
        article, body=reading.span(0, len(text)), published=reading.page.published, outlet=reading.page.outlet
    )
    return replace(reading, article=whole, statements=said, figures=counted)


STEPS = (Step("stub", "stubs", needs=(), adds=("article", "statements")),)

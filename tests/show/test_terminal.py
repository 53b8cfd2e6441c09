"""Rows in a terminal: who says it, and how it is told."""

from __future__ import annotations

from parley.show.terminal import who


def test_a_speaker_is_shown_with_role_and_side_once() -> None:
    """What the name says already is not said again."""
    speaker = {"name": "Ilse Marren, Ondra", "role": "envoy", "side": "Ondra"}
    assert who({"speaker": speaker}) == "Ilse Marren, Ondra (envoy)"
    assert who({"speaker": None}) == "nobody named"

"""Which two printed speakers can be one voice."""

from __future__ import annotations

import pytest

from parley.compare.speech.voices import Voice, given_name, same_voice, shelf


def voice(name: str, side: str | None = "Veyra", key: str | None = None) -> Voice:
    return Voice(key or name.lower(), name, side, key is not None)


@pytest.mark.parametrize(
    ("one", "two", "sameness"),
    [
        (voice("Oran Melk", key="ac_1"), voice("Orran Melk", key="ac_1"), "same"),
        (voice("Oran Melk"), voice("Melk"), "same"),
        (voice("Ansa Korr", None), voice("Ansa", None), "same"),
        (voice("Oran Melk"), voice("Lio Melk"), "other"),
        (voice("Talia Wren"), voice("Veyra"), "speaks for"),
        (voice("health ministry"), voice("Veyra health ministry"), "same"),
        (voice("health ministry"), voice("interior ministry"), "other"),
        (voice("Veyra spokesman"), voice("Oran Melk"), "unnamed"),
        (voice("ministry", "Veyra"), voice("ministry", "Calvera"), "other"),
        (voice("Talia Wren"), voice("Calvera", "Calvera"), "other"),
    ],
)
def test_speakers_are_one_person_one_body_or_a_body_and_its_voice(one: Voice, two: Voice, sameness: str) -> None:
    assert same_voice(one, two) == sameness
    assert same_voice(two, one) == sameness


def test_nobody_named_may_be_anybody() -> None:
    assert same_voice(None, voice("Veyra")) == "unnamed"


def test_those_who_may_be_one_stand_on_one_shelf() -> None:
    assert shelf("Oran Melk") == shelf("Melk")
    assert shelf("health ministry") == shelf("Veyra health ministry")
    assert shelf("diplomats") == shelf("diplomat briefed on the draft")
    assert given_name("Ansa Korr") == shelf("Ansa")
    assert given_name("health ministry") is None

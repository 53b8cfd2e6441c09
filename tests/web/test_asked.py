"""An address is the state of its page."""

from __future__ import annotations

import pytest

from parley.errors import UsageError
from parley.web.asked import LONGEST, Asked, address


def test_what_a_page_does_not_know_and_empty_answers_are_left_out() -> None:
    asked = Asked.of("/statements", [("speaker", " Melk "), ("side", ""), ("evil", "1")], ("speaker", "side"))
    assert dict(asked.values) == {"speaker": "Melk"}
    assert asked.link() == "/statements?speaker=Melk"


def test_answers_that_are_too_long_are_refused() -> None:
    with pytest.raises(UsageError, match="too long"):
        Asked.of("/", [("q", "a" * (LONGEST + 1))], ("q",))


def test_a_link_never_leaves_its_page_whatever_is_asked() -> None:
    assert address("/search", q="x#y&z=1?../") == "/search?q=x%23y%26z%3D1%3F..%2F"

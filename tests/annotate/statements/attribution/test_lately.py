"""The bounded memory: it answers as what it remembers would, and never holds more than it may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.annotate.statements.attribution.lately import Lately


@given(st.lists(st.integers(0, 9)), st.integers(1, 5))
def test_it_answers_alike_whatever_it_remembers(asked: list[int], size: int) -> None:
    lately = Lately[int, int](size)
    assert [lately.get(n, lambda n=n: n * n) for n in asked] == [n * n for n in asked]  # type: ignore[misc]
    assert len(lately) <= size


def test_what_was_asked_lately_is_not_computed_again() -> None:
    lately = Lately[str, int](2)
    computed: list[str] = []

    def length(word: str) -> int:
        computed.append(word)
        return len(word)

    for word in ("truce", "aid", "truce", "levy", "truce", "aid"):
        lately.get(word, lambda word=word: length(word))  # type: ignore[misc]
    assert computed == ["truce", "aid", "levy", "aid"]

"""A copy shares words of its own; quotations that anybody prints make none."""

from __future__ import annotations

import random

import pytest

from parley.compare.copying.shared import Own, own, share


def prose(seed: int, words: int) -> str:
    rng = random.Random(seed)
    return " ".join("".join(rng.choices("abcdefgh", k=5)) for _ in range(words)) + "."


def article(id: str, *parts: str, outlet: str | None = None) -> Own:
    text = "\n".join(parts)
    return own(id, text, [(0, len(text))], outlet)


REPORT = "\n".join(prose(n, 30) for n in range(6))
OTHER = prose(90, 200)
QUOTE = f"“{prose(50, 80)}”"


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        pytest.param([REPORT], "whole", id="reprint"),
        pytest.param([REPORT, prose(80, 10)], "whole", id="reprint with a line"),
        pytest.param([REPORT[: len(REPORT) * 2 // 5]], "excerpt", id="two fifths alone"),
        pytest.param([OTHER, REPORT[: len(REPORT) * 2 // 5], OTHER[::-1]], "excerpt", id="two fifths inside another"),
        pytest.param([" ".join(w for n, w in enumerate(REPORT.split()) if n % 15)], "edited", id="words left out"),
        pytest.param([OTHER], None, id="another report"),
        pytest.param([OTHER, prose(3, 30)], None, id="one paragraph of thirty words in a long text"),
        pytest.param([prose(3, 30), prose(81, 20)], "excerpt", id="the same in a short one"),
    ],
)
def test_copies_are_told_by_kind(copy: list[str], kind: str | None) -> None:
    for a, b in ((article("a", REPORT), article("b", *copy)), (article("b", *copy), article("a", REPORT))):
        found = share(a, b)
        assert (found and found.kind) == kind


def test_articles_that_share_quotations_only_are_no_copies() -> None:
    first, second = article("a", REPORT, QUOTE), article("b", OTHER, f"{QUOTE} she said on Monday in Port Amity.")
    assert share(first, second) is None
    assert share(article("a", REPORT), article("b", REPORT.replace("\n", "”\n“"))) is not None


def test_an_outlet_that_tells_its_background_again_copies_nobody() -> None:
    background = REPORT[: len(REPORT) // 3]
    assert share(article("a", OTHER, background, outlet="A"), article("b", OTHER[::-1], background, outlet="A")) is None
    assert (
        share(article("a", OTHER, background, outlet="A"), article("b", OTHER[::-1], background, outlet="B"))
        is not None
    )


def test_passages_stand_at_the_same_words_on_both_sides() -> None:
    left, right = f"{OTHER}\n{REPORT}", f"{REPORT}\n{OTHER[::-1]}"
    found = share(own("a", left, [(0, len(left))]), own("b", right, [(0, len(right))]))
    assert found
    for (a, b), (c, d) in found.passages:
        assert left[a:b] == right[c:d]

"""Which two renderings are one utterance."""

from __future__ import annotations

from typing import Any

import pytest
from cases import GOLDEN

from parley.compare.speech.alike import Weights, excluded, likeness
from parley.compare.speech.renderings import Rendering, brought, rendering


def told(line: str, article: str) -> Rendering:
    name, side, published, said_on, words = (part.strip() or None for part in line.split("|"))
    cue, _, rest = (words or "").partition(": ")
    cue, words = (cue, rest) if rest else ("said", words)
    assert words is not None
    kind = "direct" if words[0] == "“" and words[-1] == "”" else "mixed" if "“" in words else "indirect"
    who = [(name or "").lower(), name, side, False] if name else None
    item: dict[str, Any] = {
        "id": article,
        "article": article,
        "start": 0,
        "stop": 9,
        "kind": kind,
        "title": False,
        "who": who,
    }
    return rendering(
        item | {"said_on": said_on, "published": published, "latest": published, **brought([words], cue)}, 0
    )


def pairs() -> list[Any]:
    """Two statements and the verdict, of each paragraph of the golden file."""
    out = []
    for case in (GOLDEN / "utterances" / "pairs.txt").read_text(encoding="utf-8").split("\n\n")[1:]:
        name, one, two, verdict = case.strip().splitlines()
        out.append(pytest.param(one, two, verdict, id=name[2:]))
    return out


@pytest.mark.parametrize(("one", "two", "verdict"), pairs())
def test_two_statements_are_one_or_two_as_the_golden_file_says(one: str, two: str, verdict: str) -> None:
    a, b = told(one, "a"), told(two, "b")
    like = likeness(a, b, Weights([a, b]))
    assert ("one" if like.same else "two") == verdict[3:], like
    assert likeness(b, a, Weights([b, a])).same == like.same
    assert not like.same or (like.why and not excluded(a, b))


def test_two_sentences_of_one_article_are_two_unless_one_is_the_title() -> None:
    line = "Edda Quillan | Norvale | 2032-05-12 | | the port would open to {} ships on Monday, she told the harbour {}"
    one, two = told(line.format("grain", "council"), "a"), told(line.format("salt", "workers"), "a")
    assert not likeness(one, two, Weights([one, two])).same
    elsewhere = told(line.format("salt", "workers"), "b")
    assert likeness(one, elsewhere, Weights([one, elsewhere])).same


def test_rare_words_weigh_more() -> None:
    some = [told(f"A | B | 2032-05-12 | | the truce and the {w}", w) for w in ("dam", "road", "bridge")]
    weights = Weights(some)
    assert weights.of("dam") > weights.of("truc")
    assert weights.ranks()["truc"] == max(weights.ranks().values())

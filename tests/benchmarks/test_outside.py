"""What is read off the answers of scorers from elsewhere."""

from __future__ import annotations

import re

import pytest

from benchmarks.quality.outside import TASKS, without_leading_that

ANSWERS = {
    "polnear": "exact content            P  57.5  R  52.9  F1  55.1   (tp 1)\n"
    "exact content (strict)   P  56.6  R  52.1  F1  54.2   (tp 1)\n"
    "overlap content          P  82.9  R  76.3  F1  79.4   (tp 1)\n"
    "joint                    P  78.6  R  72.3  F1  75.3   (tp 1)\njoint strict             P  74.3  R  68.4  F1  71.2\n",
    "timex": "relaxed  P  99.4 R  89.1 F1  93.9\nvalue    P  90.4 R  81.0 F1  85.4\n",
    "newsquant": "VALUE P 0.886 R 0.941 F1 0.913 | VALUE+CHANGE P 0.806 R 0.857 F1 0.831 | QUALIFIED recall 48/60=0.800\n",
    "muc4": "R 4/5=0.800  P 4/7=0.571  F1 0.667  FA/irrelevant doc 8/21=0.38\n",
    "plover": "accuracy 29/30=0.967  macro-F1 0.991  negotiation macro-F1 0.981\n",
}
WANTED = {
    "polnear": {"joint": "75.3", "overlap": "79.4", "exact": "55.1"},
    "timex": {"relaxed": "93.9", "value": "85.4"},
    "newsquant": {"value_and_change": "0.831"},
    "muc4": {"f1": "0.667"},
    "plover": {"accuracy": "0.967", "negotiation": "0.981"},
}


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_each_figure_is_found_in_its_scorers_answer(task) -> None:  # type: ignore[no-untyped-def]
    found = {name: re.search(pattern, ANSWERS[task.kind], re.MULTILINE) for name, pattern in task.figures.items()}
    assert {name: match and match.group(1) for name, match in found.items()} == WANTED[task.kind]


def test_contents_as_the_guide_draws_them_have_no_leading_that() -> None:
    text = "Vahl said that the road was open. That was all."
    told = [
        {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 32]]},
        {"source": [], "cue": [], "content": [[34, 38]]},
    ]
    record = without_leading_that({"id": "a", "text": text, "attributions": told})
    assert [text[slice(*span)] for one in record["attributions"] for span in one["content"]] == [
        "the road was open",
        "That",
    ]

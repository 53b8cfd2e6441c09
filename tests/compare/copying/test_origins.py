"""Who had a text first is told by credit, date or completeness, and left open where they do not tell."""

from __future__ import annotations

import pytest

from parley.codebooks import lexicon
from parley.compare.copying.origins import Signed, _agencies_in, names, origin, signatures


def article(
    id: str, outlet: str | None = None, day: str | None = None, *signed: str, latest: str | None = None
) -> Signed:
    return Signed(id, outlet, day, latest or day, signed)


HERALD, WIRE = "Adrim Herald", "Compass Wire"


@pytest.mark.parametrize(
    ("left", "right", "shares", "first", "rule"),
    [
        pytest.param(
            article("a", WIRE), article("b", HERALD, None, "By Compass Wire"), (1, 1), "a", "credit", id="byline"
        ),
        pytest.param(
            article("a", HERALD, None, "ADRIM (CWS) --"), article("b", WIRE), (1, 1), "b", "credit", id="letters"
        ),
        pytest.param(
            article("a", HERALD, "2031-03-01"), article("b", WIRE, "2031-03-02"), (1, 1), "a", "date", id="a day before"
        ),
        pytest.param(
            article("a", HERALD, "2031-03-01"), article("b", WIRE, "2031-03-01"), (1, 1), None, "open", id="one day"
        ),
        pytest.param(
            article("a", HERALD, "2031-03"),
            article("b", WIRE, "2031-03-02"),
            (1, 1),
            None,
            "open",
            id="some day in March",
        ),
        pytest.param(
            article("a", HERALD, "2031-03-01", latest="2031-03-02"),
            article("b", WIRE, "2031-03-02"),
            (1, 1),
            None,
            "open",
            id="meet",
        ),
        pytest.param(
            article("a", HERALD, "2031-03-01", "(CWS)"),
            article("b", WIRE, "2031-03-02"),
            (1, 1),
            None,
            "open",
            id="date against credit",
        ),
        pytest.param(
            article("a", HERALD, None, "(AFP)"),
            article("b", "Ledger", None, "By AFP"),
            (1, 1),
            None,
            "open",
            id="one agency",
        ),
        pytest.param(
            article("a", HERALD, "2031-03-01"),
            article("b", "Ledger", "2031-03-02", "By AFP"),
            (1, 1),
            None,
            "open",
            id="elsewhere",
        ),
        pytest.param(
            article("a", "AFP", None, "(AFP)"),
            article("b", HERALD, None, "(AFP)"),
            (1, 1),
            "a",
            "credit",
            id="the agency",
        ),
        pytest.param(article("a", HERALD), article("b", WIRE), (0.5, 1), "a", "completeness", id="the fuller one"),
        pytest.param(
            article("a", HERALD), article("b", WIRE), (1, 0.4), "b", "completeness", id="the fuller one on the right"
        ),
        pytest.param(article("a"), article("b"), (0.6, 0.6), None, "open", id="nothing known"),
    ],
)
def test_the_origin_is_told(
    left: Signed, right: Signed, shares: tuple[float, float], first: str | None, rule: str
) -> None:
    there = origin(left, right, left_share=shares[0], right_share=shares[1])
    back = origin(right, left, left_share=shares[1], right_share=shares[0])
    assert (there.id, there.rule) == (first, rule) == (back.id, back.rule)
    assert there.detail


def test_what_may_name_the_origin_is_looked_at_and_captions_are_not() -> None:
    body = "ADRIM (CWS) -- The road is open. Compass Wire said nothing.\nThe Ledger contributed to this report."
    told = signatures(("Ruth Salter",), [("By Compass Wire", "byline"), ("Photo: AFP", "caption")], body)
    assert told[:3] == ("Ruth Salter", "By Compass Wire", "(CWS)")
    assert any(names(text, "Ledger") for text in told)
    assert not any(names(text, "AFP") for text in told)


@pytest.mark.parametrize("row", lexicon("agencies")["agency"], ids=lambda row: row["name"])
def test_an_agency_is_found_in_its_example(row: dict[str, str]) -> None:
    assert row["name"] in _agencies_in(row["example"])

"""Confidence is a share: the curves keep the order of rows and can be gone back on."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

import parley
from parley.annotate.confidence import Scale, scales
from parley.models import CONFIDENCE, shipped

_shares = st.floats(0.01, 0.99)
_curves = st.builds(Scale, st.floats(0.2, 3), st.floats(-2, 2))


@given(_curves, _shares, _shares)
def test_a_curve_keeps_the_order(curve: Scale, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= curve.share(low) <= curve.share(high) <= 1


@given(_curves, st.floats(0.2, 0.8))
def test_the_way_back_leads_to_the_raw_figure(curve: Scale, raw: float) -> None:
    share = curve.share(raw)
    if 0.01 < share < 0.99:
        assert abs(curve.raw(share) - raw) < 0.02


def test_every_layer_has_a_curve_and_its_measured_error() -> None:
    held = json.loads(CONFIDENCE.read_text(encoding="utf-8"))["layers"]
    assert set(held) == set(scales(named=True)) == {"statements", "figures", "positions", "events", "wording"}
    assert all(set(row["error"]) == {"sample", "practice", "heldback"} for row in held.values())


def test_rows_carry_shares() -> None:
    (statement,) = parley.analyse("The mayor said the bridge is safe.", profile="rules").statements
    assert 0 < statement.confidence < 1


def test_other_curves_make_other_rows() -> None:
    assert any(name.startswith("confidence@") for name in shipped()), "an article is read again when they change"

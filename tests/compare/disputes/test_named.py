"""Which parties words name: by the names of the article's rows, and by words made of them."""

from __future__ import annotations

import pytest

from parley.compare.base import Told
from parley.compare.disputes.named import parties_named

NAMES = {
    "calvera": "ac_1\tCalvera\tCalvera",
    "toven brigades": "ac_2\tToven Brigades\tVeyra",
    "veyra": "ac_3\tVeyra\tVeyra",
    "lantern relief": "ac_4\tLantern Relief\t",
}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the shells were most likely Veyra's own", {"Veyra": "Veyra"}),
        ("a hill held by the Toven Brigades", {"Veyra": "Veyra"}),
        ("Calverans and a Veyran died", {"Calvera": "Calvera", "Veyra": "Veyra"}),
        ("Lantern Relief says so", {"Lantern Relief": "Lantern Relief"}),
        ("the calveraxation of Toven", {}),
        ("", {}),
    ],
)
def test_parties_are_found_by_name(text: str, named: dict[str, str]) -> None:
    assert parties_named(Told({"id": "a"}, text, names=NAMES), text) == named

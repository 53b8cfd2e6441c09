"""The days that vendors' headers print, in the languages of their interfaces."""

from __future__ import annotations

import pytest

from parley.read.vendors.days import day_in, is_date_line


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("March 5, 2031 Wednesday", "2031-03-05"),
        ("March 5, 2031 Wednesday 10:21 AM GMT", "2031-03-05"),
        ("Wednesday, March 5, 2031", "2031-03-05"),
        ("5 March 2031", "2031-03-05"),
        ("Mar 5, 2031", "2031-03-05"),
        ("05 Mar 2031: A.1.", "2031-03-05"),
        ("Sept. 5, 2031", "2031-09-05"),
        ("March 5th, 2031", "2031-03-05"),
        ("5. März 2031 Mittwoch", "2031-03-05"),
        ("Mittwoch 5. Mai 2031", "2031-05-05"),
        ("1er août 2031", "2031-08-01"),
        ("mercredi 5 mars 2031", "2031-03-05"),
        ("5 de marzo de 2031", "2031-03-05"),
        ("5 maart 2031 woensdag", "2031-03-05"),
        ("5 marzo 2031", "2031-03-05"),
        ("2031-03-05", "2031-03-05"),
        ("2031年3月5日", "2031-03-05"),
        ("25.03.2031", "2031-03-25"),
        ("March 2031", "2031-03"),
        ("The Kell Herald (Adrim), March 5, 2031", "2031-03-05"),
        ("03/04/2031", None),
        ("February 30, 2031", None),
        ("Copyright 2031 Kell Newspapers", None),
        ("may 2031 be better", "2031-05"),
        ("Late Edition - Final", None),
        ("", None),
    ],
)
def test_a_header_prints_a_day(line: str, day: str | None) -> None:
    assert day_in(line) == day


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("March 5, 2031 Wednesday 10:21 AM GMT", True),
        ("dimanche 9 mars 2031", True),
        ("Load-Date: March 5, 2031", False),
        ("Talks to resume in Adrim on March 5, 2031", False),
        ("Copyright 2031 Kell Newspapers", False),
    ],
)
def test_a_date_line_begins_with_its_date(line: str, is_one: bool) -> None:
    assert is_date_line(line) is is_one

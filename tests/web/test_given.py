"""Forms are read as browsers send them, and nobody is ever sent to another site."""

from __future__ import annotations

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from parley.errors import UsageError
from parley.web.given import FIELDS, Given, back, local


def test_fields_are_read_with_their_lines_and_without_the_space_around_them() -> None:
    form = Given.of(b"note=+one%0D%0Atwo+&name=%C3%89lys%C3%A9e&empty=++")
    assert form.get("note") == "one\ntwo"
    assert form.get("name") == "Élysée"
    assert form.get("empty") is None
    assert form.get("nothing") is None


def test_a_field_that_is_needed_is_asked_for_by_name() -> None:
    with pytest.raises(UsageError, match="nothing of row"):
        Given.of(b"row=").need("row")


@pytest.mark.parametrize("body", [b"\xff\xfe=1", b"a=%ff", b"&".join(b"k%d=1" % n for n in range(FIELDS + 2))])
def test_what_is_no_form_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        Given.of(body)


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/x",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/a\r\nset-cookie: x=1",
        "/\t/evil.example",
        "statements",
        "",
    ],
)
def test_an_address_elsewhere_leads_home(address: str) -> None:
    assert local(address) == "/"


@any_of(st.text(max_size=60))
def test_whatever_is_given_the_way_back_is_one_of_our_own_addresses(address: str) -> None:
    answer = back(address, at="st_1")
    where = answer.headers["location"]
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert where.endswith("#st_1")


def test_the_way_back_keeps_the_question_and_names_the_row() -> None:
    where = back("/statements?speaker=Oran+%26+Melk#st_1", at="st_2").headers["location"]
    assert where == "/statements?speaker=Oran+%26+Melk#st_2"

"""CSL-JSON holds what the schema of the Citation Style Language wants, and the article as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from dossiers import NASTY

from parley.export.dossier.csl import csl
from parley.export.dossier.sheet import Sheet
from parley.show.citing import line

STRING = {"type": "string"}
NAME = {"type": "object", "properties": {"literal": STRING}, "required": ["literal"], "additionalProperties": False}
PART = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": ["article-newspaper"]},
            "author": {"type": "array", "items": NAME, "minItems": 1},
            "issued": {
                "type": "object",
                "properties": {"date-parts": {"type": "array", "items": PART, "minItems": 1, "maxItems": 2}},
                "additionalProperties": False,
            },
            **dict.fromkeys(("id", "title", "container-title", "URL", "language", "note"), STRING),
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
"""What csl-data.json (schema of CSL 1.0.2) asks of the fields that we write: required ones, shapes, and no field it does not know."""


def items(sheet: Sheet) -> list[dict[str, Any]]:
    jsonschema = pytest.importorskip("jsonschema")
    made: list[dict[str, Any]] = json.loads(csl(sheet))
    jsonschema.validate(made, SCHEMA)
    return made


def test_an_article_is_an_item(sheet: Sheet) -> None:
    [item] = items(sheet)
    assert item["title"] == "Envoy says road will open"
    assert item["container-title"] == "Herald"
    assert item["author"] == [{"literal": "Ruth Salter"}]
    assert item["issued"] == {"date-parts": [[2031, 3, 3]]}
    assert sheet.quotes[0].article["sha256"] in item["note"]


def test_hostile_fields_are_text(hostile_sheet: Sheet) -> None:
    [item] = items(hostile_sheet)
    assert item["title"] == line(NASTY)
    assert item["author"][1] == {"literal": "Ana and Ben"}
    assert item["URL"].startswith("https://herald.example/%22%3E%3Cimg")


@pytest.mark.parametrize(
    ("published", "precision", "latest", "told"),
    [
        ("2031-03", "month", "2031-03", [[2031, 3]]),
        ("2031", "year", "2031", [[2031]]),
        (None, "interval", "2031-04-01", [[2031, 3, 3], [2031, 4, 1]]),
        (None, None, None, None),
    ],
)
def test_a_day_is_as_exact_as_it_is_known(
    sheet: Sheet, published: str | None, precision: str | None, latest: str | None, told: Any
) -> None:
    days = {"published": published, "published_precision": precision, "published_latest": latest}
    article = {**sheet.quotes[0].article, **days, "published_earliest": "2031-03-03" if precision else None}
    [item] = items(Sheet("R", "", "", [replace(sheet.quotes[0], article=article)]))
    assert item.get("issued", {}).get("date-parts") == told

"""What can be asked across articles, of the sample corpus: in the shape that is promised, and on PostgreSQL as on SQLite."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
from conftest import empty_database

from parley.compare.base import Row
from parley.compare.registry import ask, questions
from parley.engine.build import build
from parley.engine.sample import sample
from parley.store.ledger import Ledger

Answers: TypeAlias = dict[str, list[Row]]


def answers(place: str) -> Answers:
    """All that can be asked of the sample corpus across articles, and what one outlet does not have."""
    files = sample()
    build(files.sources, place, profile="rules", workers=1, codebook=files.codebooks, series=files.series)
    with Ledger.open(place) as ledger:
        asked = {
            name: {} if question.exported else {"outlet": "Adrim Herald"} for name, question in questions().items()
        }
        given = {name: ask(ledger, name, options) for name, options in asked.items()}
        return given | {"matrix at a day": ask(ledger, "matrix", {"at": "2031-03-20"})}


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """The answers of a SQLite file."""
    return answers(str(tmp_path_factory.mktemp("pile") / "l.db"))


@pytest.fixture(scope="module")
def postgres(postgres_server: str) -> Iterator[Answers]:
    """Those of a PostgreSQL database."""
    with empty_database(postgres_server) as address:
        yield answers(address)


@pytest.mark.postgres
@pytest.mark.parametrize("name", [*questions(), "matrix at a day"])
def test_both_databases_answer_alike(sqlite: Answers, postgres: Answers, name: str) -> None:
    assert sqlite[name] or name == "naming", "no two outlets of the sample corpus name a thing often enough"
    assert postgres[name] == sqlite[name]


# --- shapes: what programs that read `parley show X --format json` count on; more keys may stand beside these ---------

Shape: TypeAlias = Any
"""What a value must be: a type, some types, values, a pattern of a text, a shape of each element, or shapes by key."""

ID = re.compile(r"[a-z]{2}_[0-9a-f]{20}")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
TEXT, OPEN = (str,), (str, type(None))
SPAN = [int]


def at_most_one(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1


SHAPES: dict[str, dict[str, Shape]] = {
    "copies": {
        "kind": {"whole", "excerpt", "edited"},
        "articles": [(str, type(None))],
        "contained": at_most_one,
        "passages": [[SPAN]],
    },
    "utterances": {
        "speaker": OPEN,
        "statements": [ID],
        "outlets": (int,),
        "independent": (int,),
        "first": OPEN,
        "drift": [{"statements": [ID], "removed": [TEXT], "added": [TEXT]}],
    },
    "disagreements": {
        "type": {"figures", "quotes", "events", "positions", "dates"},
        "why": TEXT,
        "rows": [ID],
        "articles": [TEXT],
    },
    "matrix": {"party": TEXT, "issue": TEXT, "stance": TEXT, "since": OPEN, "rows": [ID], "reported_by": (int,)},
    "shifts": {"party": TEXT, "issue": TEXT, "from": TEXT, "to": TEXT, "date": DAY, "rows": [ID]},
    "series": {
        "category": TEXT,
        "population": OPEN,
        "place": OPEN,
        "scope": OPEN,
        "claimant": OPEN,
        "points": [
            {"date": OPEN, "low": (*OPEN, int, float), "high": (*OPEN, int, float), "qualifier": TEXT, "rows": [ID]}
        ],
        "conflicts": list,
    },
    "timeline": {
        "date": OPEN,
        "precision": OPEN,
        "type": TEXT,
        "actors": [TEXT],
        "status": {"actual", "planned", "claimed", "denied"},
        "rows": [ID],
        "outlets": (int,),
        "independent": (int,),
    },
    "wording": {
        "referent": TEXT,
        "term": TEXT,
        "outlet": OPEN,
        "voice": {"outlet", "headline", "insert", "indirect", "quoted", "scare"},
        "n": (int,),
        "of": (int,),
        "interval": lambda ends: ends is None or (len(ends) == 2 and 0 <= ends[0] <= ends[1] <= 1),
        "rows": [ID],
    },
    "missing": {"row": ID, "carried_by": (int,), "window": [DAY]},
}


def has_shape(value: Any, shape: Shape) -> bool:
    """True where a value is as its shape says."""
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(k in value and has_shape(value[k], s) for k, s in shape.items())
    if isinstance(shape, list):
        return isinstance(value, list) and all(has_shape(v, shape[0] if shape[0] is not int else (int,)) for v in value)
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if isinstance(shape, set):
        return value in shape
    if isinstance(shape, type | tuple):
        return isinstance(value, shape)
    check: Callable[[Any], bool] = shape
    return check(value)


@pytest.mark.parametrize("name", [*SHAPES, "matrix at a day"])
def test_answers_have_the_shape_that_programs_count_on(sqlite: Answers, name: str) -> None:
    shape = SHAPES["matrix" if name == "matrix at a day" else name]
    assert sqlite[name]
    for row in sqlite[name]:
        for key, wanted in shape.items():
            assert has_shape(row.get(key, ...), wanted), (key, row.get(key, "absent"))


def test_a_copy_names_where_it_comes_from_or_leaves_it_open(sqlite: Answers) -> None:
    for copy in sqlite["copies"]:
        origin, taker = copy["articles"]
        assert taker is not None
        assert all(len(pair) == 2 and all(len(span) == 2 for span in pair) for pair in copy["passages"])
        assert {origin or copy["between"][0], taker} <= set(copy["between"])

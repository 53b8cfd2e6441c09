"""An actor's facts: every role, side and name with its days, its articles and the rows that prove it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from parley.cli import app
from parley.codebooks import load_codebook
from parley.data import Event, Mention, Reading, Speaker, Statement
from parley.resolve.relink import link_names
from parley.store.ledger import Ledger
from parley.store.rows import Row

MakeReading = Callable[..., Reading]
TEXT = "{day}\n{who}, the {role}, said that the road will open. {who} met Ilse Corran.\n"


def told(reading: MakeReading, n: int, day: str, who: str, role: str, side: str | None = "Veyra") -> Reading:
    """An article in which somebody speaks and meets somebody else."""
    made = reading(
        "Envoy says road will open\nCALVERA, 3 March 2031. The envoy Oran Melk said on Monday that “the road will open” if the"
        " dam is returned.\nAt least 23 militants were killed, the ministry said. Élysée officials’ talks were held in Port"
        f" Amity.\n© Herald\n{n}",
        file=f"in/{n}.txt",
        source_id=f"{n}.txt",
        published=day,
    )
    article = replace(made.article, outlet=f"Outlet {n % 2}", published=day)
    first = made.statements[0]
    said = Statement(
        article.id, first.content, "mixed", source=first.source, cue=first.cue, speaker=Speaker(who, None, role, side)
    )
    met = Event(article.id, made.events[0].span, "talks_held", "actual", (who, "Ilse Corran"), None, day)
    names = (Mention(first.content[0], "person", who, side, role), Mention(first.content[1], "person", "Ilse Corran"))
    return replace(made, article=article, mentions=names, statements=(said,), events=(met,), figures=(), positions=())


@pytest.fixture
def ledger(ledger_place: str, reading: MakeReading) -> Ledger:
    with Ledger.open(ledger_place, create=True) as held:
        for n, (day, who, role) in enumerate(
            (
                ("2031-03-01", "Oran Melk", "negotiator"),
                ("2031-03-05", "O. Melk", "negotiator"),
                ("2031-05-01", "Oran Melk", "prime minister"),
                ("2031-05-02", "Veyra prime minister", "Veyra prime minister"),
                ("2031-03-02", "Tessa Wray", "nurse"),
            )
        ):
            held.add(told(reading, n, day, who, role), fingerprint="f", run="r")
        link_names(held, load_codebook())
    return Ledger.open(ledger_place)


def test_roles_stand_with_their_days_and_rows(ledger: Ledger) -> None:
    with ledger:
        [melk] = ledger.actor_facts(name="melk")
        said = {s["id"]: s for s in ledger.statements()}
    assert [(r["role"], r["first"], r["last"], r["articles"]) for r in melk["roles"]] == [
        ("negotiator", "2031-03-01", "2031-03-05", 2),
        ("prime minister", "2031-05-01", "2031-05-01", 1),
        ("Veyra prime minister", "2031-05-02", "2031-05-02", 1),
    ]
    assert all(said[id]["speaker"]["role"] == r["role"] for r in melk["roles"] for id in r["rows"])
    assert [(s["side"], s["articles"]) for s in melk["sides"]] == [("Veyra", 4)]
    assert (melk["statements"]["n"], melk["statements"]["outlets"]) == (4, 2)


def test_every_name_says_why_it_is_theirs(ledger: Ledger) -> None:
    with ledger:
        [melk] = ledger.actor_facts(name="melk")
    rules = {name["name"]: (name["rule"], name["first"]) for name in melk["names"]}
    assert rules == {
        "Oran Melk": ("exact", "2031-03-01"),
        "O. Melk": ("initials", "2031-03-05"),
        "Veyra prime minister": ("office", "2031-05-02"),
    }
    assert all(name["why"] for name in melk["names"])


def test_names_met_come_with_the_events_in_which_they_meet(ledger: Ledger) -> None:
    with ledger:
        [melk] = ledger.actor_facts(name="melk")
        met: list[Row] = melk["met"]
        assert [(m["name"], m["articles"], len(m["rows"])) for m in met] == [("Ilse Corran", 4, 4)]
        assert all(ledger.row(id) for id in met[0]["rows"])


def test_the_command_shows_them_as_json_and_as_a_table(ledger: Ledger) -> None:
    where = ledger.where if "@" not in ledger.where else None
    ledger.close()
    if where is None or where.startswith("postgres"):
        pytest.skip("the command is asked on a file")
    runner = CliRunner()
    asked = ["show", "actors", "--name", "melk", "-l", where]
    shown = json.loads(runner.invoke(app, [*asked, "--format", "json"]).stdout)
    assert [a["name"] for a in shown] == ["Oran Melk"]
    assert list(shown[0])[:2] == ["row", "id"]
    table = runner.invoke(app, asked).stdout
    assert "negotiator" in table
    assert "2031-03-01" in table
    assert runner.invoke(app, [*asked, "--voice", "outlet"]).exit_code != 0

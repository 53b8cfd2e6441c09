"""Linking only the names that changed, and those they bear on, gives the links that linking all of them gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.codebooks import ActorEntry, Codebook
from parley.data import Mention, Reading, Speaker, Statement
from parley.resolve.relink import link_names
from parley.store.ledger import Ledger
from parley.store.rows import Row

MakeReading = Callable[..., Reading]
BOOK = Codebook(
    names=("test",),
    sha256="0",
    parties=("Calvera", "Veyra"),
    actors=(
        ActorEntry("Calvera", "government", "Calvera", demonyms=("Calveran", "Calverans"), capital="Adrim"),
        ActorEntry("Mira Solvane", "person", "Calvera", aliases=("Madam Solvane", "Lady of Adrim")),
        ActorEntry("Toven Brigades", "organisation", "Veyra", "armed wing"),
    ),
)
TEXT = (
    "Envoy says road will open\nCALVERA, 3 March 2031. The envoy Oran Melk said on Monday that “the road will open” if the dam"
    " is returned.\nAt least 23 militants were killed, the ministry said. Élysée officials’ talks were held in Port Amity.\n© Herald\n"
)
Telling = tuple[str, str, str | None, str | None, str]
"""Name, kind, side, role and day."""

NAMES = (
    *(
        ("Oran Melk", "person"),
        ("O. Melk", "person"),
        ("Melk", "person"),
        ("Lio Melk", "person"),
        ("Oran Melck", "person"),
    ),
    *(("Mira Solvane", "person"), ("Solvane", "unknown"), ("Mira Slovane", "person"), ("Lady of Adrim", "person")),
    *(("Karl Tarn Sr.", "person"), ("Karl Tarn Jr.", "person"), ("Karl Tarn", "person"), ("Martina Tarn", "person")),
    *(("army", "organisation"), ("Calveran army", "organisation"), ("ministry", "organisation"), ("Adrim", "place")),
    *(("Calveran health ministry", "organisation"), ("interior ministry", "organisation"), ("Calverans", "group")),
    *(("Veyra", "organisation"), ("the Veyra movement", "organisation"), ("Veyra's armed wing", "organisation")),
    *(("Northern Dockers Union", "organisation"), ("NDU", "organisation"), ("Northern Dockers", "organisation")),
    *(("Veyra prime minister", "person"), ("prime minister", "person"), ("Tessa Wray", "person"), ("Wray", "unknown")),
)
ROLES = (None, None, "prime minister", "negotiator", "mayor", "former prime minister")
telling = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from((None, "Calvera", "Veyra")),
    st.sampled_from(ROLES),
    st.sampled_from(("2031-01-05", "2031-03-05", "2031-06-05")),
).map(lambda x: (x[0][0], x[0][1], x[1], x[2], x[3]))


def told(reading: MakeReading, n: int, one: Telling) -> Reading:
    """An article in which somebody speaks."""
    who, kind, side, role, day = one
    made = reading(f"{TEXT}{n}", file=f"in/{n}.txt", source_id=f"{n}.txt")
    content = made.statements[0].content
    article = replace(made.article, published=day)
    said = Statement(article.id, content, "direct", speaker=Speaker(who, None, role, side))
    mention = Mention(content[0], kind, who, side, role)  # type: ignore[arg-type]
    none = dict.fromkeys(("figures", "positions", "events", "wording", "dates"), ())
    return replace(made, article=article, mentions=(mention,), statements=(said,), **none)  # type: ignore[arg-type]


def linked(ledger: Ledger) -> tuple[list[Row], list[Row]]:
    return list(ledger.actors()), list(ledger.links())


def at_once(reading: MakeReading, tellings: Sequence[tuple[int, Telling]], where: str) -> tuple[list[Row], list[Row]]:
    with Ledger.open(where, create=True) as ledger:
        for n, one in tellings:
            ledger.add(told(reading, n, one), fingerprint="f", run="r")
        link_names(ledger, BOOK)
        return linked(ledger)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.lists(telling, min_size=1, max_size=6), min_size=2, max_size=4))
def test_bit_by_bit_gives_what_all_at_once_gives(
    reading: MakeReading, tmp_path_factory: pytest.TempPathFactory, batches: list[list[Telling]]
) -> None:
    folder = tmp_path_factory.mktemp("relink")
    numbered = list(enumerate(one for batch in batches for one in batch))
    with Ledger.open(folder / "bits.db", create=True) as ledger:
        at = 0
        for batch in batches:
            for n, one in numbered[at : at + len(batch)]:
                ledger.add(told(reading, n, one), fingerprint="f", run="r")
            at += len(batch)
            link_names(ledger, BOOK)
        found = linked(ledger)
    assert found == at_once(reading, numbered, str(folder / "once.db"))


def test_an_article_read_again_takes_its_old_names_away(ledger_place: str, reading: MakeReading) -> None:
    first: list[Telling] = [
        ("Oran Melk", "person", "Veyra", "negotiator", "2031-01-05"),
        ("Lio Melk", "person", "Veyra", "mayor", "2031-01-05"),
        ("Melk", "person", "Veyra", None, "2031-01-05"),
    ]
    with Ledger.open(ledger_place, create=True) as ledger:
        for n, one in enumerate(first):
            ledger.add(told(reading, n, one), fingerprint="f", run="r")
        link_names(ledger, BOOK)
        assert {x["judgement"] for x in ledger.links(left="melk [veyra]")} == {"unsure"}
        ledger.add(told(reading, 1, ("Mira Solvane", "person", None, None, "2031-01-05")), fingerprint="g", run="r")
        link_names(ledger, BOOK)
        assert [a["name"] for a in ledger.actors()] == ["Mira Solvane", "Oran Melk"]
        assert [x["judgement"] for x in ledger.links(left="melk [veyra]")] == ["positive"]


def test_nothing_is_written_where_nothing_changed(ledger_place: str, reading: MakeReading) -> None:
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(told(reading, 1, ("Oran Melk", "person", None, None, "2031-01-05")), fingerprint="f", run="r")
        link_names(ledger, BOOK)
        before = linked(ledger)
        link_names(ledger, BOOK)
        assert linked(ledger) == before

"""Several people at one ledger at once: nothing that anybody says is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from parley.data import Reading
from parley.store.ledger import Ledger

MakeReading = Callable[..., Reading]
PEOPLE = ("Ana", "Ben", "Cem", "Dee")


def test_two_reviewers_correct_one_row_at_once(ledger_place: str, reading: MakeReading) -> None:
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(reading(), fingerprint="f1", run="r1")
        id = ledger.events()[0]["id"]

    def sit(name: str) -> list[str]:
        with Ledger.open(ledger_place) as mine:
            return [
                mine.judge(id, "correct", by=name, changes={"place": f"{name} {n}"}, why=f"{n}")["id"] for n in range(5)
            ]

    with ThreadPoolExecutor(len(PEOPLE)) as together:
        said = [id for ids in together.map(sit, PEOPLE) for id in ids]
    with Ledger.open(ledger_place) as ledger:
        log = list(ledger.judgements(id))
        shown = ledger.events()[0]
    assert {e["id"] for e in log} == set(said)
    assert len({e["at"] for e in log}) == len(log) == 20
    assert len({e["case"] for e in log}) == 1
    assert shown["place"] == log[-1]["changes"]["place"]
    assert (shown["judged"]["by"], shown["judged"]["disputed"]) == (log[-1]["by"], True)


def test_people_judge_while_a_build_writes_the_article_again(ledger_place: str, reading: MakeReading) -> None:
    first = reading()
    with Ledger.open(ledger_place, create=True) as ledger:
        ledger.add(first, fingerprint="f0", run="r0")
        ids = [r["id"] for r in ledger.queue()]

    def build() -> None:
        with Ledger.open(ledger_place) as mine:
            for n in range(8):
                found = first if n % 2 else replace(first, figures=(), events=())
                mine.add(found, fingerprint=f"f{n + 1}", run="r1")

    def sit(name: str) -> int:
        with Ledger.open(ledger_place) as mine:
            return sum(_said(mine, id, name) for id in ids)

    with ThreadPoolExecutor(3) as together:
        building = together.submit(build)
        count = sum(together.map(sit, PEOPLE[:2]))
        building.result()
    with Ledger.open(ledger_place) as ledger:
        assert len(ledger.judgements()) == count
        confirmed = {e["about"] for e in ledger.judgements()}
        assert {i for i in ids if (ledger.row(i) or {}).get("judged")} == confirmed
        assert ledger.lost_judgements() == []


def _said(ledger: Ledger, id: str, name: str) -> bool:
    from parley.errors import UsageError

    try:
        ledger.judge(id, "confirm", by=name)
    except UsageError:
        return False  # the build has just taken the row away
    return True

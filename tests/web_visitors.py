"""Somebody who visits the web app, at an address and by a name; and an article that attacks whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from starlette.testclient import TestClient

from parley.data import Plover, Reading, Speaker
from parley.store.ledger import Ledger
from parley.web.app import make_app
from parley.web.guard import Door

HOME = "http://127.0.0.1:8731"


def visitor(ledger: Ledger, door: Door | None = None, *, at: str = HOME, address: str = "127.0.0.1") -> TestClient:
    """A browser at an address that calls the app by a name."""
    app = make_app(ledger, door or Door(port=8731))
    return TestClient(app, base_url=at, client=(address, 50000), follow_redirects=False)


ATTACK = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'--{{7*7}}</textarea></title><svg/onload=alert(3)>"


def hostile(reading: Callable[..., Reading]) -> Reading:
    """A reading with an attack in every field that holds text, spans aside: those hold what the text says, which attacks too."""
    text = (
        f"Envoy says road will open\nCALVERA, 3 March 2031. The envoy Oran Melk said on Monday that “the road will open” "
        f"if the dam is returned.\nAt least 23 militants were killed, the ministry said. Élysée officials’ talks were held "
        f"in Port Amity.\n{ATTACK}\n© Herald\n"
    )
    made = reading(text, file=f"in/{ATTACK}.txt", source_id=ATTACK)
    who = Speaker(ATTACK, None, ATTACK, ATTACK, None)
    article = replace(
        made.article,
        title_text=ATTACK,
        outlet=ATTACK,
        url=f"javascript:{ATTACK}",
        authors=(ATTACK,),
        dateline_place=ATTACK,
    )
    return replace(
        made,
        article=article,
        statements=tuple(replace(s, speaker=who, addressee=ATTACK, venue=ATTACK, via=ATTACK) for s in made.statements),
        figures=tuple(replace(f, claimant=ATTACK, place=ATTACK, population=ATTACK) for f in made.figures),
        positions=tuple(replace(p, party=ATTACK, said_by=ATTACK, condition=ATTACK) for p in made.positions),
        events=tuple(replace(e, actors=(ATTACK,), place=ATTACK, plover=Plover(ATTACK, ATTACK)) for e in made.events),
        wording=tuple(replace(w, term=ATTACK, referent=ATTACK) for w in made.wording),
    )


def addresses(ledger: Ledger) -> list[str]:
    """Every kind of page over a ledger."""
    article = next(iter(ledger.articles()))["id"]
    rows = [
        r[0]["id"]
        for r in (ledger.statements(), ledger.figures(), ledger.positions(), ledger.events(), ledger.wording())
    ]
    actor = f"/actor/{next(iter(ledger.actors()))['id']}"
    pages = ["/", "/statements", "/figures", "/figures/rows", "/positions?all=1", "/positions/rows", "/timeline"]
    pages += [
        "/timeline/rows",
        "/wording",
        "/wording/rows",
        "/articles",
        "/actors",
        actor,
        "/about",
        "/differences",
    ]
    pages += ["/review", "/review?order=disagreement", "/review/said", "/review/waiting", f"/review{actor}"]
    pages += [f"/review/utterance/{rows[0]}", f"/review/row/{article}", *(f"/review/row/{id}" for id in rows)]
    return [*pages, f"/article/{article}", *(f"/row/{id}" for id in rows)]

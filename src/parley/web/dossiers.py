"""What is done with dossiers: collecting rows from any page, ordering, noting, taking out, putting back, taking along.

Each is a form that works without script; a script that collects asks for JSON, and gets the same done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from parley.errors import UsageError
from parley.export.dossier import FORMATS, write
from parley.store.ledger import Ledger
from parley.web.answers import Answers
from parley.web.asked import Asked, address
from parley.web.downloads import attachment, safe_name
from parley.web.given import Given, back, given
from parley.web.guard import Door
from parley.web.pages import dossier as pages
from parley.web.rendering import render
from parley.web.reviewer import reviewer
from parley.web.visit import cookie, visit_of

FIRST = "My dossier"
"""The name of the dossier that is made for a row where there is none to collect it in."""

YEAR = 365 * 24 * 3600
Form = Annotated[Given, Depends(given)]


def add(app: FastAPI, answers: Answers) -> None:
    """Serve dossiers."""
    ledger = answers.ledger
    _add_pages(app, answers)

    @app.post("/dossiers")
    def make(request: Request, form: Form) -> Response:
        made = ledger.dossier_make(form.need("name"), note=form.values.get("note", ""))
        return _choose(request, back(f"/dossier/{made['id']}"), made["id"])

    @app.post("/dossiers/collect")
    def collect(request: Request, form: Form) -> Response:
        return _collect(request, ledger, form)

    @app.post("/dossier/{id}")
    def change(id: str, request: Request, form: Form) -> Response:
        act = form.need("act")
        if act == "choose":
            return _choose(request, back(form.get("back"), f"/dossier/{id}"), ledger.dossier(id, limit=0)["id"])
        if act not in ACTS:
            raise UsageError("that cannot be done with a dossier")
        return ACTS[act](ledger, id, form)


def _add_pages(app: FastAPI, answers: Answers) -> None:
    def shown(request: Request, template: str, values: Mapping[str, Any], chosen: str | None = None) -> Response:
        visit = visit_of(request, answers.ledger, chosen=chosen)
        return HTMLResponse(render(template, answers.ledger, visit=visit, **values))

    @app.get("/dossiers", response_class=HTMLResponse)
    def every(request: Request) -> Response:
        asked = Asked.of("/dossiers", request.query_params.multi_items(), ("gone",))
        return shown(request, "dossiers", pages.dossiers(answers, asked))

    @app.get("/dossier/{id}", response_class=HTMLResponse)
    def one(id: str, request: Request) -> Response:
        asked = Asked.of(request.url.path, request.query_params.multi_items(), pages.KNOWN)
        values = pages.dossier(answers, id, asked)
        # what is looked at is what rows are collected in from now on
        chosen = values["dossier"]["id"]
        return _choose(request, shown(request, "dossier", values, chosen), chosen)

    @app.get("/dossier/{id}/file/{form}")
    def taken(id: str, form: str) -> Response:
        if form not in FORMATS:
            raise HTTPException(404)
        held = answers.ledger.dossier(id, limit=0)
        headers = attachment(f"{safe_name(held['name'])}.{FORMATS[form].ending}")
        return Response(write(answers.ledger, id, form), media_type=FORMATS[form].media, headers=headers)


def _choose(request: Request, answer: Response, dossier: str) -> Response:
    """Let rows be collected in a dossier from now on, in this browser."""
    door: Door = request.app.state.door
    answer.set_cookie(cookie(door), dossier, max_age=YEAR, httponly=True, samesite="strict", path="/")
    return answer


def _collect(request: Request, ledger: Ledger, form: Given) -> Response:
    """Put rows into the dossier that is named, else the one that was chosen, else a first one."""
    rows = form.lists.get("row") or [form.need("row")]
    named = form.get("dossier") or (visit_of(request, ledger).dossier or {}).get("id")
    entries = ledger.dossier_add(
        named or FIRST, rows, note=form.values.get("note", ""), by=reviewer(request), make=named is None
    )
    chosen = entries[0]["dossier"]
    if request.headers.get("accept") == "application/json":
        held = ledger.dossier(chosen, limit=0)
        told = {"entry": entries[0]["id"], "dossier": held["id"], "name": held["name"], "count": held["entries"]}
        return _choose(request, JSONResponse({**told, "row": rows[0]}, headers={"cache-control": "no-store"}), chosen)
    return _choose(request, back(form.get("back"), f"/dossier/{chosen}", at=rows[0]), chosen)


# --- one dossier ----------------------------------------------------------------------------------------------------


def _rename(ledger: Ledger, id: str, form: Given) -> Response:
    ledger.dossier_change(id, name=form.need("name"), note=form.values.get("note", ""))
    return back(f"/dossier/{id}")


def _heading(ledger: Ledger, id: str, form: Given) -> Response:
    made = ledger.dossier_heading(id, form.need("words"))
    return _at(id, made["id"], ledger.dossier_move(made["id"], 0))


def _note(ledger: Ledger, id: str, form: Given) -> Response:
    entry = form.need("entry")
    ledger.dossier_note(entry, form.values.get("note", ""))
    return _at(id, entry, ledger.dossier_move(entry, 0))


def _move(ledger: Ledger, id: str, form: Given) -> Response:
    entry = form.need("entry")
    to, by = form.get("to"), form.get("by")
    steps = int(by) if by in ("-1", "1") else None
    if steps is None:
        if to is None or not (to.isascii() and to.isdigit() and len(to) < 7):
            raise UsageError("say to which number it is to be moved")
        steps = int(to) - ledger.dossier_move(entry, 0)
    return _at(id, entry, ledger.dossier_move(entry, steps))


def _take_out(ledger: Ledger, id: str, form: Given) -> Response:
    entry = form.need("entry")
    where = pages.page_of(id, ledger.dossier_move(entry, 0))
    ledger.dossier_take_out(entry)
    start = urlsplit(where).query.partition("=")[2] or None
    return back(address(f"/dossier/{id}", out=entry, **{"from": start}), at="undo")


def _put_back(ledger: Ledger, id: str, form: Given) -> Response:
    entry = ledger.dossier_put_back(id, form.get("entry"))
    return _at(id, entry, ledger.dossier_move(entry, 0))


def _remove(ledger: Ledger, id: str, _: Given) -> Response:
    ledger.dossier_remove(id)
    return back(address("/dossiers", gone=id), at="undo")


def _restore(ledger: Ledger, id: str, _: Given) -> Response:
    ledger.dossier_restore(id)
    return back(f"/dossier/{id}")


def _at(id: str, entry: str, number: int) -> Response:
    """Back to the dossier, where an entry is."""
    return back(pages.page_of(id, number), at=entry)


ACTS: Mapping[str, Callable[[Ledger, str, Given], Response]] = {
    "rename": _rename,
    "heading": _heading,
    "note": _note,
    "move": _move,
    "out": _take_out,
    "back": _put_back,
    "remove": _remove,
    "restore": _restore,
}

"""The web app: its routes, one line each. Every page is a plain address that reads the ledger; `judging` and `dossiers` alone
write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from parley.errors import LedgerError, UsageError
from parley.store.ledger import Ledger
from parley.web import dossiers, downloads, files, judging
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.guard import Door, Guard
from parley.web.pages import (
    about,
    across,
    actors,
    article,
    figures,
    found,
    listing,
    overview,
    positions,
    row,
    timeline,
    wording,
)
from parley.web.rendering import render
from parley.web.visit import visit_of

Show = Callable[[Answers, Asked], Mapping[str, Any]]

PAGES: tuple[tuple[str, str, tuple[str, ...], Show], ...] = (
    ("/", "overview", (), overview.overview),
    ("/search", "search", ("q",), found.found),
    ("/figures", "figures", figures.KNOWN, figures.figures),
    ("/positions", "positions", positions.KNOWN, positions.positions),
    ("/timeline", "timeline", timeline.KNOWN, timeline.timeline),
    ("/wording", "wording", wording.KNOWN, wording.wording),
    ("/actors", "actors", ("name", "side"), actors.actors),
    ("/differences", "differences", ("type",), across.differences),
    ("/across", "across", across.KNOWN, across.across),
    ("/about", "about", (), about.about),
)
"""Address, template, what it may be asked, and who answers."""

LISTS = {
    "/statements": "statement",
    "/figures/rows": "figure",
    "/positions/rows": "position",
    "/timeline/rows": "event",
    "/wording/rows": "wording",
    "/articles": "article",
}
"""Lists of rows of one kind."""


def make_app(ledger: Ledger, door: Door | None = None) -> FastAPI:
    """The app over an open ledger; whoever makes it closes the ledger."""
    app = FastAPI(title="Parley", docs_url=None, redoc_url=None, openapi_url=None)
    answers = Answers(ledger)
    held = door or Door()
    app.state.door = held
    for path, template, known, show in PAGES:
        app.add_api_route(path, _page(answers, template, known, show), response_class=HTMLResponse)
    for path, kind in LISTS.items():
        app.add_api_route(
            path, _page(answers, "listing", listing.known(kind), _list(kind)), response_class=HTMLResponse
        )
    _one_by_id(app, answers)
    judging.add(app, answers)
    dossiers.add(app, answers)
    downloads.add(app, answers)
    files.add(app)
    _errors(app, answers)
    app.add_middleware(Guard, door=held)
    return app


def _list(kind: str) -> Show:
    return lambda answers, asked: listing.listing(answers, kind, asked)


def _page(answers: Answers, template: str, known: tuple[str, ...], show: Show) -> Callable[[Request], Response]:
    def page(request: Request) -> Response:
        asked = Asked.of(request.url.path, request.query_params.multi_items(), known)
        visit = visit_of(request, answers.ledger)
        return HTMLResponse(render(template, answers.ledger, visit=visit, **show(answers, asked)))

    return page


def _one_by_id(app: FastAPI, answers: Answers) -> None:
    def shown(request: Request, template: str, values: Mapping[str, Any]) -> Response:
        return HTMLResponse(render(template, answers.ledger, visit=visit_of(request, answers.ledger), **values))

    @app.get("/article/{id}", response_class=HTMLResponse)
    def one_article(id: str, request: Request) -> Response:
        asked = Asked.of(request.url.path, request.query_params.multi_items(), article.KNOWN)
        return shown(request, "article", article.article(answers, id, asked))

    @app.get("/actor/{id}", response_class=HTMLResponse)
    def one_actor(id: str, request: Request) -> Response:
        return shown(request, "actor", actors.actor(answers, id))

    @app.get("/row/{id}", response_class=HTMLResponse)
    def one_row(id: str, request: Request) -> Response:
        return shown(request, "row", row.row(answers, id))


TOLD = {404: "There is nothing here.", 405: "That cannot be asked this way."}


def _errors(app: FastAPI, answers: Answers) -> None:
    """Every error is a page that says what happened and what to do."""

    def told(status: int, words: str) -> Response:
        return HTMLResponse(render("error", answers.ledger, title=words, status=status), status_code=status)

    @app.exception_handler(UsageError)
    def wrong(_: Request, error: Exception) -> Response:
        return told(400, f"{str(error)[:1].upper()}{str(error)[1:]}")

    @app.exception_handler(LedgerError)
    def gone(_: Request, error: Exception) -> Response:
        return told(404, f"{str(error)[:1].upper()}{str(error)[1:]}")

    @app.exception_handler(HTTPException)
    def http(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return told(error.status_code, TOLD.get(error.status_code, str(error.detail)))

"""Review: its pages, and the forms by which people say the last word. The guard has looked at who sends them.

Every form works by itself and leads back to where it stood; with script the queue's forms are answered with their row alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from parley.errors import Overtaken, UsageError
from parley.store.judgements.entries import KINDS
from parley.store.rows import Row
from parley.web.answers import Answers
from parley.web.asked import Asked
from parley.web.comparing import Comparer
from parley.web.fields import changes_of
from parley.web.given import Given, given, local
from parley.web.pages import review, together, waiting, workbench
from parley.web.rendering import render
from parley.web.reviewer import name_of, remember, reviewer
from parley.web.visit import visit_of

Form = Annotated[Given, Depends(given)]
HERE = "/review"
ROWS = ("statement", "figure", "position", "event", "wording", "date", "article")


class Desk:
    """Where people judge: the answers, and who compares afterwards."""

    def __init__(self, answers: Answers, comparer: Comparer) -> None:
        self.answers = answers
        self.comparer = comparer

    def page(self, request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """A page of Review, which knows who judges and whether this visitor may."""
        visit = visit_of(request, self.answers.ledger)
        who = {"reviewer": reviewer(request), "may_change": visit.may_change, "visit": visit}
        return HTMLResponse(render(template, self.answers.ledger, **who, **values), status_code=status)

    def asked(self, request: Request, known: tuple[str, ...]) -> Asked:
        """What is asked of a page; it leads back to our own pages only."""
        asked = Asked.of(request.url.path, request.query_params.multi_items(), known)
        if "back" in asked.values:
            return Asked(asked.path, {**asked.values, "back": local(asked.get("back"), HERE)})
        return asked


def add(app: FastAPI, answers: Answers) -> None:
    """Serve Review."""
    desk = Desk(answers, Comparer(answers.ledger))
    app.state.comparer = desk.comparer
    _pages(app, desk)
    _forms(app, desk)


def _pages(app: FastAPI, desk: Desk) -> None:
    answers = desk.answers

    @app.get("/review", response_class=HTMLResponse)
    def queue(request: Request) -> Response:
        return desk.page(request, "review", review.queue(answers, desk.asked(request, review.KNOWN)))

    @app.get("/review/said", response_class=HTMLResponse)
    def said(request: Request) -> Response:
        return desk.page(request, "said", review.said(answers, desk.asked(request, ("by", "act", "before", "said"))))

    @app.get("/review/waiting", response_class=HTMLResponse)
    def lost(request: Request) -> Response:
        return desk.page(request, "waiting", waiting.waiting(answers, desk.asked(request, waiting.KNOWN)))

    @app.get("/review/row/{id}", response_class=HTMLResponse)
    def row(id: str, request: Request) -> Response:
        asked = desk.asked(request, workbench.KNOWN)
        return desk.page(request, "workbench", {**workbench.workbench(answers, id, asked), **NO_CLASH})

    @app.get("/review/actor/{id}", response_class=HTMLResponse)
    def actor(id: str, request: Request) -> Response:
        asked = desk.asked(request, together.KNOWN)
        return desk.page(request, "who", {**together.actor(answers, id, asked), **NO_CLASH})

    @app.get("/review/utterance/{id}", response_class=HTMLResponse)
    def utterance(id: str, request: Request) -> Response:
        asked = desk.asked(request, together.KNOWN)
        return desk.page(request, "utterance", {**together.utterance(answers, id, asked), **NO_CLASH})


NO_CLASH: dict[str, Any] = {"clash": None, "problem": None}


def _forms(app: FastAPI, desk: Desk) -> None:
    @app.post("/review/name")
    def name(form: Form) -> Response:
        answer = RedirectResponse(local(form.get("back"), HERE), status_code=303)
        given_name = name_of(form.get("by"))
        if given_name is None:
            raise UsageError("a judgement needs a name: who says so?")
        remember(answer, given_name)
        return answer

    @app.post("/review/judge")
    def judge(request: Request, form: Form) -> Response:
        return _with_name(desk, request, form, _judge)

    @app.post("/review/undo")
    def undo(request: Request, form: Form) -> Response:
        return _with_name(desk, request, form, _undo)

    @app.post("/review/place")
    def place(request: Request, form: Form) -> Response:
        return _with_name(desk, request, form, _place)


def _with_name(desk: Desk, request: Request, form: Given, do: Any) -> Response:
    """Do it in the name of whoever judges here; who that is, is asked once, and what was sent is kept meanwhile."""
    kept = reviewer(request)
    by = name_of(form.get("by")) or kept
    if by is None:
        again = [(k, v) for k, values in form.lists.items() if k != "by" for v in values]
        told = {"title": "Who says so?", "asked": Asked(HERE, {}), "action": request.url.path, "again": again}
        answer: Response = desk.page(request, "name", told)
        if _by_script(request):  # the whole page, not a row of the queue
            answer.headers["HX-Retarget"] = "main"
            answer.headers["HX-Reswap"] = "innerHTML"
            answer.headers["HX-Reselect"] = "main > *"
        return answer
    answer = do(desk, request, form, by)
    if by != kept:
        remember(answer, by)
    return answer


def _by_script(request: Request) -> bool:
    return "hx-request" in request.headers


# --- judging --------------------------------------------------------------------------------------------------------


def _judge(desk: Desk, request: Request, form: Given, by: str) -> Response:
    id, act = form.need("row"), form.need("act")
    try:
        made = _said(desk, form, by, id, act)
    except Overtaken:
        return _clash(desk, request, form, id, act)
    except UsageError as error:
        return _refused(desk, request, form, id, act, error)
    return _done(desk, request, form, made)


def _said(desk: Desk, form: Given, by: str, id: str, act: str) -> Row:
    ledger = desk.answers.ledger
    changes = _changes(desk, form, id) if act == "correct" else None
    others = form.lists.get("others", []) + [o for o in (form.get("other"),) if o]
    return ledger.judge(
        id,
        act,  # type: ignore[arg-type]  # `judge` refuses what is none
        by=by,
        why=form.get("why") or "",
        changes=changes,
        others=[o for o in others if o],
        seen=form.get("seen"),
    )


def _changes(desk: Desk, form: Given, id: str) -> dict[str, Any]:
    answers = desk.answers
    if id.startswith("ac_"):
        return together.actor_changes(answers, id, form)
    row = workbench.row_to_correct(answers, id)
    text = answers.ledger.text(str(row.get("article", row["id"])))
    changes = changes_of(row["row"], workbench.form_of(answers, row, text), form, row, text)
    if not changes:
        raise UsageError("nothing was changed: change a field, or confirm the row as it is")
    return changes


def _done(desk: Desk, request: Request, form: Given, made: Row) -> Response:
    """Lead back, and let what rests on the row be compared anew."""
    desk.comparer.judged()
    if _by_script(request):
        row = made["about"]
        return _row_alone(desk, request, row, form, told=review.told(made | {"stands": True, "row_now": None}))
    return RedirectResponse(_back(form, made), status_code=303)


def _back(form: Given, made: Row) -> str:
    """Where the form stood, with what was said there, so that it can be undone."""
    split = urlsplit(local(form.get("back"), HERE))
    asked = [(k, v) for k, v in parse_qsl(split.query) if k != "said"]
    return f"{split.path}?{urlencode([*asked, ('said', made['id'])])}"


def _row_alone(desk: Desk, request: Request, id: str, form: Given, *, told: Row | None = None) -> Response:
    item = review.one_to_judge(desk.answers, id)
    values = {"item": item, "id": id, "told": told, "back": local(form.get("back"), HERE)}
    return desk.page(request, "review_row", {**values, **NO_CLASH, "title": "", "asked": Asked(HERE, {})})


def _clash(desk: Desk, request: Request, form: Given, id: str, act: str) -> Response:
    """409: how it reads now, what others said meanwhile, and what this person was about to say, who then decides."""
    return _again(desk, request, form, id, act, status=409)


def _refused(desk: Desk, request: Request, form: Given, id: str, act: str, error: UsageError) -> Response:
    """400: why it cannot be, above the form as it was left."""
    return _again(desk, request, form, id, act, status=400, problem=str(error))


def _again(
    desk: Desk, request: Request, form: Given, id: str, act: str, *, status: int, problem: str | None = None
) -> Response:
    answers, asked = desk.answers, Asked(HERE, {"back": local(form.get("back"), HERE)})
    kind = KINDS.get(id.split("_", 1)[0])
    clash: dict[str, Any] | None = (
        None if problem else {"act": act, "others": _others(answers, id), "fields": [], "why": form.get("why")}
    )
    more = {"problem": problem, "clash": clash}
    if kind == "actor" or (kind == "utterance" or act in ("merge", "split")):
        show, template = (together.actor, "who") if kind == "actor" else (together.utterance, "utterance")
        return desk.page(request, template, {**show(answers, id, asked), **more}, status)
    if answers.ledger.row(id) is None:
        raise UsageError(
            f"{problem or 'a build has read these words otherwise meanwhile, and the row is gone'}; nothing was written"
        )
    values = workbench.workbench(answers, id, asked, form if act == "correct" else None)
    if clash is not None and act == "correct":
        clash["fields"] = _readings(answers, values, form)
    if _by_script(request):
        item = review.one_to_judge(answers, id)
        row = {"item": item, "id": id, "told": None, "back": asked.get("back"), "title": "", "asked": asked}
        return desk.page(request, "review_row", {**row, **more}, status)
    return desk.page(request, "workbench", {**values, **more}, status)


def _readings(answers: Answers, values: Mapping[str, Any], form: Given) -> list[tuple[str, str, str]]:
    row = values["row"]
    text = answers.ledger.text(values["article"]["id"])
    try:
        mine = changes_of(row["row"], values["fields"], form, row, text)
    except UsageError:
        return []  # they see it in the form, and why when they send it
    return workbench.both_readings(row, values["fields"], mine)


def _others(answers: Answers, id: str) -> list[Row]:
    """What was said of it and stands, the newest first."""
    return [e for e in review.log_of(answers, id) if e["stands"]][:3]


# --- undoing, and what has lost its place -----------------------------------------------------------------------------


def _undo(desk: Desk, request: Request, form: Given, by: str) -> Response:
    made = desk.answers.ledger.judge(form.need("entry"), "undo", by=by, why=form.get("why") or "")
    return _done(desk, request, form, made)


def _place(desk: Desk, request: Request, form: Given, by: str) -> Response:
    """Say of another row what was said of one that has lost its place; then it waits no longer."""
    made = waiting.place(desk.answers, form.need("entry"), form.need("row"), by=by, why=form.get("why") or "")
    return _done(desk, request, form, made)

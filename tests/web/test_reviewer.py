"""Who judges is kept as it was written, and as one line that can be seen."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from parley.web.reviewer import LONGEST, name_of, remember, reviewer

app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)


@app.get("/in")
def keep(name: str) -> PlainTextResponse:
    answer = PlainTextResponse("")
    kept = name_of(name)
    if kept:
        remember(answer, kept)
    return answer


@app.get("/who")
def who(request: Request) -> PlainTextResponse:
    return PlainTextResponse(reviewer(request) or "nobody")


@given(st.text(max_size=200))
def test_a_name_comes_back_as_it_was_kept(name: str) -> None:
    kept = name_of(name)
    client = TestClient(app)
    client.get("/in", params={"name": name})
    assert client.get("/who").text == (kept or "nobody")
    assert kept is None or (len(kept) <= LONGEST and kept.isprintable())


def test_a_cookie_that_is_no_name_is_nobody() -> None:
    for cookie in ("%ff%fe", "%00", "", "%E2%80%AE"):
        answer = TestClient(app).get("/who", headers={"cookie": f"parley_reviewer={cookie}"})
        assert answer.text in ("nobody", "��")

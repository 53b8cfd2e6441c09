"""The door of the web app: which names, whose changes, how much, and the headers on everything that leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse
from starlette.testclient import TestClient
from web_visitors import HOME

from parley.web.guard import ADDRESS_BYTES, BODY_BYTES, HEADERS, Door, Guard

TOKEN = "the-token-of-this-start"
OWN = {"origin": HOME, "sec-fetch-site": "same-origin", "cookie": f"parley_8731={TOKEN}"}


def door(**more: object) -> Door:
    return Door(token=TOKEN, port=8731, **more)  # type: ignore[arg-type]


def visitor(held: Door, *, at: str = HOME, address: str = "127.0.0.1") -> TestClient:
    """A browser at an address, at an app with one page and one change."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/page")
    def page() -> PlainTextResponse:
        return PlainTextResponse("a page")

    @app.post("/change")
    async def change(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"changed with {len(await request.body())}")

    app.add_middleware(Guard, door=held)
    return TestClient(app, base_url=at, client=(address, 50000), follow_redirects=False)


@pytest.mark.parametrize("name", ["127.0.0.1:8731", "localhost", "LOCALHOST:1", "[::1]:8731"])
def test_names_of_this_machine_are_answered(name: str) -> None:
    assert visitor(door()).get("/page", headers={"host": name}).status_code == 200


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8731", "169.254.1.1", "", "[::2]"]
)
def test_a_name_that_was_rebound_to_this_machine_is_refused(name: str) -> None:
    assert visitor(door()).get("/page", headers={"host": name}).status_code == 421


def test_a_name_that_is_allowed_is_answered_with_the_token_only() -> None:
    client = visitor(door(hosts=("desk.example",)), at="http://desk.example:8731")
    assert client.get("/page").status_code == 403
    assert client.get("/page", headers={"cookie": f"parley_8731={TOKEN}"}).status_code == 200


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::1", "not-an-address"])
def test_somebody_elsewhere_needs_the_token_even_to_read(address: str) -> None:
    client = visitor(door(), address=address)
    assert client.get("/page").status_code == 403
    assert client.get("/page", headers={"cookie": "parley_8731=guess"}).status_code == 403
    assert client.get("/page", headers={"cookie": f"parley_8731={TOKEN}"}).status_code == 200


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip", "via"])
def test_what_came_through_a_proxy_is_not_somebody_at_this_machine(header: str) -> None:
    assert visitor(door()).get("/page", headers={header: "127.0.0.1"}).status_code == 403


def test_the_printed_address_lets_in_and_leaves_no_token_in_the_address() -> None:
    client = visitor(door(), address="192.0.2.7")
    answer = client.get("/page", params={"token": TOKEN, "speaker": "Oran & Melk"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/page?speaker=Oran+%26+Melk"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/page").text == "a page"


def test_a_wrong_token_is_refused_and_sets_nothing() -> None:
    answer = visitor(door()).get("/page", params={"token": "guess"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_letting_in_never_leads_elsewhere() -> None:
    answer = visitor(door()).get(f"{HOME}//evil.example/x?token={TOKEN}")
    assert answer.headers["location"].startswith("/evil.example")


def test_a_change_from_our_own_page_with_the_token_is_made() -> None:
    assert visitor(door()).post("/change", content=b"abc", headers=OWN).text == "changed with 3"


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("no token", {"cookie": ""}),
        ("a wrong token", {"cookie": "parley_8731=guess"}),
        ("another site", {"sec-fetch-site": "cross-site"}),
        ("another port of this machine", {"sec-fetch-site": "same-site"}),
        ("an address typed by hand", {"sec-fetch-site": "none"}),
        ("another origin", {"origin": "http://evil.example"}),
        ("another port's origin", {"origin": "http://127.0.0.1:9999"}),
        ("an origin that is hidden", {"origin": "null"}),
        ("an origin that only begins like ours", {"origin": f"{HOME}.evil.example"}),
    ],
)
def test_a_change_from_elsewhere_is_refused(what: str, changed: dict[str, str]) -> None:
    assert visitor(door()).post("/change", headers={**OWN, **changed}).status_code == 403, what


def test_a_change_without_an_origin_is_refused() -> None:
    assert visitor(door()).post("/change", headers={"cookie": OWN["cookie"]}).status_code == 403


def test_a_ledger_open_for_reading_only_takes_no_change() -> None:
    client = visitor(door(read_only=True))
    assert client.post("/change", headers=OWN).status_code == 403
    assert client.get("/page").status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_count_as_changes(method: str) -> None:
    assert visitor(door()).request(method, "/change").status_code == 403


def test_an_address_that_is_too_long_or_asks_too_much_is_refused() -> None:
    client = visitor(door())
    assert client.get(f"/page?q={'a' * ADDRESS_BYTES}").status_code == 414
    assert client.get("/page?" + "&".join(f"k{n}=1" for n in range(100))).status_code == 414


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not() -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(3):
            yield b"x" * (BODY_BYTES // 2)

    client = visitor(door())
    assert client.post("/change", content=b"x" * (BODY_BYTES + 1), headers=OWN).status_code == 413
    assert client.post("/change", content=drip(), headers=OWN).status_code == 413
    assert client.post("/change", headers={**OWN, "content-length": "-1"}).status_code == 413


@pytest.mark.parametrize("path", ["/page", "/nothing", "/page?token=guess"])
def test_every_answer_carries_the_headers(path: str) -> None:
    headers = visitor(door()).get(path).headers
    assert {k: headers[k] for k in HEADERS} == HEADERS
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_who_holds_the_token_of_an_earlier_start_is_told_what_happened_and_what_to_do() -> None:
    answer = visitor(door()).post("/change", headers=OWN | {"cookie": "parley_8731=of-an-earlier-start"})
    assert answer.status_code == 403
    assert "started anew since this page was opened, and nothing was changed" in answer.text
    assert "Open the address" in visitor(door()).post("/change", headers=OWN | {"cookie": ""}).text


def test_each_start_has_a_token_of_its_own() -> None:
    assert Door().token != Door().token
    assert len(Door().token) >= 32

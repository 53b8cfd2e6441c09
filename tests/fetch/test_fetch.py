"""Pages into a folder: polite, resumable, and read by `build` as they are."""

from __future__ import annotations

import gzip
import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from typer.testing import CliRunner
from web_site import ARTICLE, Page, Site, served

from parley.cli import app
from parley.data import RawPage
from parley.errors import UsageError
from parley.fetch import fetch as fetching
from parley.fetch.ask import Limits
from parley.fetch.fetch import Fetched, Manners, fetch
from parley.fetch.kept import LOG, Kept
from parley.fetch.reach import PUBLIC, Reach, target_of
from parley.read.sources import find_sources, read_pages

HERE = Reach(loopback=True)


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as made:
        yield made


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def run(urls: list[str], folder: Path, *, again: bool = False, clock: Clock | None = None) -> list[Fetched]:
    time = clock or Clock()
    manners = Manners(clock=lambda: time.now, sleep=time.sleep)
    return list(fetch(urls, folder, again=again, manners=manners, limits=Limits(seconds=5), reach=HERE))


def what(found: list[Fetched]) -> list[str]:
    return [page.what for page in found]


def test_a_fetched_page_is_read_with_its_address_and_day(site: Site, tmp_path: Path) -> None:
    url = site.article("/talks", ETag='"1"')
    (page,) = run([url + "#part"], tmp_path)
    assert (page.url, page.what) == (url, "new")
    found = [p for source in find_sources([tmp_path]) for p in read_pages(source)]
    (read,) = [p for p in found if isinstance(p, RawPage)]
    assert (read.url, read.title, read.published) == (url, "Talks end without accord", "2031-03-04")
    assert read.data == site.pages["/talks"].body  # type: ignore[union-attr]
    assert read.saved
    assert found == [read]


def test_pages_that_are_there_are_not_asked_for(site: Site, tmp_path: Path) -> None:
    urls = [site.article("/1"), site.article("/2")]
    run(urls[:1], tmp_path)
    assert what(run(urls, tmp_path)) == ["there", "new"]
    assert site.paths() == ["/1", "/2"]


def test_again_asks_only_for_what_has_changed(site: Site, tmp_path: Path) -> None:
    url, dated = site.article("/1", ETag='"1"'), site.article("/2", Last_Modified="Tue, 04 Mar 2031 10:00:00 GMT")
    plain = site.article("/3")
    urls = [url, dated, plain]
    run(urls, tmp_path)
    assert what(run(urls, tmp_path, again=True)) == ["unchanged"] * 3
    assert site.asked[-3][1]["If-None-Match"] == '"1"'
    site.article("/1", "Talks resume", ETag='"2"')
    found = run(urls, tmp_path, again=True)
    assert what(found) == ["changed", "unchanged", "unchanged"]
    assert len(list(find_sources([tmp_path]))) == 4  # the old page stays beside the new one


@pytest.mark.parametrize(
    ("rules", "may"),
    [
        (b"User-agent: *\nDisallow: /private", ["new", "failed"]),
        (b"User-agent: *\nDisallow: /\nUser-agent: parley\nAllow: /", ["new", "new"]),
        (b"User-agent: parley\nDisallow: /*?", ["new", "failed"]),
        (b"\xff\xfe\x00 junk", ["new", "new"]),
    ],
)
def test_robots_txt_is_kept_to(site: Site, tmp_path: Path, rules: bytes, may: list[str]) -> None:
    site.pages["/robots.txt"] = Page(rules, headers={"Content-Type": "text/plain"})
    found = run([site.article("/open"), site.article("/private?x=1")], tmp_path)
    assert what(found) == may
    if "failed" in may:
        assert "robots.txt does not allow it" in (found[1].told or "")
        assert "/private?x=1" not in site.paths()


def test_a_site_whose_rules_cannot_be_read_is_left_alone(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = Page(b"", 503, {"Retry-After": "900"})
    (page,) = run([site.article("/a")], tmp_path)
    assert page.what == "failed"
    assert page.told == "its robots.txt cannot be read: answered 503"
    assert site.paths() == []


def test_requests_to_a_host_keep_their_distance(site: Site, tmp_path: Path) -> None:
    clock = Clock()
    run([site.article(f"/{n}") for n in range(3)], tmp_path, clock=clock)
    assert clock.slept == [2.0, 2.0, 2.0]  # robots.txt comes first
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 7", headers={})
    run([site.article(f"/x{n}") for n in range(2)], tmp_path, clock=(slow := Clock()))
    assert slow.slept == [2.0, 7.0]


def test_a_server_that_asks_to_wait_is_waited_for(site: Site, tmp_path: Path) -> None:
    answers = [429, 200]

    def busy(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(answers.pop(0))
        handler.send_header("Retry-After", "11")
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        handler.wfile.write(ARTICLE.format("Talks").encode())

    site.pages["/busy"] = busy
    clock = Clock()
    assert what(run([site.url + "/busy"], tmp_path, clock=clock)) == ["new"]
    assert 11.0 in clock.slept


def test_what_is_no_page_is_told_and_the_rest_is_fetched(site: Site, tmp_path: Path) -> None:
    site.pages["/pic"] = Page(b"x", headers={"Content-Type": "image/png"})
    site.pages["/shut"] = Page(b"x", 403)
    site.pages["/empty"] = Page(b"", headers={"Content-Type": "text/html"})
    urls = [site.url + p for p in ("/pic", "/none", "/shut")] + ["ftp://x.example/", site.article("/good")]
    found = {p.url.removeprefix(site.url): p for p in run(urls, tmp_path)}
    assert found["/good"].what == "new"
    assert {k: p.told for k, p in found.items() if p.what == "failed"} == {
        "/pic": "image/png, which is no page",
        "/none": "answered 404: there is no such page",
        "/shut": "answered 403: it is not open to programs",
        "ftp://x.example/": "only http and https are asked, not 'ftp'",
    }


def test_redirects_are_followed_within_reach_and_each_is_checked(site: Site, tmp_path: Path) -> None:
    end = site.article("/end", ETag='"1"')
    site.pages["/start"] = Page(b"", 302, {"Location": "/end"})
    site.pages["/round"] = Page(b"", 301, {"Location": "/round"})
    (page,) = run([site.url + "/start"], tmp_path)
    assert page.what == "new"
    (read,) = [p for s in find_sources([tmp_path]) for p in read_pages(s) if isinstance(p, RawPage)]
    assert read.url == end
    assert what(run([site.url + "/start"], tmp_path, again=True)) == ["unchanged"]
    assert run([site.url + "/round"], tmp_path)[0].told == "more than 8 redirects"
    for inside in ("http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[fe80::1]/", "file:///etc/passwd"):
        site.pages["/leads"] = Page(b"", 302, {"Location": inside})
        told = run([site.url + "/leads"], tmp_path)[0].told or ""
        assert "no public address" in told or "only http and https" in told or "robots.txt cannot be read" in told


def test_a_public_site_cannot_lead_to_this_machine(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is allowed by hand; the second is judged as the command line judges it."""
    site.article("/secret")
    site.pages["/leads"] = Page(b"", 302, {"Location": f"http://127.0.0.1:{site.port}/secret"})
    reaches = iter([HERE, HERE, HERE])
    monkeypatch.setattr(fetching, "target_of", lambda url, reach: target_of(url, next(reaches, PUBLIC)))
    (page,) = run([site.url + "/leads"], tmp_path)
    assert page.what == "failed"
    assert "/secret" not in site.paths()


def test_packed_pages_are_kept_as_sent_and_read_as_meant(site: Site, tmp_path: Path) -> None:
    body = ARTICLE.format("Packed talks").encode()
    site.pages["/p"] = Page(gzip.compress(body), headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
    run([site.url + "/p"], tmp_path)
    (read,) = [p for s in find_sources([tmp_path]) for p in read_pages(s) if isinstance(p, RawPage)]
    assert read.data == body


def test_an_interrupted_run_goes_on_where_it_was(site: Site, tmp_path: Path) -> None:
    urls = [site.article(f"/{n}") for n in range(4)]
    time = Clock()
    found = fetch(urls, tmp_path, manners=Manners(clock=lambda: time.now, sleep=time.sleep), reach=HERE)
    next(found)
    next(found)
    found.close()  # type: ignore[attr-defined]
    with (tmp_path / LOG).open("a") as log:
        log.write('{"url": "http://cut')  # a kill in the middle of a line
    assert what(run(urls, tmp_path)) == ["there", "there", "new", "new"]
    assert sorted(site.paths()) == ["/0", "/1", "/2", "/3"]
    assert what(run(urls, tmp_path)) == ["there"] * 4


def test_a_page_that_was_deleted_is_fetched_again(site: Site, tmp_path: Path) -> None:
    url = site.article("/1", ETag='"1"')
    (page,) = run([url], tmp_path)
    (tmp_path / (page.file or "")).unlink()
    assert what(run([url], tmp_path)) == ["new"]


def _hold(folder: str, there: object, go: object) -> None:
    with Kept.open(folder):
        there.set()  # type: ignore[attr-defined]
        go.wait(20)  # type: ignore[attr-defined]


def test_two_runs_in_one_folder_are_one_too_many(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    there, go = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(str(tmp_path), there, go))
    other.start()
    there.wait(20)
    with pytest.raises(UsageError, match="another parley is fetching"), Kept.open(tmp_path):
        pass
    go.set()
    other.join()


def test_names_of_files_are_plain_whatever_the_address(site: Site, tmp_path: Path) -> None:
    hostile = ["/..%2f..%2fetc/passwd", "/a/../../b", "/CON", "/x?y=/../../z", "/" + "long" * 200, "/%00%0a"]
    for n, path in enumerate(hostile):
        site.article(path, f"Talks {n}")
    found = run([site.url + path for path in hostile], tmp_path)
    assert what(found) == ["new"] * len(hostile)
    for page in found:
        assert page.file is not None
        assert (tmp_path / page.file).resolve().is_relative_to(tmp_path.resolve())
        assert len(page.file) < 220


def test_the_command_says_what_it_did(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fetching.fetch
    clock = Clock()

    def here(urls: list[str], into: str, *, again: bool, manners: Manners) -> Iterator[Fetched]:
        assert manners.headers["User-Agent"].endswith("; +desk@kell.example)")
        quick = Manners(clock=lambda: clock.now, sleep=clock.sleep)
        return real(urls, into, again=again, manners=quick, reach=HERE)

    monkeypatch.setattr(fetching, "fetch", here)
    listed = tmp_path / "list.txt"
    listed.write_text(f"# pages\n{site.article('/1')}\n\n{site.url}/none\n", encoding="utf-8")
    into = tmp_path / "pages"
    args = ["fetch", "--from", str(listed), "--into", str(into), "--contact", "desk@kell.example"]
    done = CliRunner().invoke(app, args)
    assert done.exit_code == 1
    assert done.stdout.strip().endswith(".warc.gz")
    assert "answered 404" in done.stderr
    assert "1 new, 1 failed; parley build" in done.stderr


def test_the_command_refuses_this_machine(site: Site, tmp_path: Path) -> None:
    url = site.article("/1").replace(f":{site.port}", ":8080")
    done = CliRunner().invoke(app, ["fetch", url, "--into", str(tmp_path / "p")])
    assert done.exit_code == 1
    assert "127.0.0.1 is no public address" in done.stderr
    assert site.asked == []


KILLED = """
import sys
from parley.fetch.fetch import Manners, fetch
from parley.fetch.reach import Reach

for page in fetch(sys.argv[2:], sys.argv[1], manners=Manners(delay=0.02), reach=Reach(loopback=True)):
    print(page.what, flush=True)
"""


def test_runs_that_are_killed_lose_no_page_and_leave_no_half_one(site: Site, tmp_path: Path) -> None:
    urls = [site.article(f"/{n}", f"Talks, day {n}") for n in range(25)]
    for reached in (1, 4, 9):
        command = [sys.executable, "-c", KILLED, str(tmp_path), *urls]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            for _ in range(reached):
                running.stdout.readline()
            running.kill()
    assert {p.what for p in run(urls, tmp_path)} <= {"there", "new"}
    found = [p for source in find_sources([tmp_path]) for p in read_pages(source)]
    assert sorted(p.url for p in found if isinstance(p, RawPage) and p.url) == sorted(urls)
    assert all(site.paths().count(f"/{n}") <= 4 for n in range(25))

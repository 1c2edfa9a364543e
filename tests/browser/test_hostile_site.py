"""What a page of another site can do to ours, in three engines: nothing that anybody feels."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.browsers import Browser
from tests.support.hostile import HostileSite, hostile_site, in_window
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build

RELEASE = build().release
FILES = (*[*RELEASE.files][:2], "/release.json", "/sw.js", "/healthz", f"/vault/{'0' * 32}")
PLANTED = '{"easeback.country":"AU","easeback.recalled":"' + RELEASE.id + '"}'
AUSTRALIAN = "000"
READS_NAME = "return [location.pathname, window.name, window.opener === null]"


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def browser(request: pytest.FixtureRequest) -> Browser:
    browser: Browser = request.getfixturevalue(request.param)
    browser.start()
    return browser


@pytest.fixture
def hostile(server: StagedServer, browser: Browser) -> Iterator[HostileSite]:
    """A hostile page, open."""
    with hostile_site(f"{server.url}/en/check/") as site:
        site.opens(browser, "no-referrer")
        yield site


def test_a_hostile_page_reads_embeds_frames_and_keeps_nothing_of_ours(
    browser: Browser, server: StagedServer, hostile: HostileSite, tmp_path: Path
) -> None:
    for path in FILES:
        assert hostile.does(browser, "include", server.url + path) == "error", path
    for mode in ("no-cors", "cors"):
        how = {"mode": mode, "credentials": "include"}
        for path in (*FILES, "/en/"):
            assert hostile.does(browser, "ask", server.url + path, how) == "TypeError", path
    assert hostile.does(browser, "picture", f"{server.url}/icons/icon-192.png") == "error"
    css = next(url for url in RELEASE.site.assets if url.endswith(".css"))
    assert hostile.does(browser, "style", server.url + css) == "error"
    assert hostile.does(browser, "takeWorker", f"{server.url}/sw.js") == ["rejected"] * 3
    posts_blindly(browser, server, hostile)
    database = sqlite3.connect(tmp_path / "test.sqlite3")
    for table in ("feedback", "vault"):
        assert database.execute(f"select count(*) from {table}").fetchone() == (0,)
    is_not_framed(browser, server, hostile)


def posts_blindly(browser: Browser, server: StagedServer, hostile: HostileSite) -> None:
    """Have the hostile page send what it cannot read the answer to."""
    simple = "application/x-www-form-urlencoded"
    for path in ("/en/feedback/", "/en/check/", f"/vault/{'0' * 32}"):
        headers = {"content-type": simple}
        how = {"method": "POST", "mode": "no-cors", "headers": headers, "body": "helped=yes"}
        assert hostile.does(browser, "ask", server.url + path, how) == "TypeError"
    headers = {"authorization": f"Bearer {'0' * 64}", "content-type": "application/octet-stream"}
    put = {"method": "PUT", "headers": headers, "body": "x"}
    assert hostile.does(browser, "ask", f"{server.url}/vault/{'0' * 32}", put) == "TypeError"


def is_not_framed(browser: Browser, server: StagedServer, hostile: HostileSite) -> None:
    """Have the hostile page show ours in a frame; fail if any of ours runs or is drawn there."""
    server.forget()
    hostile.does(browser, "frame", f"{server.url}/en/now/")
    asked = [request.path for request in server.received()]
    assert asked == ["/en/now/"]


def test_a_window_that_a_hostile_page_opens_is_out_of_its_hands(
    browser: Browser, server: StagedServer, hostile: HostileSite
) -> None:
    hostile.opens_window(browser, f"{server.url}/en/now/", PLANTED)
    until(lambda: in_window(browser, READS_NAME), ["/en/now/", "", True])
    assert hostile.does(browser, "seen") == "nothing"
    hostile.does(browser, "lead", f"{hostile.address}unsafe-url")
    assert in_window(browser, READS_NAME) == ["/en/now/", "", True]


def test_neither_site_reads_what_the_other_calls_its_window(
    browser: Browser, server: StagedServer, hostile: HostileSite
) -> None:
    hostile.does(browser, "goNamed", f"{server.url}/en/now/", PLANTED)
    person = Person(browser, server.url)
    until(lambda: browser.run(READS_NAME), ["/en/now/", "", True])
    person.waits_until_started()
    assert not person.shows("[data-recalled]")
    assert person.reads("[data-number]") != AUSTRALIAN
    # What our own pages keep there where storage is closed.
    hostile.does(browser, "goNamed", f"{hostile.address}unsafe-url", '{"easeback.walks":"[]"}')
    until(lambda: browser.run(READS_NAME), ["/unsafe-url", "", True])

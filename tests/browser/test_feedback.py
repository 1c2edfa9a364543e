"""Whether this helped: sent at once, kept without a network and sent once, never more than said."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from sqlalchemy import create_engine

from tests.conftest import Stage
from tests.support.browsers import Chromium
from tests.support.hostile import hostile_site
from tests.support.person import Person, until
from tests.support.records import Received, StagedServer
from tests.support.site import build
from webapp.feedback.models import Feedback

RELEASE = build().release
LANGUAGES = RELEASE.site.languages
WORDS = "Good page. كان جيدا\nNo sound."
KEPT = "return JSON.parse(localStorage.getItem('easeback.feedback') ?? '[]')"
FIELDS = {"id", "page", "release", "helped", "words"}
CLOSED = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("closed", "SecurityError"); },
});
"""

Rows = Callable[[], list[tuple[str, ...]]]


@pytest.fixture
def rows(server: StagedServer, tmp_path: Path) -> Rows:
    """What the server has kept, without the ids: asked of its database file."""
    engine = create_engine(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    Feedback.metadata.create_all(engine, tables=[Feedback.__table__])
    engine.dispose()

    def ask() -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(tmp_path / "test.sqlite3")) as database:
            columns = "page, language, release, helped, words"
            return list(database.execute(f"select {columns} from feedback order by helped"))

    return ask


def chooses(person: Person, helped: str) -> None:
    person.browser.press(f"label.row:has([value='{helped}'])")


def writes(person: Person, words: str) -> None:
    person.browser.run(f"""
        const field = document.querySelector("textarea");
        field.value = {words!r};
        field.dispatchEvent(new Event("input", {{ bubbles: true }}));
    """)


def says(person: Person, helped: str, words: str = "", page: str = "/walking/") -> None:
    """Open the page from another one, choose, write and press the button."""
    person.visits(f"feedback/?page={page}")
    until(
        lambda: person.browser.run("return document.querySelector('[name=id]').value !== ''"), True
    )
    chooses(person, helped)
    writes(person, words)
    person.browser.press("[data-feedback] button")


def is_told(person: Person, what: str) -> None:
    person.waits_for(f"[role=status] > [data-feedback-say={what}]")


def posts(server: StagedServer) -> list[Received]:
    return [request for request in server.received() if request.method == "POST"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_said_arrives_with_nothing_else(
    ready: Person, server: StagedServer, rows: Rows, tmp_path: Path, code: str
) -> None:
    ready.waits_for_everything()
    ready.language = code
    says(ready, "partly", WORDS)
    ready.sees("feedback/thanks/")
    assert rows() == [("/walking/", code, RELEASE.id, "partly", WORDS)]
    assert ready.browser.run(KEPT) == []
    (post,) = posts(server)
    assert (post.path, post.query) == (f"/{code}/feedback/", "")
    assert set(parse_qs(post.body, keep_blank_values=True)) == FIELDS
    assert "HTTP_COOKIE" not in post.headers

    stored = b"".join(file.read_bytes() for file in tmp_path.glob("test.sqlite3*"))
    assert WORDS.encode() in stored
    agent = post.headers["HTTP_USER_AGENT"].encode()
    assert agent not in stored
    assert b"Mozilla" not in stored
    assert b"127.0.0.1" not in stored
    assert re.search(rb"\d\d:\d\d", stored) is None


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_without_a_network_it_is_kept_and_sent_once(
    server: StagedServer,
    stage: Stage,
    rows: Rows,
    request: pytest.FixtureRequest,
    engine: str,
) -> None:
    browser = request.getfixturevalue(engine)
    browser.start()
    person = Person(browser, server.url, "ar" if "ar" in LANGUAGES else "en")
    person.gets_ready()
    person.waits_for_everything()
    server.kill()
    says(person, "no", WORDS)
    is_told(person, "kept")
    assert person.browser.run("return document.querySelector('textarea').value") == ""
    says(person, "yes", page="/nowhere/")
    is_told(person, "kept")
    until(lambda: len(person.browser.run(KEPT)), 2)
    person.restarts()
    person.visits()
    assert len(person.browser.run(KEPT)) == 2

    again = stage(server.port)
    server.forget()
    person.visits()
    until(lambda: person.browser.run(KEPT), [])
    person.visits("feedback/")
    person.visits()
    code = person.language
    assert rows() == [
        ("/walking/", code, RELEASE.id, "no", WORDS),
        ("", code, RELEASE.id, "yes", ""),
    ]
    assert len(posts(again)) == 2


def test_the_page_itself_sends_what_waits_and_says_so(
    ready: Person, server: StagedServer, stage: Stage, rows: Rows
) -> None:
    ready.waits_for_everything()
    server.kill()
    says(ready, "yes")
    is_told(ready, "kept")
    ready.visits("feedback/")
    is_told(ready, "kept")
    stage(server.port)
    ready.browser.run("dispatchEvent(new Event('online'))")
    is_told(ready, "sent")
    assert [row[3] for row in rows()] == ["yes"]
    assert ready.browser.run(KEPT) == []


def test_a_lost_answer_and_a_second_try_make_one_row(
    ready: Person, server: StagedServer, stage: Stage, rows: Rows
) -> None:
    ready.waits_for_everything()
    server.kill()
    losing = stage(server.port, fault="lost /en/feedback/")
    says(ready, "yes", WORDS)
    until(lambda: len(rows()), 1)
    assert len(ready.browser.run(KEPT)) == 1
    losing.kill()
    is_told(ready, "kept")
    again = stage(server.port)
    ready.visits()
    until(lambda: ready.browser.run(KEPT), [])
    assert rows() == [("/walking/", "en", RELEASE.id, "yes", WORDS)]
    first, second = posts(again)
    assert first.body == second.body


@pytest.mark.parametrize("fault", ["html", "missing", "redirected"])
def test_what_is_no_thanks_of_ours_is_no_thanks(
    ready: Person, server: StagedServer, stage: Stage, rows: Rows, fault: str
) -> None:
    ready.waits_for_everything()
    server.kill()
    broken = stage(server.port, fault=f"{fault} /en/feedback/")
    says(ready, "yes")
    is_told(ready, "kept")
    assert rows() == []
    broken.kill()
    stage(server.port)
    ready.visits()
    until(lambda: ready.browser.run(KEPT), [])
    assert len(rows()) == 1


def test_a_killed_browser_has_kept_it(
    ready: Person, server: StagedServer, stage: Stage, rows: Rows
) -> None:
    ready.waits_for_everything()
    server.freeze()
    says(ready, "partly", WORDS)
    until(lambda: len(ready.browser.run(KEPT)), 1)
    server.kill()
    ready.restarts()
    stage(server.port)
    ready.visits()
    until(lambda: len(rows()), 1)
    until(lambda: ready.browser.run(KEPT), [])


def test_at_most_ten_wait(ready: Person, server: StagedServer) -> None:
    ready.waits_for_everything()
    server.kill()
    for _ in range(10):
        says(ready, "yes")
        is_told(ready, "kept")
    until(lambda: len(ready.browser.run(KEPT)), 10)
    says(ready, "no", WORDS)
    is_told(ready, "full")
    assert ready.browser.run("return document.querySelector('textarea').value") == WORDS
    assert len({feedback["id"] for feedback in ready.browser.run(KEPT)}) == 10


def test_a_phone_that_keeps_nothing_says_so_and_loses_nothing(
    ready: Person, server: StagedServer, stage: Stage, rows: Rows, chromium: Chromium
) -> None:
    ready.waits_for_everything()
    chromium.context.add_init_script(CLOSED)
    server.kill()
    says(ready, "no", WORDS)
    is_told(ready, "failed")
    assert ready.browser.run("return document.querySelector('textarea').value") == WORDS
    stage(server.port)
    ready.browser.press("[data-feedback] button")
    ready.sees("feedback/thanks/")
    assert [row[3:] for row in rows()] == [("no", WORDS)]


def test_without_a_choice_nothing_is_sent(ready: Person, server: StagedServer) -> None:
    ready.waits_for_everything()
    ready.visits("feedback/")
    until(
        lambda: ready.browser.run("return document.querySelector('[name=id]').value !== ''"), True
    )
    ready.browser.press("[data-feedback] button")
    ready.waits_for("[role=alert][data-feedback-say=choose]")
    assert posts(server) == []
    assert ready.browser.run(KEPT) == []


def test_what_the_server_refuses_is_said_on_its_own_page(
    ready: Person, server: StagedServer, rows: Rows
) -> None:
    ready.waits_for_everything()
    long = "x" * 501
    says(ready, "yes", long)
    ready.waits_for("#words-fault")
    assert ready.browser.run("return document.querySelector('textarea').value") == long
    assert ready.browser.run(KEPT) == []
    until(
        lambda: ready.browser.run("return document.querySelector('[name=page]').value"), "/walking/"
    )
    writes(ready, "x" * 500)
    ready.browser.press("[data-feedback] button")
    ready.sees("feedback/thanks/")
    assert [len(row[4]) for row in rows()] == [500]


@pytest.mark.parametrize("code", LANGUAGES)
def test_without_scripts_the_form_works(
    chromium: Chromium, server: StagedServer, rows: Rows, code: str
) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url, code)
    person.visits("feedback/?page=/walking/")
    chromium.page.locator("textarea").fill(WORDS)
    chromium.press("[data-feedback] button")
    person.waits_for("#helped-fault")
    assert chromium.page.locator("textarea").input_value() == WORDS
    assert person.reads("lang") == code
    chooses(person, "no")
    chromium.press("[data-feedback] button")
    person.sees("feedback/thanks/")
    assert rows() == [("/walking/", code, RELEASE.id, "no", WORDS)]
    chromium.page.reload()
    person.sees("feedback/thanks/")
    assert len(rows()) == 1


@pytest.mark.parametrize("policy", ["strict-origin-when-cross-origin", "unsafe-url", "no-referrer"])
def test_a_foreign_form_is_told_so_and_keeps_nothing(
    ready: Person, server: StagedServer, rows: Rows, chromium: Chromium, policy: str
) -> None:
    ready.waits_for_everything()
    with hostile_site(f"{server.url}/en/feedback/") as address:
        chromium.visit(address + policy)
        chromium.press("button")
        ready.sees("feedback/")
    ready.waits_for("[role=alert]")
    assert [post.headers["HTTP_SEC_FETCH_SITE"] for post in posts(server)] == ["cross-site"]
    assert rows() == []

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

from tests.browser.pages.feedback import FeedbackPage
from tests.conftest import Stage
from tests.support.browsers import Chromium
from tests.support.device import Device
from tests.support.hostile import hostile_site
from tests.support.person import Person, until
from tests.support.records import Received, StagedServer
from tests.support.site import build
from webapp.feedback.models import Feedback

RELEASE = build().release
LANGUAGES = RELEASE.site.languages
WORDS = "Good page. كان جيدا\nNo sound."
FIELDS = {"id", "page", "release", "helped", "words"}

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


@pytest.fixture
def form(ready: Person) -> FeedbackPage:
    """The form, for somebody whose phone has everything."""
    ready.waits_for_everything()
    return FeedbackPage(ready)


def posts(server: StagedServer) -> list[Received]:
    return [request for request in server.received() if request.method == "POST"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_said_arrives_with_nothing_else(
    form: FeedbackPage, server: StagedServer, rows: Rows, tmp_path: Path, code: str
) -> None:
    form.person.language = code
    form.says("partly", WORDS)
    form.person.sees("feedback/thanks/")
    assert rows() == [("/walking/", code, RELEASE.id, "partly", WORDS)]
    assert form.waiting() == []
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
    form = FeedbackPage(person)
    form.says("no", WORDS)
    form.is_told("kept")
    assert form.words() == ""
    form.says("yes", origin="/nowhere/")
    form.is_told("kept")
    until(lambda: len(form.waiting()), 2)
    person.restarts()
    person.visits()
    assert len(form.waiting()) == 2

    again = stage(server.port)
    server.forget()
    person.visits()
    until(form.waiting, [])
    person.visits("feedback/")
    person.visits()
    code = person.language
    assert rows() == [
        ("/walking/", code, RELEASE.id, "no", WORDS),
        ("", code, RELEASE.id, "yes", ""),
    ]
    assert len(posts(again)) == 2


def test_the_page_itself_sends_what_waits_and_says_so(
    form: FeedbackPage, server: StagedServer, stage: Stage, rows: Rows
) -> None:
    server.kill()
    form.says("yes")
    form.is_told("kept")
    form.person.visits("feedback/")
    form.is_told("kept")
    stage(server.port)
    form.person.browser.run("dispatchEvent(new Event('online'))")
    form.is_told("sent")
    assert [row[3] for row in rows()] == ["yes"]
    assert form.waiting() == []


def test_a_lost_answer_and_a_second_try_make_one_row(
    form: FeedbackPage, server: StagedServer, stage: Stage, rows: Rows
) -> None:
    server.kill()
    losing = stage(server.port, fault="lost /en/feedback/")
    form.says("yes", WORDS)
    until(lambda: len(rows()), 1)
    assert len(form.waiting()) == 1
    losing.kill()
    form.is_told("kept")
    again = stage(server.port)
    form.person.visits()
    until(form.waiting, [])
    assert rows() == [("/walking/", "en", RELEASE.id, "yes", WORDS)]
    first, second = posts(again)
    assert first.body == second.body


@pytest.mark.parametrize("fault", ["html", "missing", "redirected"])
def test_what_is_no_thanks_of_ours_is_no_thanks(
    form: FeedbackPage, server: StagedServer, stage: Stage, rows: Rows, fault: str
) -> None:
    server.kill()
    broken = stage(server.port, fault=f"{fault} /en/feedback/")
    form.says("yes")
    form.is_told("kept")
    assert rows() == []
    broken.kill()
    stage(server.port)
    form.person.visits()
    until(form.waiting, [])
    assert len(rows()) == 1


def test_what_can_never_be_sent_holds_up_nothing_else(
    form: FeedbackPage, server: StagedServer, stage: Stage, rows: Rows
) -> None:
    server.kill()
    for helped in ("no", "yes"):
        form.says(helped)
        form.is_told("kept")
    form.first_is_of_language("xx")
    stage(server.port)
    form.person.visits()
    until(lambda: [row[3] for row in rows()], ["yes"])
    until(lambda: [feedback["language"] for feedback in form.waiting()], ["xx"])


def test_a_killed_browser_has_kept_it(
    form: FeedbackPage, server: StagedServer, stage: Stage, rows: Rows
) -> None:
    server.freeze()
    form.says("partly", WORDS)
    until(lambda: len(form.waiting()), 1)
    server.kill()
    form.person.restarts()
    stage(server.port)
    form.person.visits()
    until(lambda: len(rows()), 1)
    until(form.waiting, [])


def test_at_most_ten_wait(form: FeedbackPage, server: StagedServer) -> None:
    server.kill()
    for _ in range(10):
        form.says("yes")
        form.is_told("kept")
    until(lambda: len(form.waiting()), 10)
    form.says("no", WORDS)
    form.is_told("full")
    assert form.words() == WORDS
    assert len({feedback["id"] for feedback in form.waiting()}) == 10


def test_a_phone_that_keeps_nothing_says_so_and_loses_nothing(
    form: FeedbackPage, server: StagedServer, stage: Stage, rows: Rows, chromium: Chromium
) -> None:
    Device(chromium).keeps_nothing()
    server.kill()
    form.says("no", WORDS)
    form.is_told("failed")
    assert form.words() == WORDS
    stage(server.port)
    form.sends()
    form.person.sees("feedback/thanks/")
    assert [row[3:] for row in rows()] == [("no", WORDS)]


@pytest.mark.parametrize("status", ["429", "503"])
def test_while_the_server_takes_nothing_the_words_are_kept_and_sent_later(
    form: FeedbackPage, server: StagedServer, stage: Stage, rows: Rows, status: str
) -> None:
    server.kill()
    busy = stage(server.port, fault=f"{status} /en/feedback/")
    form.says("no", WORDS)
    form.is_told("busy")
    assert [feedback["words"] for feedback in form.waiting()] == [WORDS]
    busy.kill()
    stage(server.port)
    form.person.visits()
    until(form.waiting, [])
    assert rows() == [("/walking/", "en", RELEASE.id, "no", WORDS)]


def test_while_the_server_takes_nothing_a_phone_that_keeps_nothing_says_when_to_try_again(
    form: FeedbackPage, server: StagedServer, stage: Stage, chromium: Chromium
) -> None:
    Device(chromium).keeps_nothing()
    server.kill()
    stage(server.port, fault="503 /en/feedback/")
    form.says("no", WORDS)
    form.is_told("later")
    assert form.words() == WORDS


def test_what_is_more_than_the_server_reads_stays_in_the_form(
    form: FeedbackPage, server: StagedServer, stage: Stage, rows: Rows
) -> None:
    server.kill()
    short = stage(server.port, fault="413 /en/feedback/")
    form.says("no", WORDS)
    form.is_told("long")
    assert form.words() == WORDS
    assert form.waiting() == []
    short.kill()
    stage(server.port)
    form.sends()
    form.person.sees("feedback/thanks/")
    assert len(rows()) == 1


def test_what_is_written_while_something_is_sent_stays(
    form: FeedbackPage, server: StagedServer
) -> None:
    server.freeze()
    form.says("partly", "First.")
    until(lambda: len(form.waiting()), 1)
    form.writes("First. And more.")
    server.kill()
    form.is_told("kept")
    assert form.words() == "First. And more."
    assert [feedback["words"] for feedback in form.waiting()] == ["First."]


def test_what_the_server_refuses_later_is_given_back_and_never_called_sent(
    form: FeedbackPage, server: StagedServer, stage: Stage, rows: Rows
) -> None:
    long = "x" * 501
    server.kill()
    form.says("no", long)
    form.is_told("kept")
    again = stage(server.port)
    form.person.visits()
    until(lambda: len(posts(again)), 1)
    form.person.waits_until_started()
    assert [feedback["words"] for feedback in form.waiting()] == [long]
    form.person.visits("feedback/")
    form.is_told("refused")
    assert form.words() == long
    assert form.waiting() == []
    form.writes(WORDS)
    form.sends()
    form.person.sees("feedback/thanks/")
    assert rows() == [("/walking/", "en", RELEASE.id, "no", WORDS)]
    assert len(posts(again)) == 2


def test_without_a_choice_nothing_is_sent(form: FeedbackPage, server: StagedServer) -> None:
    form.opens()
    form.sends()
    form.is_asked_to_choose()
    assert posts(server) == []
    assert form.waiting() == []


def test_what_the_server_refuses_is_said_on_its_own_page(form: FeedbackPage, rows: Rows) -> None:
    long = "x" * 501
    form.says("yes", long)
    form.is_faulted("words")
    assert form.words() == long
    assert form.waiting() == []
    until(form.origin, "/walking/")
    form.writes("x" * 500)
    form.sends()
    form.person.sees("feedback/thanks/")
    assert [len(row[4]) for row in rows()] == [500]


@pytest.mark.parametrize("code", LANGUAGES)
def test_without_scripts_the_form_works(
    chromium: Chromium, server: StagedServer, rows: Rows, code: str
) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url, code)
    person.visits("feedback/?page=/walking/")
    form = FeedbackPage(person)
    form.writes(WORDS)
    form.sends()
    form.is_faulted("helped")
    assert form.words() == WORDS
    assert person.reads("lang") == code
    form.chooses("no")
    form.sends()
    person.sees("feedback/thanks/")
    assert rows() == [("/walking/", code, RELEASE.id, "no", WORDS)]
    chromium.page.reload()
    person.sees("feedback/thanks/")
    assert len(rows()) == 1


@pytest.mark.parametrize("policy", ["strict-origin-when-cross-origin", "unsafe-url", "no-referrer"])
def test_a_foreign_form_is_told_so_and_keeps_nothing(
    form: FeedbackPage, server: StagedServer, rows: Rows, chromium: Chromium, policy: str
) -> None:
    with hostile_site(f"{server.url}/en/feedback/") as hostile:
        hostile.opens(chromium, policy)
        hostile.wins_a_prize(chromium)
        form.person.sees("feedback/")
    form.person.waits_for(".note[autofocus]")
    assert [post.headers["HTTP_SEC_FETCH_SITE"] for post in posts(server)] == ["cross-site"]
    assert rows() == []

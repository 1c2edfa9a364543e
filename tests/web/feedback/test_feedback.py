"""The form as Flask takes it: good, bad, foreign, too long, twice."""

from __future__ import annotations

import html
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import delete, select
from werkzeug.test import Client, TestResponse

from tests.support.proofread import Page, proofread
from tests.support.site import build
from webapp import create_app
from webapp.extensions import db, session
from webapp.feedback import store
from webapp.feedback.models import HELPED, Feedback
from webapp.web.feedback.views import LONGEST_BODY
from webapp.web.visitor import limiter

RELEASE = build().release
OURS = {"Sec-Fetch-Site": "same-origin"}
FOREIGN = {"Sec-Fetch-Site": "cross-site"}
WORDS = {catalogue.language.code: catalogue for catalogue in build().words}
FORM = "application/x-www-form-urlencoded"
TRICKY = 'كان جيدا </textarea><script>alert(1)</script> & "so"\n\n  two\tlines \x1b[31m\x04\x7f\x00'
TIDY = 'كان جيدا </textarea><script>alert(1)</script> & "so"\n\n  twolines [31m'


@pytest.fixture(autouse=True)
def tables(app: Flask) -> Iterator[None]:
    limiter.reset()
    with app.app_context():
        session().execute(delete(Feedback))  # makes the tables, too
        db.session.commit()
        yield


def rows() -> list[Feedback]:
    db.session.rollback()
    return list(db.session.scalars(select(Feedback)))


def post(client: Client, path: str = "/en/feedback/", **fields: str) -> TestResponse:
    return client.post(path, data=fields, headers=OURS)


def shown(response: TestResponse, code: str = "en") -> Page:
    """Return the form that came back, proofread."""
    assert response.content_type == "text/html; charset=utf-8"
    assert response.headers["Content-Language"] == code
    page = proofread(response.text)
    assert not page.faults
    assert "\x04" not in response.text
    assert RELEASE.id in response.text
    return page


def alerts(page: Page) -> list[str | None]:
    """Return the ids of the sentences that say what is wrong."""
    said = [tag for tag in page.all("p") if tag.get("role") == "alert" or "autofocus" in tag]
    return [tag.get("id") for tag in said if "hidden" not in tag]


def field(page: Page, name: str) -> str | None:
    (value,) = [tag["value"] for tag in page.all("input") if tag["name"] == name]
    return value


def written(response: TestResponse) -> str:
    """Return what stands in the field for words, as a browser reads it."""
    start = response.text.partition("<textarea")[2].partition(">")[2]
    return html.unescape(start.partition("</textarea>")[0])


@pytest.mark.parametrize("code", RELEASE.site.languages)
@pytest.mark.parametrize("helped", HELPED)
def test_what_is_said_is_kept_and_leads_to_the_thanks(
    client: Client, code: str, helped: str
) -> None:
    identity = str(uuid.uuid4())
    said = {"id": identity, "helped": helped, "page": "/walking/", "release": "0123456789ab"}
    response = post(client, f"/{code}/feedback/", **said, words="Good.\r\nNo sound.")
    assert response.status_code == 303
    assert response.headers["Location"] == f"/{code}/feedback/thanks/"
    assert client.get(response.headers["Location"]).status_code == 200
    assert "Set-Cookie" not in response.headers
    (row,) = rows()
    assert (str(row.id), row.helped, row.language) == (identity, helped, code)
    assert (row.page, row.release, row.words) == ("/walking/", "0123456789ab", "Good.\nNo sound.")
    assert row.day == datetime.now(UTC).date()


def test_a_row_has_room_for_nothing_else() -> None:
    columns = {column.name: str(column.type) for column in Feedback.__table__.columns}
    assert set(columns) == {"id", "day", "helped", "page", "language", "release", "words"}
    assert columns["day"] == "DATE"


def test_a_post_of_the_same_id_is_kept_once(client: Client) -> None:
    identity = str(uuid.uuid4())
    for helped in ("yes", "yes", "no"):
        assert post(client, id=identity, helped=helped).status_code == 303
    (row,) = rows()
    assert row.helped == "yes"


@pytest.mark.parametrize(
    "identity",
    ["", "no id", "0", "018f3e2a-7b1c-7def-8123-0123456789ab", str(uuid.UUID(int=0)), "é" * 900],
    ids=["none", "words", "short", "version-7", "nil", "long"],
)
def test_an_id_that_is_not_random_is_replaced(client: Client, identity: str) -> None:
    assert post(client, id=identity, helped="yes").status_code == 303
    (row,) = rows()
    assert row.id.version == 4
    assert str(row.id) != identity


@pytest.mark.parametrize("page", ["walking/", "/nowhere/", "//walking/", "/en/walking/", "'--", ""])
def test_an_unknown_page_is_not_kept(client: Client, page: str) -> None:
    assert post(client, helped="yes", page=page, release="<b>").status_code == 303
    (row,) = rows()
    assert (row.page, row.release) == ("", "")


def test_without_a_script_the_address_says_the_page(client: Client) -> None:
    assert post(client, "/en/feedback/?page=/check/", helped="no", page="").status_code == 303
    assert post(client, "/en/feedback/?page=/", helped="no").status_code == 303
    assert post(client, "/en/feedback/?page=/nowhere/", helped="no").status_code == 303
    assert sorted(row.page for row in rows()) == ["", "/", "/check/"]


@pytest.mark.parametrize("code", RELEASE.site.languages)
@pytest.mark.parametrize("helped", [None, "", "YES", "yes ", "maybe"])
def test_without_a_choice_the_form_comes_back_with_everything(
    client: Client, code: str, helped: str | None
) -> None:
    said = {"page": "/now/", "release": "0123456789ab", "words": TRICKY}
    choice = {} if helped is None else {"helped": helped}
    response = post(client, f"/{code}/feedback/", **said, **choice)
    assert response.status_code == 422
    page = shown(response, code)
    assert alerts(page) == ["helped-fault"]
    assert WORDS[code].gettext("Please choose Yes, Partly or No.") in response.text
    assert written(response) == TIDY
    assert "<script>" not in response.text
    assert (field(page, "page"), field(page, "release")) == ("/now/", "0123456789ab")
    assert uuid.UUID(field(page, "id")).version == 4
    assert rows() == []


@pytest.mark.parametrize("code", RELEASE.site.languages)
def test_too_many_words_come_back_whole(client: Client, code: str) -> None:
    identity, words = str(uuid.uuid4()), "ظهر 😀" * 100 + "!"
    response = post(client, f"/{code}/feedback/", id=identity, helped="partly", words=words)
    assert response.status_code == 422
    page = shown(response, code)
    assert alerts(page) == ["words-fault"]
    sentence = WORDS[code].gettext("That is too long. Please write at most 500 letters.")
    assert sentence in response.text
    assert written(response) == words
    assert field(page, "id") == identity
    (chosen,) = [tag for tag in page.all("input") if "checked" in tag]
    assert chosen["value"] == "partly"
    assert rows() == []


def test_as_many_words_as_are_asked_for_are_kept_in_any_script(client: Client) -> None:
    assert post(client, helped="yes", words="😀" * 498 + "\r\né").status_code == 303
    assert post(client, helped="yes", words="\r\n" + "ظ" * 500 + "\r\n ").status_code == 303
    assert [len(row.words) for row in rows()] == [500, 500]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://elsewhere.example"},
    ],
    ids=str,
)
@pytest.mark.parametrize("code", RELEASE.site.languages)
def test_a_foreign_post_keeps_nothing_and_is_told_so_in_words(
    client: Client, code: str, headers: dict[str, str]
) -> None:
    said = {"helped": "yes", "words": "Win a prize"}
    response = client.post(f"/{code}/feedback/", data=said, headers=headers)
    assert response.status_code == 403
    assert len(alerts(shown(response, code))) == 1
    english = "This did not come from our own page, so it was not kept. You can send it from here."
    assert WORDS[code].gettext(english) in response.text
    assert "Win a prize" not in response.text
    assert rows() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://localhost"},
        {},
    ],
    ids=str,
)
def test_a_post_of_our_own_page_is_taken(client: Client, headers: dict[str, str]) -> None:
    response = client.post("/en/feedback/", data={"helped": "yes"}, headers=headers)
    assert response.status_code == 303
    assert len(rows()) == 1


@pytest.mark.parametrize("headers", [OURS, FOREIGN], ids=["ours", "foreign"])
def test_a_body_is_bounded_and_read_to_its_end(client: Client, headers: dict[str, str]) -> None:
    body = b"helped=yes&words=" + b"x" * LONGEST_BODY * 20
    response = client.post("/en/feedback/", data=body, headers=headers, content_type=FORM)
    assert response.status_code == (413 if headers == OURS else 403)
    assert alerts(shown(response)) == (["words-fault"] if headers == OURS else [None])
    assert response.request.environ["wsgi.input"].read() == b""
    assert rows() == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FORM),
        (b"helped=%FF&words=%FF%00", FORM),
        (b"\xff\xfe=\xff&=&&", FORM),
        (b'{"helped": "yes"}', "application/json"),
        (b"helped=yes", "text/plain"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
    ],
)
def test_a_body_that_is_no_form_of_ours_is_asked_again(
    client: Client, body: bytes, kind: str
) -> None:
    response = client.post("/en/feedback/", data=body, headers=OURS, content_type=kind)
    assert response.status_code == 422
    assert alerts(shown(response)) == ["helped-fault"]
    assert rows() == []


def test_a_form_in_parts_is_taken_too(client: Client) -> None:
    kind = "multipart/form-data"
    said = {"helped": "no"}
    response = client.post("/en/feedback/", data=said, headers=OURS, content_type=kind)
    assert response.status_code == 303
    assert [row.helped for row in rows()] == ["no"]


@pytest.mark.parametrize("path", ["/fr/feedback/", "/en/feedback/thanks/", "/en/feedback/x"])
def test_nothing_is_taken_elsewhere(client: Client, path: str) -> None:
    assert post(client, path, helped="yes").status_code == 405
    assert rows() == []


def test_the_page_of_the_release_is_empty_and_the_same_for_all(client: Client) -> None:
    response = client.get("/en/feedback/?page=/now/")
    assert response.data == RELEASE.page("en", "feedback/")
    page = shown(response)
    assert alerts(page) == []
    assert (field(page, "id"), field(page, "page")) == ("", "")
    assert field(page, "release") == RELEASE.id
    assert written(response) == ""


def test_what_cannot_be_kept_now_is_given_back_with_a_word_on_when(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = create_app({"DATABASE_URL": "sqlite:////nowhere/at/all.db"}, build())
    identity, words = str(uuid.uuid4()), 'two\nlines & "more"'
    response = post(Client(app), helped="yes", words=words, id=identity, page="/now/")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    page = shown(response)
    assert written(response) == words
    assert (field(page, "id"), field(page, "page")) == (identity, "/now/")
    assert "What you wrote is still here." in response.text
    assert "two" not in caplog.text


def test_counts_are_by_month_and_words_by_day() -> None:
    same = {"page": "/now/", "language": "en", "release": "0123456789ab"}
    for day, helped, words in [
        (date(2026, 1, 31), "yes", "b"),
        (date(2026, 1, 1), "yes", ""),
        (date(2026, 2, 1), "yes", "a"),
        (date(2026, 1, 5), "no", "c"),
    ]:
        row = Feedback(id=uuid.uuid4(), day=day, helped=helped, words=words, **same)
        store.keep(db.session(), row)
    assert store.counts(db.session()) == [
        store.Count("2026-01", *same.values(), "no", 1),
        store.Count("2026-01", *same.values(), "yes", 2),
        store.Count("2026-02", *same.values(), "yes", 1),
    ]
    assert [row.words for row in store.with_words(db.session())] == ["c", "b", "a"]


def test_who_says_much_has_to_wait_and_keeps_the_words(client: Client) -> None:
    for _ in range(120):
        assert post(client, id=str(uuid.uuid4()), helped="yes").status_code == 303
    response = post(client, id=str(uuid.uuid4()), helped="yes", words="One more.")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    assert alerts(shown(response)) == [None]
    assert written(response) == "One more."
    assert len(rows()) == 120

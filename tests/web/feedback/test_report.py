"""What those who run Easeback read of what people said."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import date

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete

from webapp.extensions import db, session
from webapp.feedback import store
from webapp.feedback.models import Feedback

SAID = [
    (date(2026, 1, 3), "/now/", "yes", "A good page.\nThank you."),
    (date(2026, 1, 28), "/now/", "yes", ""),
    (date(2026, 1, 28), "/now/", "no", "كان ناقصا"),
    (date(2026, 2, 1), "", "partly", ""),
]


@pytest.fixture(autouse=True)
def tables(app: Flask) -> Iterator[None]:
    with app.app_context():
        session().execute(delete(Feedback))  # makes the tables, too
        db.session.commit()
        yield


@pytest.fixture
def said() -> None:
    for day, page, helped, words in SAID:
        fields = {"page": page, "language": "ar", "release": "0123456789ab" if page else ""}
        row = Feedback(id=uuid.uuid4(), day=day, helped=helped, words=words, **fields)
        store.keep(db.session(), row)


def report(app: Flask, *options: str) -> Result:
    done = app.test_cli_runner().invoke(args=["feedback", "report", *options])
    assert done.exit_code == 0, done.output
    return done


def test_with_nothing_said_the_report_says_so(app: Flask) -> None:
    assert report(app).output == "Nobody has said anything yet.\n"
    assert json.loads(report(app, "--json").output) == {"counts": []}


@pytest.mark.usefixtures("said")
def test_the_report_counts_by_month_page_language_and_release(app: Flask) -> None:
    assert report(app).output.splitlines() == [
        "2026-01  /now/  ar  0123456789ab  2 yes, 0 partly, 1 no",
        "2026-02  no page  ar  no release  0 yes, 1 partly, 0 no",
        "4 in all: 2 yes, 1 partly, 1 no",
    ]


@pytest.mark.usefixtures("said")
def test_the_words_are_listed_on_request(app: Flask) -> None:
    assert report(app, "--words").output.splitlines()[-2:] == [
        "2026-01-03  /now/  ar  yes: A good page. / Thank you.",
        "2026-01-28  /now/  ar  no: كان ناقصا",
    ]


@pytest.mark.usefixtures("said")
def test_the_report_is_json_for_programs(app: Flask) -> None:
    same = {"month": "2026-01", "page": "/now/", "language": "ar", "release": "0123456789ab"}
    plain = json.loads(report(app, "--json").output)
    assert plain["counts"][:2] == [
        {**same, "helped": "no", "count": 1},
        {**same, "helped": "yes", "count": 2},
    ]
    whole = json.loads(report(app, "--json", "--words").output)
    assert whole["counts"] == plain["counts"]
    assert [set(item) for item in whole["words"]] == [
        {"day", "page", "language", "release", "helped", "words"}
    ] * 2

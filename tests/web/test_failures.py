from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import Client

from tests.support.phone import AppLine, Phone, new_id
from tests.support.site import serving
from webapp.extensions import session
from webapp.web.request_id import HEADER

SECRET = "5ec2e7"


def failing(app: Flask, fail: Callable[[], object]) -> Client:
    """Return a browser for an application that fails at /fails."""
    app.add_url_rule("/fails", view_func=fail)
    return Client(app)


def line_of(caplog: pytest.LogCaptureFixture) -> str:
    (record,) = caplog.records
    assert not record.exc_info
    return record.getMessage()


def test_a_fault_of_ours_is_told_by_its_kind_and_its_place_and_not_by_its_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> object:
        raise KeyError(SECRET + "!")

    with serving("sqlite://") as app:
        told = failing(app, fail).get("/fails")
    line = line_of(caplog)
    assert line.startswith(f"A request failed: KeyError (request {told.headers[HEADER]})\n")
    assert "test_failures.py" in line
    assert f"{SECRET}!" not in line


def test_a_fault_of_the_database_is_one_line_with_its_code_and_no_value(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> object:
        row = f"insert into vault values ('{SECRET}', 'b', 'c', 0, 0)"
        session().execute(text(row))
        return session().execute(text(row))

    with serving(database_url) as app:
        told = failing(app, fail).get("/fails")
    code = "SQLITE_CONSTRAINT_PRIMARYKEY" if database_url.startswith("sqlite") else "23505"
    line = line_of(caplog)
    assert re.fullmatch(
        rf"A request failed: IntegrityError {code} \(request {told.headers[HEADER]}\)", line
    )


def test_a_vault_and_feedback_that_fail_name_the_code_and_the_request(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "x.sqlite3"
    with serving(f"sqlite:///{file}") as app:
        phone = Phone(AppLine(Client(app, use_cookies=False)))
        phone.create()
        with sqlite3.connect(file) as other:
            other.execute("drop table vault_removal")
            other.execute("drop table feedback")
        answer = phone.push(new_id(), b"x")
        assert answer.status == 503
        identity = answer.headers[HEADER]
        assert line_of(caplog) == (
            f"The vault failed: OperationalError SQLITE_ERROR (request {identity})"
        )
        caplog.clear()
        said = Client(app).post("/en/feedback/", data={"helped": "yes", "words": SECRET})
        assert said.status_code == 503
        assert line_of(caplog) == (
            f"Feedback was not kept: OperationalError SQLITE_ERROR (request {said.headers[HEADER]})"
        )

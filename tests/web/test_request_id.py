from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from tests.support.rsgi import ask
from tests.support.site import build
from webapp import create_app
from webapp.web import front
from webapp.web.release_layer import ReleaseLayer
from webapp.web.request_id import HEADER

THEIRS = "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize("path", ["/", "/nowhere", "/readyz", "/vault/x", "/release.json"])
def test_what_flask_answers_has_an_id_of_its_own(path: str, client: Client) -> None:
    told = {client.get(path).headers[HEADER] for _ in range(3)}
    assert len(told) == 3
    assert all(len(identity) == 16 and int(identity, 16) >= 0 for identity in told)


def test_what_the_release_holds_is_the_same_for_all(client: Client) -> None:
    assert HEADER not in client.get("/en/").headers
    assert HEADER not in client.post("/en/check/", data=b"").headers


@pytest.fixture
def behind() -> Callable[[int], Client]:
    """An application behind so many servers of our own."""

    def start(proxies: int) -> Client:
        settings = {"DATABASE_URL": "sqlite://", "EASEBACK_PROXIES": str(proxies)}
        return Client(create_app(settings, build()))

    return start


def test_an_id_in_a_header_is_taken_only_from_a_server_of_ours(
    behind: Callable[[int], Client],
) -> None:
    for proxies, is_taken in ((0, False), (1, True)):
        told = behind(proxies).get("/nowhere", headers={HEADER: THEIRS}).headers[HEADER]
        assert (told == THEIRS) is is_taken


@pytest.mark.parametrize(
    "odd", ["", "short", "x" * 65, "with space", 'q"uote', "semi;colon", "ünïcode", f"{THEIRS},b"]
)
def test_an_id_that_is_long_or_not_plain_is_not_taken(
    odd: str, behind: Callable[[int], Client]
) -> None:
    told = behind(1).get("/nowhere", headers={HEADER: odd}).headers[HEADER]
    assert len(told) == 16


def test_who_waits_too_long_is_told_the_id_that_is_in_the_log(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ends = Event()

    def slowly(environ: Any, start_response: Any) -> Any:
        assert ends.wait(30)
        return app(environ, start_response)

    monkeypatch.setattr(front, "_ANSWER_S", 0.01)
    layer = ReleaseLayer(slowly, build().release)
    status, headers, _ = ask(front.Front(layer), "GET", "/nowhere")
    ends.set()
    assert status == 503
    (record,) = caplog.records
    assert record.getMessage() == (
        f"A request takes longer than 0.01 s (request {headers[HEADER]})"
    )


def test_two_ids_are_none(behind: Callable[[int], Client]) -> None:
    told = behind(1).get("/nowhere", headers=[(HEADER, THEIRS), (HEADER, "another-one")])
    assert len(told.headers[HEADER]) == 16

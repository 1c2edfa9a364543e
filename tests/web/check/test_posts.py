"""The check's forms over HTTP: honest ones, broken ones and those of an attacker."""

from __future__ import annotations

import logging
from functools import cache
from io import BytesIO

import pytest
from werkzeug.test import Client, EnvironBuilder, TestResponse

from tests.support import forms
from tests.support.proofread import Page, proofread
from tests.support.site import build
from webapp.triage.interview import LONGEST_BODY

SITE = build()
INTERVIEW, RELEASE = SITE.interview, SITE.release
ROUTES = ("check/", "check/next/")
PATHS = [f"/{code}/{route}" for code in RELEASE.site.languages for route in ROUTES]
GOOD = b"cancer-ever=no&region=neck"


def post(client: Client, body: bytes, path: str = "/en/check/", **more: object) -> TestResponse:
    more.setdefault("content_type", "application/x-www-form-urlencoded")
    return client.post(path, data=body, **more)  # type: ignore[arg-type]


def page_of(response: TestResponse) -> Page:
    page = proofread(response.get_data(as_text=True))
    assert not page.faults
    return page


@cache
def boundary() -> list[bytes]:
    return [*forms.boundary(SITE)][::97]


@pytest.mark.parametrize("path", PATHS)
def test_every_kind_of_form_gets_the_page_that_the_interview_decides(
    path: str, client: Client
) -> None:
    _, code, route = path.split("/", 2)
    chosen = [*forms.walks(SITE), *boundary()] if path == PATHS[0] else boundary()[::4]
    for body in (*forms.dishonest(SITE), *chosen):
        state = INTERVIEW.read(body)
        response = post(client, body, path)
        assert response.status_code == state.status
        assert response.status_code in (200, 400)
        assert response.data == RELEASE.page(code, route, state)


def test_every_page_of_the_check_is_free_of_faults(client: Client) -> None:
    for body in (*[*forms.walks(SITE)][::3], *boundary()):
        page_of(post(client, body))


BROKEN = {
    "an unknown field": b"&colour=red",
    "an unknown option": b"&age=1000",
    "a field that is not UTF-8": b"&x=%FF",
    "bytes that are not UTF-8": b"&x=\xff\xfe",
    "a field twice": b"&bowel-lost=yes&bowel-lost=no",
    "an unknown screen": b"&at=nowhere&go=next",
    "an unknown button": b"&at=danger-1&go=dance",
    "a button without a screen": b"&go=next",
    "two buttons": b"&at=danger-1&go=next&show=region",
    "no value": b"&bowel-lost",
    "a danger sign that does not exist": b"&at=danger-1&yes=nothing",
    "a danger sign without its screen": b"&yes=legs-weak",
    "a page of the release before": b"&saddle-numb=yes&chest=no&at=danger&go=next",
    "an empty pair": b"&",
    "a NUL byte": b"&x=\0",
    "a line break": b"&x=\r\n",
    "many fields": b"".join(b"&n%d=1" % number for number in range(1000)),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_form_is_asked_again_and_keeps_what_was_valid(
    broken: bytes, client: Client
) -> None:
    response = post(client, GOOD + broken)
    page = page_of(response)
    assert response.status_code == 400
    assert page.fields["region"] == "neck"
    assert page.fields["at"] == "age"
    assert "bowel-lost" not in page.fields
    assert any("autofocus" in attributes for attributes in page.all("p"))


@pytest.mark.parametrize(
    "body",
    [
        GOOD + b"&x=" + b"x" * LONGEST_BODY,
        b"&".join(b"n%d=1" % number for number in range(10_000)),
        b"cancer-ever=no&" * 10_000,
        b"x" * 5_000_000,
        b"=" * LONGEST_BODY,
        b"\xef\xbb\xbf" + GOOD[:8],
        b'{"cancer-ever": "yes"}',
        b"<form/>",
        b"%",
    ],
    ids=lambda body: f"{len(body)} bytes",
)
def test_a_form_that_nobody_fills_in_gets_the_first_screen(body: bytes, client: Client) -> None:
    response = post(client, body)
    assert response.status_code == 400
    assert page_of(response).fields == {"at": "age"}


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/json", "application/octet-stream", "", "nonsense", "a/b; c"]
)
def test_what_a_form_is_called_changes_nothing(kind: str, client: Client) -> None:
    named, plain = post(client, GOOD, content_type=kind), post(client, GOOD)
    assert (named.status_code, named.data) == (plain.status_code, plain.data)


def test_a_file_upload_is_asked_again(client: Client) -> None:
    upload = {"cancer-ever": "yes", "file": (BytesIO(b"x" * 10), "x.png")}
    response = client.post("/en/check/", data=upload)
    assert response.status_code == 400
    assert page_of(response).fields == {"at": "age"}


@pytest.mark.parametrize("length", ["", "banana", "-1", "9" * 20, "1e3", " 5 ", "+5"])
def test_a_wrong_length_is_no_fault_of_the_server(length: str, client: Client) -> None:
    environ = EnvironBuilder("/en/check/", method="POST").get_environ()
    environ |= {"CONTENT_LENGTH": length, "wsgi.input": BytesIO(GOOD)}
    response = client.open(environ)
    assert response.status_code in (200, 400)
    page_of(response)


def test_a_form_sent_in_chunks_is_read_whole(client: Client) -> None:
    environ = EnvironBuilder("/en/check/", method="POST").get_environ()
    environ |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(GOOD)}
    response = client.open(environ)
    assert response.data == post(client, GOOD).data


SECRET = b"saddle-changed=yes&region=neck&my-own-words=headache"


def test_no_answer_reaches_a_header_or_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for body in (SECRET, SECRET[:30]):
        said = str([*post(client, body).headers])
        assert "saddle" not in said
        assert "neck" not in said
    printed = "".join(capfd.readouterr()) + caplog.text
    assert "saddle" not in printed
    assert "my-own-words" not in printed
    assert "region" not in printed


def test_no_answer_is_shown_that_is_not_one_of_ours(client: Client) -> None:
    response = post(client, SECRET + b"&age=<script>alert(1)</script>")
    assert b"my-own-words" not in response.data
    assert b"alert(1)" not in response.data


def test_an_earlier_check_is_offered_only_where_this_one_was_just_opened(client: Client) -> None:
    def offered(response: TestResponse) -> bool:
        return b"data-draft" in response.data

    assert offered(client.get("/en/check/"))
    for body in (b"at=gates&go=next", b"at=age", b"for=other", b"at=gates&go=unsure"):
        assert not offered(post(client, body)), body

"""The wire, request by request, on both engines."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from tests.support.phone import BYTES, HEADER, Answer, Phone, new_id
from webapp.backup import store, wire
from webapp.extensions import db
from webapp.web import request_id
from webapp.web.security import HEADERS

ENTRY = "0192f0c1-2345-7abc-8def-0123456789ab"


def error(status: int, word: str) -> tuple[int, object]:
    return status, {"error": word}


def said(answer: Answer) -> tuple[int, object]:
    assert answer.headers["Content-Type"] == "application/json"
    return answer.status, answer.json


def visible(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """Everything that somebody who asks can see, but for what is by chance."""
    headers = {name: value for name, value in answer.headers.items() if name != request_id.HEADER}
    return answer.status, headers, answer.body


def test_a_vault_is_made_once_and_read_back(stranger: Phone) -> None:
    first = stranger.create()
    assert (first.status, first.body) == (201, b"")
    assert stranger.create().status == 200
    assert said(stranger.create(b"other")) == error(409, "other")
    read = stranger.send("GET")
    assert (read.status, read.body, read.headers["Content-Type"]) == (200, HEADER, BYTES)
    head = stranger.send("HEAD")
    assert (head.status, head.body) == (200, b"")


def test_the_first_token_is_the_vaults(phone: Phone) -> None:
    thief = phone.copy(token="0" * 64)
    assert said(thief.create()) == error(404, "missing")
    assert said(thief.create(b"other")) == error(404, "missing")
    assert phone.send("GET").body == HEADER


def test_a_wrong_token_and_a_missing_vault_are_the_same_bytes(phone: Phone) -> None:
    phone.push(ENTRY, b"x")
    for method, rest in (
        ("GET", ""),
        ("GET", "/entries"),
        ("GET", f"/entries?after={ENTRY}"),
        ("GET", f"/entries?after={new_id()}"),
        ("PUT", f"/entries/{ENTRY}"),
        ("DELETE", ""),
    ):
        sequence = {"X-Sequence": "1"}
        body = b"x" if method == "PUT" else b""
        wrong = phone.copy(token="0" * 64).send(method, rest, body, sequence)
        missing = phone.copy(vault="0" * 32).send(method, rest, body, sequence)
        assert visible(wrong) == visible(missing)
        if method != "DELETE":
            assert said(wrong) == error(404, "missing")
            bare = phone.send(method, rest, body, {**sequence, "Authorization": ""})
            assert visible(bare) == visible(missing)
    assert phone.pull() == {ENTRY: b"x"}


def test_an_entry_is_kept_as_it_was_sent(phone: Phone) -> None:
    body = bytes(range(256)) * 32
    pushed = phone.push(ENTRY, body, sequence=2**53 - 1)
    assert (pushed.status, pushed.body) == (201, b"")
    (entry,) = phone.page()["entries"]
    assert (entry["id"], entry["sequence"]) == (ENTRY, 2**53 - 1)
    assert phone.pull() == {ENTRY: body}


def test_a_lost_response_and_a_retry_make_one_entry(phone: Phone) -> None:
    phone.push(ENTRY, b"x", sequence=5)
    assert phone.push(ENTRY, b"x", sequence=5).status == 200
    assert phone.push(ENTRY, b"x", sequence=5).status == 200
    assert len(phone.page()["entries"]) == 1


def test_an_entry_never_changes(phone: Phone) -> None:
    phone.push(ENTRY, b"x", sequence=5)
    assert said(phone.push(ENTRY, b"y", sequence=5)) == error(409, "other")
    assert said(phone.push(ENTRY, b"x", sequence=6)) == error(409, "other")
    assert phone.pull() == {ENTRY: b"x"}


def test_an_entry_that_is_removed_is_gone_for_every_phone(phone: Phone, vaults: Flask) -> None:
    other = new_id()
    phone.push(ENTRY, b"a secret", sequence=5)
    phone.push(other, b"y")
    for _ in range(2):
        gone = phone.send("DELETE", f"/entries/{ENTRY}")
        assert (gone.status, gone.body) == (204, b"")
    assert phone.pull() == {other: b"y"}
    with vaults.app_context():
        kept = db.session.scalar(db.text("select count(*) from vault_entry"))
        assert kept == 1


def test_a_phone_that_was_away_does_not_bring_back_what_was_removed(phone: Phone) -> None:
    phone.push(ENTRY, b"x", sequence=5)
    phone.send("DELETE", f"/entries/{ENTRY}")
    for body, sequence in ((b"x", 5), (b"other", 9)):
        assert phone.push(ENTRY, body, sequence=sequence).status == 200
    assert phone.pull() == {}


def test_a_phone_that_read_as_far_as_what_was_removed_reads_on_from_there(phone: Phone) -> None:
    ids = [new_id() for _ in range(3)]
    for identity in ids:
        phone.push(identity, b"x")
    phone.send("DELETE", f"/entries/{ids[1]}")
    assert [entry["id"] for entry in phone.page(ids[1])["entries"]] == [ids[2]]
    phone.send("DELETE", f"/entries/{ids[2]}")
    late = new_id()
    phone.push(late, b"late")
    assert [entry["id"] for entry in phone.page(ids[2])["entries"]] == [late]


def test_only_the_token_removes_and_only_from_its_own_vault(phone: Phone, stranger: Phone) -> None:
    phone.push(ENTRY, b"x")
    stranger.create()
    assert stranger.send("DELETE", f"/entries/{ENTRY}").status == 204
    thief = phone.copy(token="0" * 64)
    assert said(thief.send("DELETE", f"/entries/{ENTRY}")) == error(404, "missing")
    assert said(phone.send("DELETE", "/entries/x")) == error(400, "bad")
    assert phone.pull() == {ENTRY: b"x"}


def test_what_is_removed_makes_room(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 1000)
    phone.push(ENTRY, bytes(900))
    assert phone.push(new_id(), bytes(900)).status == 507
    phone.send("DELETE", f"/entries/{ENTRY}")
    assert phone.push(new_id(), bytes(900)).status == 201


def test_two_vaults_may_use_the_same_id(phone: Phone, stranger: Phone) -> None:
    stranger.create()
    assert phone.push(ENTRY, b"mine").status == 201
    assert stranger.push(ENTRY, b"other").status == 201
    assert (phone.pull(), stranger.pull()) == ({ENTRY: b"mine"}, {ENTRY: b"other"})


def test_pages_follow_each_other_in_the_order_of_arrival(phone: Phone) -> None:
    ids = [new_id() for _ in range(7)]
    for number, identity in enumerate(ids):
        phone.push(identity, bytes([number]))
    first = phone.page(limit=3)
    assert ([entry["id"] for entry in first["entries"]], first["more"]) == (ids[:3], True)
    late = new_id()
    phone.push(late, b"late")  # arrives while somebody is paging
    second = phone.page(first["cursor"], limit=4)
    assert ([entry["id"] for entry in second["entries"]], second["more"]) == (ids[3:], True)
    third = phone.page(second["cursor"], limit=3)
    assert ([entry["id"] for entry in third["entries"]], third["more"]) == ([late], False)
    last = phone.page(third["cursor"])
    assert last == {"entries": [], "cursor": third["cursor"], "more": False}
    phone.push(ids[0], b"\0")  # a retry is nothing new
    assert phone.page(third["cursor"])["entries"] == []


def test_a_vault_with_nothing_in_it_has_an_empty_page(phone: Phone) -> None:
    assert phone.page() == {"entries": [], "cursor": "", "more": False}


@pytest.mark.parametrize(
    "query",
    ["after=x", f"after={ENTRY[:-1]}0", "limit=0", "limit=201", "limit=-1", "limit=", "limit=all"],
)
def test_a_cursor_or_limit_that_was_not_ours_is_refused(phone: Phone, query: str) -> None:
    phone.push(ENTRY, b"x")
    assert said(phone.send("GET", f"/entries?{query}")) == error(400, "bad")


def test_delete_takes_everything_away_also_when_asked_twice(phone: Phone, vaults: Flask) -> None:
    removed = new_id()
    for identity in (ENTRY, removed):
        phone.push(identity, b"x")
    phone.send("DELETE", f"/entries/{removed}")
    assert (phone.send("DELETE").status, phone.send("DELETE").status) == (204, 204)
    for answer in (phone.send("GET"), phone.send("GET", "/entries"), phone.push(new_id(), b"y")):
        assert said(answer) == error(404, "missing")
    with vaults.app_context():
        for table in ("vault", "vault_entry", "vault_removal"):
            assert db.session.scalar(db.text(f"select count(*) from {table}")) == 0
    assert phone.create().status == 201
    assert phone.pull() == {}


def test_only_the_token_deletes(phone: Phone) -> None:
    phone.copy(token="0" * 64).send("DELETE")
    assert phone.send("GET").status == 200


def test_a_full_vault_says_so_and_keeps_what_it_has(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_ENTRIES", 2)
    phone.push(ENTRY, b"x")
    phone.push(new_id(), b"x")
    assert said(phone.push(new_id(), b"x")) == error(507, "full")
    assert phone.push(ENTRY, b"x").status == 200
    assert len(phone.pull()) == 2
    monkeypatch.setattr(store, "MOST_ENTRIES", 3)
    assert phone.push(new_id(), b"x").status == 201


def test_bytes_count_too(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 1000)
    assert phone.push(ENTRY, bytes(600)).status == 201
    assert said(phone.push(new_id(), bytes(401))) == error(507, "full")
    assert phone.push(new_id(), bytes(400)).status == 201
    assert said(phone.push(new_id(), bytes(1))) == error(507, "full")


def test_the_quota_is_what_was_agreed() -> None:
    assert (wire.MOST_ENTRIES, wire.MOST_BYTES) == (20_000, 20_000_000)
    assert (wire.LONGEST_HEADER, wire.LONGEST_BODY, wire.LONGEST_PAGE) == (2048, 8192, 200)


def test_what_is_too_large_is_refused(phone: Phone) -> None:
    assert said(phone.push(ENTRY, bytes(8193))) == error(413, "large")
    assert said(phone.push(ENTRY, bytes(3_000_000))) == error(413, "large")
    assert said(phone.create(bytes(2049))) == error(413, "large")
    assert phone.pull() == {}


@pytest.mark.parametrize(
    ("identity", "headers", "body"),
    [
        (ENTRY.upper(), {"X-Sequence": "1"}, b"x"),
        ("x", {"X-Sequence": "1"}, b"x"),
        (ENTRY, {}, b"x"),
        (ENTRY, {"X-Sequence": "one"}, b"x"),
        (ENTRY, {"X-Sequence": "1"}, b""),
    ],
)
def test_what_is_no_entry_is_refused(
    phone: Phone, identity: str, headers: dict[str, str], body: bytes
) -> None:
    assert said(phone.send("PUT", f"/entries/{identity}", body, headers)) == error(400, "bad")
    assert phone.pull() == {}


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_a_write_has_a_type_that_no_form_can_send(phone: Phone, kind: str) -> None:
    headers = {"X-Sequence": "1", "Content-Type": kind}
    answer = phone.send("PUT", f"/entries/{ENTRY}", b"x", headers)
    assert said(answer) == error(415, "type")
    assert phone.pull() == {}


@pytest.mark.parametrize(
    "says",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_foreign_page_is_refused(phone: Phone, says: dict[str, str], method: str) -> None:
    answer = phone.send(method, body=b"x", headers=says)
    assert said(answer) == error(403, "origin")
    assert phone.send("GET", headers={"Sec-Fetch-Site": "same-origin"}).status == 200


@pytest.mark.parametrize("method", ["POST", "PATCH", "OPTIONS", "TRACE", "MOVE"])
@pytest.mark.parametrize(
    ("rest", "allowed"),
    [("", "GET, PUT, DELETE"), ("/entries", "GET"), (f"/entries/{ENTRY}", "PUT, DELETE")],
)
def test_an_unknown_method_is_told_in_json(
    phone: Phone, method: str, rest: str, allowed: str
) -> None:
    answer = phone.send(method, rest)
    assert said(answer) == error(405, "method")
    assert answer.headers["Allow"] == allowed


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "MOVE"])
@pytest.mark.parametrize("rest", ["/x", "/entries/", f"/entries/{ENTRY}/x", "/entries/x/y/z"])
def test_an_unknown_address_is_told_in_json(phone: Phone, method: str, rest: str) -> None:
    assert said(phone.send(method, rest)) == error(404, "missing")


def every_answer(phone: Phone) -> list[Answer]:
    return [
        phone.create(),
        phone.create(b"other"),
        phone.send("GET"),
        phone.push(ENTRY, b"x"),
        phone.push(ENTRY, b"y"),
        phone.push(ENTRY, bytes(9000)),
        phone.send("GET", "/entries"),
        phone.send("GET", "/entries?limit=x"),
        phone.send("POST"),
        phone.send("GET", "/x"),
        phone.send("DELETE"),
        phone.send("GET"),
    ]


def test_no_answer_is_stored_or_sets_a_cookie(phone: Phone) -> None:
    for answer in every_answer(phone):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert ("Content-Type" in answer.headers) == bool(answer.body)


def test_nothing_is_logged(phone: Phone, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    every_answer(phone)
    assert not caplog.records


def test_a_fault_is_told_in_a_word_and_logged_without_its_text(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a secret")

    monkeypatch.setattr(store, "read_header", fail)
    assert said(phone.send("GET")) == error(500, "failed")
    assert [record.getMessage().partition(" (request ")[0] for record in caplog.records] == [
        "The vault failed: ValueError"
    ]
    assert not caplog.records[0].exc_info

"""Who asks too often has to wait, and is not remembered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client, EnvironBuilder

from tests.support.person import until
from tests.support.phone import Answer, AppLine, NetworkLine, Phone, new_id
from tests.support.records import StagedServer
from tests.support.redis import Redis
from tests.support.site import build
from webapp import create_app
from webapp.web.visitor import limiter, visitor

HERE = "198.51.100.7"


@pytest.fixture
def app() -> Iterator[Flask]:
    app = create_app({"DATABASE_URL": "sqlite://", "EASEBACK_LANGUAGES": "en"}, build())
    yield app
    limiter.reset()


def phone_at(app: Flask, address: str = HERE) -> Phone:
    return Phone(AppLine(Client(app, use_cookies=False), address))


def test_vaults_can_be_made_so_many_times_an_hour(app: Flask) -> None:
    first = phone_at(app)
    assert first.create().status == 201
    for _ in range(59):
        assert first.copy(vault=new_id().replace("-", "")).create().status == 201
    refused(phone_at(app).create(), most=3601)
    assert first.push(new_id(), b"x").status == 201  # who has one can go on
    assert phone_at(app, "198.51.100.8").create().status == 201


def test_keys_can_be_tried_so_many_times_a_minute(app: Flask) -> None:
    mine = phone_at(app)
    mine.create()
    for number in range(300):
        assert mine.copy(token=f"{number:064x}").send("GET").status == 404
    refused(mine.copy(token="f" * 64).send("GET"), most=61)
    assert phone_at(app, "198.51.100.8").send("GET").status == 404


def test_a_phone_with_years_of_entries_can_send_them(app: Flask) -> None:
    phone = phone_at(app)
    phone.create()
    for _ in range(1000):
        assert phone.push(new_id(), b"x").status == 201


def refused(answer: Answer, *, most: int) -> None:
    assert (answer.status, answer.json) == (429, {"error": "often"})
    assert 1 <= int(answer.headers["Retry-After"]) <= most
    assert answer.headers["Cache-Control"] == "no-store"


def mark(app: Flask, address: str) -> str:
    environ = EnvironBuilder(environ_overrides={"REMOTE_ADDR": address}).get_environ()
    with app.request_context(environ):
        return visitor()


def test_a_visitor_is_a_mark_from_which_no_address_can_be_read(app: Flask) -> None:
    assert mark(app, HERE) == mark(app, HERE)
    assert HERE not in mark(app, HERE)
    addresses = [HERE, "198.51.100.8", "2001:db8::1", "2001:db8:0:1::1", ""]
    assert len({mark(app, address) for address in addresses}) == len(addresses)
    assert mark(app, "2001:db8::1") == mark(app, "2001:db8::ffff")  # one household


def test_an_address_is_told_by_its_network_however_it_is_written(app: Flask) -> None:
    same = [
        HERE,
        f"{HERE}:50123",
        f" {HERE}",
        f"::ffff:{HERE}",
        f"[::ffff:{HERE}]:50123",
        "64:ff9b::c633:6407",
    ]
    assert len({mark(app, address) for address in same}) == 1
    assert mark(app, "::ffff:198.51.100.8") != mark(app, HERE)
    assert mark(app, "[2001:db8::1]:443") == mark(app, "2001:db8::2")
    assert mark(app, "fe80::1%eth0") == mark(app, "fe80::2")


def test_what_is_no_address_shares_one_mark(app: Flask) -> None:
    odd = ["unknown", "_hidden", "1.2.3", "1.2.3.4.5:6", "[::1", "x" * 999, ""]
    assert len({mark(app, address) for address in odd}) == 1


@pytest.mark.parametrize(("proxies", "believed"), [("0", False), ("1", True)])
def test_an_address_in_a_header_is_believed_only_from_a_server_of_ours(
    proxies: str, believed: bool
) -> None:
    app = create_app({"DATABASE_URL": "sqlite://", "EASEBACK_PROXIES": proxies}, build())
    phone = phone_at(app)

    def miss(address: str) -> int:
        return phone.send("GET", headers={"X-Forwarded-For": address}).status

    for _ in range(300):
        assert miss("192.0.2.1") == 404
    assert miss("192.0.2.1") == 429
    assert miss("192.0.2.2") == (404 if believed else 429)


@pytest.fixture
def store() -> Iterator[Redis]:
    store = Redis()
    yield store
    store.remove()


@pytest.fixture
def servers(store: Redis, tmp_path: Path) -> Iterator[list[Phone]]:
    """Phones of strangers at the same address, at two servers that count together."""
    shared = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'kept.sqlite3'}",
        "EASEBACK_LIMITS": store.address,
        "EASEBACK_PROXIES": "1",
    }
    servers = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        servers.append(StagedServer(tmp_path / name, settings=shared).start())
    yield [Phone(NetworkLine(server.port)) for server in servers]
    for server in servers:
        server.kill()


def miss(phone: Phone) -> int:
    """Try a key that opens nothing."""
    return phone.send("GET", headers={"X-Forwarded-For": HERE}).status


def test_servers_with_one_store_count_together_and_it_knows_no_address(
    servers: list[Phone], store: Redis
) -> None:
    for number in range(300):
        assert miss(servers[number % 2]) == 404
    assert [miss(phone) for phone in servers] == [429, 429]
    held = store.contents()
    assert held.count(b"vault, wrong") == 1
    assert HERE.encode() not in held


def test_a_store_that_stands_still_stops_nobody_and_counts_again_once_it_is_back(
    servers: list[Phone], store: Redis
) -> None:
    phone = servers[0]
    assert miss(phone) == 404
    with store.frozen():
        begun = time.monotonic()
        for _ in range(300):
            assert miss(phone) == 404
        assert miss(phone) == 429  # as many as for one server
        assert time.monotonic() - begun < 30
    until(lambda: miss(phone), 404)


def test_a_store_that_is_not_there_stops_nobody(tmp_path: Path) -> None:
    gone = {"EASEBACK_LIMITS": f"redis+unix://{tmp_path / 'nothing'}"}
    server = StagedServer(tmp_path, settings=gone).start()
    try:
        assert miss(Phone(NetworkLine(server.port))) == 404
    finally:
        server.kill()

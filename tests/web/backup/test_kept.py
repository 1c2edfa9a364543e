"""What is in the database, and in the log, after people have used their vaults."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.engine import make_url
from werkzeug.test import Client

from tests.support.phone import AppLine, NetworkLine, Phone, new_id
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.site import serving
from webapp.database import Base
from webapp.extensions import db

ADDRESS = "203.0.113.77"
AGENT = "Mozilla/5.0 (a phone that can be told from others)"


@pytest.fixture
def dump(database_url: str, request: pytest.FixtureRequest, vaults: Flask) -> bytes:
    """Everything that the database holds after a scenario with a secret token."""
    phone = Phone(AppLine(Client(vaults, use_cookies=False), ADDRESS), token=TOKEN)
    headers = {"User-Agent": AGENT, "Referer": "http://localhost/en/journal/"}
    assert phone.send("PUT", body=b"the header", headers=headers).status == 201
    for number in range(3):
        sequence = {"X-Sequence": str(number)}
        rest = f"/entries/{new_id()}"
        assert phone.send("PUT", rest, b"sealed", {**headers, **sequence}).status == 201
    phone.pull()
    phone.copy(token="0" * 64).send("GET")
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql":
        cluster: Postgres = request.getfixturevalue("postgres")
        return cluster.dump(database_url) + cluster.log().encode()
    file = Path(url.database or "")
    with sqlite3.connect(file) as connection:
        text = "\n".join(connection.iterdump()).encode()
    return text + b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))


TOKEN = "5ec2e75ec2e75ec2" * 4


def test_a_backup_that_is_made_twice_is_not_in_the_log_of_postgresql(postgres: Postgres) -> None:
    with serving(postgres.new_database()) as app:
        phone = Phone(AppLine(Client(app, use_cookies=False)))
        assert [phone.create().status for _ in range(2)] == [201, 200]
        assert phone.copy(token="1" * 64).create().status == 404
    assert phone.vault not in postgres.log()


def test_a_dump_holds_no_address_and_no_token(dump: bytes) -> None:
    small = dump.lower()
    assert b"the header" in dump or b"the header".hex().encode() in small  # it is the right dump
    assert hashlib.sha256(bytes.fromhex(TOKEN)).hexdigest().encode() in small
    raw = bytes.fromhex(TOKEN)
    for secret in (TOKEN.encode(), raw, base64.b64encode(raw), b"203.0.113", b"Mozilla", b"/en/"):
        assert secret.lower() not in small


def test_no_row_has_a_time_finer_than_a_day() -> None:
    kinds = {
        f"{table}.{column.name}": str(column.type)
        for table in Base.metadata.tables.values()
        for column in table.columns
    }
    assert {name for name, kind in kinds.items() if "TIME" in kind} == set()
    assert {name for name, kind in kinds.items() if "DATE" in kind} == {"feedback.day"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_deleted_is_written_over(vaults: Flask, database_url: str) -> None:
    file = Path(make_url(database_url).database or "")
    phone = Phone(AppLine(Client(vaults, use_cookies=False)))

    def kept() -> bool:
        with vaults.app_context():
            db.session.execute(db.text("pragma wal_checkpoint(truncate)"))
        return b"a sealed entry that goes" in file.read_bytes()

    phone.create()
    phone.push(new_id(), b"a sealed entry that goes")
    assert kept()
    phone.send("DELETE")
    assert not kept()


def test_a_server_logs_nothing_of_what_was_asked(database_url: str, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": database_url, "EASEBACK_LANGUAGES": "en"}
    server = Server(tmp_path, settings=settings).start()
    try:
        phone = Phone(NetworkLine(server.port))
        assert phone.create().status == 201
        assert phone.push(new_id(), b"x").status == 201
        assert phone.push("x", b"x").status == 400
        assert phone.push(new_id(), bytes(100_000)).status == 413
        assert phone.copy(token="0" * 64).send("GET").status == 404
        assert phone.send("MOVE").status == 405
        assert len(phone.pull()) == 1
        assert phone.send("DELETE").status == 204
    finally:
        server.kill()
    assert server.log() == f"Easeback is at {server.url}/ (Ctrl+C stops it)\n"

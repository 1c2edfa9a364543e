"""Several phones and processes at once, and a server that dies."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from werkzeug.test import Client

from tests.support.phone import AppLine, NetworkLine, Phone, new_id
from tests.support.server import Server
from tests.support.tiers import soak

_NO_ANSWER = (OSError, http.client.HTTPException)


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Server:
    return Server(tmp_path, settings={"DATABASE_URL": database_url, "EASEBACK_LANGUAGES": "en"})


def threads_of(app: Flask, phone: Phone, count: int) -> list[Phone]:
    return [
        Phone(AppLine(Client(app, use_cookies=False)), phone.vault, phone.token)
        for _ in range(count)
    ]


def test_two_devices_that_push_at_once_lose_nothing(phone: Phone, vaults: Flask) -> None:
    sent = {new_id(): random.randbytes(300) for _ in range(80)}
    halves = [list(sent.items())[:50], list(sent.items())[30:]]  # twenty are sent by both

    def push(device: Phone, entries: list[tuple[str, bytes]]) -> list[int]:
        return [device.push(identity, body).status for identity, body in entries]

    with ThreadPoolExecutor(2) as pool:
        said = [*pool.map(push, threads_of(vaults, phone, 2), halves)]
    statuses = [*said[0], *said[1]]
    assert (statuses.count(201), statuses.count(200)) == (80, 20)
    assert phone.pull(limit=7) == sent


def test_devices_that_make_the_same_vault_at_once_agree(stranger: Phone, vaults: Flask) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [*pool.map(lambda phone: phone.create().status, threads_of(vaults, stranger, 4))]
    assert sorted(made) == [200, 200, 200, 201]


def test_a_device_that_pulls_while_others_push_misses_nothing(phone: Phone, vaults: Flask) -> None:
    sent = [[new_id() for _ in range(40)] for _ in range(3)]
    reader, *writers = threads_of(vaults, phone, 4)
    done = threading.Event()

    def push(device: Phone, ids: list[str]) -> None:
        for identity in ids:
            assert device.push(identity, b"x").status == 201

    def pull() -> list[str]:
        found: list[str] = []
        cursor = ""
        while True:
            ended = done.is_set()
            page = reader.page(cursor, limit=5)
            found += [entry["id"] for entry in page["entries"]]
            cursor = page["cursor"]
            if ended and not page["more"]:
                return found

    with ThreadPoolExecutor(4) as pool:
        reading = pool.submit(pull)
        try:
            for _ in pool.map(push, writers, sent):
                pass
        finally:
            done.set()
        found = reading.result()
    assert len(found) == 120
    assert set(found) == {identity for ids in sent for identity in ids}


@pytest.mark.parametrize("kills", [2, soak(30, why="30 kills")])
def test_every_acknowledged_entry_outlives_a_killed_server(
    served: Server, kills: int, chance: Random, tally: Counter[str]
) -> None:
    phone = Phone(NetworkLine(served.port))
    acknowledged: dict[str, bytes] = {}
    tried: dict[str, bytes] = {}

    def push() -> None:
        while True:
            identity, body = new_id(), chance.randbytes(500)
            tried[identity] = body
            try:
                answer = phone.push(identity, body)
            except _NO_ANSWER:
                return
            assert answer.status == 201
            acknowledged[identity] = body

    served.start()
    try:
        phone.create()
        for _ in range(kills):
            with ThreadPoolExecutor(2) as pool:
                pushing = [pool.submit(push) for _ in range(2)]
                enough = len(acknowledged) + chance.randint(4, 60)
                while len(acknowledged) < enough and not any(push.done() for push in pushing):
                    time.sleep(0.001)
                served.kill()
                tally["kills"] += 1
                for task in pushing:
                    task.result()
            served.start()
        kept = phone.pull()
        assert len(acknowledged) >= 4 * kills
        assert acknowledged.items() <= kept.items() <= tried.items()
        assert {phone.push(*entry).status for entry in tried.items()} <= {200, 201}
        assert phone.pull() == tried
    finally:
        served.kill()

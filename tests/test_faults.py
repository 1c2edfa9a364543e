"""The line between browser and server spoils what it is told to, and nothing else."""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support import faults
from tests.support.faults import FaultProxy, fault_proxy

BODY = b"a whole and well-formed answer"


class Site(BaseHTTPRequestHandler):
    """Answers everything with one text, and remembers what it was sent."""

    taken: list[bytes]

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def do_POST(self) -> None:
        self.taken.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def taken() -> list[bytes]:
    """What was posted to the server."""
    return []


@pytest.fixture
def proxy(taken: list[bytes]) -> Iterator[FaultProxy]:
    handler = type("Own", (Site,), {"taken": taken})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        with fault_proxy(server.server_port) as proxy:
            yield proxy
        server.shutdown()


def ask(proxy: FaultProxy, path: str = "/", body: bytes | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=5)
    try:
        connection.request("POST" if body else "GET", path, body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_without_a_fault_the_answer_is_the_servers(proxy: FaultProxy) -> None:
    assert ask(proxy) == (200, BODY)
    assert proxy.paths() == ["/"]
    assert proxy.posts() == []


def test_a_fault_meets_only_the_paths_that_begin_like_its_own(proxy: FaultProxy) -> None:
    proxy.meets("/release/", faults.status(502))
    assert ask(proxy, "/release/core")[0] == 502
    assert ask(proxy, "/other")[0] == 200
    proxy.works()
    assert ask(proxy, "/release/core")[0] == 200


def test_a_fault_spares_and_ends_as_it_was_told(proxy: FaultProxy) -> None:
    proxy.meets("/", faults.status(404), spared=1, times=2)
    assert [ask(proxy)[0] for _ in range(4)] == [200, 404, 404, 200]


@pytest.mark.parametrize("after", [0, 10, 60])
def test_a_line_that_is_cut_brings_so_many_bytes(proxy: FaultProxy, after: int) -> None:
    proxy.meets("/", faults.cut(after))
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        received = b"".join(iter(lambda: line.recv(1000), b""))
    assert len(received) == after


def test_half_a_body_is_noticed_by_who_reads_it(proxy: FaultProxy) -> None:
    proxy.meets("/", faults.cut_body(0.5))
    with pytest.raises(http.client.IncompleteRead):
        ask(proxy)


def test_a_stalled_line_brings_nothing_until_it_breaks(proxy: FaultProxy) -> None:
    proxy.meets("/", faults.stall(5))
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(1000) == b"HTTP/"
        proxy.kill()
        assert line.recv(1000) == b""


def test_a_truncated_answer_looks_whole(proxy: FaultProxy) -> None:
    proxy.meets("/", faults.truncate())
    assert ask(proxy) == (200, BODY[: len(BODY) // 2])


def test_one_bit_is_flipped(proxy: FaultProxy) -> None:
    proxy.meets("/", faults.flip())
    _, body = ask(proxy)
    assert len(body) == len(BODY)
    differing = [a ^ b for a, b in zip(body, BODY, strict=True) if a != b]
    assert differing == [1]


def test_a_hotels_page_is_called_a_success(proxy: FaultProxy) -> None:
    proxy.meets("/", faults.portal())
    assert ask(proxy, "/sw.js") == (200, faults.PORTAL)


def test_a_detour_leads_to_the_right_answer(proxy: FaultProxy) -> None:
    proxy.meets("/from", faults.detour())
    with urllib.request.urlopen(f"{proxy.url}/from", timeout=5) as answer:
        assert answer.url != f"{proxy.url}/from"
        assert answer.read() == BODY


def test_a_line_that_breaks_after_so_many_bytes_is_dead_then(proxy: FaultProxy) -> None:
    ask(proxy)
    whole = proxy.sent
    proxy.breaks_after(2 * whole - 5)
    assert ask(proxy) == (200, BODY)
    with pytest.raises((http.client.HTTPException, OSError)):
        ask(proxy)
    assert proxy.sent == 3 * whole - 5
    proxy.waits_until_dead()
    with pytest.raises(ConnectionRefusedError):
        ask(proxy)
    proxy.works()
    proxy.start()
    assert ask(proxy) == (200, BODY)


def test_a_lost_answer_was_a_deed_all_the_same(proxy: FaultProxy, taken: list[bytes]) -> None:
    proxy.meets("/", faults.lose())
    with pytest.raises((http.client.HTTPException, OSError)):
        ask(proxy, body=b"keep this")
    assert taken == [b"keep this"]


def test_what_stands_before_the_body_is_counted(proxy: FaultProxy) -> None:
    proxy.meets("/", faults.prefix("first: "))
    assert ask(proxy) == (200, b"first: " + BODY)


def test_killed_it_refuses_and_started_again_it_is_at_the_same_address(proxy: FaultProxy) -> None:
    address = proxy.url
    proxy.kill()
    with pytest.raises(ConnectionRefusedError):
        ask(proxy)
    proxy.start()
    assert proxy.url == address
    assert ask(proxy) == (200, BODY)

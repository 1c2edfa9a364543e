"""What docs/operating.md and the container files say is what the app does."""

from __future__ import annotations

import re
import shlex
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import container, system
from tests.support.person import until
from tests.support.records import StagedServer
from tests.support.server import free_port
from webapp import config

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "docs" / "operating"
GIVEN = {"EASEBACK_DOMAIN": "easeback.example", "POSTGRES_PASSWORD": "a-long-word"}
"""What the page has an operator write into .env."""
NAME = "easeback.example"


def composed() -> Any:
    """Return compose.yaml with the values of .env in their places."""
    return _filled(yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8")))


def _filled(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _filled(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_filled(value) for value in part]
    return re.sub(r"\$\{([^}]*)\}", _value, part) if isinstance(part, str) else part


def _value(found: re.Match[str]) -> str:
    name, _, default = found[1].partition(":")
    return GIVEN[name] if default.startswith("?") else default.removeprefix("-")


def test_the_settings_of_the_compose_file_are_settings_of_the_app() -> None:
    services = composed()["services"]
    for name in ("app-1", "app-2"):
        environment = services[name]["environment"]
        settings = config.from_environment(environment)
        config.listening(environment)
        assert settings.origin == f"https://{NAME}"
        assert settings.proxies == 1
        assert settings.limits == "redis://limits:6379"
        assert "@database/" in settings.database_url
        assert set(environment) >= config.KNOWN - {"EASEBACK_HOST"}  # the container's own


def test_the_compose_file_names_nothing_that_it_does_not_bring() -> None:
    composition = composed()
    services = composition["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        for mount in service.get("volumes", ()):
            source = mount.partition(":")[0]
            is_here = (ROOT / source).is_file() if source.startswith("./") else False
            assert is_here or source in composition["volumes"], mount
    caddy = (SAMPLES / "Caddyfile").read_text("utf-8")
    upstreams = re.findall(r"([\w-]+):8000", caddy)
    assert sorted(upstreams) == ["app-1", "app-2"]
    page = (ROOT / "docs" / "operating.md").read_text("utf-8")
    assert all(f"\n{name}=" in page for name in GIVEN)


def test_what_goes_into_the_container_is_there_and_starts_the_server() -> None:
    lines = (ROOT / "Containerfile").read_text("utf-8").splitlines()
    copied = [shlex.split(line)[1:-1] for line in lines if re.match(r"COPY (?!--from)", line)]
    for source in [name for names in copied for name in names]:
        assert (ROOT / source).exists(), source
    environment = "\n".join(lines).partition("ENV ")[2].partition("\nEXPOSE")[0]
    given = dict(pair.split("=", 1) for pair in shlex.split(environment.replace("\\\n", " ")))
    assert config.from_environment(given).database_url.startswith("sqlite:////var/lib/easeback/")
    assert config.listening(given).host == "0.0.0.0"
    assert lines[-1].endswith('"-m", "webapp.serve"]')


@pytest.mark.soak("an empty Debian is made, and all packages are fetched")
def test_the_steps_of_the_container_make_a_server_that_runs_as_nobody(tmp_path: Path) -> None:
    image = container.build(ROOT / "Containerfile", tmp_path)
    assert int(image.user) > 0
    port = free_port()
    given = {"PORT": str(port), "EASEBACK_HOST": "127.0.0.1"}
    begun = time.time()
    server = subprocess.Popen(image.program(image.command, given))
    try:
        until(lambda: server.poll() is None and answers(port, "/en/"), 200)
        assert answers(port, "/readyz") == 200
        health = [word.replace(":8000", f":{port}") for word in image.health]
        image.run(health)
        server.terminate()
        assert server.wait(10) == 0
    finally:
        server.kill()
    written = {
        path.relative_to(image.root)
        for path in image.root.rglob("*")
        if path.is_file() and not path.is_symlink() and path.stat().st_mtime > begun
    }
    assert written
    own = Path("var/lib/easeback")
    assert {path.parent for path in written} <= {own, own / "releases"}


def answers(port: int, path: str) -> int:
    """Return the status of a page, or 0 where nobody is there."""
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as line:
            line.request("GET", path)
            return line.getresponse().status
    except OSError:
        return 0


def test_systemd_finds_no_fault_in_the_unit_and_little_that_it_may_do(tmp_path: Path) -> None:
    written = (SAMPLES / "easeback.service").read_text("utf-8")
    unit = tmp_path / "easeback.service"
    unit.write_text(
        written.replace("/opt/easeback/.venv/bin/python", sys.executable)
        .replace("WorkingDirectory=/opt/easeback", f"WorkingDirectory={ROOT}")
        .replace("file:/opt/easeback", f"file:{ROOT}"),
        "utf-8",
    )
    assert said(["systemd-analyze", "verify", "--man=no", str(unit)]) == ""
    limit = ["--offline=yes", "--threshold=25"]
    said(["systemd-analyze", "security", *limit, str(unit)])
    given = re.findall(r"^Environment=(\w+)=(.*)$", written, re.MULTILINE)
    assert config.from_environment(dict(given)).database_url.startswith("sqlite:////var/lib/")


def said(command: list[str]) -> str:
    """Run a checker that has to find nothing; return what it said on the second line."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


@dataclass
class Behind:
    """Two servers behind nginx, the ports of which are those of HTTP and HTTPS."""

    folder: Path
    servers: Sequence[StagedServer]
    http: int
    https: int


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    """Two servers behind nginx, which is set up as in the sample."""
    folder = tmp_path_factory.mktemp("nginx")
    servers = []
    for name in ("one", "two"):
        (folder / name).mkdir()
        settings = {"EASEBACK_PROXIES": "1", "EASEBACK_ORIGIN": f"https://{NAME}"}
        servers.append(StagedServer(folder / name, settings=settings).start())
    behind = Behind(folder, servers, free_port(), free_port())
    _certify(folder)
    process = subprocess.Popen([system.nginx() or "", "-c", str(_conf(behind))])
    try:
        until(lambda: process.poll() is None and _listens(behind.https), True)
        yield behind
    finally:
        process.terminate()
        process.wait()
        for server in servers:
            server.kill()


def _certify(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    command += ["-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*command, *files], check=True, capture_output=True)


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _conf(behind: Behind) -> Path:
    """Write the sample with addresses of this test, in the least that nginx needs around it."""
    folder = behind.folder
    one, two = behind.servers
    sample = (SAMPLES / "nginx.conf").read_text("utf-8")
    sample = re.sub(r" *listen \[::\].*\n", "", sample)
    for before, after in (
        ("listen 80;", f"listen 127.0.0.1:{behind.http};"),
        ("listen 443 ", f"listen 127.0.0.1:{behind.https} "),
        (f"/etc/letsencrypt/live/{NAME}", str(folder)),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{one.port};"),
        ("# server 127.0.0.1:8001;", f"server 127.0.0.1:{two.port};"),
    ):
        assert before in sample
        sample = sample.replace(before, after)
    own = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/log;"
        f"events {{}} http {{ {own} {sample} }}",
        "utf-8",
    )
    return conf


class ByName(HTTPSConnection):
    """A line to this machine on which the site is asked for by its name."""

    def __init__(self, behind: Behind) -> None:
        self._behind = behind
        super().__init__(NAME, timeout=30)

    def connect(self) -> None:
        trusting = ssl.create_default_context(cafile=str(self._behind.folder / "fullchain.pem"))
        line = socket.create_connection(("127.0.0.1", self._behind.https), self.timeout)
        self.sock = trusting.wrap_socket(line, server_hostname=NAME)


def ask(behind: Behind, path: str, *headers: Mapping[str, str]) -> list[HTTPResponse]:
    """Ask for a path on one line by HTTPS, once with each of these headers."""
    answers = []
    with closing(ByName(behind)) as line:
        for given in headers or [{}]:
            line.request("GET", path, headers=dict(given))
            answers.append(line.getresponse())
            answers[-1].read()
    return answers


def test_behind_nginx_pages_come_by_https_alone_and_say_so(behind: Behind) -> None:
    with closing(HTTPConnection("127.0.0.1", behind.http, timeout=30)) as plain:
        plain.request("GET", "/en/now/", headers={"Host": NAME})
        moved = plain.getresponse()
        assert (moved.status, moved.headers["Location"]) == (301, f"https://{NAME}/en/now/")
    for path in ("/en/", "/sw.js", "/vault/none"):
        (response,) = ask(behind, path)
        assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert response.headers["Content-Security-Policy"]


def test_behind_nginx_a_page_that_is_a_503_takes_no_server_out(behind: Behind) -> None:
    unavailable = ask(behind, "/en/later/", *([{}] * 6))
    assert {response.status for response in unavailable} == {503}
    assert {response.status for response in ask(behind, "/en/", *([{}] * 6))} == {200}


def test_no_server_of_the_sample_of_nginx_keeps_what_people_ask_for() -> None:
    sample = (SAMPLES / "nginx.conf").read_text("utf-8")
    _, *servers = sample.split("server {")
    assert ["access_log off;" in server for server in servers] == [True, True]
    assert "proxy_max_temp_file_size 0;" in servers[-1]


def test_behind_nginx_requests_have_its_number_and_counts_are_nobodys(behind: Behind) -> None:
    invented = {"X-Request-ID": "0123456789abcdef"}
    given = [
        answer.headers["X-Request-ID"] for answer in ask(behind, "/healthz", invented, invented)
    ]
    assert len({*given, *invented.values()}) == 3
    (counts,) = ask(behind, "/metrics")
    assert (counts.status, counts.headers["Server"]) == (404, "nginx")


def test_behind_nginx_who_writes_an_address_into_a_header_is_not_believed(behind: Behind) -> None:
    wrong = {"Authorization": f"Bearer {'0' * 64}"}
    invented = [{**wrong, "X-Forwarded-For": f"192.0.2.{number % 250}"} for number in range(601)]
    missed = ask(behind, f"/vault/{'0' * 32}", *invented)
    assert {response.status for response in missed[:300]} == {404}
    assert missed[-1].status == 429  # each of the two counts 300 for itself


def test_behind_nginx_one_server_may_go_and_no_page_fails(behind: Behind) -> None:
    first, _ = behind.servers
    first.kill()
    assert {response.status for response in ask(behind, "/en/", *([{}] * 20))} == {200}
    first.start()

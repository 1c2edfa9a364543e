from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from itertools import product

import brotli
import pytest
from werkzeug.test import Client, TestResponse

from tests.support.site import build
from webapp.release.parts import File
from webapp.web.release_layer import ReleaseLayer

RELEASE = build().release
FOREVER = "public, max-age=31536000, immutable"
PACK = RELEASE.packs["en"].url
URLS = {asset.path: url for url, asset in RELEASE.site.assets.items()}
STYLES = URLS["css/app.css"]
PICTURE = URLS["icons/apple-touch-icon.png"]
KNOWN = ("/en/", "/ar/check/", "/en/not-found/", STYLES, PACK, "/sw.js", "/app.webmanifest")
CODINGS = {"br": brotli.decompress, "gzip": gzip.decompress}
CHECK = "/en/check/"
FORM = {"data": b"chest=yes", "content_type": "application/x-www-form-urlencoded"}


def ask(client: Client, path: str, method: str = "GET", **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(path, method=method, headers=named)


@pytest.mark.parametrize("path", KNOWN)
def test_head_says_what_get_says_without_the_body(path: str, client: Client) -> None:
    got, head = ask(client, path), ask(client, path, "HEAD")
    assert head.status == got.status
    assert [*head.headers] == [*got.headers]
    assert head.data == b""
    assert int(got.headers["Content-Length"]) == len(got.data)


@pytest.mark.parametrize("path", KNOWN)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_known_tag_gets_no_body(method: str, path: str, client: Client) -> None:
    tag = ask(client, path).headers["ETag"]
    again = ask(client, path, method, If_None_Match=tag)
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag
    assert "Content-Length" not in again.headers
    assert "Content-Type" not in again.headers


@pytest.mark.parametrize("path", ["/en/", STYLES])
@pytest.mark.parametrize("shape", ["W/{}", '"other", {}', '{} , W/"other"', "*"])
def test_a_tag_is_recognised_in_every_way_to_write_it(
    shape: str, path: str, client: Client
) -> None:
    tag = ask(client, path).headers["ETag"]
    assert ask(client, path, If_None_Match=shape.format(tag)).status_code == 304


@pytest.mark.parametrize("tag", ['"other"', "", "W/", '""', "\xff"])
def test_another_tag_gets_the_body(tag: str, client: Client) -> None:
    response = ask(client, "/en/", If_None_Match=tag)
    assert response.status_code == 200
    assert response.data == RELEASE.page("en", "")


@pytest.mark.parametrize("path", ["/en/", STYLES, PACK, "/sw.js"])
@pytest.mark.parametrize(("coding", "decompress"), CODINGS.items())
def test_what_is_compressed_is_the_same(
    coding: str, decompress: Callable[[bytes], bytes], path: str, client: Client
) -> None:
    plain, small = ask(client, path), ask(client, path, Accept_Encoding=coding)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == coding
    assert decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data)
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/en/", STYLES, PACK, "/sw.js"])
def test_a_tag_is_of_one_encoding(path: str, client: Client) -> None:
    answers = {kind: ask(client, path, Accept_Encoding=kind) for kind in ("identity", *CODINGS)}
    tags = {kind: answer.headers["ETag"] for kind, answer in answers.items()}
    assert len({*tags.values()}) == len(tags)
    for accepted, known in product(tags, tags):
        again = {"Accept_Encoding": accepted, "If_None_Match": tags[known]}
        assert ask(client, path, **again).status_code == (304 if accepted == known else 200)


def test_a_picture_is_not_compressed_again(client: Client) -> None:
    response = ask(client, PICTURE, Accept_Encoding="br, gzip")
    assert "Content-Encoding" not in response.headers
    assert "Vary" not in response.headers
    assert response.data[:4] == b"\x89PNG"


@pytest.mark.parametrize(("coding", "decompress"), CODINGS.items())
def test_a_check_is_compressed_too(
    coding: str, decompress: Callable[[bytes], bytes], client: Client
) -> None:
    plain = client.post(CHECK, **FORM)
    small = client.post(CHECK, **FORM, headers={"Accept-Encoding": coding})
    assert small.headers["Content-Encoding"] == coding
    assert decompress(small.data) == plain.data


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/en/check/", "/ar/check/next/"])
def test_the_bytes_depend_on_the_address_and_the_form_only(
    path: str, method: str, client: Client
) -> None:
    form = FORM if method == "POST" else {}
    plain = client.open(path, method=method, **form)
    for name, value in {
        "Accept-Language": "ar, es;q=0.5",
        "Cookie": "language=es; chest=yes",
        "Referer": "https://elsewhere.example/",
        "User-Agent": "Something",
        "X-Forwarded-For": "203.0.113.7",
        "Host": "elsewhere.example",
        # What another site posts is shown otherwise: tests/web/test_security.py.
        "Sec-Fetch-Site": "same-origin" if form else "cross-site",
        "Origin": "http://localhost" if form else "https://elsewhere.example",
        "Save-Data": "on",
    }.items():
        other = client.open(path, method=method, headers={name: value}, **form)
        assert (other.data, [*other.headers]) == (plain.data, [*plain.headers]), name
    queried = client.open(f"{path}?chest=no", method=method, **form)
    assert queried.data == plain.data


@pytest.mark.parametrize(
    ("path", "lasting"),
    [
        ("/en/", "no-cache"),
        ("/sw.js", "no-cache"),
        ("/app.webmanifest", "no-cache"),
        ("/icons/icon.svg", "no-cache"),
        (STYLES, FOREVER),
        (PICTURE, FOREVER),
        (PACK, FOREVER),
        (RELEASE.core.url, FOREVER),
    ],
)
def test_only_an_address_with_a_hash_is_kept_for_ever(
    path: str, lasting: str, client: Client
) -> None:
    assert ask(client, path).headers["Cache-Control"] == lasting
    assert bool(re.search(r"[.]([a-z]{7}|[0-9a-f]{16})[.]", path)) == (lasting == FOREVER)


@pytest.mark.parametrize("file", RELEASE.files.values(), ids=lambda file: file.url.split(".")[0])
def test_a_file_of_the_bundle_arrives_as_the_worker_expects(client: Client, file: File) -> None:
    response = ask(client, file.url)
    assert hashlib.sha256(response.data).hexdigest().startswith(file.digest)
    assert response.content_type == "application/json"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/en/", "/es/now/", "/ar/walking/", "/sw.js", STYLES, PACK])
def test_what_takes_no_post_says_so_with_our_page(path: str, method: str, client: Client) -> None:
    response = client.open(path, method=method, **FORM)
    assert response.status_code == 405
    code = path[1:3] if path[3] == "/" and path[1:3] in RELEASE.site.languages else "en"
    assert response.data == RELEASE.page(code, "failed/")
    assert "GET" in response.headers["Allow"]


def test_what_the_release_does_not_hold_is_passed_on_untouched() -> None:
    def other(environ: dict[str, str], _: object) -> list[bytes]:
        return [environ["REQUEST_METHOD"].encode(), environ["PATH_INFO"].encode()]

    layer = ReleaseLayer(other, RELEASE)
    for method, path in (("GET", "/nowhere"), ("PUT", "/en/check/"), ("POST", "/en/")):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path}
        assert layer(environ, print) == [method.encode(), path.encode()]

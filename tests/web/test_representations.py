from __future__ import annotations

import gzip
import threading

import brotli
import pytest

from webapp.web import representations
from webapp.web.encodings import CODINGS
from webapp.web.representations import Representations
from webapp.web.static_answers import Answer

HTML = {"Content-Type": "text/html"}
PNG = {"Content-Type": "image/png"}


def some(count: int = 20) -> Representations:
    pages = {f"/{n}/": Answer(b"page %d " % n * 9, HTML) for n in range(count)}
    return Representations({**pages, "/again/": pages["/0/"], "/icon.png": Answer(b"\x89", PNG)})


@pytest.fixture
def compressed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, str]]:
    """What was compressed."""
    done: list[tuple[bytes, str]] = []
    compress = representations.compress

    def noted(body: bytes, coding: str) -> bytes:
        done.append((body, coding))
        return compress(body, coding)

    monkeypatch.setattr(representations, "compress", noted)
    return done


def test_all_is_compressed_once_and_nothing_when_somebody_asks(
    compressed: list[tuple[bytes, str]],
) -> None:
    own = some()
    own.finish()
    assert len(compressed) == len(set(compressed)) == 20 * len(CODINGS)
    before = threading.active_count()
    for path in own.answers:
        for accepted in ("", "br", "gzip", "zstd", "gzip, br;q=0.5"):
            assert own.get(path, accepted).response("GET", "").body
    own.finish()
    assert len(compressed) == 20 * len(CODINGS)
    assert threading.active_count() <= before  # those that compressed may have ended meanwhile


def test_what_is_not_finished_is_compressed_when_it_is_first_asked_for(
    compressed: list[tuple[bytes, str]],
) -> None:
    own = some()
    bodies = {path: own.get(path, "br").sent.body for path in own.answers}
    own.get("/0/", "br")
    assert len(compressed) == 20
    finished = some()
    finished.finish()
    assert bodies == {path: finished.get(path, "br").sent.body for path in finished.answers}


def test_each_coding_is_the_same_answer() -> None:
    own = some()
    own.finish()
    plain, br, zipped = (own.get("/7/", coding).sent for coding in ("", "br", "gzip"))
    assert plain.body == brotli.decompress(br.body) == gzip.decompress(zipped.body)
    for sent in (plain, br, zipped):
        headers = dict(sent.headers)
        assert len(headers) == len(sent.headers)
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["Content-Length"] == str(len(sent.body))


def test_a_picture_is_the_same_in_every_coding() -> None:
    own = some()
    own.finish()
    for accepted in ("", "br", "gzip"):
        headers = dict(own.get("/icon.png", accepted).sent.headers)
        assert not {"Vary", "Content-Encoding"} & headers.keys()


def test_who_asks_for_nothing_that_is_there_is_told() -> None:
    with pytest.raises(KeyError):
        some().get("/nowhere/", "br")

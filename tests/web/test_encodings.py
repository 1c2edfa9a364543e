from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from tests.support.site import build
from webapp.web.encodings import CODINGS, compress, compress_fast, negotiate

RELEASE = build().release
CORE_BY_GZIP = 140_000
"""A phone whose network lets no brotli through gets ready with so many bytes of core."""
REVERSED = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("identity", "identity"),
        ("br", "br"),
        ("BR", "br"),
        ("gzip", "gzip"),
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("zstd, deflate", "identity"),
        ("brotli", "identity"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0, gzip;q=0.1", "gzip"),
        ("*;q=0", "identity"),
        ("br;q=0", "identity"),
        ("gzip;q=1, br; q=0.0", "gzip"),
        ("gzip;q=1.0, br;q=0.9", "gzip"),
        ("gzip;q=0.5, br;q=0.5", "br"),
        ("identity;q=0.5, gzip;q=0.4", "identity"),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("identity;q=0, br;q=0, gzip;q=0", "identity"),
        ("gzip;q=x", "identity"),
        ("\xff,;;q=,br", "br"),
    ],
)
def test_the_coding_is_what_the_weights_say(accepted: str, coding: str) -> None:
    assert negotiate(accepted) == coding


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("body", [b"", b"x", RELEASE.worker], ids=["empty", "letter", "script"])
def test_what_is_compressed_comes_back_whole(body: bytes, coding: str) -> None:
    for way in (compress, compress_fast):
        assert REVERSED[coding](way(body, coding)) == body


@pytest.mark.parametrize("coding", CODINGS)
def test_the_same_body_is_compressed_to_the_same_bytes(coding: str) -> None:
    once, again = (compress(RELEASE.worker, coding) for _ in range(2))
    assert once == again
    assert len(once) < len(compress_fast(RELEASE.worker, coding))


def test_the_core_is_small_where_a_network_lets_no_brotli_through() -> None:
    small = compress(RELEASE.core.content, "gzip")
    assert len(small) <= CORE_BY_GZIP
    assert zlib.decompress(small, wbits=31) == RELEASE.core.content

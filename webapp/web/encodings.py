"""Content codings: which one a request wishes, and bodies in it.

Brotli is what browsers take over HTTPS; gzip is what is left where a proxy or a plain network
address takes brotli out of Accept-Encoding. Zstandard is in no browser without brotli, so it would
be another dependency for nobody.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

IDENTITY = "identity"

# Small blocks suit files of many kinds of lists; what is made for the tables of fonts suits
# numbers, of which the largest file consists. There a second try would take seconds.
_BLOCK = 16
_LONG = 1_000_000
_BEST_BROTLI = 11
_FAST_BROTLI = 2
_BEST_GZIP = 9
_FAST_GZIP = 6
_GZIP_WINDOW = 31
"""The largest window, with the header and the check of gzip around it."""
# Short blocks suit the largest file as well, long ones the pages.
_GZIP_MEMORY = (5, 8)


@lru_cache(maxsize=256)
def negotiate(accepted: str) -> str:
    """Return the coding that Accept-Encoding gives the highest weight; of equals, the smallest.

    Without the header it is identity, and so where everything is refused: a page that somebody
    can read is better than a 406.
    """
    weights = parse_accept_header(accepted, Accept)
    coding = max(CODINGS, key=weights.quality)
    weight = weights.quality(coding)
    return coding if weight and weight >= weights.quality(IDENTITY) else IDENTITY


def compress(body: bytes, coding: str) -> bytes:
    """Return a body in a coding as small as it gets, for what is sent often."""
    return _BEST[coding](body)


def compress_fast(body: bytes, coding: str) -> bytes:
    """Return a body in a coding in a millisecond, for what is sent once."""
    return _FAST[coding](body)


def _best_brotli(body: bytes) -> bytes:
    ways = (brotli.MODE_FONT,) if len(body) > _LONG else (brotli.MODE_GENERIC, brotli.MODE_FONT)
    return min((_by_brotli(body, way) for way in ways), key=len)


def _by_brotli(body: bytes, mode: int) -> bytes:
    return bytes(brotli.compress(body, mode, quality=_BEST_BROTLI, lgblock=_BLOCK))


def _fast_brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=_FAST_BROTLI))


def _best_gzip(body: bytes) -> bytes:
    return min((_by_gzip(body, _BEST_GZIP, memory) for memory in _GZIP_MEMORY), key=len)


def _fast_gzip(body: bytes) -> bytes:
    return _by_gzip(body, _FAST_GZIP, zlib.DEF_MEM_LEVEL)


def _by_gzip(body: bytes, level: int, memory: int) -> bytes:
    compressor = zlib.compressobj(level, zlib.DEFLATED, _GZIP_WINDOW, memory)
    return compressor.compress(body) + compressor.flush()


_Compressor = Callable[[bytes], bytes]
_BEST: Mapping[str, _Compressor] = {"br": _best_brotli, "gzip": _best_gzip}
_FAST: Mapping[str, _Compressor] = {"br": _fast_brotli, "gzip": _fast_gzip}
CODINGS = tuple(_BEST)
"""What there is beside identity, the smallest first."""
_LIBRARIES = (brotli.__version__, zlib.ZLIB_RUNTIME_VERSION)
_SETTINGS = (_BEST_BROTLI, _BLOCK, _LONG, _BEST_GZIP, _GZIP_WINDOW, _GZIP_MEMORY)
VERSION = repr((_LIBRARIES, _SETTINGS))
"""What the bytes of a compressed body depend on beside the body."""

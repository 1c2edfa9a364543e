"""The body of a request, bounded."""

from __future__ import annotations

from typing import IO

_CHUNK = 65_536


def read_whole(stream: IO[bytes], most: int = 0) -> bytes:
    """Return what was sent, cut after one byte more than may be.

    All of it is read: a server closes the connection on a client whose body it left unread.
    """
    body = stream.read(most + 1)
    while stream.read(_CHUNK):
        pass
    return body

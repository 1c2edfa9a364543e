"""The least that a view of Flask can do: the same bytes for whoever asks."""

from __future__ import annotations

from flask import Flask

SIZE = 8_192
"""Bytes; a page of the check has about as many, as it is sent."""

app = Flask(__name__, static_folder=None)


@app.route("/<path:_>", methods=["GET", "POST"])
def constant(_: str) -> bytes:
    """Return the bytes."""
    return bytes(SIZE)

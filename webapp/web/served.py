"""Holds a server to its number: the same number never stands for other bytes.

Phones go by the number, and two machines with the same one but other bytes would change places on
a phone for ever.
"""

from __future__ import annotations

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from webapp.database import UnusableDatabase, kind
from webapp.extensions import session
from webapp.served import store


class OtherBytes(ValueError):
    """A release under a number that another one was served with: says what to do."""


def remember(app: Flask) -> None:
    """Note that the app's release is about to be served; raise OtherBytes.

    The kill switch asks nobody. A database that does not answer stops no start: pages need none.
    """
    if app.config["KILLED"]:
        return
    number, edition = version = app.config["RELEASE_VERSION"]
    release = app.config["RELEASE_ID"]
    try:
        with app.app_context():
            known = store.first(session(), number, edition, release)
    except (SQLAlchemyError, UnusableDatabase) as fault:
        app.logger.warning("It is not known which releases were served: %s", kind(fault))
        return
    if known != release:
        raise OtherBytes(
            f"release {'.'.join(map(str, version))} was served with other bytes ({known}, now "
            f"{release}). Set EASEBACK_EDITION to {edition + 1}; a number of the tree's own comes "
            "by `python3 run.py flask release raise`."
        )

"""The form, field by field."""

from __future__ import annotations

import re
import unicodedata
import uuid

from flask import current_app
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf, Length

from webapp.feedback.models import HELPED, LONGEST_WORDS

_RELEASE = re.compile("[0-9a-f]{12}")
_RANDOM = 4


def _identity(text: str | None) -> str:
    """Return the id, or a new one in place of any that is not random: other kinds tell the time."""
    try:
        identity = uuid.UUID(text or "")
    except ValueError:
        return str(uuid.uuid4())
    return str(identity if identity.version == _RANDOM else uuid.uuid4())


def _page(text: str | None) -> str:
    """Return the address of a page without its language, or nothing where there is no such page."""
    known = (text or "").startswith("/") and (text or "")[1:] in current_app.config["PAGES"]
    return text or "" if known else ""


def _release(text: str | None) -> str:
    """Return the id of a release, or nothing: phones may come back with one from long ago."""
    return text or "" if _RELEASE.fullmatch(text or "") else ""


def _words(text: str | None) -> str:
    """Return what somebody wrote, with one kind of line break and no other control characters.

    A database may refuse those, and a terminal that lists the words would obey them.
    """
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    kept = (letter for letter in lines if letter == "\n" or unicodedata.category(letter) != "Cc")
    return "".join(kept).strip()


class FeedbackForm(FlaskForm):  # type: ignore[misc]
    """What a person says, and what the page adds to it.

    The page's own fields are mended rather than refused: a person cannot put them right.
    """

    class Meta:
        """No token: the page is the same for everybody, so any token in it would be, too.

        Where a post comes from is asked of the browser instead (``webapp.web.security``).
        """

        csrf = False

    id = StringField(filters=[_identity])
    page = StringField(filters=[_page])
    release = StringField(filters=[_release])
    helped = StringField(validators=[AnyOf(HELPED)])
    words = StringField(filters=[_words], validators=[Length(max=LONGEST_WORDS)])

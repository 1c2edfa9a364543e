"""Takes the form: Flask's, because it is the one page that writes to the server.

The phone's worker leaves this post alone (it would make a foreign one look like ours), so what the
browser says of it is true.

Nothing of the request but the form is kept: no address, no browser, no time, only the day. How
often somebody posts is counted under a mark from which no address can be read (``visitor.py``); a
body is bounded, and a row has at most 500 characters.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Protocol

from flask import Flask, Response, redirect, request
from flask_limiter import RateLimitExceeded
from markupsafe import Markup, escape
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as WerkzeugResponse

from webapp.database import is_trouble
from webapp.extensions import session
from webapp.feedback import store
from webapp.feedback.models import Feedback
from webapp.web import failures
from webapp.web.bodies import read_whole
from webapp.web.feedback.forms import FeedbackForm
from webapp.web.feedback.pages import ASKING, BLANK, THANKS
from webapp.web.security import PAGE_HEADERS, is_foreign
from webapp.web.visitor import limiter

LONGEST_BODY = 16_384
"""Room for 500 characters of any script, and for more, so that too many can be given back."""
_RETRY_AFTER_S = 10
_HOUR_S = 3600
_OFTEN = "120 per hour"
"""A waiting room full of people may share an address."""


class Draw(Protocol):
    """What renders a page of the site with values that only this request has."""

    def __call__(self, route: str, code: str, values: Mapping[str, object]) -> bytes:
        """Return the page's HTML in the language."""


def init_app(app: Flask, draw: Draw) -> None:
    """Take posts in every language that is offered."""
    codes = ",".join(f'"{language.code}"' for language in app.config["LANGUAGES"])

    def again(
        code: str, status: int, faults: Collection[str], form: FeedbackForm | None = None
    ) -> Response:
        values = {**BLANK, "faults": faults}
        if form:
            values["given"] = {**form.data, "words": _in_html(form.words.data)}
        response = Response(draw(ASKING, code, values), status, PAGE_HEADERS)
        response.headers["Content-Language"] = code
        return response

    def take(code: str) -> WerkzeugResponse:
        """Keep what was said and lead to the thanks, or show the form again with what is wrong."""
        request.max_content_length = LONGEST_BODY
        if is_foreign(request.environ, app.config["ORIGIN"]):
            read_whole(request.environ["wsgi.input"])
            return again(code, 403, ("foreign",))
        try:
            form = FeedbackForm(formdata=request.form)
        except RequestEntityTooLarge:
            read_whole(request.environ["wsgi.input"])
            return again(code, 413, ("words",))
        if not form.page.data and "page" in request.args:
            # Without a script the page's own address says which page it was opened from.
            form.page.process(None, request.args["page"])
        if not form.validate():
            return again(code, 422, form.errors, form)
        try:
            _keep(_row(form, code))
        except Exception as fault:  # noqa: BLE001 what is no trouble is raised again
            status, pause = _refusal(fault)
            response = again(code, status, ("later",), form)
            response.retry_after = pause
            return response
        return redirect(f"/{code}/{THANKS}", 303)

    app.add_url_rule(f"/<any({codes}):code>/{ASKING}", "feedback", take, methods=["POST"])


@limiter.limit(_OFTEN)
def _keep(row: Feedback) -> None:
    store.keep(session(), row)


def _refusal(fault: Exception) -> tuple[int, int]:
    """Return the status and when to ask again, in seconds; raise what no later time would mend."""
    if isinstance(fault, RateLimitExceeded):
        return 429, _HOUR_S
    if not is_trouble(fault):
        raise fault
    failures.log("Feedback was not kept", fault)
    return 503, _RETRY_AFTER_S


def _row(form: FeedbackForm, code: str) -> Feedback:
    return Feedback(
        id=uuid.UUID(form.id.data),
        day=datetime.now(UTC).date(),
        helped=form.helped.data,
        page=form.page.data,
        language=code,
        release=form.release.data,
        words=form.words.data,
    )


def _in_html(words: str) -> Markup:
    """Return the words for the form, their line breaks written so that no renderer tidies them."""
    return escape(words).replace("\n", Markup("&#10;"))

"""Flask's error pages: in the language of the path, else in the one the browser asks for."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from webapp.i18n.locales import Language
from webapp.i18n.negotiation import language_of_path, preferred
from webapp.release.parts import Release
from webapp.web import failures
from webapp.web.errors.pages import FAILED, NOT_FOUND
from webapp.web.security import PAGE_HEADERS

_NOT_FOUND = 404
_FAULT = 500


def init_app(app: Flask, release: Release) -> None:
    """Show our own page for every error, with the error's status."""

    def page(error: Exception) -> Response:
        status = (error.code if isinstance(error, HTTPException) else None) or 500
        if status >= _FAULT and not isinstance(error, failures.Known):
            failures.log("A request failed", error, places=True)
        route = NOT_FOUND if status == _NOT_FOUND else FAILED
        code = requested_language().code
        response = Response(release.page(code, route), status, PAGE_HEADERS)
        response.headers["Content-Language"] = code
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(error.valid_methods)
        return response

    app.register_error_handler(Exception, page)


def requested_language() -> Language:
    """Return the language of the request's path, else the best the browser names."""
    tags = [tag for tag, _ in request.accept_languages]
    languages = current_app.config["LANGUAGES"]
    return language_of_path(request.path, languages) or preferred(tags, languages)

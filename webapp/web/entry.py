"""The few addresses that are not pages: the root, the release's card, pages that lack a slash."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, jsonify, redirect
from werkzeug.wrappers import Response as WerkzeugResponse

from webapp.web.errors.handlers import requested_language

blueprint = Blueprint("entry", __name__)


@blueprint.get("/")
def root_redirect() -> WerkzeugResponse:
    """Send the browser to the home page in its language."""
    response = redirect(f"/{requested_language().code}/", 302)
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/release.json")
def release_card() -> Response:
    """Name the release, its version, the day its statements were checked, and what not to use.

    ``rollback`` says that a phone with a higher version may take this one all the same.
    """
    number, edition = current_app.config["RELEASE_VERSION"]
    response = jsonify(
        release=current_app.config["RELEASE_ID"],
        number=number,
        edition=edition,
        date=current_app.config["RELEASE_DATE"],
        revoked=current_app.config["REVOKED"],
        rollback=current_app.config["ROLLBACK"],
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/<path:path>")
def without_slash(path: str) -> WerkzeugResponse:
    """Send an address that only lacks its last slash, or capitals of a language, to the page.

    NotFound for all others.
    """
    given, _, route = (path if path.endswith("/") else f"{path}/").partition("/")
    codes = {language.code.lower(): language.code for language in current_app.config["LANGUAGES"]}
    address = f"{codes.get(given.lower())}/{route}"
    if address == path or given.lower() not in codes or route not in current_app.config["PAGES"]:
        abort(404)
    return redirect(f"/{address}", 308)

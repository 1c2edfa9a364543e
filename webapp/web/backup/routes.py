"""The addresses of the private backup, each for every method, so that none answers with a page."""

from __future__ import annotations

from collections.abc import Callable
from time import time

from flask import Blueprint, Response, current_app, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import BadRequest
from werkzeug.routing import Rule

from webapp.backup import store, wire
from webapp.database import UnusableDatabase, is_trouble
from webapp.extensions import session
from webapp.web import failures
from webapp.web.bodies import read_whole
from webapp.web.security import is_foreign
from webapp.web.visitor import limiter

_RETRY_AFTER_S = 10
_REST_S = 300
"""When to ask again where somebody has to put the database right."""

blueprint = Blueprint("vault", __name__)


def _create(vault: str) -> Response:
    body = read_whole(request.stream, wire.LONGEST_HEADER)
    new = store.create(session(), _key(vault), wire.header(body))
    return Response(status=201 if new else 200)


def _read(vault: str) -> Response:
    return Response(store.read_header(session(), _key(vault)), mimetype=_BYTES)


def _erase(vault: str) -> Response:
    store.erase(session(), _key(vault))
    return Response(status=204)


def _pull(vault: str) -> Response:
    key = _key(vault)
    after = wire.cursor(request.args.get("after", ""))
    limit = wire.limit(request.args.get("limit", str(wire.LONGEST_PAGE)))
    entries, more = store.pull(session(), key, after, limit)
    return jsonify(wire.page(entries, after, more=more))


def _push(vault: str, entry: str) -> Response:
    body = read_whole(request.stream, wire.LONGEST_BODY)
    key = _key(vault)
    sealed = wire.sealed(entry, request.headers.get("X-Sequence", ""), body)
    return Response(status=201 if store.push(session(), key, sealed) else 200)


def _remove(vault: str, entry: str) -> Response:
    store.remove(session(), _key(vault), wire.entry(entry))
    return Response(status=204)


_BYTES = "application/octet-stream"
_ADDRESSES: dict[str, dict[str, Callable[..., Response]]] = {
    "/vault/<vault>": {"GET": _read, "PUT": _create, "DELETE": _erase},
    "/vault/<vault>/entries": {"GET": _pull},
    "/vault/<vault>/entries/<entry>": {"PUT": _push, "DELETE": _remove},
    "/vault/": {},
    "/vault/<path:unknown>": {},
}


@blueprint.record
def _add_addresses(state: BlueprintSetupState) -> None:
    """Have Flask send every method here: else it would answer the others with a page."""
    for address in _ADDRESSES:
        exact = not address.endswith("/")
        rule = Rule(address, endpoint="vault.answer", strict_slashes=exact)
        state.app.url_map.add(rule)
    state.app.view_functions["vault.answer"] = _answer


def _answer(**parts: str) -> Response:
    """Do what the request asks of the address that it named; raise Refused."""
    assert request.url_rule is not None
    methods = _ADDRESSES[request.url_rule.rule]
    if not methods:
        raise wire.Missing
    method = "GET" if request.method == "HEAD" else request.method
    if method not in methods:
        response = _error(405, "method")
        response.headers["Allow"] = ", ".join(methods)
        return response
    if is_foreign(request.environ, current_app.config["ORIGIN"]):
        return _error(403, "origin")
    if method == "PUT" and request.mimetype != _BYTES:
        return _error(415, "type")
    return methods[method](**parts)


def _makes_a_vault(response: Response) -> bool:
    return response.status_code == 201 and "entry" not in (request.view_args or {})  # noqa: PLR2004


def _is_no_first_put() -> bool:
    return request.method != "PUT" or "entry" in (request.view_args or {})


def _misses(response: Response) -> bool:
    return response.status_code == 404  # noqa: PLR2004


# A phone with years of entries sends them one by one; a stranger tries keys or fills the disk.
limiter.shared_limit("6000 per minute", scope="vault")(blueprint)
limiter.shared_limit("300 per minute", scope="vault, wrong", deduct_when=_misses)(blueprint)
limiter.shared_limit(
    "60 per hour", scope="vault, new", deduct_when=_makes_a_vault, exempt_when=_is_no_first_put
)(blueprint)


@blueprint.after_request
def _keep_nothing(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    if not response.get_data():
        response.headers.remove("Content-Type")
    return response


@blueprint.errorhandler(Exception)
def _explain(error: Exception) -> Response:
    """Answer in a word. The log gets the kind of a fault only: its text may name a vault."""
    if isinstance(error, wire.Refused):
        return _error(error.status, error.word)
    if isinstance(error, RateLimitExceeded):
        return _error(429, "often", retry_after=_seconds_left())
    if isinstance(error, BadRequest):
        return _error(400, wire.Refused.word)  # less came than was announced
    failures.log("The vault failed", error)
    if is_trouble(error):
        rests = isinstance(error, UnusableDatabase)
        return _error(503, "later", retry_after=_REST_S if rests else _RETRY_AFTER_S)
    return _error(500, "failed")


def _seconds_left() -> int:
    breached = limiter.current_limit
    return max(1, int(breached.reset_at - time()) + 1) if breached else _RETRY_AFTER_S


def _error(status: int, word: str, *, retry_after: int | None = None) -> Response:
    response = jsonify(error=word)
    response.status_code = status
    response.retry_after = retry_after
    return response


def _key(vault: str) -> wire.Key:
    return wire.key(vault, request.headers.get("Authorization", ""))

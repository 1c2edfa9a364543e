"""Everything that a release answers to a GET, by address: pages, assets, parts, the worker."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from webapp.release.parts import Release
from webapp.web import search_engines
from webapp.web.security import HEADERS, PAGE_HEADERS

FOREVER = "public, max-age=31536000, immutable"
"""How long an answer is kept whose address holds a hash of it."""
HASHED = ("/assets/", "/release/")
"""How the addresses begin that hold a hash of what is answered there."""
WORKER = "/sw.js"
ALIVE = "/livez"


@dataclass(frozen=True)
class Answer:
    """A response before it is compressed."""

    body: bytes
    headers: Mapping[str, str]
    status: int = 200


def static_answers(release: Release, origin: str = "") -> dict[str, Answer]:
    """Return the answers by address; the origin is where people find the site, if it is known."""
    return dict(_all(release, origin))


def _all(release: Release, origin: str) -> Iterator[tuple[str, Answer]]:
    for code in release.site.languages:
        for route, page in release.site.pages.items():
            headers = {**PAGE_HEADERS, "Content-Language": code}
            if origin and page.status == HTTPStatus.OK:
                headers["Link"] = search_engines.link(release, origin, route)
            yield f"/{code}/{route}", Answer(release.page(code, route), headers, page.status)
    for url, asset in release.site.assets.items():
        lasting = "no-cache" if url in release.site.fixed else FOREVER
        headers = {**HEADERS, "Content-Type": asset.type, "Cache-Control": lasting}
        yield url, Answer(asset.content, headers)
        if asset.path.startswith("icons/"):
            # The manifest names icons by an address that never changes.
            yield f"/{asset.path}", Answer(asset.content, {**headers, "Cache-Control": "no-cache"})
    for url, file in release.files.items():
        headers = {**HEADERS, "Content-Type": "application/json", "Cache-Control": FOREVER}
        yield url, Answer(file.content, headers)
    script = {**HEADERS, "Content-Type": "text/javascript; charset=utf-8"}
    yield WORKER, Answer(release.worker, {**script, "Cache-Control": "no-cache"})
    # That this process answers, and no more: it is not asked how the database is.
    live = json.dumps({"status": "ok", "release": release.id}).encode()
    kind = {**HEADERS, "Content-Type": "application/json", "Cache-Control": "no-store"}
    yield ALIVE, Answer(live, kind)
    if origin:
        told = {**HEADERS, "Cache-Control": "no-cache"}
        robots, listed = search_engines.robots(origin), search_engines.sitemap(release, origin)
        yield search_engines.ROBOTS, Answer(robots, {**told, "Content-Type": "text/plain"})
        yield search_engines.SITEMAP, Answer(listed, {**told, "Content-Type": "application/xml"})

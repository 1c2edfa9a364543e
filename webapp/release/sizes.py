"""How many bytes a phone fetches, part by part."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from webapp.release.bundle import Asset, Release

NUMBERS = "js/emergency/table.js"
APP = "js/app.js"
_IMPORT = re.compile(r'(?:from|import)\s*"(\.[\w./-]+\.js)"')
_PART = re.compile(r'^"(.*)": \(\) => .*import\("\./([\w/-]+\.js)"\)', re.MULTILINE)
_HOOK = re.compile(r"\[(data-[a-z-]+)[\]^=]")
REQUESTS_TO_BE_READY = 3
"""The core, English and the phone's own language."""


def sizes(release: Release, measure: Callable[[bytes], int]) -> dict[str, Any]:
    """Return bytes by part, each file measured by itself as it travels.

    ``first_page`` is the home page with its style sheet; ``page_scripts`` is the most that any page
    loads of program, the table of emergency numbers apart, which is data; ``ready`` is all that a
    phone has fetched once it is ready in the language with the largest pack: first page, its
    scripts and drawings, worker, core, English and that language. ``deferred`` comes after that.
    """
    home = release.page("en", "")
    assets = release.site.assets
    css = [a.content for a in assets.values() if a.path == "css/app.css"]
    scripts = {a.path: a.content for a in assets.values() if a.path.startswith("js/")}
    loaded = {route: scripts_of(release, route) for route in release.site.pages}
    drawings = [
        a.content
        for url, a in assets.items()
        if a.path.endswith("-day.svg") and url.encode() in home
    ]
    languages = {code: measure(pack.content) for code, pack in release.packs.items()}
    first_page = sum(map(measure, [home, *css]))
    weights = {path: measure(content) for path, content in scripts.items()}
    page_scripts = max(
        sum(weights[path] for path in paths if path != NUMBERS) for paths in loaded.values()
    )
    home_scripts = sum(weights[path] for path in loaded[""])
    worker = measure(release.worker)
    core = measure(release.core.content)
    own = max((size for code, size in languages.items() if code != "en"), default=0)
    pictures = sum(map(measure, drawings))
    return {
        "first_page": first_page,
        "page_scripts": page_scripts,
        "worker": worker,
        "core": core,
        "numbers": weights[NUMBERS],
        "ready": first_page + home_scripts + pictures + worker + core + languages["en"] + own,
        "languages": languages,
        "deferred": {name: measure(file.content) for name, file in release.deferred.items()},
    }


def scripts_of(release: Release, route: str) -> frozenset[str]:
    """Return the paths of the scripts that a page may load, whatever was answered."""
    scripts = {a.path: a.content.decode() for a in release.site.assets.values() if _is_script(a)}
    steps = (entry.step for entry in release.site.programs[route])
    html = "".join(release.site.fragments[step][0] for step in steps if step >= 0)
    waiting = [APP, *_parts(scripts[APP], html, route)]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            folder = posixpath.dirname(path)
            names = _IMPORT.findall(scripts[path])
            waiting += (posixpath.normpath(posixpath.join(folder, name)) for name in names)
    return frozenset(found)


def _is_script(asset: Asset) -> bool:
    return asset.path.startswith("js/")


def _parts(app: str, html: str, route: str) -> Iterator[str]:
    """Yield what the page's hooks make ``app.js`` load."""
    for selector, name in _PART.findall(app):
        everywhere = selector == ":root"
        hooked = any(hook in html for hook in _HOOK.findall(selector) if hook != "data-route")
        posting = selector.startswith("form[method=post]") and 'method="post"' in html
        checking = "check/" in selector and route.startswith("check/")
        if everywhere or hooked or posting or checking:
            yield f"js/{name}"

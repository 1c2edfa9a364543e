"""How many bytes a phone fetches, part by part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from webapp.offline.bundle import Release

REQUESTS_TO_BE_READY = 3
"""The core, English and the phone's own language."""


def sizes(release: Release, measure: Callable[[bytes], int]) -> dict[str, Any]:
    """Return bytes by part, each file measured by itself as it travels.

    ``first_page`` is the home page with its style sheet; ``ready`` is all that a phone has fetched
    once it is ready in the language with the largest pack: first page, its scripts and drawings,
    worker, core, English and that language.
    """
    home = release.page("en", "")
    assets = release.site.assets
    css = [a.content for a in assets.values() if a.path == "css/app.css"]
    scripts = [a.content for a in assets.values() if a.path.startswith("js/")]
    drawings = [
        a.content
        for url, a in assets.items()
        if a.path.endswith("-day.svg") and url.encode() in home
    ]
    languages = {code: measure(pack.content) for code, pack in release.packs.items()}
    first_page = sum(map(measure, [home, *css]))
    page_scripts = sum(map(measure, scripts))
    worker = measure(release.worker)
    core = measure(release.core.content)
    own = max((size for code, size in languages.items() if code != "en"), default=0)
    pictures = sum(map(measure, drawings))
    return {
        "first_page": first_page,
        "page_scripts": page_scripts,
        "worker": worker,
        "core": core,
        "ready": first_page + page_scripts + pictures + worker + core + languages["en"] + own,
        "languages": languages,
    }

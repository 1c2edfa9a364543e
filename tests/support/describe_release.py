"""Describes the release of the checkout that it runs in, and draws forms for it, as JSON.

``compare_releases.py`` runs it with the checkout's own modules. The checkout may be of an older
release, so it uses only what has kept its name.
"""

from __future__ import annotations

import base64
import json
import sys
from random import Random

from tests.support import forms
from tests.support.site import build
from webapp.web.site import Build


def describe(build: Build, count: int, seed: int) -> dict[str, object]:
    """Return languages, routes, the routes that answer forms, and forms in base64."""
    site = build.release.site
    return {
        "languages": list(site.languages),
        "routes": list(site.pages),
        "answering": [route for route, page in site.pages.items() if page.answers],
        "forms": [base64.b64encode(form).decode() for form in drawn(build, count, seed)],
    }


def drawn(build: Build, count: int, seed: int) -> list[bytes]:
    """Return so many forms: half with a reason, at most all of those, then random ones."""
    chosen = [*forms.dishonest(build), *forms.walks(build), *forms.boundary(build)]
    Random(seed).shuffle(chosen)
    reasoned = chosen[: count // 2]
    return [*reasoned, *forms.random_forms(build, count - len(reasoned), seed)]


if __name__ == "__main__":
    json.dump(describe(build(), int(sys.argv[1]), int(sys.argv[2])), sys.stdout)

"""Where the pages say a thing: the address and fragment of anything that has an id."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from html import unescape

from webapp.knowledge.model import Knowledge
from webapp.release.parts import Release

_ID = re.compile(r'\sid="([^"]+)"')


class Anchors:
    """The anchors of a release, as it is read in English. ``of("who-today")`` finds one."""

    def __init__(self, knowledge: Knowledge, release: Release) -> None:
        self._html = {route: _html(release, route) for route in release.site.pages}
        ids = {route: set(_ID.findall(html)) for route, html in self._html.items()}
        self._ids: Mapping[str, set[str]] = ids
        self._words: dict[str, list[str]] = defaultdict(list)
        for text in knowledge.texts:
            self._words[text.id.rpartition(".")[0]].append(text.english)
        self._routes = {
            exercise.id: f"exercises/{exercise.id}/" for exercise in knowledge.exercises
        }
        self._routes |= {article.id: f"learn/{article.id}/" for article in knowledge.articles}

    def of(self, identity: str) -> str | None:
        """Return "page#fragment" of the thing; None if no page of the release has it.

        A thing with a page of its own is there. Else it is at the element with its id, or, where
        the pages give it none, on the first page that shows all its words.
        """
        if identity in self._routes:
            return self._main(self._routes[identity])
        for route, ids in self._ids.items():
            if identity in ids:
                return f"{route}#{identity}"
        words = self._words.get(identity)
        for route, html in self._html.items():
            if words and all(word in html for word in words):
                return self._main(route)
        return None

    def _main(self, route: str) -> str | None:
        return f"{route}#main" if "main" in self._ids.get(route, ()) else None


def _html(release: Release, route: str) -> str:
    """Return the HTML of a page; of one that depends on answers, all that it can say."""
    site = release.site
    if not site.pages[route].answers:
        return unescape(release.page("en", route).decode())
    column = site.languages.index("en")
    steps = (entry.step for entry in site.programs[route] if entry.step >= 0)
    return unescape("".join(site.fragments[step][column] for step in steps))

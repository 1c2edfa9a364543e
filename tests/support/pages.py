"""Every page that a person can reach, found as a person finds them: by its links."""

from __future__ import annotations

import re

from tests.support.server import Server


def reachable(server: Server, language: str) -> list[str]:
    """Return the path of every page in the language, the first page first."""
    seen: list[str] = []
    waiting = [f"/{language}/"]
    while waiting:
        path = waiting.pop(0)
        if path not in seen:
            seen.append(path)
            html = server.get(path).decode()
            waiting += re.findall(rf'<a [^>]*href="(/{language}/[^"#?]*)', html)
    return seen

"""The markup as it is sent, held against what the oldest browsers of docs/phones.md know."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.check.scripts import FLOOR
from tests.support import node, shown
from tests.support.site import build

UNMISSED = {
    "autocapitalize": "a keyboard may begin with a capital letter; no field minds one",
    "autocorrect": "a keyboard may offer other words; the fields of a code mind none",
    "autofocus": "a script gives the focus, and without scripts the page begins at its top",
    "dialog": "its style hides it, and the script leaves the sentences as they are",
    "enterkeyhint": "the key has another sign",
    "inputmode": "a keyboard has letters, too",
    "name": "only a phone has a viewport to be set",
    "rel": "an iPhone takes the picture of its own kind, which is there",
    "translate": "the browser that lacks it translates nothing",
}
"""Elements and attributes that are newer, and why nobody who has them not misses them."""


class Names(HTMLParser):
    """Collects the elements of a page, their attributes, and the values that are words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.add((tag, "", ""))
        for name, value in attrs:
            word = value if value and value.isalpha() else ""
            self.found.add((tag, name, word))


def test_markup_that_an_older_browser_does_not_know_is_not_missed(tmp_path: Path) -> None:
    node.prepare()
    site, names = build(), Names()
    for one in (*shown.plain_pages(site), *shown.steps(site), *shown.results(site)):
        names.feed(site.release.page("en", one.route, one.state).decode())
    used = tmp_path / "markup.json"
    used.write_text(json.dumps(sorted(names.found)), "utf-8")
    done = node.run(Path("tests", "js", "older-markup.mjs"), FLOOR, used)
    assert done.returncode == 0, done.stderr
    newer = {attribute or element for element, attribute, _ in json.loads(done.stdout)}
    assert newer == set(UNMISSED)


@pytest.mark.parametrize("code", build().release.site.languages)
def test_the_page_of_readiness_names_the_browsers_of_the_floor(code: str) -> None:
    row = re.compile(r"^\| (\w+)[^|]*\| ([\d.]+) \|", re.MULTILINE)
    oldest = [" ".join(found) for found in row.findall((node.ROOT / FLOOR).read_text("utf-8"))]
    assert len(oldest) == 3
    page = build().release.page(code, "offline/").decode()
    assert all(browser in page for browser in oldest)

"""Search engines find every page in every language, once the server knows where it is."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from werkzeug.test import Client

from tests.support.site import build
from webapp import create_app

ORIGIN = "https://easeback.example"
SITE = build().release.site
NAMES = {
    "": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture(scope="module")
def named() -> Client:
    return create_app(
        {"DATABASE_URL": "sqlite://", "EASEBACK_ORIGIN": ORIGIN}, build()
    ).test_client()


def test_the_list_names_each_page_once_and_with_all_its_languages(named: Client) -> None:
    answer = named.get("/sitemap.xml")
    assert answer.content_type == "application/xml"
    urls = ET.fromstring(answer.data).findall("url", NAMES)
    listed = [url.findtext("loc", "", NAMES) for url in urls]
    assert len(listed) == len({*listed})
    for url, own in zip(urls, listed, strict=True):
        others = {a.get("hreflang"): a.get("href") for a in url.findall("xhtml:link", NAMES)}
        assert [*others] == [*SITE.languages]
        assert own in others.values()
        assert named.get(own.removeprefix(ORIGIN)).status_code == 200
    for code in SITE.languages:
        assert f"{ORIGIN}/{code}/" in listed
        assert f"{ORIGIN}/{code}/learn/" in listed
        assert f"{ORIGIN}/{code}/check/" in listed
        # What a form leads to, and what an error shows, is no page to begin at.
        assert f"{ORIGIN}/{code}/check/next/" not in listed
        assert f"{ORIGIN}/{code}/not-found/" not in listed


def test_everything_may_be_looked_at_and_the_list_is_named(named: Client) -> None:
    answer = named.get("/robots.txt")
    assert answer.content_type == "text/plain"
    assert answer.text.splitlines() == [
        "User-agent: *",
        "Allow: /",
        f"Sitemap: {ORIGIN}/sitemap.xml",
    ]


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
def test_who_has_not_said_where_people_find_it_tells_nothing(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404

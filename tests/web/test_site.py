"""Every page of every language, proofread."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.test import Client

from tests.support.proofread import Page, proofread
from tests.support.site import build
from webapp import create_app
from webapp.i18n.locales import LANGUAGES, Language

SITE = build().release.site
CODES = {language.code: language for language in LANGUAGES}
PAGES = [(code, route) for code in SITE.languages for route in SITE.pages]
ERRORS = {route for route, page in SITE.pages.items() if page.status != 200}


def fetch(client: Client, code: str, route: str) -> Page:
    return proofread(client.get(f"/{code}/{route}").get_data(as_text=True))


def test_the_site_is_there_in_every_language() -> None:
    assert set(SITE.languages) == set(CODES)
    assert {"", "now/", "check/", "heat-or-ice/", "walking/", "exercises/", "about/"} < set(
        SITE.pages
    )


@pytest.mark.parametrize(("code", "route"), PAGES)
def test_a_page_answers_and_a_proofreader_finds_nothing(
    code: str, route: str, client: Client
) -> None:
    response = client.get(f"/{code}/{route}")
    assert response.status_code == SITE.pages[route].status
    assert response.content_type == "text/html; charset=utf-8"
    assert response.headers["Content-Language"] == code
    assert not proofread(response.get_data(as_text=True)).faults


@pytest.mark.parametrize(("code", "route"), PAGES)
def test_a_page_says_its_language_and_direction(code: str, route: str, client: Client) -> None:
    (html,) = fetch(client, code, route).all("html")
    assert (html["lang"], html["dir"]) == (code, CODES[code].dir)


@pytest.mark.parametrize("code", SITE.languages)
def test_every_address_on_every_page_answers(code: str, client: Client) -> None:
    answered: dict[str, int] = {}
    for route in SITE.pages:
        for address in fetch(client, code, route).references - {"#main"}:
            url = urlsplit(urljoin(f"http://localhost/{code}/{route}", address))
            if url.netloc == "localhost" and url.path not in answered:
                answered[url.path] = client.get(url.path).status_code
    assert not {path: status for path, status in answered.items() if status != 200}
    assert f"/{code}/about/" in answered


@pytest.mark.parametrize("code", SITE.languages)
def test_a_link_into_another_page_finds_its_place(code: str, client: Client) -> None:
    pages = {f"/{code}/{route}": fetch(client, code, route) for route in SITE.pages}
    ids = {path: {a["id"] for _, a in page.elements if "id" in a} for path, page in pages.items()}
    for path, page in pages.items():
        for address in page.references:
            url = urlsplit(urljoin(f"http://localhost{path}", address))
            if url.fragment and url.netloc == "localhost":
                assert url.fragment in ids[url.path], f"{path}: {address}"


def test_a_page_names_itself_in_every_language_by_whole_addresses(client: Client) -> None:
    origin = "https://easeback.example"
    named = create_app({"DATABASE_URL": "sqlite://", "EASEBACK_ORIGIN": origin}, build())
    for route in SITE.pages:
        asked = {"Host": "elsewhere.example"}
        answer = named.test_client().get(f"/es/{route}", headers=asked)
        links = [f'<{origin}/{code}/{route}>; rel="alternate"; hreflang="{code}"' for code in CODES]
        assert answer.headers.get("Link") == (None if route in ERRORS else ", ".join(links))
        # Whoever has said nowhere people find the site says nothing; a phone keeps the same bytes.
        plain = client.get(f"/es/{route}", headers=asked)
        assert "Link" not in plain.headers
        assert plain.data == answer.data


@pytest.mark.parametrize("code", SITE.languages)
def test_no_two_pages_have_the_same_title(code: str, client: Client) -> None:
    titles = {route: fetch(client, code, route).title for route in SITE.pages}
    # The second addresses of pages that post to themselves.
    del titles["check/next/"], titles["heat-or-ice/answer/"]
    assert len(set(titles.values())) == len(titles), titles


@pytest.mark.parametrize(("code", "route"), PAGES)
def test_a_page_loads_nothing_from_elsewhere(code: str, route: str, client: Client) -> None:
    page = fetch(client, code, route)
    loaded = [a for tag in ("img", "script", "form") for a in page.all(tag)]
    assert all(a.get("src", a.get("action", "/")).startswith("/") for a in loaded)
    for link in page.all("link"):
        assert link["href"].startswith("/")


@pytest.mark.parametrize(("code", "route"), PAGES)
def test_a_page_holds_no_direction_override_and_no_mark_of_the_renderer(
    code: str, route: str, client: Client
) -> None:
    html = fetch(client, code, route).html
    assert not re.search("[\u202a-\u202e\u200e\u200f\x00-\x08]", html)
    assert "None" not in re.findall(r">([^<]*)<", html)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_each_language_is_offered_in_its_own_name(language: Language, client: Client) -> None:
    assert f">{language.name}<" in re.sub(
        r"\s*([<>])\s*", r"\1", fetch(client, "en", "settings/").html
    )

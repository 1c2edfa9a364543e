"""Any language can be added: tags with script and region, and one phone pays for none of them."""

from __future__ import annotations

import json
import re
from functools import cache

import brotli
import pytest
from werkzeug.test import Client

from tests.support import made_up
from tests.support.proofread import proofread
from webapp import create_app
from webapp.release.parts import Release
from webapp.web.site import Build

CODES = {language.code: language for language in made_up.LANGUAGES}
WORKER, CORE = 64, 120
"""Bytes, by brotli, that one language more may cost in the worker, and in the core."""


@cache
def build() -> Build:
    return made_up.build()


@pytest.fixture(scope="module")
def client() -> Client:
    return create_app({"DATABASE_URL": "sqlite://"}, build()).test_client()


@pytest.mark.parametrize("code", CODES)
def test_every_page_is_there_and_says_its_tag_and_direction(code: str, client: Client) -> None:
    site = build().release.site
    for route, page in site.pages.items():
        answer = client.get(f"/{code}/{route}")
        assert answer.status_code == page.status
        assert answer.headers["Content-Language"] == code
        (html,) = proofread(answer.text).all("html")
        assert (html["lang"], html["dir"]) == (code, CODES[code].dir)


@pytest.mark.parametrize("code", CODES)
def test_every_language_is_a_tap_away_under_its_tag(code: str, client: Client) -> None:
    links = [
        a for a in proofread(client.get(f"/{code}/settings/").text).all("a") if "hreflang" in a
    ]
    assert [a["hreflang"] for a in links] == [*CODES]
    for link in links:
        assert link["href"] == f"/{link['hreflang']}/settings/"
        assert link["lang"] == link["hreflang"]


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("pt,en;q=0.5", "pt-BR"),
        ("sr-Latn-RS,sr;q=0.9", "sr-Latn"),
        ("iw", "he"),
        ("ja", "en"),
    ],
)
def test_the_first_page_opens_in_the_language_of_the_browser(
    accepted: str, code: str, client: Client
) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted})
    assert answer.headers["Location"] == f"/{code}/"


@pytest.mark.parametrize("path", ["/PT-br/now/", "/pt-br/now", "/pt-BR/now"])
def test_an_address_whose_tag_is_written_otherwise_leads_to_the_page(
    path: str, client: Client
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (308, "/pt-BR/now/")


def test_people_can_say_what_they_think_under_any_tag(client: Client) -> None:
    answer = client.post("/zh-Hant/feedback/", data={}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 422
    assert answer.headers["Content-Language"] == "zh-Hant"


def test_a_language_has_its_own_files_and_its_own_last_page() -> None:
    release = build().release
    found = re.match(rb"const RELEASE = \((\{.*\})\);const PREFIX", release.worker)
    assert found
    told = json.loads(found[1])
    assert told["languages"] == [*CODES]
    for code in [*CODES][1:]:
        assert told["parts"][code] == release.parts[code].digest
        assert f'lang="{code}"' in json.loads(release.packs[code].content)["lastResort"]
        assert f"{code}-deferred" in told["parts"]


def test_neither_the_worker_nor_what_all_phones_fetch_grows_much_with_a_language() -> None:
    few, many = made_up.build(made_up.LANGUAGES[:2]).release, build().release
    more = len(many.site.languages) - len(few.site.languages)
    assert size(many, "worker") - size(few, "worker") <= WORKER * more
    assert size(many, "core") - size(few, "core") <= CORE * more


def size(release: Release, what: str) -> int:
    content = release.worker if what == "worker" else release.core.content
    return len(brotli.compress(content, brotli.MODE_FONT, quality=11, lgblock=16))

from __future__ import annotations

import pytest
from werkzeug.test import Client

from tests.support import forms
from tests.support.proofread import proofread
from tests.support.site import build
from webapp import create_app
from webapp.triage.interview import ANSWERS_VIEW
from webapp.web.security import CONTENT_SECURITY_POLICY, HEADERS, is_foreign

RELEASE = build().release
WRITTEN = ("text", "search", "email", "url")
EVERYWHERE = [
    *(
        ("GET", f"/{code}/{route}")
        for code in RELEASE.site.languages
        for route in RELEASE.site.pages
    ),
    *(("GET", url) for url in RELEASE.site.assets),
    *(("GET", url) for url in RELEASE.files),
    ("POST", "/en/check/"),
    ("POST", "/ar/check/next/"),
    ("POST", "/en/now/"),
    ("HEAD", "/en/"),
    ("OPTIONS", "/en/"),
    ("GET", "/"),
    ("GET", "/en"),
    ("GET", "/sw.js"),
    ("GET", "/healthz"),
    ("GET", "/release.json"),
    ("GET", "/nowhere"),
    ("GET", "/en/%FF/"),
]
ANSWERING = [
    f"/{code}/{route}"
    for code in RELEASE.site.languages
    for route, page in RELEASE.site.pages.items()
    if page.answers
]


@pytest.mark.parametrize(("method", "path"), EVERYWHERE)
def test_every_answer_has_the_same_headers_and_no_cookie(
    method: str, path: str, client: Client
) -> None:
    response = client.open(path, method=method)
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert "Set-Cookie" not in response.headers
    assert all(len(response.headers.getlist(name)) == 1 for name in HEADERS)


def test_an_answer_that_nothing_changed_lets_the_first_headers_stand(client: Client) -> None:
    tag = client.get("/en/").headers["ETag"]
    again = client.get("/en/", headers={"If-None-Match": tag})
    assert "Set-Cookie" not in again.headers
    assert {name: again.headers.get(name, value) for name, value in HEADERS.items()} == HEADERS


def test_the_policy_is_strict() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["require-trusted-types-for"] == "'script'"
    for word in ("unsafe", "*", "http:", "https:", "data:", "blob:", "nonce", "eval"):
        assert word not in CONTENT_SECURITY_POLICY


def test_only_our_own_pages_may_ask_for_the_place_and_keep_the_screen_on() -> None:
    allowed = dict(rule.split("=") for rule in HEADERS["Permissions-Policy"].split(", "))
    assert {name for name, who in allowed.items() if who == "(self)"} == {
        "geolocation",
        "screen-wake-lock",
    }
    assert set(allowed.values()) == {"()", "(self)"}


def test_the_headers_are_the_same_for_everybody(client: Client) -> None:
    first, second = (client.get("/en/", headers={"Accept": kind}) for kind in ("text/html", "*/*"))
    assert [*first.headers] == [*second.headers]


HOST = {"HTTP_HOST": "easeback.example:8443"}
SITE = "https://easeback.example:8443"
SENDERS = {
    SITE: False,
    "http://easeback.example:8443": False,
    "https://easeback.example": True,
    "https://easeback.example:8443.elsewhere.example": True,
    "https://elsewhere.example": True,
    "https://[easeback": True,
    "null": True,
    "": True,
    None: False,
}
"""What a browser may say in Origin, and whether that is another site's."""


@pytest.mark.parametrize(("sender", "elsewhere"), SENDERS.items(), ids=str)
@pytest.mark.parametrize("site", [None, "same-origin", "none", "same-site", "cross-site", "", "x"])
def test_what_the_browser_says_tells_whether_a_request_is_foreign(
    site: str | None, sender: str | None, elsewhere: bool
) -> None:
    """A page cannot set the first header; where it is missing, the second decides."""
    said = {"HTTP_SEC_FETCH_SITE": site, "HTTP_ORIGIN": sender}
    environ = HOST | {name: value for name, value in said.items() if value is not None}
    assert is_foreign(environ) == (
        elsewhere if site is None else site not in ("same-origin", "none")
    )


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "easeback.example", "elsewhere.example"])
def test_where_people_find_the_site_is_said_the_host_that_a_proxy_names_does_not_count(
    host: str,
) -> None:
    def foreign(sender: str) -> bool:
        return is_foreign({"HTTP_HOST": host, "HTTP_ORIGIN": sender}, SITE)

    assert not foreign(SITE)
    assert foreign(f"https://{host}")
    assert foreign("http://easeback.example:8443")


@pytest.mark.parametrize("path", ["/en/check/", "/en/feedback/", f"/vault/{'0' * 32}"])
def test_every_route_that_takes_a_post_asks_for_the_site_that_is_set(path: str) -> None:
    app = create_app({"DATABASE_URL": "sqlite://", "EASEBACK_ORIGIN": SITE}, build())
    client = Client(app, use_cookies=False)
    method = "PUT" if path.startswith("/vault/") else "POST"

    def answer(sender: str) -> tuple[int, bytes]:
        sent = client.open(path, method=method, headers={"Origin": sender}, data=b"")
        return sent.status_code, sent.data

    ours, theirs = answer(SITE), answer("http://localhost")
    assert ours != theirs
    assert answer("https://elsewhere.example") == theirs


@pytest.mark.parametrize("path", ANSWERING)
@pytest.mark.parametrize(
    "says",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
    ids=str,
)
def test_a_form_that_a_foreign_page_posts_is_shown_as_answers_and_never_as_a_result(
    says: dict[str, str], path: str, client: Client
) -> None:
    answers = forms.encode(forms.healthy(build()))
    state = build().interview.read(answers)
    state.view = ANSWERS_VIEW
    listed = RELEASE.page(path.split("/")[1], "check/", state)
    response = client.post(path, data=answers, headers=says)
    assert (response.status_code, response.data) == (200, listed)
    for ours in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {}):
        assert client.post(path, data=answers, headers=ours).data != listed


@pytest.mark.parametrize("host", ["evil.example", "", "a b", "[::1"])
@pytest.mark.parametrize(
    "path", ["/vault", "/vault//entries?after=x", "//evil.example/", "/en", "/"]
)
def test_nobody_is_sent_to_what_a_request_calls_our_host(
    path: str, host: str, client: Client
) -> None:
    response = client.get(path, headers={"Host": host})
    assert "evil" not in response.headers.get("Location", "")
    assert response.headers.get("Location", "/")[:2] in ("/", "/e")


def test_every_field_for_words_takes_its_direction_from_what_is_written() -> None:
    fields = []
    for route in RELEASE.site.pages:
        page = proofread(RELEASE.page("en", route).decode())
        typed = [field for field in page.all("input") if field.get("type", "text") in WRITTEN]
        fields += [(route, field) for field in (*typed, *page.all("textarea"))]
    assert len(fields) >= 6
    assert [
        (route, field) for route, field in fields if field.get("dir") not in ("auto", "ltr")
    ] == []


def test_no_link_hands_our_window_to_another_site() -> None:
    out = []
    for route in RELEASE.site.pages:
        page = proofread(RELEASE.page("en", route).decode())
        out += [link for link in page.all("a") if "://" in link.get("href", "")]
        assert not [link for link in page.all("a") if "target" in link]
    assert out
    assert [link for link in out if "noopener" not in link.get("rel", "")] == []
    assert [link for link in out if not link["href"].startswith("https://")] == []

"""The check and its pages, in every engine: offline, back, forward, twice, translated, attacked."""

from __future__ import annotations

import hashlib
import urllib.request
from collections.abc import Iterator

import pytest

from tests.browser.pages.check import Check
from tests.browser.reliability.conftest import Line
from tests.support import faults, forms
from tests.support.hostile import hostile_site
from tests.support.in_page import InPage
from tests.support.outcomes import from_flask, from_phone
from tests.support.person import Person, until
from tests.support.site import build
from tests.support.tiers import soak

IN_PAGE = InPage.beside(__file__)
LANGUAGES = ("en", "es", "ar")
SAMPLE = 40
ACCEPTED = ("en", "es-MX,es;q=0.9", "ar", "xx", "")
PAYLOAD = "<img src=x onerror=hacked()><script>hacked()</script>\u202e&amp;"
SEEN_AS_FOREIGN = "strict-origin-when-cross-origin"


def sample(stream: Iterator[bytes], count: int = SAMPLE) -> list[bytes]:
    """Return some forms from all over a stream."""
    every = list(stream)
    return every[:: max(1, len(every) // count)]


def differing(home: Line, bodies: list[bytes], language: str = "en") -> list[bytes]:
    """Return the forms that phone and server answer differently."""
    path = f"/{language}/check/"
    told = from_flask(home.servers.gives(), path, bodies)
    here = from_phone(home.person.browser, path, bodies)
    return [body for body, one, other in zip(bodies, told, here, strict=True) if one != other]


def reaches_the_result(home: Line) -> Person:
    home.person.visits("check/")
    home.person.answers_until("result-self-care")
    return home.person


@pytest.mark.scenario(13)
def test_a_check_without_a_network_leads_to_the_servers_own_result(home: Line) -> None:
    home.dies()
    person = reaches_the_result(home)
    assert person.reads("h1") == "You can look after this at home"
    answers = forms.encode(person.kept())
    assert differing(home, [answers]) == []


@pytest.mark.scenario(14)
@pytest.mark.parametrize(
    ("language", "count"),
    [
        ("ar", SAMPLE),
        *(soak(language, 2000, why="2,000 forms of three kinds") for language in LANGUAGES),
    ],
)
def test_phone_and_server_answer_any_form_alike(home: Line, language: str, count: int) -> None:
    made = build()
    bodies = [
        *forms.random_forms(made, count, seed=14),
        *sample(forms.boundary(made), count),
        *sample(forms.walks(made), count),
    ]
    assert differing(home, bodies, language) == []
    home.dies()
    assert differing(home, bodies[:SAMPLE], language) == []


@pytest.mark.scenario(39)
def test_a_form_that_is_none_of_ours_gets_the_same_page_from_phone_and_server(home: Line) -> None:
    huge = [b"&".join(b"n%d=1" % n for n in range(10_000)), b"x" * 5_000_000]
    bodies = [*forms.dishonest(build()), *huge]
    home.dies()
    assert differing(home, bodies) == []


@pytest.mark.scenario(15)
def test_back_to_a_result_shows_it_again_with_and_without_a_network(home: Line) -> None:
    person = reaches_the_result(home)
    person.waits_until_started()  # one of the scripts shows a button
    result = person.reads()
    for _ in range(2):
        person.visits("about/")
        person.goes_back()
        assert person.place == "result-self-care"
        person.waits_until_started()
        assert person.reads() == result
        home.dies()
    assert home.proxy.posts() == []


@pytest.mark.scenario(16)
def test_reload_of_a_result_goes_on_where_the_person_was(home: Line) -> None:
    person = reaches_the_result(home)
    home.dies()
    person.waits_until_started()
    person.reloads()
    person.sees("result-self-care")
    assert person.reads("h1") == "You can look after this at home"


@pytest.mark.scenario(17)
def test_two_impatient_taps_are_one_answer(home: Line) -> None:
    person = home.person
    person.visits("check/")
    while person.place != "age":
        person.answers()
    person.browser.call(IN_PAGE, "pressTwice", "button.choice[value='age-18-39']")
    until(lambda: person.place != "age", True)
    kept = person.kept()
    assert kept["age"] == "age-18-39"
    person.answers_until("result-self-care")
    assert person.kept().items() >= kept.items()


@pytest.mark.scenario(18)
def test_back_and_forward_through_the_whole_check_lose_no_answer(home: Line) -> None:
    person = home.person
    home.dies()
    person.visits("check/")
    seen = [(person.place, person.kept())]
    while not person.place.startswith("result"):
        person.answers()
        seen.append((person.place, person.kept()))
    for step in reversed(seen[:-1]):
        person.goes_back()
        assert (person.place, person.kept()) == step
    for step in seen[1:]:
        person.goes_forward()
        assert (person.place, person.kept()) == step


@pytest.mark.scenario(34)
def test_a_language_that_is_here_is_whole_and_one_that_is_not_is_said_so(line: Line) -> None:
    line.proxy.meets("/release/es.", faults.status(404))
    line.person.gets_ready()
    line.dies()
    line.person.visits("/es/now/")
    assert line.person.reads("lang") != "es"
    line.person.waits_for("[data-other-language], a[href^='tel:']")
    line.returns()
    line.person.visits("/es/now/")
    line.person.waits_for_everything()
    line.dies()
    line.person.visits("/es/check/")
    assert line.person.reads("lang") == "es"
    assert not line.person.shows("[data-other-language]")


@pytest.mark.scenario(35)
@pytest.mark.parametrize("language", ["ar", soak("es", why="as the first, in other words")])
def test_nothing_runs_off_a_narrow_page_with_letters_of_double_size(
    home: Line, language: str
) -> None:
    person, wrong = home.person, {}
    person.browser.resizes(320, 740)
    for route in ("", "now/", "check/", "heat-or-ice/", "learn/", "settings/"):
        person.visits(f"/{language}/{route}")
        if found := person.browser.call(IN_PAGE, "tooWide", 32):
            wrong[route] = found
    direction = person.browser.run("return getComputedStyle(document.body).direction")
    person.browser.resizes(360, 740)
    assert direction == ("rtl" if language == "ar" else "ltr")
    assert wrong == {}


@pytest.mark.scenario(36)
def test_the_address_alone_decides_the_language(home: Line) -> None:
    paths = ["/es/now/", "/en/check/"]
    told = {}
    for path in paths:
        for accepted in ACCEPTED:
            request = urllib.request.Request(
                home.servers.gives().url + path, headers={"Accept-Language": accepted}
            )
            with urllib.request.urlopen(request) as answer:
                told.setdefault(path, set()).add(hashlib.sha256(answer.read()).hexdigest())
    for _ in range(2):
        for path in paths:
            here = home.person.browser.call(IN_PAGE, "digests", path, ACCEPTED)
            assert set(here) == told[path]
            assert len(told[path]) == 1
        home.dies()


@pytest.mark.scenario(37)
@pytest.mark.parametrize("policy", [SEEN_AS_FOREIGN, "no-referrer"])
def test_a_hostile_page_changes_nothing_and_is_seen_as_foreign_or_not_at_all(
    line: Line, policy: str
) -> None:
    person = line.gets_ready()
    with hostile_site(f"{person.site}/en/check/") as hostile:
        hostile.lures(person.browser, policy)
    told = [asked.headers.get("sec-fetch-site") for asked in line.proxy.posts()]
    assert told == (["cross-site"] if policy == SEEN_AS_FOREIGN else [])
    assert not [asked for asked in line.proxy.asked if "cookie" in asked.headers]
    person.visits("check/")
    assert person.place == "age"
    assert person.kept() == {}
    # Whatever the page does after it was loaded, it has done once it knows that it is ready.
    until(person.is_ready, True)
    assert not Check(person).offers_the_draft()


@pytest.mark.scenario(38)
def test_markup_that_somebody_types_is_shown_and_runs_nowhere(line: Line) -> None:
    person = line.gets_ready()
    person.visits("journal/")
    person.waits_for("[data-journal]")
    person.browser.call(IN_PAGE, "noteAll", PAYLOAD)
    for route, css in (("journal/", "[data-journal-part=list]"), ("journal/hand-over/", "h3")):
        person.visits(route)
        person.waits_for(css)
        until(lambda: "onerror=hacked()" in person.reads(), True)
        assert person.browser.call(IN_PAGE, "marks") == 0
    person.visits("learn/")
    person.waits_for("[data-search-field]")
    person.browser.call(IN_PAGE, "type", "[data-search-field]", PAYLOAD)
    assert person.browser.call(IN_PAGE, "marks") == 0
    person.browser.call(IN_PAGE, "open", "/en/check/", f"age={PAYLOAD}&at={PAYLOAD}&k={PAYLOAD}")
    person.waits_for("form.check")
    assert person.browser.call(IN_PAGE, "marks") == 0
    assert "hacked" not in person.reads()


@pytest.mark.scenario(44)
def test_a_check_that_the_browser_translates_leads_to_the_same_result(home: Line) -> None:
    person = home.person
    person.visits("check/")
    while not person.place.startswith("result"):
        person.browser.call(IN_PAGE, "translate")
        person.answers()
    translated = person.kept()
    reaches_the_result(home)
    assert person.kept() == translated

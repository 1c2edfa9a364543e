"""Words are found on every page, in every language, with the server dead; nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from tests.support.browsers import Chromium
from tests.support.pages import reachable
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build

LANGUAGES = build().release.site.languages
MOST = 20


def seeks(person: Person, words: str) -> list[str]:
    """Type into the field, and return the addresses that are offered once they are."""
    field = person.browser.page.locator("[data-search-field]")
    field.fill(words)
    answered = "[data-search-note=found], [data-search-note=nothing], [data-search-note=empty]"
    until(lambda: person.shows(answered), True)
    return list(person.browser.run(OFFERED))


OFFERED = "return Array.from(document.querySelectorAll('[data-search-results] a'), (a) => a.href)"


@pytest.fixture
def searching(offline: Person) -> Person:
    """Somebody who stands on the page with the field, with no network."""
    offline.visits("learn/")
    offline.waits_for("[data-search-field]")
    return offline


def test_a_word_leads_to_the_sentence_that_holds_it(searching: Person, chromium: Chromium) -> None:
    offered = seeks(searching, "SLEEP heat pac")
    marked = {word.lower() for word in chromium.page.locator("mark").all_inner_texts()}
    assert {"heat", "pack", "sleep"} <= marked
    chromium.page.locator("[data-search-results] a").first.click()
    until(lambda: searching.browser.run("return location.href"), offered[0])
    assert all(word in searching.reads("main").lower() for word in ("sleep", "heat", "pac"))
    place = offered[0].partition("#")[2]
    assert searching.browser.run(f"return document.getElementById('{place}') !== null")


def test_a_title_stands_before_what_is_only_a_sentence(searching: Person) -> None:
    offered = seeks(searching, "walking")
    assert offered[0].endswith("/en/walking/")
    assert 1 < len(offered) <= MOST
    assert len(set(offered)) == len(offered)


def test_the_number_of_hits_is_said_and_so_is_that_there_are_none(searching: Person) -> None:
    offered = seeks(searching, "warmth")
    assert searching.reads("[data-search-note=found]") == f"Found: {len(offered)}"
    assert seeks(searching, "xyzzy") == []
    searching.waits_for("[data-search-note=nothing]")
    assert seeks(searching, "   ") == []
    searching.waits_for("[data-search-note=empty]")
    searching.waits_for("[role=status] > [data-search-note=empty]")


def test_it_works_with_the_keyboard_alone(searching: Person, chromium: Chromium) -> None:
    chromium.page.locator("[data-search-field]").focus()
    chromium.page.keyboard.type("pelvic")
    chromium.page.locator("[data-search-results] a").first.wait_for()
    chromium.page.keyboard.press("Tab")
    chromium.page.keyboard.press("Enter")
    until(lambda: searching.browser.run("return location.pathname"), "/en/exercises/pelvic-tilt/")


def test_with_nothing_found_the_way_goes_on(searching: Person) -> None:
    assert seeks(searching, "xyzzy") == []
    ways = "[...document.querySelectorAll('ul[data-search-note=nothing] a')].map((a) => a.pathname)"
    assert searching.shows("ul[data-search-note=nothing] a")
    assert searching.browser.run(f"return {ways}") == ["/en/check/", "/en/now/", "/en/heat-or-ice/"]
    assert seeks(searching, "warmth")
    assert not searching.shows("ul[data-search-note=nothing] a")


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_heading_and_sentence_are_lines_of_their_own(
    searching: Person, language: str, chromium: Chromium
) -> None:
    searching.language = language
    searching.visits("learn/")
    searching.waits_for("[data-search-field]")
    assert seeks(searching, searching.reads("h1").split()[-1])
    for hit in chromium.page.locator("[data-search-results] a").all():
        lines = hit.locator(":scope > p").all_inner_texts()
        assert hit.inner_text().split("\n\n") == lines
        boxes = [line.bounding_box() for line in hit.locator("p").all()]
        tops = [box["y"] for box in boxes if box]
        assert tops == sorted(set(tops))
        assert len(tops) == len(lines)
    assert chromium.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_of_cards_is_no_hit_beside_the_pages_it_leads_to(searching: Person) -> None:
    offered = seeks(searching, "medicines")
    assert offered[0].endswith("/en/learn/medicines/")
    assert not [address for address in offered if address.partition("#")[0].endswith("/en/learn/")]


def test_back_brings_the_hits_and_the_place_again(searching: Person, chromium: Chromium) -> None:
    offered = seeks(searching, "doctor")
    hit = "document.querySelectorAll('[data-search-results] a')[12]"
    searching.browser.run(f"{hit}.scrollIntoView({{ block: 'center', behavior: 'instant' }})")
    searching.browser.run(f"{hit}.focus({{ preventScroll: true }})")
    seen = f"return Math.round({hit}?.getBoundingClientRect().top)"
    place = searching.browser.run(seen)
    searching.browser.run("window.leaving = true")
    chromium.page.keyboard.press("Enter")
    until(lambda: searching.browser.run("return window.leaving ?? false"), False)
    searching.goes_back()
    until(lambda: searching.browser.run(OFFERED), offered)
    assert chromium.page.locator("[data-search-field]").input_value() == "doctor"
    until(lambda: searching.browser.run(seen), place)
    assert searching.browser.run("return scrollY") > 0
    assert searching.browser.run("return location.href") == f"{searching.site}/en/learn/"
    assert "doctor" not in str(searching.browser.run("return {...localStorage, ...sessionStorage}"))


def test_a_question_is_not_asked_again_elsewhere(searching: Person) -> None:
    seeks(searching, "doctor")
    searching.follows("Is this serious? Do the check")
    searching.visits("learn/")
    searching.waits_for("[data-search-note=empty]")


EVERYDAY = {
    "en": """learn/medicines/: ibuprofen, Tylenol, NSAID, painkiller, ibuprofin
        learn/what-is-a-spasm/: lumbago, crick, wry neck, pulled muscle
        learn/scans/: MRI, x-ray, xray, slipped disc, hernia, sciatica
        learn/balms/: CBD, tiger balm, deep heat, ointments
        learn/supports/: mattress, pillows, brace, insole
        learn/massage/: massage gun, chiropractor, acupuncture
        learn/rollers/: foam roller, tennis ball
        learn/who-to-see/: physio, doctor, emergency room, chiropracter
        learn/supplements-and-drinks/: magnesium, turmeric
        learn/pregnancy/: pregnant, baby
        learn/coming-back/: sick note, desk
        learn/what-to-expect/: how long, recovery
        about/#about-guidelines-devices: TENS
        about/#about-guidelines-mood: stress, depresion
        heat-or-ice/#thermal-bottle-fill: hot water bottle
        heat-or-ice/#thermal-devices: heating pad, microwave
        heat-or-ice/#cold-how: frozen peas
        now/: can't move, stuck
        now/#now-call: 911, 999, 112, pee, poo, numb, cauda equina
        check/: pins and needles, stroke, numb
        help-card/: caregiver
        about/: privacy""",
    "es": """learn/medicines/: ibuprofeno, PARACETAMOL, nolotil, analgesico, pastilla, ibuprofen
        learn/what-is-a-spasm/: lumbago, contractura, tortícolis, tirones, contratura
        learn/scans/: resonancia, radiografia, hernia discal, ciática, TAC
        learn/balms/: CBD, pomada, bálsamo de tigre
        learn/supports/: colchón, almohadas, faja
        learn/massage/: quiropráctico, acupuntura, ventosas
        learn/who-to-see/: fisio, urgencias, traumatólogo
        learn/supplements-and-drinks/: magnesio, cúrcuma
        learn/pregnancy/: embarazo, embarazada
        learn/coming-back/: baja laboral, trabajo
        learn/what-to-expect/: cuánto dura
        about/#about-guidelines-devices: TENS
        about/#about-guidelines-mood: estrés, ansiedad
        heat-or-ice/#thermal-bottle-fill: bolsa de agua caliente
        heat-or-ice/#thermal-devices: manta eléctrica
        heat-or-ice/#cold-how: guisantes
        now/: no puedo moverme
        now/#now-call: 911, 112, orinar, caca, adormecido
        check/: hormigueo, ictus
        help-card/: cuidador
        about/: privacidad""",
    "ar": """learn/medicines/: إيبوبروفين, ايبوبروفين, باراسيتامول, بانادول, مسكن, مسكنات
        learn/what-is-a-spasm/: شد عضلي, الشد العضلي, تشنج, لمباجو
        learn/scans/: رنين, أشعة, الاشعه, ديسك, انزلاق, عرق النسا
        learn/balms/: مرهم, أبو فاس, جل
        learn/supports/: مرتبة, المرتبه, مخدة, مشد
        learn/massage/: مساج, حجامة, كايروبراكتيك
        learn/who-to-see/: علاج طبيعي, العلاج الطبيعي, دكتور, مستشفى
        learn/supplements-and-drinks/: ماغنسيوم, كركم
        learn/pregnancy/: حامل, الحمل
        learn/coming-back/: إجازة مرضية
        learn/what-to-expect/: متى أشفى, الشفاء
        about/#about-guidelines-devices: تنس
        about/#about-guidelines-mood: توتر, قلق
        heat-or-ice/#thermal-bottle-fill: قربة ماء ساخن
        heat-or-ice/#thermal-devices: وسادة كهربائية
        heat-or-ice/#heat-how: كمادات
        heat-or-ice/#cold-how: كمادات, بازلاء
        now/: لا أستطيع الحركة
        now/#now-call: 112, ١١٢, تبول, تنميل
        check/: تنميل, جلطة, دوخة
        help-card/: مترجم
        about/: خصوصية""",
}
"""The places that everyday words must lead to; some are typed with an error."""
NEAR = 5
"""Hits that a person sees without a long way down."""
ASKING = """
    const field = document.querySelector("[data-search-field]");
    const found = {};
    for (const word of %s) {
      field.value = word;
      field.dispatchEvent(new Event("input"));
      await new Promise((next) => setTimeout(next));
      const hits = document.querySelectorAll("[data-search-results] a");
      found[word] = Array.from(hits, (hit) => hit.getAttribute("href"));
    }
    return found;
"""


def answers(person: Person, language: str, words: Iterable[str]) -> dict[str, list[str]]:
    """Return what each word finds, as routes, the best first."""
    person.language = language
    person.visits("learn/")
    person.waits_for("[data-search-field]")
    seeks(person, "a")
    found = person.browser.run(ASKING % json.dumps([*words]))
    return {
        word: [hit.removeprefix(f"/{language}/") for hit in hits] for word, hits in found.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_everyday_words_find_their_page(offline: Person, language: str) -> None:
    lines = [line.split(": ") for line in EVERYDAY[language].splitlines()]
    wanted = {(place.strip(), word) for place, words in lines for word in words.split(", ")}
    found = answers(offline, language, {word for _, word in wanted})
    assert {(place, word) for place, word in wanted if place not in found[word][:NEAR]} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_data_leads_to_its_place(offline: Person, language: str) -> None:
    synonyms = build().knowledge.synonyms
    found = answers(offline, language, {w for entry in synonyms for w in entry.words[language]})
    lost = {
        (entry.to, word)
        for entry in synonyms
        for word in entry.words[language]
        if entry.to not in found[word]
    }
    assert lost == set()


def test_everyday_words_are_not_shown(searching: Person) -> None:
    assert seeks(searching, "tylenol")
    assert "tylenol" not in searching.reads("main").lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_found_by_its_heading(
    ready: Person, server: StagedServer, language: str
) -> None:
    paths = reachable(server, language)
    ready.waits_for_everything()
    headings = {}
    for path in paths:
        ready.visits(path)
        headings[path] = ready.reads("h1")
    server.kill()
    ready.language = language
    ready.visits("learn/")
    ready.waits_for("[data-search-field]")
    lost = {
        path: heading
        for path, heading in headings.items()
        if not any(found.startswith(ready.site + path) for found in seeks(ready, heading))
    }
    assert lost == {}


def test_what_is_sought_is_sent_to_nobody(
    ready: Person, server: StagedServer, chromium: Chromium
) -> None:
    ready.waits_for_everything()
    ready.visits("learn/")
    ready.waits_for("[data-search-field]")
    server.forget()
    chromium.requests.clear()
    assert seeks(ready, "numb")
    assert [request for request in server.received() if request.path.startswith("/en/")] == []
    assert not [
        request for request in chromium.requests if "numb" in f"{request.url} {request.headers}"
    ]


def test_without_scripts_there_is_no_field(chromium: Chromium, server: StagedServer) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("learn/")
    assert not person.shows("[data-search-field]")
    person.waits_for("main a")

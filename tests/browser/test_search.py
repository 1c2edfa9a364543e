"""Words are found on every page, in every language, with the server dead; nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.browser.pages.search import Search
from tests.support.browsers import Chromium
from tests.support.pages import reachable
from tests.support.person import Person, until
from tests.support.records import StagedServer
from tests.support.site import build

LANGUAGES = build().release.site.languages
MOST = 20


@pytest.fixture
def search(offline: Person, chromium: Chromium) -> Search:
    """The page with the field, for somebody with no network who has just opened it."""
    search = Search(offline, chromium)
    search.opens()
    return search


def test_a_word_leads_to_the_sentence_that_holds_it(search: Search) -> None:
    offered = search.seeks("SLEEP heat pac")
    assert {"heat", "pack", "sleep"} <= search.marked()
    search.hits.first.click()
    until(lambda: search.person.browser.run("return location.href"), offered[0])
    assert all(word in search.person.reads("main").lower() for word in ("sleep", "heat", "pac"))
    place = offered[0].partition("#")[2]
    assert search.person.shows(f"[id='{place}']")


def test_a_title_stands_before_what_is_only_a_sentence(search: Search) -> None:
    offered = search.seeks("walking")
    assert offered[0].endswith("/en/walking/")
    assert 1 < len(offered) <= MOST
    assert len(set(offered)) == len(offered)


def test_the_number_of_hits_is_said_and_so_is_that_there_are_none(search: Search) -> None:
    offered = search.seeks("warmth")
    assert search.count() == f"Found: {len(offered)}"
    assert search.seeks("xyzzy") == []
    until(lambda: search.tells("nothing"), True)
    assert search.seeks("   ") == []
    until(lambda: search.tells_a_screen_reader("empty"), True)


def test_it_works_with_the_keyboard_alone(search: Search, chromium: Chromium) -> None:
    search.field.focus()
    chromium.page.keyboard.type("pelvic")
    search.hits.first.wait_for()
    chromium.page.keyboard.press("Tab")
    chromium.page.keyboard.press("Enter")
    path = "return location.pathname"
    until(lambda: search.person.browser.run(path), "/en/exercises/pelvic-tilt/")


def test_with_nothing_found_the_way_goes_on(search: Search) -> None:
    assert search.seeks("xyzzy") == []
    assert search.offers_ways_on()
    assert search.ways_on() == ["/en/check/", "/en/now/", "/en/heat-or-ice/"]
    assert search.seeks("warmth")
    assert not search.offers_ways_on()


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_heading_and_sentence_are_lines_of_their_own(
    search: Search, language: str, chromium: Chromium
) -> None:
    search.person.language = language
    search.opens()
    assert search.seeks(search.person.reads("h1").split()[-1])
    for hit in search.hits.all():
        lines = hit.locator(":scope > p").all_inner_texts()
        assert hit.inner_text().split("\n\n") == lines
        boxes = [line.bounding_box() for line in hit.locator("p").all()]
        tops = [box["y"] for box in boxes if box]
        assert tops == sorted(set(tops))
        assert len(tops) == len(lines)
    assert chromium.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_of_cards_is_no_hit_beside_the_pages_it_leads_to(search: Search) -> None:
    offered = search.seeks("medicines")
    assert offered[0].endswith("/en/learn/medicines/")
    assert not [address for address in offered if address.partition("#")[0].endswith("/en/learn/")]


def test_back_brings_the_hits_and_the_place_again(search: Search, chromium: Chromium) -> None:
    run = search.person.browser.run
    offered = search.seeks("doctor")
    search.focuses(12)
    place = search.height_of(12)
    run("window.leaving = true")
    chromium.page.keyboard.press("Enter")
    until(lambda: run("return window.leaving ?? false"), False)
    search.person.goes_back()
    until(search.offered, offered)
    assert search.field.input_value() == "doctor"
    until(lambda: search.height_of(12), place)
    assert run("return scrollY") > 0
    assert run("return location.href") == f"{search.person.site}/en/learn/"
    assert "doctor" not in str(run("return {...localStorage, ...sessionStorage}"))


def test_a_question_is_not_asked_again_elsewhere(search: Search) -> None:
    search.seeks("doctor")
    search.person.follows("Is this serious? Do the check")
    search.person.visits("learn/")
    until(lambda: search.tells("empty"), True)


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
        learn/in-pregnancy/: pregnant, baby
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
        privacy/: privacy, GDPR
        privacy/#none: cookies
        accessibility/: blind
        accessibility/#tested: screen reader""",
    "es": """learn/medicines/: ibuprofeno, PARACETAMOL, nolotil, analgesico, pastilla, ibuprofen
        learn/what-is-a-spasm/: lumbago, contractura, tortícolis, tirones, contratura
        learn/scans/: resonancia, radiografia, hernia discal, ciática, TAC
        learn/balms/: CBD, pomada, bálsamo de tigre
        learn/supports/: colchón, almohadas, faja
        learn/massage/: quiropráctico, acupuntura, ventosas
        learn/who-to-see/: fisio, urgencias, traumatólogo
        learn/supplements-and-drinks/: magnesio, cúrcuma
        learn/in-pregnancy/: embarazo, embarazada
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
        privacy/: privacidad, RGPD
        privacy/#none: cookies
        accessibility/: ciego
        accessibility/#tested: lector de pantalla""",
    "ar": """learn/medicines/: إيبوبروفين, ايبوبروفين, باراسيتامول, بانادول, مسكن, مسكنات
        learn/what-is-a-spasm/: شد عضلي, الشد العضلي, تشنج, لمباجو
        learn/scans/: رنين, أشعة, الاشعه, ديسك, انزلاق, عرق النسا
        learn/balms/: مرهم, أبو فاس, جل
        learn/supports/: مرتبة, المرتبه, مخدة, مشد
        learn/massage/: مساج, حجامة, كايروبراكتيك
        learn/who-to-see/: علاج طبيعي, العلاج الطبيعي, دكتور, مستشفى
        learn/supplements-and-drinks/: ماغنسيوم, كركم
        learn/in-pregnancy/: حامل, الحمل
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
        privacy/: خصوصية
        accessibility/: كفيف
        accessibility/#tested: قارئ الشاشة""",
}
"""The places that everyday words must lead to; some are typed with an error."""
NEAR = 5
"""Hits that a person sees without a long way down."""


def answers(search: Search, language: str, words: Iterable[str]) -> dict[str, list[str]]:
    """Return what each word finds, as routes, the best first."""
    search.person.language = language
    search.opens()
    search.seeks("a")
    return search.finds(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everyday_words_find_their_page(search: Search, language: str) -> None:
    lines = [line.split(": ") for line in EVERYDAY[language].splitlines()]
    wanted = {(place.strip(), word) for place, words in lines for word in words.split(", ")}
    found = answers(search, language, {word for _, word in wanted})
    assert {(place, word) for place, word in wanted if place not in found[word][:NEAR]} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_data_leads_to_its_place(search: Search, language: str) -> None:
    synonyms = build().knowledge.synonyms
    found = answers(search, language, {w for entry in synonyms for w in entry.words[language]})
    lost = {
        (entry.to, word)
        for entry in synonyms
        for word in entry.words[language]
        if entry.to not in found[word]
    }
    assert lost == set()


def test_everyday_words_are_not_shown(search: Search) -> None:
    assert search.seeks("tylenol")
    assert "tylenol" not in search.person.reads("main").lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_found_by_its_heading(
    ready: Person, server: StagedServer, chromium: Chromium, language: str
) -> None:
    paths = reachable(server, language)
    ready.waits_for_everything()
    headings = {}
    for path in paths:
        ready.visits(path)
        headings[path] = ready.reads("h1")
    server.kill()
    ready.language = language
    search = Search(ready, chromium)
    search.opens()
    lost = {
        path: heading
        for path, heading in headings.items()
        if not any(found.startswith(ready.site + path) for found in search.seeks(heading))
    }
    assert lost == {}


def test_what_is_sought_is_sent_to_nobody(
    ready: Person, server: StagedServer, chromium: Chromium
) -> None:
    ready.waits_for_everything()
    search = Search(ready, chromium)
    search.opens()
    server.forget()
    chromium.requests.clear()
    assert search.seeks("numb")
    assert [request for request in server.received() if request.path.startswith("/en/")] == []
    assert not [
        request for request in chromium.requests if "numb" in f"{request.url} {request.headers}"
    ]


def test_without_scripts_there_is_no_field(chromium: Chromium, server: StagedServer) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("learn/")
    assert not Search(person, chromium).is_there()
    person.waits_for("main a")

"""Words are found on every page, in every language, with the server dead; nothing is sent."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Playwright

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
    assert not [one for one in offered if one.partition("#")[0].endswith("/en/learn/")]


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
    leads = build().knowledge.leads
    found = answers(offline, language, {w for lead in leads for w in lead.words[language]})
    lost = {
        (lead.to, word)
        for lead in leads
        for word in lead.words[language]
        if lead.to not in found[word]
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
    assert [one for one in server.received() if one.path.startswith("/en/")] == []
    assert not [one for one in chromium.requests if "numb" in f"{one.url} {one.headers}"]


def test_without_scripts_there_is_no_field(chromium: Chromium, server: StagedServer) -> None:
    chromium.scripts = False
    chromium.start()
    person = Person(chromium, server.url)
    person.visits("learn/")
    assert not person.shows("[data-search-field]")
    person.waits_for("main a")


# --- the pure part, asked in a real browser ---------------------------------------------------

LETTERS = "abcxyzABCñÑéüßøıİœабвΑβأإآٱءابتةىيهوؤئلملكمकमर"
MARKS = "\u0301\u0308\u064b\u064e\u0651\u0640"
SPACES = " .،؟-'"
words = st.text(LETTERS, min_size=1, max_size=6)
texts = st.text(LETTERS + MARKS + SPACES, max_size=40)
triples = st.lists(st.tuples(texts, texts, texts), max_size=12)
few = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Matching:
    """The module that matches, loaded in a page of ours."""

    def __init__(self, person: Person) -> None:
        self._page = person.browser.page

    def ask(self, expression: str, *values: object) -> Any:
        """Return what an expression over the module ``m`` and the values ``v`` gives."""
        script = f"""async (v) => {{
            const app = document.querySelector("script[type=module]").src;
            const m = await import(new URL("search/match.js", app));
            return {expression};
        }}"""
        return self._page.evaluate(script, list(values))

    def search(
        self, entries: list[tuple[str, str, str]], query: str, most: int = MOST
    ) -> list[int]:
        """Return the places of the entries that are found, the best first."""
        found = "m.search(v[0].map(([a, b, c], n) => m.entry(`#${n}`, a, b, c)), v[1], v[2])"
        return list(
            self.ask(
                f"{found}.map(({{ address }}) => Number(address.slice(1)))", entries, query, most
            )
        )


@pytest.fixture(scope="module")
def phone(
    playwright: Playwright,
    prepared: tuple[Path, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Matching]:
    """One page for all random texts; opening one for each would take minutes."""
    folder = tmp_path_factory.mktemp("matching") / "chromium"
    profile, site = prepared
    shutil.copytree(profile, folder)
    browser = Chromium(playwright, folder)
    browser.start()
    person = Person(browser, site)
    person.visits("learn/")
    yield Matching(person)
    browser.close()


CASES = {
    "capitals": ("Heat or ice", "HEAT", True),
    "a beginning": ("Walking", "walk", True),
    "not an end": ("Walking", "king", False),
    "every word": ("Heat or ice", "ice heat", True),
    "not one word alone": ("Heat or ice", "heat walking", False),
    "Spanish accents left out": ("Músculos de la región lumbar", "musculos region", True),
    "Spanish accents typed": ("El cuello esta rigido", "rígido", True),
    "a tilde": ("Señales de peligro", "senales", True),
    "the Arabic article left out": ("ألم الظهر", "ظهر", True),
    "the Arabic article typed": ("ألم في ظهر", "الظهر", True),
    "a joined Arabic preposition": ("المشي بالبيت وللظهر", "بيت", True),
    "to the back": ("تمارين للظهر", "الظهر", True),
    "Arabic vowel signs": ("اِمْشِ بِبُطْء", "امش ببطء", True),
    "a stretched Arabic word": ("الظهـــر", "الظهر", True),
    "forms of alef": ("إذا كان الألم", "اذا الم", True),
    "taa marbuta": ("الرقبة", "رقبه", True),
    "alef maqsura": ("المشى", "مشي", True),
    "hamza on its seat": ("دافئ", "دافي", True),
    "another Arabic word": ("الرقبة", "ظهر", False),
    "a plural": ("A pillow", "pillows", True),
    "a plural with es": ("Un tirón", "tirones", True),
    "no plural": ("Do less", "le", True),
    "not another end": ("Stress", "stressed", False),
    "an Arabic and": ("ألم وخدر", "خدر", True),
    "with, in Arabic": ("الم بساقك", "ساق", True),
    "not a letter of the word": ("كتاب", "اب", False),
    "Arabic digits": ("Call 112", "١١٢", True),
    "Persian digits": ("Call 112", "۱۱۲", True),
    "nothing": ("Heat", " . ", False),
}


@pytest.mark.parametrize(("text", "query", "is_found"), CASES.values(), ids=CASES)
def test_a_word_is_found_as_people_type_it(
    text: str, query: str, is_found: bool, phone: Matching
) -> None:
    assert bool(phone.search([("Page", "Part", text)], query)) == is_found
    pieces = phone.ask("m.marked(v[0], v[1])", text, query)
    assert any(is_hit for _, is_hit in pieces) or not is_found


ERRORS = {
    "a wrong letter": ("ibuprofin", "IBUPROFEN"),
    "a letter left out": ("ibuproen", "IBUPROFEN"),
    "a letter too many": ("ibuproffen", "IBUPROFEN"),
    "two letters that changed places": ("ibuporfen", "IBUPROFEN"),
    "the first letter": ("obuprofen", "IBUPROFEN"),
    "the last letter left out": ("tortícoli", "TORTICOLI"),
    "two errors": ("ibbuprofin", "IBBUPROFIN"),
    "a short word": ("hezt", "HEZT"),
    "one of two words": ("walking ibuprofin", "WALKING IBUPROFEN"),
    "an Arabic word": ("ايبوبرفين", "ايبوبروفين"),
    "a word that is there": ("walked", "WALKED"),
}


@pytest.mark.parametrize(("typed", "meant"), ERRORS.values(), ids=ERRORS)
def test_a_typing_error_is_mended(typed: str, meant: str, phone: Matching) -> None:
    text = "Heat. Ibuprofen. Walking, walked. Tortícolis. إيبوبروفين"
    assert phone.ask("m.mended([m.entry('', '', '', v[0])], v[1])", text, typed) == meant


@few
@given(word=st.text("abcdefgh", min_size=5, max_size=9), data=st.data())
def test_one_error_in_a_long_word_finds_it(phone: Matching, word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    typed = word[:at] + data.draw(st.sampled_from(["", "z", "z" + word[at]])) + word[at + 1 :]
    mended = phone.ask("m.mended([m.entry('', '', '', v[0])], v[1])", word, typed)
    long_enough = len(typed) >= 5 or word.startswith(typed)
    assert bool(phone.search([("", "", word)], mended)) == long_enough


def test_words_that_lead_to_an_entry_find_it_and_are_not_marked(phone: Matching) -> None:
    led = "((one) => (m.lead(one, v[3]), one))(m.entry('#', v[0], v[1], v[2]))"
    for entry in (("Scans", "", ""), ("Scans", "What they show", ""), ("Scans", "A", "Discs.")):
        found = phone.ask(f"m.search([{led}], v[4], 1).length", *entry, "slipped MRI", "mri slip")
        assert found == 1
        assert phone.ask(f"m.search([{led}], v[4], 1).length", *entry, "MRI", "tooth") == 0


def test_a_whole_word_counts_more_than_a_beginning(phone: Matching) -> None:
    entries = [("A", "B", "a number"), ("A", "B", "numb"), ("Number", "", "")]
    assert phone.search(entries, "numb") == [2, 1, 0]


def test_the_sentence_around_the_hit_is_shown(phone: Matching) -> None:
    text = "Keep it short. Use a cloth between. Stop if it burns."
    assert phone.ask("m.sentence(v[0], v[1])", text, "cloth") == "Use a cloth between."
    assert phone.ask("m.sentence(v[0], v[1])", text, "page") == "Keep it short."
    arabic = "هل يؤلمك؟ توقف الآن."
    assert phone.ask("m.sentence(v[0], v[1])", arabic, "توقف") == "توقف الآن."


def test_a_title_counts_more_than_a_heading_and_that_more_than_a_text(phone: Matching) -> None:
    entries = [
        ("A", "B", "ice"),
        ("A", "Ice", ""),
        ("Ice", "", ""),
        ("A", "Ice", "none"),
        ("Ice", "B", "no"),
    ]
    assert phone.search(entries, "ice") == [2, 1, 0]


@few
@given(text=texts)
def test_what_is_plain_stays_plain(phone: Matching, text: str) -> None:
    once = phone.ask("m.normalise(v[0])", text)
    assert phone.ask("m.normalise(v[0])", once) == once


@few
@given(before=texts, word=words, after=texts, data=st.data())
def test_every_beginning_of_a_word_finds_its_text(
    phone: Matching, before: str, word: str, after: str, data: st.DataObject
) -> None:
    beginning = word[: data.draw(st.integers(1, len(word)))]
    text = f"{before} {word} {after}"
    asked = phone.ask("m.words(v[0])", beginning)
    assert phone.search([("", "", text)], beginning) == ([0] if asked else [])


@few
@given(entries=triples, query=texts)
def test_what_is_found_holds_every_word_and_the_best_stand_first(
    phone: Matching, entries: list[tuple[str, str, str]], query: str
) -> None:
    found = phone.search(entries, query, most=5)
    assert len(found) <= 5
    asked = phone.ask("m.words(v[0])", query)
    for place in found:
        whole = " ".join(entries[place])
        hits = phone.ask(
            "v[0].map((one) => m.marked(v[1], one).some(([, hit]) => hit))", asked, whole
        )
        assert all(hits)
    levels = [2 if entries[place][2] else 1 if entries[place][1] else 0 for place in found]
    assert levels == sorted(levels)
    assert phone.search(entries, phone.ask("m.normalise(v[0])", query), most=5) == found


@few
@given(text=texts, query=texts)
def test_marking_loses_no_letter(phone: Matching, text: str, query: str) -> None:
    pieces = phone.ask("m.marked(v[0], v[1])", text, query)
    assert "".join(piece for piece, _ in pieces) == text
    assert phone.ask("m.sentence(v[0], v[1])", text, query) in text

"""The privacy page tells of all that phone and server keep, and who answers for it."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean

import pytest
import textstat
from flask import Flask
from werkzeug.test import Client

from tests.support.proofread import Page, proofread
from tests.support.site import build
from webapp import create_app
from webapp.database import Base
from webapp.i18n import catalogues
from webapp.served.models import ServedRelease
from webapp.web import site
from webapp.web.operator import Operator
from webapp.web.release_layer import ReleaseLayer

ROOT = Path(site.__file__).parents[2]
BUILT = build()
SITE = BUILT.release.site
GRADE = 6
"""The school year of a child of 11."""
WHO_RUNS_IT = ("privacy/", "accessibility/", "about/")

ON_THE_PHONE = {
    "ALERTS": "the sounds of timers",
    "CHECK": "Your answers in the check",
    "COUNTRY": "the country",
    "FEEDBACK": "What you wrote to us and could not be sent yet",
    "JOURNAL": "Your journal",
    "JOURNAL_BEGUN": "Your journal",
    "JOURNAL_DRAFT": "what you are writing in it",
    "JOURNAL_MIRROR": "A second copy",
    "RECALLED": "which versions have a mistake",
    "RECALL_ASKED": "At most once an hour",
    "SECOND_LANGUAGE": "the second language of the card",
    "TIMER": "your timers",
    "TIMERS_LEFT": "your timers",
    "TIMER_LOG": "when warmth or cold was used",
    "TIMER_SEEN": "your timers",
    "VAULT": "The key of the private backup",
    "VAULT_OUTBOX": "Your journal",
    "WALKS": "Your walks",
    "WORKER_MEMORY": "your language",
}
"""By the name of its key in storage-keys.js: the words that tell of it."""
HOLD_NOTHING = {"PROBE", "SYNC_LOCK", "VAULT_LEASE"}
"""Keys that hold nothing of a person: a test of the storage, and marks by which tabs take turns."""

ON_THE_SERVER = {
    "feedback.day": "the day",
    "feedback.helped": "What you send",
    "feedback.id": "a number made by chance",
    "feedback.language": "your language",
    "feedback.page": "the page you came from",
    "feedback.release": "the version of Easeback",
    "feedback.words": "What you send",
    "served_release.edition": "which versions of Easeback it has sent out",
    "served_release.number": "which versions of Easeback it has sent out",
    "served_release.release": "which versions of Easeback it has sent out",
    "vault.bytes": "how long they are",
    "vault.entries": "how many notes",
    "vault.header": "in secret writing",
    "vault.id": "that there is a backup",
    "vault.token_hash": "that there is a backup",
    "vault_entry.body": "in secret writing",
    "vault_entry.id": "how many notes",
    "vault_entry.position": "when they come",
    "vault_entry.sequence": "when they come",
    "vault_entry.vault": "that there is a backup",
    "vault_removal.id": "are deleted",
    "vault_removal.position": "are deleted",
    "vault_removal.vault": "are deleted",
}
"""By table and column: the words that tell of it."""


def page(code: str, route: str) -> Page:
    return proofread(BUILT.release.page(code, route).decode())


def keys() -> dict[str, str]:
    """Return all keys under which a phone keeps something, by the names that scripts give them."""
    source = (ROOT / "static" / "js" / "lib" / "storage-keys.js").read_text("utf-8")
    return dict(re.findall(r'^export const (\w+) = "(.+)";', source, re.MULTILINE))


def columns() -> set[str]:
    """Return every column of every table that the server has."""
    tables = Base.metadata.sorted_tables
    assert ServedRelease.__table__ in tables  # no page needs it, so it is imported here
    return {f"{table.name}.{column.name}" for table in tables for column in table.columns}


def test_all_that_a_phone_keeps_is_told() -> None:
    assert set(ON_THE_PHONE) == set(keys()) - HOLD_NOTHING
    html = page("en", "privacy/").html
    assert not [key for key, words in ON_THE_PHONE.items() if words not in html]


def test_all_that_the_server_keeps_is_told() -> None:
    assert set(ON_THE_SERVER) == columns()
    html = page("en", "privacy/").html
    assert not [column for column, words in ON_THE_SERVER.items() if words not in html]


def test_the_assessment_of_data_protection_names_all_that_is_kept() -> None:
    assessment = (ROOT / "docs" / "safety" / "data-protection.md").read_text("utf-8")
    named = set(re.findall(r"`([\w.-]+)`", assessment))
    assert not {*keys().values(), *columns()} - named


@pytest.mark.parametrize("code", SITE.languages)
@pytest.mark.parametrize("route", ["about/", "feedback/", "journal/backup/"])
def test_who_is_about_to_send_something_can_read_what_becomes_of_it(route: str, code: str) -> None:
    assert f"/{code}/privacy/" in page(code, route).references


@pytest.mark.parametrize("code", SITE.languages)
def test_every_page_leads_to_privacy_and_in_two_steps_to_who_can_use_it(code: str) -> None:
    for route in SITE.pages:
        assert {f"/{code}/privacy/", f"/{code}/about/"} <= page(code, route).references
    assert f"/{code}/accessibility/" in page(code, "about/").references


@pytest.mark.parametrize("route", ["privacy/", "accessibility/"])
def test_nobody_waits_for_a_statement_until_the_phone_is_ready(route: str) -> None:
    assert SITE.pages[route].deferred


@pytest.mark.parametrize("route", ["privacy/", "accessibility/"])
def test_an_eleven_year_old_can_read_a_statement(route: str) -> None:
    sentences = re.findall(r"<(?:li class=\"statement|p)[^>]*>([^<]+)<", page("en", route).html)
    assert mean(textstat.flesch_kincaid_grade(sentence) for sentence in sentences) <= GRADE


@pytest.mark.parametrize("route", WHO_RUNS_IT)
def test_where_nobody_is_named_the_page_says_so(route: str) -> None:
    html = page("en", route).html
    assert "They have not put their name here." in html
    assert "They have not said here how to reach them." in html


@pytest.fixture(scope="module")
def named() -> site.Build:
    """The site of a clinic that gives its name."""
    clinic = Operator("Clínica <Norte> & Co", "help@clinic.example")
    return site.build(catalogues.load(), operator=clinic)


@pytest.mark.parametrize("code", SITE.languages)
@pytest.mark.parametrize("route", WHO_RUNS_IT)
def test_the_page_names_who_runs_it(named: site.Build, route: str, code: str) -> None:
    read = proofread(named.release.page(code, route).decode())
    assert "<bdi>Clínica &lt;Norte&gt; &amp; Co</bdi>" in read.html
    assert "mailto:help@clinic.example" in read.references
    assert not read.faults


def test_phones_of_another_operator_hold_another_release(named: site.Build) -> None:
    assert named.release.id != BUILT.release.id
    ready = [route for route, page in SITE.pages.items() if not page.deferred]
    for route in ready:
        theirs = named.release.page("en", route).decode()
        assert theirs.replace(named.release.id, BUILT.release.id) == page("en", route).html


@pytest.mark.parametrize(
    ("contact", "link", "is_elsewhere"),
    [
        ("a.b+c@clinic.example", "mailto:a.b+c@clinic.example", False),
        ("+44 20 7946 0000", "tel:+442079460000", False),
        ("https://clinic.example/contact", "https://clinic.example/contact", True),
    ],
)
def test_a_tap_on_the_contact_leads_to_it(contact: str, link: str, is_elsewhere: bool) -> None:
    operator = Operator("", contact)
    assert (operator.link, operator.is_elsewhere) == (link, is_elsewhere)


def test_a_server_that_was_told_who_runs_it_says_so() -> None:
    app: Flask = create_app(
        {
            "DATABASE_URL": "sqlite://",
            "EASEBACK_LANGUAGES": "en",
            "EASEBACK_OPERATOR": " North Clinic ",
            "EASEBACK_CONTACT": "https://clinic.example/",
        }
    )
    assert isinstance(app.wsgi_app, ReleaseLayer)
    html = Client(app, use_cookies=False).get("/en/privacy/").get_data(as_text=True)
    assert "<bdi>North Clinic</bdi>" in html
    assert 'href="https://clinic.example/"' in html

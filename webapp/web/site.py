"""Put the whole site together: knowledge, words, pages and assets make one release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from webapp.figures import style
from webapp.i18n.catalogues import Catalogue
from webapp.knowledge import loader
from webapp.knowledge.model import Knowledge
from webapp.knowledge.reviews import Reviews
from webapp.release.numbering import Numbered, Version
from webapp.release.pages import Page
from webapp.release.parts import Release, Site
from webapp.release.programs import Fragments, Program, compose
from webapp.release.renderer import Renderer
from webapp.triage.diagram import Compiler, Diagram
from webapp.triage.interview import Interview
from webapp.triage.offers import Offers
from webapp.triage.proofs.prover import Prover
from webapp.web.about import pages as about
from webapp.web.accessibility import pages as accessibility
from webapp.web.assets import (
    ICON,
    MANIFEST,
    STATIC,
    Assets,
    joined,
    without_breaks,
    without_comments,
)
from webapp.web.check import pages as check
from webapp.web.errors import pages as errors
from webapp.web.exercises import pages as exercises
from webapp.web.feedback import pages as feedback
from webapp.web.heat_or_ice import pages as heat_or_ice
from webapp.web.help_card import pages as help_card
from webapp.web.home import pages as home
from webapp.web.journal import pages as journal
from webapp.web.learn import pages as learn
from webapp.web.learn import synonyms
from webapp.web.now import pages as now
from webapp.web.offline_ready import pages as offline_ready
from webapp.web.operator import Operator
from webapp.web.privacy import pages as privacy
from webapp.web.security import PAGE_HEADERS
from webapp.web.settings import pages as settings
from webapp.web.timer import pages as timer
from webapp.web.walking import pages as walking

TEMPLATES = Path(__file__).parent
NOBODY = Operator()
"""Who runs a server that was not told."""


@dataclass(frozen=True, slots=True)
class Build:
    """A release together with what it was made from."""

    release: Release
    knowledge: Knowledge
    interview: Interview
    offers: Offers
    prover: Prover
    renderer: Renderer
    words: Sequence[Catalogue]

    def draw(self, route: str, code: str, values: Mapping[str, object]) -> bytes:
        """Return a page of the site with values of one request's own, which no phone can know."""
        words = self.words[self.release.site.languages.index(code)]
        page = self.release.site.pages[route]
        return self.renderer.draw(page, words, values, self.release.id).encode()


def all_pages(knowledge: Knowledge, interview: Interview, offers: Offers) -> tuple[Page, ...]:
    """Return every page of the site, in the order of the navigation."""
    return (
        *home.PAGES,
        *now.PAGES,
        *check.pages(interview, offers),
        *heat_or_ice.pages(interview, offers),
        *walking.PAGES,
        *exercises.pages(interview, offers),
        *learn.pages(knowledge),
        *timer.PAGES,
        *journal.PAGES,
        *help_card.PAGES,
        *about.pages(knowledge),
        *privacy.PAGES,
        *accessibility.PAGES,
        *settings.pages(knowledge),
        *offline_ready.PAGES,
        *feedback.PAGES,
        *errors.PAGES,
    )


def build(
    words: Sequence[Catalogue],
    *,
    killed: bool = False,
    operator: Operator = NOBODY,
    edition: int = 0,
) -> Build:
    """Return the release of the data, templates and assets as they are now, in these languages.

    Where the kill switch is thrown, its pages register no worker, and its worker ends itself. Its
    pages name the operator, so that another one's release has another id. The edition counts on top
    of the tree's number.
    """
    knowledge = loader.load()
    interview = Interview(knowledge)
    offers = Offers(interview)
    compiler = Compiler(Diagram(interview.variables))
    assets = Assets(knowledge)
    pages = {page.route: page for page in all_pages(knowledge, interview, offers)}
    languages = [catalogue.language for catalogue in words]
    reviews = Reviews(knowledge)
    reviewed = {c.language.code: reviews.standing(c.language.code, c.say) for c in words}
    more = {"killed": killed, "operator": operator, "reviewed": reviewed}
    renderer = Renderer(TEMPLATES, knowledge, languages, assets, **more)
    fragments = Fragments(len(words))
    programs: dict[str, Program] = {}
    ready_fragments = 0
    for page in sorted(pages.values(), key=lambda page: page.deferred):
        parts = [renderer.render(page, catalogue) for catalogue in words]
        programs[page.route] = compose(page.route, parts, fragments)
        if not page.deferred:
            ready_fragments = len(fragments.all)
    synonyms.check(knowledge, programs, fragments.all)
    site = Site(
        interview=interview,
        programs=programs,
        pages=pages,
        languages=tuple(language.code for language in languages),
        fragments=fragments.all,
        ready_fragments=ready_fragments,
        assets=assets.by_url,
        night=(style("day"), style("night")),
        headers=PAGE_HEADERS,
        worker=without_breaks(without_comments(_worker(killed=killed))),
        last_resorts=tuple(
            renderer.plain("errors/emergency.html", catalogue) for catalogue in words
        ),
        not_found=errors.NOT_FOUND,
        not_here_yet=errors.NOT_HERE_YET,
        fixed=(MANIFEST, ICON),
        date=knowledge.newest_check.isoformat(),
        version=Version(Numbered.read().number, edition),
    )
    prover = Prover(interview, compiler, offers)
    release = Release(site, compiler)
    return Build(release, knowledge, interview, offers, prover, renderer, words)


def _worker(*, killed: bool) -> str:
    folder = STATIC / "worker"
    return (folder / "kill-switch.js").read_text("utf-8") if killed else joined(folder)

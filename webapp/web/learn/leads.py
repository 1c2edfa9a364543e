"""The everyday words of the search: each leads to a place that is on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge, Lead
from webapp.release.programs import Program


def of(knowledge: Knowledge, code: str) -> list[tuple[str, str]]:
    """Return each place and its words in the language."""
    return [(lead.to, _words(lead, code)) for lead in knowledge.leads]


def check(
    knowledge: Knowledge, programs: Mapping[str, Program], fragments: Sequence[Sequence[str]]
) -> None:
    """Raise KnowledgeError for the first place that no page of the site has."""
    for lead in knowledge.leads:
        route, _, fragment = lead.to.partition("#")
        steps = (entry.step for entry in programs.get(route, ()))
        html = "".join(fragments[step][0] for step in steps if step >= 0)
        if not html or (fragment and f' id="{fragment}"' not in html):
            raise _fault(lead, "is no place on a page", "Mend 'to'")


def _words(lead: Lead, code: str) -> str:
    """Return the words once each, without those that begin another: beginnings are found."""
    if code not in lead.words:
        raise _fault(lead, f"has no words in '{code}'", "Write them")
    words = dict.fromkeys(word for phrase in lead.words[code] for word in phrase.lower().split())
    return " ".join(
        word
        for word in words
        if not any(other.startswith(word) and other != word for other in words)
    )


def _fault(lead: Lead, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("search-words.yaml", lead.to, problem, remedy)

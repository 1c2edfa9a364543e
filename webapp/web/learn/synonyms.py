"""The everyday words of the search: each leads to a place that is on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge, Synonyms
from webapp.release.programs import Program


def of(knowledge: Knowledge, code: str) -> list[tuple[str, str]]:
    """Return each place and its words in the language."""
    return [(synonyms.to, _words(synonyms, code)) for synonyms in knowledge.synonyms]


def check(
    knowledge: Knowledge, programs: Mapping[str, Program], fragments: Sequence[Sequence[str]]
) -> None:
    """Raise KnowledgeError for the first place that no page of the site has."""
    for synonyms in knowledge.synonyms:
        route, _, fragment = synonyms.to.partition("#")
        steps = (entry.step for entry in programs.get(route, ()))
        html = "".join(fragments[step][0] for step in steps if step >= 0)
        if not html or (fragment and f' id="{fragment}"' not in html):
            raise _fault(synonyms, "is no place on a page", "Mend 'to'")


def _words(synonyms: Synonyms, code: str) -> str:
    """Return the words once each, without those that begin another: beginnings are found."""
    if code not in synonyms.words:
        raise _fault(synonyms, f"has no words in '{code}'", "Write them")
    words = dict.fromkeys(
        word for phrase in synonyms.words[code] for word in phrase.lower().split()
    )
    return " ".join(
        word
        for word in words
        if not any(other.startswith(word) and other != word for other in words)
    )


def _fault(synonyms: Synonyms, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("search-words.yaml", synonyms.to, problem, remedy)

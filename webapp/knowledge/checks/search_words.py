"""The everyday words of the search: in every language, and none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge, Lead


def complete(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A target is named once; each has words in the languages of the others, and no word twice."""
    codes = {code for lead in knowledge.leads for code in lead.words}
    times = Counter(lead.to for lead in knowledge.leads)
    for lead in knowledge.leads:
        if times[lead.to] > 1:
            yield _lead_fault(lead, "is named twice", "Put its words together")
        for code in sorted(codes):
            words = [" ".join(word.casefold().split()) for word in lead.words.get(code, ())]
            if not all(words or [""]):
                yield _lead_fault(lead, f"lacks words in '{code}'", "Write them")
            for word in (word for word, count in Counter(words).items() if count > 1):
                yield _lead_fault(lead, f"has '{word}' twice in '{code}'", "Keep one of them")


def _lead_fault(lead: Lead, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("search-words.yaml", lead.to, problem, remedy)

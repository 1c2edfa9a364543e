"""The everyday words of the search: in every language, and none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from webapp.knowledge.errors import KnowledgeError
from webapp.knowledge.model import Knowledge, Synonyms


def complete(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """A target is named once; each has words in the languages of the others, and no word twice."""
    codes = {code for entry in knowledge.synonyms for code in entry.words}
    times = Counter(entry.to for entry in knowledge.synonyms)
    for entry in knowledge.synonyms:
        if times[entry.to] > 1:
            yield _fault(entry, "is named twice", "Put its words together")
        for code in sorted(codes):
            words = [" ".join(word.casefold().split()) for word in entry.words.get(code, ())]
            if not all(words or [""]):
                yield _fault(entry, f"lacks words in '{code}'", "Write them")
            for word in (word for word, count in Counter(words).items() if count > 1):
                yield _fault(entry, f"has '{word}' twice in '{code}'", "Keep one of them")


def _fault(entry: Synonyms, problem: str, remedy: str) -> KnowledgeError:
    return KnowledgeError("search-words.yaml", entry.to, problem, remedy)

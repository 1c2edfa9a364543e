"""The everyday words of the search: a place once, words in every language, no word twice."""

from __future__ import annotations

import pytest

from tests.knowledge.data_folder import Change, DataFolder, put, repeat, take

WORDS = ("synonyms", 0, "words")
FAULTS = {
    "a place twice": (repeat("synonyms"), "learn/medicines/", "is named twice"),
    "a language that is missing": (take(*WORDS, "es"), "learn/medicines/", "in 'es'"),
    "a language without a word": (put(*WORDS, "ar", value=[]), "learn/medicines/", "in 'ar'"),
    "a word that is empty": (put(*WORDS, "en", value=[" "]), "learn/medicines/", "in 'en'"),
    "a word twice": (
        put(*WORDS, "en", value=["pill", "Pill "]),
        "learn/medicines/",
        "'pill' twice",
    ),
    "a language that only one has": (put(*WORDS, "fr", value=["mal"]), "learn/balms/", "in 'fr'"),
    "a number": (put(*WORDS, "en", value=[112]), "learn/medicines/", "got `int`"),
    "no words": (take(*WORDS), "learn/medicines/", "`words`"),
    "a key that there is not": (
        put("synonyms", 0, "hue", value="red"),
        "learn/medicines/",
        "`hue`",
    ),
}


@pytest.mark.parametrize(("change", "key", "problem"), FAULTS.values(), ids=FAULTS)
def test_a_lead_with_a_fault_is_refused(
    change: Change, key: str, problem: str, data: DataFolder
) -> None:
    data.edit("search-words.yaml", change)
    fault = data.refusal()
    assert fault.file == "search-words.yaml"
    assert key in fault.key
    assert problem in fault.problem

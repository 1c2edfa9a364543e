"""How hard a text is to read: the Flesch-Kincaid grade, with a small count of syllables."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+")
_SENTENCE = re.compile(r"[.!?:](?:\s|$)|\n")
_VOWELS = re.compile(r"[aeiouy]+")
_SPLIT_VOWELS = re.compile(r"ia|(?<![ct])io(?!n)|iu|eo(?!p)|ea$|[eoy]ing")
_SILENT_ENDING = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|(?:[^aeiouylcgsxz]|[aeiouy]l)es$|[^td]ed$")


def grade(text: str) -> float:
    """Return the US school grade that a text is for; a colon or a new line ends a sentence too."""
    sentences = [words for part in _SENTENCE.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


def syllables(word: str) -> int:
    """Return how many syllables an English word has, by its letters; a number counts as one."""
    letters = word.lower().replace("'", "")
    count = len(_VOWELS.findall(letters)) + len(_SPLIT_VOWELS.findall(letters))
    return max(1, count - bool(_SILENT_ENDING.search(letters)))

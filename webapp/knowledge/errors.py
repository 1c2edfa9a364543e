"""The one family of errors that broken knowledge raises."""

from __future__ import annotations


class KnowledgeError(ValueError):
    """A data file that cannot be trusted: names the file, the key, the fault and the way out."""

    def __init__(self, file: str, key: str, problem: str, remedy: str) -> None:
        self.file = file
        self.key = key
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{file}: {key}: {problem}. {remedy}.")

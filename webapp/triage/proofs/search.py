"""Search a diagram for answers that must not be, and say them in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from webapp.knowledge.model import Knowledge
from webapp.triage.diagram import FALSE, Diagram
from webapp.triage.proofs.verdicts import Violation
from webapp.triage.uncovered import Uncovered

_BEST: tuple[str, ...] = ("Everything else: the best answer",)


class Search(Uncovered):
    """Finds counterexamples; as usual is the best answer, or the first where none is better."""

    def __init__(self, diagram: Diagram, knowledge: Knowledge) -> None:
        best = {variable.name: 1 for variable in diagram.variables} | {
            question.id: question.options.index(question.worse[0]) + 1
            for question in knowledge.questions
            if question.worse
        }
        super().__init__(diagram, best)
        self._knowledge = knowledge

    def counterexamples(
        self, subject: str, node: int, without: Iterable[int] = ()
    ) -> Iterator[Violation]:
        """Yield a violation if the node can hold where none of the others does.

        The first of the others is the likeliest to cover the node. What differs with the best
        answer to all that the node does not ask is found fast; the rest are taken away last.
        """
        others = dict.fromkeys(without)
        if node == FALSE or node in others:
            return
        asked = self.support(node)
        first, *further = others or (FALSE,)
        node, rest = self.narrowed(self.away(node, [first]), further, asked)
        found, elsewhere = self.elsewhere_usual(node, rest, asked), _BEST
        if found == FALSE:
            found, elsewhere = self.away(node, rest), ()
        if found != FALSE:
            yield Violation(subject, (*self._in_words(self.diagram.example(found)), *elsewhere))

    def _in_words(self, values: Mapping[str, int]) -> tuple[str, ...]:
        return tuple(self._say(name, value) for name, value in values.items())

    def _say(self, name: str, value: int) -> str:
        variable = self.diagram.variables[self.diagram.index[name]]
        option = "not asked" if value == 0 else variable.options[value - 1]
        asked = self._knowledge.asked_texts.get(name, name)
        return f"{asked}: {self._knowledge.answer_words(name, option)}"

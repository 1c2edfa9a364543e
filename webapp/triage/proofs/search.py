"""Search a diagram for answers that must not be, and say them in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from webapp.knowledge.model import Knowledge
from webapp.triage.diagram import FALSE, Diagram
from webapp.triage.proofs.verdicts import Violation

_BEST: tuple[str, ...] = ("Everything else: the best answer",)


class Search:
    """Decides whether a node can hold where none of a list of others does, one by one."""

    def __init__(self, diagram: Diagram, knowledge: Knowledge) -> None:
        self.diagram = diagram
        self.knowledge = knowledge
        self._supports: dict[int, frozenset[str]] = {}
        self._fixed: dict[tuple[int, str, int], int] = {}
        self._best = {variable.name: 1 for variable in diagram.variables} | {
            question.id: question.options.index(question.worse[0]) + 1
            for question in knowledge.questions
            if question.worse
        }

    def counterexamples(
        self, subject: str, node: int, without: Iterable[int] = ()
    ) -> Iterator[Violation]:
        """Yield a violation if the node can hold where none of the others does.

        The first of the others is the likeliest to cover the node. Then others that ask nothing
        which the node does not ask are taken away: nearly always they are enough. Next comes the
        question whether the node holds where all that it does not ask is answered in the best way:
        that finds a violation fast. The rest are taken away last.
        """
        if node == FALSE:
            return
        others = dict.fromkeys(without)
        if node in others:
            return
        asked = self.support(node)
        first, *rest = others or (FALSE,)
        node = self._without(node, first)
        rest.sort(key=lambda other: len(self.support(other) - asked))
        node = self.away(node, (other for other in rest if self.support(other) <= asked))
        best = (self._in_best_case(other, asked) for other in rest)
        found, elsewhere = self.away(node, best), _BEST
        if found == FALSE:
            found, elsewhere = self.away(node, rest), ()
        if found != FALSE:
            yield Violation(subject, (*self._in_words(self.diagram.example(found)), *elsewhere))

    def away(self, node: int, others: Iterable[int]) -> int:
        """Return where the node holds and none of the others does; ends as soon as nothing is."""
        for other in others:
            if node == FALSE:
                break
            node = self._without(node, other)
        return node

    def support(self, node: int) -> frozenset[str]:
        """Return the names of the variables that the node depends on."""
        if node not in self._supports:
            self._supports[node] = self.diagram.support(node)
        return self._supports[node]

    def fixed(self, node: int, name: str, value: int) -> int:
        """Return the node with the variable fixed; most nodes do not ask for most variables."""
        if name not in self.support(node):
            return node
        key = (node, name, value)
        if key not in self._fixed:
            self._fixed[key] = self.diagram.restrict(node, name, value)
        return self._fixed[key]

    def _without(self, node: int, other: int) -> int:
        return self.diagram.conjunction(node, self.diagram.negation(other))

    def _in_best_case(self, node: int, free: frozenset[str]) -> int:
        """Return the node with every variable outside ``free`` at its best or first answer."""
        for name in self.support(node) - free:
            node = self.fixed(node, name, self._best[name])
        return node

    def _in_words(self, values: Mapping[str, int]) -> tuple[str, ...]:
        return tuple(self._say(name, value) for name, value in values.items())

    def _say(self, name: str, value: int) -> str:
        variable = self.diagram.variables[self.diagram.index[name]]
        option = "not asked" if value == 0 else variable.options[value - 1]
        items = {
            item.id: item.text for screen in self.knowledge.every_screen for item in screen.items
        }
        asks = {screen.id: screen.ask for screen in self.knowledge.every_screen}
        words = self.knowledge.option_texts.get((name, option), option)
        return f"{items.get(name) or asks.get(name) or name}: {words}"

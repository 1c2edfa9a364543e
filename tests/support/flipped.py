"""A release with one wrong node in the diagram of phones, for the test that must notice it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from tests.support.site import build
from webapp.release.packed_diagram import PackedDiagram
from webapp.release.parts import Release
from webapp.web.site import Build


class Flipped(Release):
    """A release whose diagram answers one question the wrong way round: the root of a rule."""

    def __init__(self, made: Build, rule: str) -> None:
        super().__init__(made.release.site, made.prover.compiler)
        self._rule = rule

    @cached_property
    def packed(self) -> PackedDiagram:
        """The diagram with two of the wrong node's children in each other's place."""
        made = super().packed
        rules = {rule.id: rule for rule in self.site.interview.knowledge.rules}
        root = self._compiler.sure(rules[self._rule].when)
        wrong = made.positions[root] - 2
        signs = made.patterns[made.shapes[wrong]]
        flipped = signs[-1] + signs[1:-1] + signs[0]
        named = [sign for sign in (signs[0], signs[-1]) if sign not in "-+."]
        assert signs[0] != signs[-1], "nothing to flip: name another rule"
        assert len(named) < 2, "signs are counted as they come: name another rule"
        shapes = [*made.shapes]
        shapes[wrong] = len(made.patterns)
        return replace(made, patterns=[*made.patterns, flipped], shapes=shapes)


def flipped(rule: str) -> Build:
    """Return the whole site with the root of the rule flipped for phones; Flask asks no diagram."""
    return replace(build(), release=Flipped(build(), rule))

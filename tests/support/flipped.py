"""Easeback with one wrong node in the diagram that phones get, for the test that must notice it.

EASEBACK_TEST_FLIP names the rule whose root answers its question the wrong way round.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property

from webapp import config, create_app
from webapp.i18n import catalogues
from webapp.release.packed_diagram import PackedDiagram
from webapp.release.parts import Release
from webapp.web import site


class Flipped(Release):
    """A release whose diagram answers one question the wrong way round."""

    @cached_property
    def packed(self) -> PackedDiagram:
        """The diagram with two of the wrong node's children in each other's place."""
        made = super().packed
        rules = {rule.id: rule for rule in self.site.interview.knowledge.rules}
        root = self._compiler.sure(rules[os.environ["EASEBACK_TEST_FLIP"]].when)
        wrong = made.positions[root] - 2
        signs = made.patterns[made.shapes[wrong]]
        flipped = signs[-1] + signs[1:-1] + signs[0]
        named = [sign for sign in (signs[0], signs[-1]) if sign not in "-+."]
        assert signs[0] != signs[-1], "nothing to flip: name another rule"
        assert len(named) < 2, "signs are counted as they come: name another rule"
        shapes = [*made.shapes]
        shapes[wrong] = len(made.patterns)
        return replace(made, patterns=[*made.patterns, flipped], shapes=shapes)


def _app() -> object:
    settings = config.from_environment(os.environ)
    build = site.build(catalogues.load(settings.languages))
    build.release.__class__ = Flipped
    return create_app(build=build)


app = _app()

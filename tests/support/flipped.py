"""Easeback with one wrong node in the diagram that phones get, for the test that must notice it.

EASEBACK_TEST_FLIP names the rule whose root answers its question the wrong way round.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from webapp import config, create_app
from webapp.i18n import catalogues
from webapp.offline.bundle import Release
from webapp.web import site


class Flipped(Release):
    """A release whose diagram answers one question the wrong way round."""

    def _flat_diagram(self) -> tuple[list[int], Mapping[int, int]]:
        flat, places = super()._flat_diagram()
        rules = {rule.id: rule for rule in self.site.interview.knowledge.rules}
        wrong = places[self._compiler.sure(rules[os.environ["EASEBACK_TEST_FLIP"]].when)]
        first, last = wrong + 1, wrong + self.site.interview.variables[flat[wrong]].arity
        assert flat[first] != flat[last], "nothing to flip: name another rule"
        flat[first], flat[last] = flat[last], flat[first]
        return flat, places


def _app() -> object:
    settings = config.from_environment(os.environ)
    build = site.build(catalogues.load(settings.languages))
    build.release.__class__ = Flipped
    return create_app(build=build)


app = _app()

"""Easeback with one wrong node in the diagram that phones get, for the test that must notice it.

EASEBACK_TEST_FLIP names the rule whose root answers its question the wrong way round.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from webapp import config, create_app
from webapp.i18n import catalogues
from webapp.release.parts import SAME, Release
from webapp.web import site


class Flipped(Release):
    """A release whose diagram answers one question the wrong way round."""

    def _packed_diagram(self) -> tuple[list[int], list[int], Mapping[int, int]]:
        deciding, children, places = super()._packed_diagram()
        rules = {rule.id: rule for rule in self.site.interview.knowledge.rules}
        wrong = places[self._compiler.sure(rules[os.environ["EASEBACK_TEST_FLIP"]].when)] - 2
        arity = [variable.arity for variable in self.site.interview.variables]
        start = sum(arity[variable] for variable in deciding[:wrong])
        own = children[start : start + arity[deciding[wrong]]]
        for place, child in enumerate(own):
            own[place] = own[place - 1] if child == SAME else child
        assert own[0] != own[-1], "nothing to flip: name another rule"
        own[0], own[-1] = own[-1], own[0]
        children[start : start + len(own)] = own
        return deciding, children, places


def _app() -> object:
    settings = config.from_environment(os.environ)
    build = site.build(catalogues.load(settings.languages))
    build.release.__class__ = Flipped
    return create_app(build=build)


app = _app()

"""Easeback with one wrong node in the diagram that phones get, for the test that must notice it.

EASEBACK_TEST_FLIP is a number from 0 to 1: how far down the list of the nodes that decide the
urgency the wrong one stands.
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
        cases = self.site.interview.urgency.cases
        roots = [self._compiler.sure(condition) for condition, _ in cases]
        starts = sorted(places[node] for node in self._compiler.diagram.below(roots))
        deciding = [start for start in starts if flat[start + 1] != flat[self._end(flat, start)]]
        wrong = deciding[int(float(os.environ["EASEBACK_TEST_FLIP"]) * (len(deciding) - 1))]
        end = self._end(flat, wrong)
        flat[wrong + 1], flat[end] = flat[end], flat[wrong + 1]
        return flat, places

    def _end(self, flat: list[int], start: int) -> int:
        return start + self.site.interview.variables[flat[start]].arity


def _app() -> object:
    settings = config.from_environment(os.environ)
    build = site.build(catalogues.load(settings.languages))
    build.release.__class__ = Flipped
    return create_app(build=build)


app = _app()

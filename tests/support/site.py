"""The whole site, built once for all tests of a run."""

from __future__ import annotations

import os
from functools import cache

from webapp import config
from webapp.i18n import catalogues
from webapp.web import site


@cache
def build() -> site.Build:
    """Return the site in every language that is offered."""
    return site.build(catalogues.load(config.from_environment(os.environ).languages))

"""The first visits, on a network that is none or lies; what the phone has afterwards."""

from __future__ import annotations

import pytest

from tests.browser.reliability.conftest import Line
from tests.support import faults
from tests.support.kept_files import KeptFiles
from tests.support.person import until


@pytest.mark.scenario(9)
def test_the_app_opens_offline_after_a_restart(line: Line) -> None:
    line.person.gets_ready()
    line.proxy.kill()
    line.person.restarts()
    line.person.visits("/")
    line.person.visits("check/")
    line.person.has_weak_legs()

from __future__ import annotations

from pathlib import Path

from tests.support.browsers import Chromium
from tests.support.exported import export, served
from tests.support.person import Person


def test_a_phone_gets_ready_from_files_alone(chromium: Chromium, tmp_path: Path) -> None:
    chromium.start()
    with served(export(tmp_path)) as port:
        person = Person(chromium, f"http://127.0.0.1:{port}")
        person.gets_ready()
        person.waits_for_everything()
    person.visits("check/")  # nobody serves it any more
    person.answers_until("result-self-care")

"""What another tab or a backup brings is drawn, beside what is being written."""

from __future__ import annotations

from tests.browser.pages.journal import NOW, Journal, part
from tests.support.browsers import Chromium
from tests.support.journal import add_entry
from tests.support.person import until


def test_what_another_tab_or_a_backup_brings_is_drawn(begun: Journal, chromium: Chromium) -> None:
    begun.unfolds("note")
    begun.types("note", "text", "Half a sen")
    other = chromium.context.new_page()
    other.goto(chromium.page.url)
    other.locator(part("flags")).wait_for()
    other.close()
    add_entry(
        begun.person,
        {
            "id": "01990001-0000-7000-8000-000000000001",
            "at": round(NOW.timestamp() * 1000),
            "zone": 0,
            "kind": "note",
            "data": {"text": "From afar."},
        },
    )
    begun.person.comes_back_to_the_page()
    until(lambda: any("From afar." in line for line in begun.lines()), True)
    assert begun.holds("note") == {"text": "Half a sen"}
